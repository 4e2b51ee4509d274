/* SPDX-License-Identifier: BSD-2-Clause */
/* driver.h - ringtail in a terminal in memory: keys in, cells out
 *
 * A test_NAME.c of this folder is a program, and has the cases of one topic.
 */
#ifndef TESTS_TERMINAL_DRIVER_H
#define TESTS_TERMINAL_DRIVER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/terminal/terminal.h"

extern struct terminal t;

/* The ringtail under test. */
const char *program(void);

/* Look at a file in xterm with 256 colours, in UTF-8. */
void start(const char *file, int rows, int columns);

/* The same in another terminal, and locale. */
void start_as(const char *file, int rows, int columns, const char *name, const char *locale);

/* The same, 24 by 80, with other options than --utc, of which the last is NULL; file: NULL for none. */
void start_with(const char *const options[], const char *file);

/* Press a key of the table of keys: a character, or one of enum press. */
void press(uint32_t press);

/* Did it go back to what was on the terminal before? */
bool left_screen(void);

/* Does the terminal show what is typed, as it does when a program begins? */
bool echoes(void);

/* It ends with this status, and the terminal is as before. */
void ends(int status);

/* The same, after the key for it. */
void quits(int status);

/* All of the screen becomes as tests/screens/NAME.txt has it; with UPDATE set in the environment that file is
 * written, once the screen has shown text.
 */
void shows_screen(const char *name, const char *text);

#define assert_row(row, text) assert_true(terminal_wait_for(&t, row, text, false))
#define assert_shown(text) assert_true(terminal_wait_for(&t, -1, text, false))
#define assert_gone(text) assert_true(terminal_wait_for(&t, -1, text, true))

#endif
