/* SPDX-License-Identifier: BSD-2-Clause */
/* options_parse.c - the command line, by the table of option_rows.h */
#define _GNU_SOURCE
#include "ui/options.h"

#include <getopt.h>
#include <pcap/pcap.h>
#include <stdlib.h>
#include <string.h>

#include "capture/interface.h"
#include "capture/version.h"
#include "ui/option_conflicts.h"
#include "ui/option_rows.h"

#define LONG_FORM 256	/* getopt_long() returns this + the row for a long form */

void options_version(FILE *f)
{
	fprintf(f, "ringtail %s\n%s\n", VERSION, pcap_lib_version());
}

void options_help(FILE *f)
{
	fputs("usage: ringtail [-i IF | -r FILE] [options] [filter expression, see pcap-filter(7)]\n"
	      "       ringtail flows [-i IF | -r FILE] [options] [filter expression]\n"
	      "       ringtail follow -r FILE [options] [filter expression]\n"
	      "       ringtail info [options] FILE...\n"
	      "\n"
	      "flows prints who talks to whom, and how much: of a file, or of an interface when it is stopped.\n"
	      "follow prints what the two ends of a flow of a file say to each other (-x: in hex).\n"
	      "info prints what capture files say of themselves, and sums over their packets ('-': stdin).\n"
	      "\n", f);
	for (const struct option_row *r = option_rows; r < option_rows + option_row_count; r++) {
		char left[64], letter[3] = { '-', r->letter, '\0' };

		snprintf(left, sizeof(left), "%s%s%s%s%s", r->letter ? letter : "  ",
			 r->word ? (r->letter ? ", --" : "  --") : "", r->word ? r->word : "",
			 r->arg ? " " : "", r->arg ? r->arg : "");
		fprintf(f, "  %-36s ", left);
		for (const char *c = r->help; *c; c++) {
			putc(*c, f);
			if (*c == '\n')
				fprintf(f, "%39s", "");
		}
		putc('\n', f);
	}
	fputs("\n"
	      "exit status: 0 done, 2 usage or filter, 3 input damaged or cut (the good part was\n"
	      "processed), 4 no permission, no such interface or interface gone, 5 packets were lost and\n"
	      "--fail-on-loss was given, 6 could not write\n",
	      f);
}

static int apply(const struct option_row *r, struct options *o, const char *arg, struct error *e)
{
	char *member = (char *)o + r->at;

	switch (r->does) {
	case FLAG:
		*(bool *)member = true;
		break;
	case COUNT:
		*(uint8_t *)member += *(uint8_t *)member < UINT8_MAX;
		break;
	case TEXT:
		*(const char **)member = arg;
		break;
	case CALL:
		return r->call(o, arg, e);
	case ROTATE:
		return rotate_options_set(&o->rotate, (enum rotate_option)r->at, arg, e);
	case RECORD:
		return recorder_options_set(&o->recorder, (enum recorder_option)r->at, arg, e);
	}
	return 0;
}

static const struct option_row *row_of(int c)
{
	if (c >= LONG_FORM)
		return &option_rows[c - LONG_FORM];
	for (const struct option_row *r = option_rows; r < option_rows + option_row_count; r++)
		if (r->letter == c)
			return r;
	return NULL;
}

/* What getopt_long() wants to know, from the table. */
static void getopt_tables(char *letters, struct option *words)
{
	*letters++ = ':';	/* a missing argument is told from an unknown option */
	for (size_t i = 0; i < option_row_count; i++) {
		if (option_rows[i].letter) {
			*letters++ = option_rows[i].letter;
			if (option_rows[i].arg)
				*letters++ = ':';
		}
		if (option_rows[i].word)
			*words++ = (struct option){ option_rows[i].word,
						    option_rows[i].arg ? required_argument : no_argument,
						    NULL, LONG_FORM + (int)i };
	}
	*letters = '\0';
	*words = (struct option){ 0 };
}

