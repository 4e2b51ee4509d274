/* SPDX-License-Identifier: BSD-2-Clause */
/* terminal.c - the terminal, by curses
 *
 * How it works: signals are blocked but while ppoll(2) waits, so that whatever comes finds the program between
 * two steps, and no key or signal is missed. Those that stop it come through to output that hangs, too. What puts the terminal right again is made when it is taken over;
 * after a crash it is written by what a signal handler may call, and the signal goes on to kill the program.
 */
#define _GNU_SOURCE
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <term.h>

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "ui/screen/terminal.h"

#define STOP_S 1		/* seconds that output may hang after a signal to stop */
#define IN_VAIN_MAX 1000
#define ESCAPE_MS 25		/* after which Esc is a key and no sequence's begin */

static struct termios found;	/* the terminal's modes before */
static char restore[256];	/* what puts it right, to be written to it */
static size_t restore_length;
static sigset_t while_waiting;	/* the mask of ppoll(2) */
static sigset_t stops;		/* those that are let through while output may hang, too */
static volatile sig_atomic_t stopped, resized, suspended, continued;
static SCREEN *screen;
static bool ascii_only;
static unsigned in_vain;	/* how often in a row no key was there: a terminal that is gone says that it has some */

static const int fatal_signals[] = { SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGSYS, SIGTRAP, SIGQUIT, SIGALRM };
static const int stop_signals[] = { SIGTERM, SIGHUP, SIGINT };

static int add_restore(int c)
{
	if (restore_length < sizeof(restore))
		restore[restore_length++] = (char)c;
	return c;
}

static void add_capability(const char *capability)
{
	if (capability && (intptr_t)capability != -1)	/* -1: cancelled, see curs_terminfo(3X) */
		tputs(capability, 1, add_restore);
}

/* Only calls of signal-safety(7). Output that hangs is let go first: it is for a screen that will be gone. */
static void fatal(int number)
{
	ssize_t ignored;

	tcflush(STDOUT_FILENO, TCOFLUSH);
	tcflow(STDOUT_FILENO, TCOON);
	ignored = write(STDOUT_FILENO, restore, restore_length);
	(void)ignored;
	tcsetattr(STDIN_FILENO, TCSANOW, &found);
	signal(number, SIG_DFL);
	raise(number);
}

static void noted(int number)
{
	if (number == SIGWINCH)
		resized = 1;
	else if (number == SIGTSTP)
		suspended = 1;
	else if (number == SIGCONT)
		continued = 1;
	else {
		stopped = 1;
		alarm(STOP_S);
	}
}

/* Handlers of our own come before initscr(3), which takes only what nobody has. Those of crashes have a stack
 * of their own, for it may be the stack that ran out.
 */
static void catch_signals(void)
{
	static char stack[65536];
	stack_t other = { .ss_sp = stack, .ss_size = sizeof(stack) };
	struct sigaction note = { .sa_handler = noted }, crash = { .sa_handler = fatal }, old;
	sigset_t blocked;

	sigaltstack(&other, NULL);
	crash.sa_flags = (int)SA_RESETHAND | SA_ONSTACK | SA_NODEFER;
	for (size_t i = 0; i < sizeof(fatal_signals) / sizeof(fatal_signals[0]); i++)
		sigaction(fatal_signals[i], &crash, NULL);
	sigemptyset(&stops);
	for (size_t i = 0; i < sizeof(stop_signals) / sizeof(stop_signals[0]); i++) {
		if (sigaction(stop_signals[i], NULL, &old) == 0 && old.sa_handler == SIG_IGN)
			continue;	/* nohup(1) */
		sigaction(stop_signals[i], &note, NULL);
		sigaddset(&stops, stop_signals[i]);
	}
	blocked = stops;
	sigaction(SIGWINCH, &note, NULL);
	sigaction(SIGTSTP, &note, NULL);
	sigaction(SIGCONT, &note, NULL);
	sigaddset(&blocked, SIGWINCH);
	sigaddset(&blocked, SIGTSTP);
	sigaddset(&blocked, SIGCONT);
	sigprocmask(SIG_BLOCK, &blocked, &while_waiting);
}

/* The colours of 8, and of 256 where there are as many: such that can be told apart without seeing red and
 * green, and be read on black and on white.
 */
static const struct { short few, many; } inks[INKS] = {
	[INK_PLAIN] = { -1, -1 },
	[INK_ADDRESS] = { COLOR_CYAN, 37 },
	[INK_PROBLEM] = { COLOR_MAGENTA, 169 },
	[INK_GOOD] = { COLOR_CYAN, 37 },
	[INK_TCP] = { COLOR_CYAN, 74 },
	[INK_UDP] = { COLOR_BLUE, 69 },
	[INK_LOCAL] = { COLOR_YELLOW, 172 },
	[INK_OTHER] = { -1, -1 },
	[INK_RED] = { COLOR_RED, 166 },
	[INK_GREEN] = { COLOR_GREEN, 36 },
	[INK_YELLOW] = { COLOR_YELLOW, 172 },
	[INK_BLUE] = { COLOR_BLUE, 69 },
	[INK_MAGENTA] = { COLOR_MAGENTA, 175 },
	[INK_CYAN] = { COLOR_CYAN, 37 },
};

