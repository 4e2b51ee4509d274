/* SPDX-License-Identifier: BSD-2-Clause */
/* driver.c - ringtail in a terminal in memory: keys in, cells out */
#define _GNU_SOURCE
#include "tests/terminal/driver.h"

#include <termios.h>

#include "ui/screen/keys.h"

#define LEAVES_SCREEN "\033[?1049l"	/* rmcup of xterm */
#define OPTIONS_MAX 12

struct terminal t;

const char *program(void)
{
	const char *path = getenv("RINGTAIL");

	return path ? path : "build/ringtail";
}

/* What a user's files say must not matter; a test that has some says where they are. */
static void leave_home(void)
{
	setenv("XDG_CONFIG_HOME", "/dev/null", 0);
	setenv("XDG_STATE_HOME", "/dev/null", 0);
}

void start_as(const char *file, int rows, int columns, const char *name, const char *locale)
{
	char *argv[] = { (char *)program(), (char *)"--utc", (char *)"-r", (char *)file, NULL };

	leave_home();
	terminal_start(&t, argv, rows, columns, name, locale);
}

void start_with(const char *const options[], const char *file)
{
	char *argv[OPTIONS_MAX + 4] = { (char *)program() };
	int n = 1;

	while (*options && n <= OPTIONS_MAX)
		argv[n++] = (char *)*options++;
	if (file) {
		argv[n++] = (char *)"-r";
		argv[n] = (char *)file;
	}
	leave_home();
	terminal_start(&t, argv, 24, 80, "xterm-256color", "C.UTF-8");
}

void start(const char *file, int rows, int columns)
{
	start_as(file, rows, columns, "xterm-256color", "C.UTF-8");
}

void press(uint32_t press)
{
	static const struct { uint32_t press; VTermKey key; } special[] = {
		{ PRESS_UP, VTERM_KEY_UP }, { PRESS_DOWN, VTERM_KEY_DOWN }, { PRESS_LEFT, VTERM_KEY_LEFT },
		{ PRESS_RIGHT, VTERM_KEY_RIGHT }, { PRESS_PAGE_UP, VTERM_KEY_PAGEUP },
		{ PRESS_PAGE_DOWN, VTERM_KEY_PAGEDOWN }, { PRESS_HOME, VTERM_KEY_HOME }, { PRESS_END, VTERM_KEY_END },
		{ PRESS_F1, VTERM_KEY_FUNCTION(1) }, { PRESS_F3, VTERM_KEY_FUNCTION(3) },
		{ PRESS_ENTER, VTERM_KEY_ENTER }, { PRESS_TAB, VTERM_KEY_TAB }, { PRESS_ESCAPE, VTERM_KEY_ESCAPE },
	};

	for (size_t k = 0; k < sizeof(special) / sizeof(special[0]); k++) {
		if (special[k].press == press) {
			terminal_press(&t, special[k].key);
			return;
		}
	}
	if (press == PRESS_BACKTAB)
		vterm_keyboard_key(t.vt, VTERM_KEY_TAB, VTERM_MOD_SHIFT);
	else if (press < 32)
		terminal_control(&t, (char)(press + 'a' - 1));
	else
		vterm_keyboard_unichar(t.vt, press, VTERM_MOD_NONE);
}

bool left_screen(void)
{
	return memmem(t.all, t.length, LEAVES_SCREEN, strlen(LEAVES_SCREEN));
}

bool echoes(void)
{
	struct termios modes;

	return tcgetattr(t.fd, &modes) == 0 && modes.c_lflag & ECHO && modes.c_lflag & ICANON;
}

void ends(int status)
{
	int64_t ms;
	int how = terminal_end(&t, &ms);

	assert_true(WIFEXITED(how));
	assert_int_equal(WEXITSTATUS(how), status);
	assert_true(left_screen());
	assert_true(echoes());
	terminal_free(&t);
}

void quits(int status)
{
	terminal_type(&t, "q");
	ends(status);
}

static void write_screen(const char *path)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	for (int row = 0; row < t.rows; row++)
		fprintf(f, "%s\n", terminal_row(&t, row));
	fclose(f);
}

/* In which row is it another than in the file? -1: in none. */
static int differs(FILE *f)
{
	char line[4096];

	rewind(f);
	for (int row = 0; row < t.rows; row++) {
		if (!fgets(line, sizeof(line), f))
			return row;
		line[strcspn(line, "\n")] = '\0';
		if (strcmp(terminal_row(&t, row), line) != 0)
			return row;
	}
	return fgets(line, sizeof(line), f) ? t.rows : -1;
}

void shows_screen(const char *name, const char *text)
{
	int64_t until = terminal_ms() + PATIENCE_MS;
	char path[128];
	FILE *f;
	int row;

	assert_shown(text);
	snprintf(path, sizeof(path), "tests/screens/%s.txt", name);
	if (getenv("UPDATE"))
		write_screen(path);
	f = fopen(path, "r");
	assert_non_null(f);
	while ((row = differs(f)) >= 0 && terminal_ms() < until && terminal_read(&t, 20))
		;
	fclose(f);
	if (row < 0)
		return;
	terminal_print(&t);
	fail_msg("row %d is not that of %s", row, path);
}