/* The rest of the command line, joined by blanks. */
static char *join(char **word, int n)
{
	size_t size = 1;
	char *text, *at;

	for (int i = 0; i < n; i++)
		size += strlen(word[i]) + 1;
	at = text = malloc(size);
	for (int i = 0; text && i < n; i++) {
		at = stpcpy(at, word[i]);
		if (i + 1 < n)
			*at++ = ' ';
	}
	return text;
}

/* Is the first word a command? */
static enum command command_of(const char *word)
{
	static const char *const words[] = { [COMMAND_FLOWS] = "flows", [COMMAND_INFO] = "info", [COMMAND_FOLLOW] = "follow" };

	for (enum command c = COMMAND_FLOWS; c <= COMMAND_FOLLOW; c++)
		if (word && !strcmp(word, words[c]))
			return c;
	return COMMAND_NONE;
}

/* What a file's name says, where nothing else does. */
static void choose_format(struct options *o)
{
	bool several = o->interfaces > 1 || o->follow_interfaces ||
		       (o->interfaces == 1 && interface_is_pattern(o->interface[0]));

	if (o->format < 0)
		o->format = (int8_t)writer_format_of(o->write ? o->write : "", several ? WRITER_PCAPNG : WRITER_PCAP);
}

/* What is behind the options: files, or a filter. */
static void take_rest(struct options *o, char **word, int n)
{
	if (o->command == COMMAND_INFO) {
		o->files = word;
		o->file_count = n;
	} else if (n > 0) {
		o->filter = join(word, n);
	}
}

int options_parse(struct options *o, int argc, char **argv, struct error *e)
{
	char letters[2 * OPTION_ROWS_MAX + 2];
	struct option words[OPTION_ROWS_MAX + 1];
	int c, rc;

	*o = (struct options){
		.format = -1, .snaplen = SNAPLEN_MAX, .separator = '\t',
		.recorder = { .after = RECORDER_AFTER_DEFAULT, .files = RECORDER_FILES_DEFAULT },
	};
	o->command = (uint8_t)command_of(argc > 1 ? argv[1] : NULL);
	if (o->command) {
		argc--;
		argv++;
	}
	getopt_tables(letters, words);
	opterr = 0;
	while ((c = getopt_long(argc, argv, letters, words, NULL)) != -1) {
		if (c == '?' && optopt > 0 && optopt < LONG_FORM)
			return error_set(e, STATUS_USAGE, "-%c: no such option; ringtail -h lists them",
					 optopt);
		if (c == '?' && optopt >= LONG_FORM)
			return error_set(e, STATUS_USAGE, "%s: it takes no argument",
					 argv[optind - 1]);
		if (c == '?')
			return error_set(e, STATUS_USAGE, "%s: no such option; ringtail -h lists them",
					 argv[optind - 1]);
		if (c == ':')
			return error_set(e, STATUS_USAGE, "%s: it needs an argument",
					 argv[optind - 1]);
		rc = apply(row_of(c), o, optarg, e);
		if (rc)
			return rc;
	}
	if (o->rotate.packets)
		o->packets = o->rotate.packets;
	take_rest(o, argv + optind, argc - optind);
	choose_format(o);
	rc = option_conflicts(o, e);
	return rc ? rc : rotate_options_settle(&o->rotate, o->write, e);
}

/* How times, names of protocols and checksums are read concerns the view too; how lines look does not. */
bool options_want_text(const struct options *o)
{
	return o->command || o->text || (o->write && !strcmp(o->write, "-")) || o->print || o->count || o->packets ||
	       o->dump_filter || o->names || o->link || o->quiet || o->verbose || o->absolute || o->number || o->hex || o->both || o->ascii || o->tree ||
	       o->fields || o->json || o->line_buffered || o->flush_packets;
}

void options_free(struct options *o)
{
	free(o->filter);
	free(o->reads);
}
