/* SPDX-License-Identifier: BSD-2-Clause */
/* terminal.h - the terminal: grids go out, keys come in, and at last it is as it was found */
#ifndef UI_SCREEN_TERMINAL_H
#define UI_SCREEN_TERMINAL_H

#include "capture/error.h"
#include "ui/screen/grid.h"
#include "ui/screen/keys.h"

/* Can it do what a screen needs? Returns 0, or -STATUS_USAGE with e filled in. */
int terminal_check(struct error *e);

/* Take the terminal over; colour: with colours, if it has some. Returns as terminal_check(), which comes first; on
 * failure it is left as it is.
 */
int terminal_open(bool colour, struct error *e);

/* Is it one of UTF-8? Else only ASCII may be shown. */
bool terminal_is_utf8(void);

/* How many columns and rows it has now. */
void terminal_size(uint32_t *width, uint32_t *height);

/* Show g; only what differs from what was shown goes out. */
void terminal_show(const struct grid *g);

/* Show the next grid whole, whatever is thought to be there. */
void terminal_forget(void);

/* Hand text to the terminal's clipboard (OSC 52, see xterm's ctlseqs), as far as it lets programs do that. */
void terminal_copy(const char *text);

/* Take the mouse, if it is wanted: then the terminal does not select text with it. */
void terminal_mouse(bool wanted);

/* The next key pressed; PRESS_NONE: none was. PRESS_MOUSE: a click, in *row. */
uint32_t terminal_key(uint32_t *row);

enum { TERMINAL_KEY = 1, TERMINAL_RESIZED = 2, TERMINAL_STOP = 4, TERMINAL_CONTINUED = 8, TERMINAL_INPUT = 16 };

/* Wait for so many ms at most (-1: for ever) until there is something: a sum of the above. With
 * TERMINAL_STOP, which a signal or a hang-up says, there is a second left. TERMINAL_INPUT: fd, if it is
 * not -1, is readable.
 */
unsigned terminal_wait(int timeout_ms, int fd);

/* Give the terminal back and stop, as ^Z does; returns when the program is in the foreground again. */
void terminal_suspend(void);

void terminal_close(void);

#endif
