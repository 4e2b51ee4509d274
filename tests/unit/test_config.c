/* SPDX-License-Identifier: BSD-2-Clause */
/* test_config.c - what the user wants the view to be like, and the files that say so */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "decode/catalog.h"
#include "ui/screen/config.h"
#include "ui/screen/grid.h"
#include "ui/screen/history.h"
#include "ui/userfile.h"

static char folder[] = "/tmp/ringtail_config_XXXXXX";
static struct error e;

static const char *in_folder(const char *name)
{
	static char path[300];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return path;
}

static void write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void assert_file(const char *path, const char *wanted)
{
	char text[4096];
	FILE *f = fopen(path, "r");

	assert_non_null(f);
	text[fread(text, 1, sizeof(text) - 1, f)] = '\0';
	fclose(f);
	assert_string_equal(text, wanted);
}

static void each_line_sets_a_key(void **state)
{
	static const char text[] =
		"# what I like\n"
		"\n"
		"columns = number, tcp.dstport:6 ,info\r\n"
		"colour = red bold: tcp.flags.reset == 1\n"
		"  colour=blue: udp # 1\n"
		"time = delta\n"
		"utc yes\n"
		"layout = three\n"
		"history = 7";
	struct config c;

	(void)state;
	config_open(&c);
	assert_int_equal(c.columns.count, 7);
	assert_int_equal(config_take(&c, "FILE", text, &e), -STATUS_USAGE);	/* a filter has no comments */
	assert_string_equal(e.text, "FILE:5: '#' is not expected here, but an operator or the end should be");
	config_close(&c);
	config_open(&c);
	write_file(in_folder("text"), text);
	assert_int_equal(config_take(&c, "FILE", "columns = number, tcp.dstport:6 ,info\r\ncolour = red bold: tcp\n\n#\n"
				     "time = delta\nutc yes\nlayout = three\nhistory = 7", &e), 0);
	assert_int_equal(c.columns.count, 3);
	assert_string_equal(c.columns.column[1].name, "tcp.dstport");
	assert_int_equal(c.columns.column[1].kind, LIST_FIELD);
	assert_int_equal(c.columns.column[1].width, 6);
	assert_int_equal(c.columns.column[2].kind, LIST_INFO);
	assert_int_equal(c.rules.count, 1);
	assert_int_equal(c.rules.rule[0].style, INK_RED | STYLE_BOLD);
	assert_int_equal(c.clock, CLOCK_DELTA);
	assert_true(c.utc && !c.mouse);
	assert_int_equal(c.layout, LAYOUT_THREE);
	assert_int_equal(c.history, 7);
	config_close(&c);
}

static void what_is_wrong_is_said_with_its_line(void **state)
{
	static const struct { const char *text, *says; } wrong[] = {
		{ "\n\ncolums = number", "FILE:3: 'colums' is not one of columns, colour, time, " },
		{ "= 3", "FILE:1: '=' is not one of" },
		{ "columns = number, tcp.prt", "FILE:1: 'tcp.prt' is neither a column (number, time, " },
		{ "columns = number, number", "FILE:1: 'number' is named twice" },
		{ "columns = number,, info", "FILE:1: the name of a column is missing" },
		{ "columns =", "FILE:1: the name of a column is missing" },
		{ "columns = info:0", "FILE:1: info: '0' is no width from 1 to 200" },
		{ "columns = info:12x", "FILE:1: info: '12x' is no width" },
		{ "#\ntime = sometimes", "FILE:2: 'sometimes' is not one of first, delta, shown, day, date, epoch" },
		{ "utc = 1", "FILE:1: '1' is not one of no, yes" },
		{ "colour = rde: tcp", "FILE:1: 'rde' is not one of red, green," },
		{ "colour = red", "FILE:1: a rule is a colour, a colon, and a display filter" },
		{ "colour = : tcp", "FILE:1: a rule is a colour" },
		{ "colour = red: tcp.prt == 3", "FILE:1: 'tcp.prt' is neither a field nor a protocol" },
		{ "history = 201", "FILE:1: '201' is no number from 0 to 200" },
		{ "history = -1", "FILE:1: '-1' is no number from 0 to 200" },
	};
	struct config c;

	(void)state;
	config_open(&c);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_int_equal(config_take(&c, "FILE", wrong[i].text, &e), -STATUS_USAGE);
		if (strncmp(e.text, wrong[i].says, strlen(wrong[i].says)) != 0)
			fail_msg("%s", e.text);
		assert_int_equal(c.columns.count, 7);		/* as before */
	}
	config_close(&c);
}

