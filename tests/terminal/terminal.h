/* SPDX-License-Identifier: BSD-2-Clause */
/* terminal.h - a terminal in memory, and a program that runs in it, for tests of screens
 *
 * Nothing here sleeps: whoever expects something reads what the program writes until it is there.
 */
#ifndef TESTS_TERMINAL_H
#define TESTS_TERMINAL_H

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

#define PATIENCE_MS 10000	/* for what comes in a few ms where all is well */

struct terminal {
	VTerm *vt;
	VTermScreen *screen;
	int fd;
	pid_t pid;
	int rows, columns;
	char all[1 << 20];	/* what the program wrote */
	size_t length;
};

static inline int64_t terminal_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000) + t.tv_nsec / 1000000;
}

static void terminal_answer(const char *text, size_t n, void *user)
{
	struct terminal *t = user;

	if (write(t->fd, text, n) < 0)
		return;
}

/* Run argv in a terminal of that size; name and codeset are what it says it is. */
static inline void terminal_start(struct terminal *t, char *const argv[], int rows, int columns, const char *name,
				  const char *locale)
{
	struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns };

	t->rows = rows;
	t->columns = columns;
	t->length = 0;
	t->pid = forkpty(&t->fd, NULL, NULL, &size);
	if (t->pid == 0) {
		setenv("TERM", name, 1);
		setenv("LC_ALL", locale, 1);
		execvp(argv[0], argv);
		_exit(127);
	}
	t->vt = vterm_new(rows, columns);
	vterm_set_utf8(t->vt, 1);
	vterm_output_set_callback(t->vt, terminal_answer, t);
	t->screen = vterm_obtain_screen(t->vt);
	vterm_screen_enable_altscreen(t->screen, 1);
	vterm_screen_reset(t->screen, 1);
}

/* Take what was written, waiting for it so long at most. False where the program has closed the terminal. */
static inline bool terminal_read(struct terminal *t, int timeout_ms)
{
	struct pollfd p = { .fd = t->fd, .events = POLLIN };
	char text[8192];
	ssize_t n;
	size_t keep;

	if (poll(&p, 1, timeout_ms) <= 0)
		return true;
	n = read(t->fd, text, sizeof(text));
	if (n <= 0)
		return false;
	vterm_input_write(t->vt, text, (size_t)n);
	keep = sizeof(t->all) - t->length < (size_t)n ? sizeof(t->all) - t->length : (size_t)n;
	memcpy(t->all + t->length, text, keep);
	t->length += keep;
	return true;
}

static inline void terminal_put(char **to, uint32_t ch)
{
	char *at = *to;

	if (ch < 0x80) {
		*at++ = (char)(ch ? ch : ' ');
	} else if (ch < 0x800) {
		*at++ = (char)(0xc0 | ch >> 6);
		*at++ = (char)(0x80 | (ch & 63));
	} else {
		*at++ = (char)(0xe0 | ch >> 12);
		*at++ = (char)(0x80 | (ch >> 6 & 63));
		*at++ = (char)(0x80 | (ch & 63));
	}
	*to = at;
}

/* The text of a row, without the blanks at its end. */
static inline const char *terminal_row(struct terminal *t, int row)
{
	static char text[4096];
	char *at = text;

	for (int column = 0; column < t->columns;) {
		VTermPos place = { row, column };
		VTermScreenCell cell;

		vterm_screen_get_cell(t->screen, place, &cell);
		terminal_put(&at, cell.chars[0]);
		column += cell.width > 0 ? cell.width : 1;
	}
	while (at > text && at[-1] == ' ')
		at--;
	*at = '\0';
	return text;
}

static inline VTermScreenCell terminal_cell(struct terminal *t, int row, int column)
{
	VTermPos place = { row, column };
	VTermScreenCell cell;

	vterm_screen_get_cell(t->screen, place, &cell);
	return cell;
}

/* Which row has text; -1: none. */
static inline int terminal_find(struct terminal *t, const char *text)
{
	for (int row = 0; row < t->rows; row++)
		if (strstr(terminal_row(t, row), text))
			return row;
	return -1;
}

/* Wait until a cell is shown in reverse, or is not. */
static inline bool terminal_wait_reverse(struct terminal *t, int row, int column, bool reverse)
{
	int64_t until = terminal_ms() + PATIENCE_MS;

	while (terminal_cell(t, row, column).attrs.reverse != reverse)
		if (terminal_ms() > until || !terminal_read(t, 20))
			return false;
	return true;
}

static inline void terminal_print(struct terminal *t)
{
	for (int row = 0; row < t->rows; row++)
		fprintf(stderr, "# |%s\n", terminal_row(t, row));
}

/* Wait until text is in a row (-1: in any), or, with gone, is not. */
static inline bool terminal_wait_for(struct terminal *t, int row, const char *text, bool gone)
{
	int64_t until = terminal_ms() + PATIENCE_MS;

	for (;;) {
		bool there = row < 0 ? terminal_find(t, text) >= 0 : strstr(terminal_row(t, row), text) != NULL;

		if (there != gone)
			return true;
		if (terminal_ms() > until || !terminal_read(t, 20)) {
			fprintf(stderr, "# '%s' is %s in row %d:\n", text, gone ? "still" : "not", row);
			terminal_print(t);
			return false;
		}
	}
}

static inline void terminal_type(struct terminal *t, const char *text)
{
	for (; *text; text++)
		vterm_keyboard_unichar(t->vt, (uint8_t)*text, VTERM_MOD_NONE);
}

static inline void terminal_press(struct terminal *t, VTermKey key)
{
	vterm_keyboard_key(t->vt, key, VTERM_MOD_NONE);
}

static inline void terminal_control(struct terminal *t, char letter)
{
	vterm_keyboard_unichar(t->vt, (uint8_t)letter, VTERM_MOD_CTRL);
}

static inline void terminal_set_size(struct terminal *t, int rows, int columns)
{
	struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns };

	t->rows = rows;
	t->columns = columns;
	vterm_set_size(t->vt, rows, columns);
	ioctl(t->fd, TIOCSWINSZ, &size);
}

/* Wait for the program's end; returns its status, -1 where it goes on. *ms: how long that took. */
static inline int terminal_end(struct terminal *t, int64_t *ms)
{
	int64_t start = terminal_ms();
	int status = -1;
	pid_t pid;

	while ((pid = waitpid(t->pid, &status, WNOHANG)) == 0 && terminal_ms() - start < PATIENCE_MS)
		if (t->fd < 0 || !terminal_read(t, 10))
			poll(NULL, 0, 2);
	*ms = terminal_ms() - start;
	while (t->fd >= 0 && poll(&(struct pollfd){ .fd = t->fd, .events = POLLIN }, 1, 0) > 0)
		if (!terminal_read(t, 0))
			break;
	if (pid == t->pid)
		return status;
	kill(t->pid, SIGKILL);
	waitpid(t->pid, &status, 0);
	return -1;
}

static inline void terminal_free(struct terminal *t)
{
	if (t->fd >= 0)
		close(t->fd);
	vterm_free(t->vt);
}

#endif