static bool coloured;

static void start_colours(bool wanted)
{
	if (!wanted || !has_colors() || start_color() == ERR)
		return;
	use_default_colors();
	for (int i = 1; i < INKS; i++)
		init_pair((short)i, COLORS >= 256 ? inks[i].many : inks[i].few, -1);
	coloured = true;
}

static int refuse(struct error *e)
{
	const char *name = getenv("TERM");
	char clean[64];

	return error_set(e, STATUS_USAGE, "TERM=%s: too simple a terminal for the view: --text prints lines instead",
			 error_clean(clean, sizeof(clean), name ? name : ""));
}

static void remember(void)
{
	tcgetattr(STDIN_FILENO, &found);
	restore_length = 0;
	add_capability(exit_attribute_mode);
	add_capability(orig_pair);
	add_capability(keypad_local);
	add_capability(cursor_normal);
	add_capability(exit_ca_mode);
}

/* Curses' own description is made anew by newterm(3). */
int terminal_check(struct error *e)
{
	int error = 0;
	bool good;

	if (setupterm(NULL, STDOUT_FILENO, &error) == ERR)
		return refuse(e);
	good = cursor_address && clear_screen;
	remember();
	del_curterm(cur_term);
	return good ? 0 : refuse(e);
}

int terminal_open(bool colour, struct error *e)
{
	int rc = terminal_check(e);

	if (rc)
		return rc;
	setlocale(LC_CTYPE, "");
	ascii_only = strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
	catch_signals();
	screen = newterm(NULL, stdout, stdin);
	if (!screen)
		return refuse(e);
	set_escdelay(ESCAPE_MS);
	start_colours(colour);
	cbreak();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	leaveok(stdscr, FALSE);
	return 0;
}

bool terminal_is_utf8(void)
{
	return !ascii_only;
}

void terminal_size(uint32_t *width, uint32_t *height)
{
	*width = (uint32_t)COLS;
	*height = (uint32_t)LINES;
}

static attr_t attributes(uint8_t style)
{
	return (style & STYLE_BOLD ? A_BOLD : 0) | (style & STYLE_DIM ? A_DIM : 0) |
	       (style & STYLE_REVERSE ? A_REVERSE : 0) | (style & STYLE_UNDERLINE ? A_UNDERLINE : 0);
}

static void show_row(const struct cell *cell, uint32_t row, uint32_t width)
{
	for (uint32_t i = 0; i < width; i++) {
		wchar_t text[2] = { (wchar_t)cell[i].ch, 0 };
		cchar_t c;

		if (!cell[i].ch)
			continue;
		setcchar(&c, text, attributes(cell[i].style),
			 coloured ? (short)(cell[i].style & STYLE_INK) : 0, NULL);
		mvadd_wch((int)row, (int)i, &c);
	}
}

void terminal_show(const struct grid *g)
{
	for (uint32_t row = 0; row < g->height && row < (uint32_t)LINES; row++)
		show_row(g->cell + (size_t)row * g->width, row, g->width < (uint32_t)COLS ? g->width : (uint32_t)COLS);
	move((int)g->cursor_row, (int)g->cursor_column);
	sigprocmask(SIG_UNBLOCK, &stops, NULL);
	refresh();
	sigprocmask(SIG_BLOCK, &stops, NULL);
}

void terminal_forget(void)
{
	clearok(curscr, TRUE);
}

/* RFC 4648, section 4 */
static void put_base64(FILE *f, const unsigned char *from, size_t n)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < n; i += 3) {
		uint32_t left = (uint32_t)(n - i), three = (uint32_t)from[i] << 16;

		three |= left > 1 ? (uint32_t)from[i + 1] << 8 : 0;
		three |= left > 2 ? from[i + 2] : 0;
		putc(digits[three >> 18], f);
		putc(digits[three >> 12 & 63], f);
		putc(left > 1 ? digits[three >> 6 & 63] : '=', f);
		putc(left > 2 ? digits[three & 63] : '=', f);
	}
}

void terminal_copy(const char *text)
{
	sigprocmask(SIG_UNBLOCK, &stops, NULL);
	fputs("\033]52;c;", stdout);
	put_base64(stdout, (const unsigned char *)text, strlen(text));
	putc('\007', stdout);
	fflush(stdout);
	sigprocmask(SIG_BLOCK, &stops, NULL);
}