/* All of them, with the very words of the table. */
static void the_readme_has_each_key(void **state)
{
	char line[1024], text[65536];
	FILE *f = fopen("README.md", "r");

	(void)state;
	assert_non_null(f);
	text[fread(text, 1, sizeof(text) - 1, f)] = '\0';
	fclose(f);
	for (uint32_t i = 0; i < config_keys_count; i++) {
		snprintf(line, sizeof(line), "| `%s` | `%s` | %s |\n", config_keys[i].name, config_keys[i].values,
			 config_keys[i].does);
		if (!strstr(text, line))
			fail_msg("the README lacks: %s", line);
	}
}

static void the_first_rule_that_holds_counts(void **state)
{
	static const uint8_t udp[] = {
		2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0, 0x45, 0, 0, 28, 0, 1, 0, 0, 64, 17, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2,
		0x9c, 0x40, 2, 2, 0, 8, 0, 0,
	};
	struct config c;
	struct decoded d;
	struct frame f = { .number = 3 };

	(void)state;
	config_open(&c);
	decode(&d, (struct slice){ udp, sizeof(udp), sizeof(udp) }, proto_by(BY_LINKTYPE, 1));
	assert_int_equal(rules_style(&c.rules, &d, &f), 0);
	assert_int_equal(config_take(&c, "FILE", "colour = red: tcp\ncolour = green: frame.number == 3\ncolour = blue: udp", &e), 0);
	assert_int_equal(rules_style(&c.rules, &d, &f), INK_GREEN);
	f.number = 4;
	assert_int_equal(rules_style(&c.rules, &d, &f), INK_BLUE);
	config_close(&c);
}

static void saved_lines_replace_those_of_their_key_alone(void **state)
{
	const char *const two[] = { "red: tcp", "blue: udp" };
	char path[300];
	struct stat st;

	(void)state;
	assert_true(config_path(path, sizeof(path)));
	assert_int_equal(config_save("columns", (const char *const[]){ "number, info" }, 1, &e), 0);
	assert_file(path, "columns = number, info\n");
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	write_file(path, "# mine\ncolour = red: ip\n  colour = blue: arp\ntime = day\n# end");
	assert_int_equal(config_save("colour", two, 2, &e), 0);
	assert_file(path, "# mine\ncolour = red: tcp\ncolour = blue: udp\ntime = day\n# end\n");
	assert_int_equal(config_save("colour", NULL, 0, &e), 0);
	assert_file(path, "# mine\ntime = day\n# end\n");
}

static void a_link_is_read_and_never_replaced(void **state)
{
	char path[300], *text;

	(void)state;
	assert_true(config_path(path, sizeof(path)));
	write_file(in_folder("elsewhere"), "time = day\n");
	unlink(path);
	assert_int_equal(symlink(in_folder("elsewhere"), path), 0);
	assert_int_equal(userfile_read(path, &text, &e), 0);
	assert_string_equal(text, "time = day\n");
	free(text);
	assert_int_equal(config_save("utc", (const char *const[]){ "yes" }, 1, &e), -STATUS_WRITE);
	assert_non_null(strstr(e.text, "is a symbolic link, not replaced"));
	assert_file(in_folder("elsewhere"), "time = day\n");
	unlink(path);
}

static void what_is_no_file_of_that_size_is_refused(void **state)
{
	static char large[USERFILE_MAX + 2];
	char *text;

	(void)state;
	memset(large, '#', sizeof(large) - 1);
	write_file(in_folder("large"), large);
	assert_int_equal(userfile_read(in_folder("large"), &text, &e), -STATUS_USAGE);
	assert_int_equal(mkfifo(in_folder("fifo"), 0600), 0);
	assert_int_equal(userfile_read(in_folder("fifo"), &text, &e), -STATUS_USAGE);
	assert_int_equal(userfile_read(folder, &text, &e), -STATUS_USAGE);
	assert_int_equal(userfile_read("/proc/self/mem", &text, &e), -STATUS_USAGE);	/* no page at its begin */
	assert_null(text);
	assert_int_equal(userfile_read(in_folder("nothing"), &text, &e), 0);
	assert_null(text);
	unlink(in_folder("fifo"));
}

/* sudo(8) says who called it. */
static void under_sudo_files_belong_to_the_caller(void **state)
{
	char path[300];
	struct stat st;

	(void)state;
	if (geteuid() != 0)
		skip();
	snprintf(path, sizeof(path), "%s/home/.config/ringtail/config", folder);
	assert_int_equal(mkdir(in_folder("home"), 0700), 0);
	assert_int_equal(chmod(folder, 0755), 0);
	assert_int_equal(chown(in_folder("home"), 65534, 65534), 0);
	setenv("SUDO_UID", "65534", 1);
	setenv("SUDO_GID", "65534", 1);
	assert_int_equal(userfile_write(path, "x", 1, &e), 0);
	assert_int_equal(geteuid(), 0);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_uid, 65534);
	assert_int_equal(st.st_gid, 65534);
	assert_int_equal(stat(in_folder("home/.config"), &st), 0);
	assert_int_equal(st.st_uid, 65534);
	write_file(in_folder("roots"), "secret");
	assert_int_equal(chmod(in_folder("roots"), 0600), 0);
	assert_int_equal(userfile_read(in_folder("roots"), &(char *){ NULL }, &e), -STATUS_USAGE);
	unsetenv("SUDO_UID");
	unsetenv("SUDO_GID");
	snprintf(path, sizeof(path), "%s/home/.local/ringtail/config", folder);
	assert_int_equal(userfile_write(path, "x", 1, &e), -STATUS_WRITE);	/* of root, in another's home */
	assert_int_equal(stat(in_folder("home/.local"), &st), -1);
}

static void keep(const char *filter, uint32_t most)
{
	assert_int_equal(history_keep(filter, most, &e), 0);
}

static void filters_are_kept_from_run_to_run(void **state)
{
	struct history h = { .count = 0 };
	char path[300];
	struct stat st;

	(void)state;
	history_load(&h, 100);
	assert_int_equal(h.count, 0);
	keep("tcp", 3);
	keep("udp", 3);
	keep("tcp", 3);		/* each once, the newest last */
	keep("a\x1b[2J", 3);
	keep("dns", 3);
	keep("arp", 3);
	keep("never", 0);
	history_load(&h, 100);
	assert_int_equal(h.count, 3);
	assert_string_equal(h.line[0], "tcp");
	assert_string_equal(h.line[2], "arp");
	history_free(&h);
	assert_true(userfile_path(path, sizeof(path), USERFILE_STATE, "filters"));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	write_file(path, "good\n\x1b[2J\n\nalso\n");
	history_load(&h, 100);
	assert_int_equal(h.count, 2);
	assert_string_equal(h.line[1], "also");
	history_free(&h);
}

/* What cannot be read is not replaced, and none grows so large. */
static void no_filter_is_lost_with_the_others(void **state)
{
	static char large[USERFILE_MAX + 2];
	struct history h = { .count = 0 };
	char path[300], line[1001] = "";
	struct stat st;

	(void)state;
	assert_true(userfile_path(path, sizeof(path), USERFILE_STATE, "filters"));
	memset(line, 'a', sizeof(line) - 1);
	for (uint32_t i = 0; i < 100; i++) {
		line[0] = (char)('0' + i % 10);
		line[1] = (char)('0' + i / 10);
		keep(line, 100);
	}
	history_load(&h, 100);
	assert_int_equal(h.count, USERFILE_MAX / sizeof(line));
	assert_string_equal(h.line[h.count - 1], line);
	history_free(&h);
	memset(large, 'a', sizeof(large) - 1);
	write_file(path, large);
	assert_int_equal(history_keep("tcp", 100, &e), -STATUS_USAGE);
	assert_non_null(strstr(e.text, "is larger than 65536 bytes"));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_size, USERFILE_MAX + 1);
	unlink(path);
}

static int begin(void **state)
{
	(void)state;
	catalog_init();
	proto_init();
	if (!mkdtemp(folder))
		return -1;
	setenv("XDG_CONFIG_HOME", in_folder("config"), 1);
	setenv("XDG_STATE_HOME", in_folder("state"), 1);
	return 0;
}

static int end(void **state)
{
	char command[sizeof(folder) + 20];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return system(command);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_line_sets_a_key),
		cmocka_unit_test(what_is_wrong_is_said_with_its_line),
		cmocka_unit_test(the_readme_has_each_key),
		cmocka_unit_test(the_first_rule_that_holds_counts),
		cmocka_unit_test(saved_lines_replace_those_of_their_key_alone),
		cmocka_unit_test(a_link_is_read_and_never_replaced),
		cmocka_unit_test(what_is_no_file_of_that_size_is_refused),
		cmocka_unit_test(under_sudo_files_belong_to_the_caller),
		cmocka_unit_test(filters_are_kept_from_run_to_run),
		cmocka_unit_test(no_filter_is_lost_with_the_others),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