static uint32_t special(wint_t key)
{
	static const struct { wint_t key; uint32_t press; } keypad_keys[] = {
		{ KEY_UP, PRESS_UP }, { KEY_DOWN, PRESS_DOWN }, { KEY_LEFT, PRESS_LEFT },
		{ KEY_RIGHT, PRESS_RIGHT }, { KEY_PPAGE, PRESS_PAGE_UP }, { KEY_NPAGE, PRESS_PAGE_DOWN },
		{ KEY_HOME, PRESS_HOME }, { KEY_FIND, PRESS_HOME }, { KEY_END, PRESS_END },
		{ KEY_SELECT, PRESS_END }, { KEY_BTAB, PRESS_BACKTAB }, { KEY_DC, PRESS_DELETE },
		{ KEY_BACKSPACE, PRESS_BACKSPACE }, { KEY_ENTER, PRESS_ENTER }, { KEY_F(1), PRESS_F1 },
		{ KEY_F(3), PRESS_F3 },
	};

	for (size_t i = 0; i < sizeof(keypad_keys) / sizeof(keypad_keys[0]); i++)
		if (keypad_keys[i].key == key)
			return keypad_keys[i].press;
	return PRESS_OTHER;
}

/* curses hands it back itself, but for after a crash: see console_codes(4). */
void terminal_mouse(bool wanted)
{
	static const char off[] = "\033[?1006;1000l";

	if (!wanted)
		return;
	mousemask(BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED, NULL);
	mouseinterval(0);	/* a click is one at once, not after it was seen that no second one follows */
	for (const char *c = off; *c; c++)
		add_restore(*c);
}

static uint32_t clicked(uint32_t *row)
{
	MEVENT event;

	if (getmouse(&event) == ERR)
		return PRESS_OTHER;
	*row = (uint32_t)event.y;
	return event.bstate & BUTTON4_PRESSED ? PRESS_WHEEL_UP : event.bstate & BUTTON5_PRESSED ? PRESS_WHEEL_DOWN : PRESS_MOUSE;
}

uint32_t terminal_key(uint32_t *row)
{
	wint_t key;
	int kind = get_wch(&key);

	in_vain = kind == ERR ? in_vain + 1 : 0;
	if (kind == ERR)
		return PRESS_NONE;
	if (kind == KEY_CODE_YES)
		return key == KEY_MOUSE ? clicked(row) : special(key);
	return key == '\r' ? PRESS_ENTER : key == 0x7f ? PRESS_BACKSPACE : key ? key : PRESS_OTHER;
}

/* The size as the terminal says it. */
static void resize(void)
{
	struct winsize size;

	resized = 0;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 && size.ws_row > 0)
		resize_term(size.ws_row, size.ws_col);
	terminal_forget();
}

unsigned terminal_wait(int timeout_ms, int fd)
{
	struct timespec timeout = { timeout_ms / 1000, timeout_ms % 1000 * 1000000L };
	struct pollfd look[] = { { .fd = STDIN_FILENO, .events = POLLIN }, { .fd = fd, .events = POLLIN } }, in;
	int n;
	unsigned seen = 0;

	if (stopped)	/* while something was written */
		return TERMINAL_STOP;
	n = ppoll(look, 2, timeout_ms < 0 ? NULL : &timeout, &while_waiting);
	in = look[0];
	if (n > 0 && look[1].revents)
		seen |= TERMINAL_INPUT;
	if (n > 0 && in.revents & POLLIN)
		seen |= TERMINAL_KEY;
	else
		in_vain = 0;
	if (n > 0 && in_vain > IN_VAIN_MAX)
		seen |= TERMINAL_STOP;
	if (stopped || (n > 0 && in.revents & (POLLERR | POLLHUP | POLLNVAL)))
		seen |= TERMINAL_STOP;
	if (suspended)
		terminal_suspend();
	if (resized) {
		resize();
		seen |= TERMINAL_RESIZED;
	}
	if (continued) {	/* whoever was in the foreground meanwhile may have left its own modes */
		continued = 0;
		reset_prog_mode();
		terminal_forget();
		seen |= TERMINAL_CONTINUED;
	}
	return seen;
}

/* The others of the process group have had the signal too. */
void terminal_suspend(void)
{
	struct sigaction stop = { .sa_handler = SIG_DFL }, old;
	sigset_t tstp, now;

	suspended = 0;
	endwin();
	sigaction(SIGTSTP, &stop, &old);
	sigemptyset(&tstp);
	sigaddset(&tstp, SIGTSTP);
	raise(SIGTSTP);
	sigprocmask(SIG_UNBLOCK, &tstp, &now);	/* here it stops, and later goes on */
	sigprocmask(SIG_SETMASK, &now, NULL);
	sigaction(SIGTSTP, &old, NULL);
	resized = 1;
	terminal_forget();
	refresh();
}

void terminal_close(void)
{
	if (!screen)
		return;
	endwin();
	delscreen(screen);
	screen = NULL;
	alarm(0);
}
