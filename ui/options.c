/* SPDX-License-Identifier: BSD-2-Clause */
/* options.c - one table says what each option is called, takes and does
 *
 * Letters and words are tcpdump's wherever it has the thing: fingers know them.
 */
#define _GNU_SOURCE
#include "ui/options.h"

#include <getopt.h>
#include <pcap/pcap.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "capture/interface.h"
#include "capture/version.h"
#include "ui/colour.h"
#include "ui/flow_sort.h"
#include "ui/quantity.h"

static int set_interface(struct options *o, const char *arg, struct error *e)
{
	if (o->interfaces == INTERFACES_MAX)
		return error_set(e, STATUS_USAGE, "-i: %d of them at most; a pattern ('veth*') may name more",
				 INTERFACES_MAX);
	o->interface[o->interfaces++] = arg;
	return 0;
}

static int add_read(struct options *o, const char *arg, struct error *e)
{
	const char **more = realloc(o->reads, (o->read_count + 1) * sizeof(*more));

	if (!more)
		return error_set(e, STATUS_USAGE, "-r: no memory");
	o->reads = more;
	o->reads[o->read_count++] = arg;
	o->read = o->reads[0];
	return 0;
}

static int set_packets(struct options *o, const char *arg, struct error *e)
{
	return quantity_number(&o->packets, "-c", arg, 1, UINT64_MAX / 2, NULL, e);
}

static int set_snaplen(struct options *o, const char *arg, struct error *e)
{
	uint64_t value;
	int rc = quantity_number(&value, "-s", arg, 0, SNAPLEN_MAX, NULL, e);

	if (!rc)
		o->snaplen = value ? (uint32_t)value : SNAPLEN_MAX;
	return rc;
}

static int set_buffer(struct options *o, const char *arg, struct error *e)
{
	return quantity_size(&o->buffer, "-B", arg, e);
}

static int set_memory(struct options *o, const char *arg, struct error *e)
{
	return quantity_size(&o->memory, "--memory", arg, e);
}

static int set_limit(struct options *o, const char *arg, struct error *e)
{
	return quantity_number(&o->limit, "--limit", arg, 1, UINT64_MAX / 2, NULL, e);
}

static int set_flow(struct options *o, const char *arg, struct error *e)
{
	return quantity_number(&o->flow, "--flow", arg, 1, UINT32_MAX, NULL, e);
}

static int set_from(struct options *o, const char *arg, struct error *e)
{
	o->from = !strcmp(arg, "client") ? FROM_CLIENT : FROM_SERVER;
	if (o->from == FROM_SERVER && strcmp(arg, "server"))
		return error_set(e, STATUS_USAGE, "--from: '%s' is not one of client, server", arg);
	return 0;
}

static int set_direction(struct options *o, const char *arg, struct error *e)
{
	if (!strcmp(arg, "in"))
		o->direction = DIRECTION_IN;
	else if (!strcmp(arg, "out"))
		o->direction = DIRECTION_OUT;
	else if (!strcmp(arg, "inout"))
		o->direction = DIRECTION_BOTH;
	else
		return error_set(e, STATUS_USAGE, "-Q: '%s' is not one of in, out, inout", arg);
	return 0;
}

static int set_format(struct options *o, const char *arg, struct error *e)
{
	static const struct { const char *word; enum writer_format format; bool nano; } words[] = {
		{ "pcap", WRITER_PCAP, false }, { "nanopcap", WRITER_PCAP, true }, { "pcapng", WRITER_PCAPNG, false },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (!strcmp(arg, words[i].word)) {
			o->format = (int8_t)words[i].format;
			o->nano_file = words[i].nano;
			return 0;
		}
	}
	return error_set(e, STATUS_USAGE, "--format: '%s' is not one of pcap, nanopcap, pcapng", arg);
}

static int set_stamp(struct options *o, const char *arg, struct error *e)
{
	static const char *const words[] = {
		[STAMP_HOST] = "host", [STAMP_ADAPTER] = "adapter", [STAMP_ADAPTER_UNSYNCED] = "adapter_unsynced",
	};

	for (size_t i = 0; i < COUNT(words); i++) {
		if (!strcmp(arg, words[i])) {
			o->stamp = (uint8_t)i;
			return 0;
		}
	}
	return error_set(e, STATUS_USAGE, "--time-stamp-type: '%s' is not one of host, adapter, adapter_unsynced", arg);
}

static int set_precision(struct options *o, const char *arg, struct error *e)
{
	o->nano = !strcmp(arg, "nano");
	o->micro = !strcmp(arg, "micro");
	if (!o->nano && !o->micro)
		return error_set(e, STATUS_USAGE,
				 "--time-stamp-precision: '%s' is not one of micro, nano", arg);
	return 0;
}

static int set_report_every(struct options *o, const char *arg, struct error *e)
{
	return quantity_time(&o->report_every, "--stats-interval", arg, e);
}

static int add_decode_as(struct options *o, const char *arg, struct error *e)
{
	if (o->decode_as_count == DECODE_AS_MAX)
		return error_set(e, STATUS_USAGE, "--decode-as: %d of them at most", DECODE_AS_MAX);
	o->decode_as[o->decode_as_count++] = arg;
	return 0;
}

/* One character, or as tshark's -E has it. */
static int set_separator(struct options *o, const char *arg, struct error *e)
{
	if (!strcmp(arg, "/t") || !strcmp(arg, "\\t"))
		arg = "\t";
	else if (!strcmp(arg, "/s"))
		arg = " ";
	if (strlen(arg) != 1 || ((uint8_t)*arg < ' ' && *arg != '\t') || (uint8_t)*arg > '~' || *arg == '"')
		return error_set(e, STATUS_USAGE, "--separator: it is one character, \\t, or ',' for CSV");
	o->separator = *arg;
	return 0;
}

static int set_hangup(struct options *o, const char *arg, struct error *e)
{
	o->stays = !strcmp(arg, "continue");
	if (o->stays || !strcmp(arg, "stop"))
		return 0;
	return error_set(e, STATUS_USAGE, "--on-hangup: '%s' is not one of stop, continue", arg);
}

static int set_colour(struct options *o, const char *arg, struct error *e)
{
	static const char *const words[] = {
		[COLOUR_AUTO] = "auto", [COLOUR_ALWAYS] = "always", [COLOUR_NEVER] = "never",
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (!strcmp(arg, words[i])) {
			o->colour = (uint8_t)i;
			return 0;
		}
	}
	return error_set(e, STATUS_USAGE, "--color: '%s' is not one of auto, always, never", arg);
}

enum does { FLAG, COUNT, TEXT, CALL, ROTATE, RECORD };

struct row {
	char letter;
	const char *word;		/* the long form, without its dashes */
	const char *arg;		/* what it takes; NULL: nothing */
	enum does does;
	size_t at;			/* of the member of struct options it sets; ROTATE: enum rotate_option; RECORD: enum recorder_option */
	int (*call)(struct options *o, const char *arg, struct error *e);
	const char *help;
};

#define AT(member) offsetof(struct options, member)

static const struct row rows[] = {
	{ 'i', "interface", "IF", CALL, 0, set_interface,
	  "capture on IF ('any': on all, cooked); several times, and patterns:\n'veth*'; on a terminal without it you choose" },
	{ 0, "follow-interfaces", NULL, FLAG, AT(follow_interfaces), NULL,
	  "interfaces that are made later join, where -i (a pattern) names them" },
	{ 0, "netns", "NS", TEXT, AT(netns), NULL,
	  "the interfaces of the network namespace NS: a name, a process's number,\na path" },
	{ 'r', "read", "FILE", CALL, 0, add_read,
	  "read FILE, pcap or pcapng, also compressed ('-': stdin), or the files\nof a folder; several are merged by time" },
	{ 0, "follow", NULL, FLAG, AT(follow), NULL, "read on what others still write to the file" },
	{ 0, "salvage", NULL, FLAG, AT(salvage), NULL, "go on behind what is damaged in the file, and say where that is" },
	{ 'w', "write", "FILE", TEXT, AT(write), NULL, "write packets to FILE ('-': stdout)" },
	{ 0, "format", "F", CALL, 0, set_format,
	  "of that file: pcap, nanopcap, pcapng (the default where its name ends so)" },
	{ 0, "capture-comment", "TEXT", TEXT, AT(comment), NULL, "a comment on the whole capture, in a pcapng file" },
	{ 'C', NULL, "SIZE", ROTATE, ROTATE_SIZE, NULL,
	  "the next file when one is larger than so many millions of bytes\n(KiB, MiB, GiB with k, m, g): FILE, FILE1, FILE2" },
	{ 'G', NULL, "SECONDS", ROTATE, ROTATE_PERIOD, NULL,
	  "the next file every so many seconds; FILE is for strftime(3)" },
	{ 'W', NULL, "N", ROTATE, ROTATE_FILES, NULL,
	  "with -C: N files in a ring; with -G: stop after N files" },
	{ 'z', NULL, "COMMAND", TEXT, AT(rotate.plan.hook), NULL,
	  "run COMMAND with the name of each file that is complete" },
	{ 'b', "ring-buffer", "KEY:VALUE", ROTATE, ROTATE_RING, NULL,
	  "the next file after filesize:KB, duration:S, packets:N, or at each\ninterval:S of the clock; files:N are kept; "
	  "printname:FILE gets the\nname of each that is complete" },
	{ 'a', "autostop", "KEY:VALUE", ROTATE, ROTATE_STOP, NULL,
	  "stop after duration:S, filesize:KB, packets:N, files:N" },
	{ 0, "keep-free", "SIZE", ROTATE, ROTATE_KEEP_FREE, NULL,
	  "remove the oldest files of this run where the disk has less free" },
	{ 0, "fail-on-loss", NULL, FLAG, AT(fail_on_loss), NULL, "exit status 5 where packets were lost" },
	{ 0, "stats-interval", "TIME", CALL, 0, set_report_every,
	  "tell the counters every TIME (10, 500ms, 5m): on stderr, with --json\nas objects among the others" },
	{ 0, "metrics", "FILE", TEXT, AT(metrics), NULL,
	  "keep the counters in FILE, for Prometheus (node_exporter)" },
	{ 0, "keep", "N", RECORD, RECORDER_KEEP, NULL,
	  "keep the last packets in memory: 64MiB, 30s (at most 256 MiB of it),\n30s,1GiB; the key R, SIGUSR2 and "
	  "--trigger write them to a file" },
	{ 0, "trigger", "EXPR", TEXT, AT(recorder.trigger), NULL,
	  "so does the first packet with such fields (a display filter)" },
	{ 0, "trigger-after", "TIME", RECORD, RECORDER_AFTER, NULL, "and what comes in TIME after it (5s)" },
	{ 0, "trigger-files", "N", RECORD, RECORDER_FILES, NULL, "write so many files at most (10)" },
	{ 0, "on-hangup", "WHAT", CALL, 0, set_hangup,
	  "when the terminal is gone: stop (the default); continue, without it" },
	{ 0, "print", NULL, FLAG, AT(print), NULL, "print lines too when -w is given" },
	{ 0, "text", NULL, FLAG, AT(text), NULL,
	  "lines on a terminal too, where the view opens else" },
	{ 0, "ascii", NULL, FLAG, AT(only_ascii), NULL, "in the view: nothing beyond ASCII" },
	{ 0, "mouse", NULL, FLAG, AT(mouse), NULL, "in the view: the mouse selects, its wheel scrolls" },
	{ 0, "osc52", NULL, FLAG, AT(osc52), NULL,
	  "in the view: y hands text to the terminal's clipboard (OSC 52)" },
	{ 0, "count", NULL, FLAG, AT(count), NULL, "print only how many packets there were" },
	{ 'c', NULL, "N", CALL, 0, set_packets, "stop after N packets" },
	{ 'Y', "display-filter", "EXPR", TEXT, AT(display), NULL,
	  "only packets with such fields (Wireshark's syntax: 'tcp.port == 443')" },
	{ 0, "decode-as", "L==V,PROTO", CALL, 0, add_decode_as,
	  "decode what has the value V as PROTO: tcp.port==8443,dns;\n'help' lists what L and PROTO can be" },
	{ 'F', NULL, "FILE", TEXT, AT(filter_file), NULL, "take the filter expression from FILE" },
	{ 'D', "list-interfaces", NULL, FLAG, AT(list_interfaces), NULL, "list the interfaces" },
	{ 'L', "list-data-link-types", NULL, FLAG, AT(list_linktypes), NULL,
	  "list the link types of the interface" },
	{ 'd', NULL, NULL, COUNT, AT(dump_filter), NULL,
	  "print the compiled filter (-dd: as C, -ddd: as numbers)" },

	{ 'p', "no-promiscuous-mode", NULL, FLAG, AT(no_promiscuous), NULL,
	  "do not ask for packets to other hosts" },
	{ 's', "snapshot-length", "N", CALL, 0, set_snaplen,
	  "keep N bytes of each packet (0: 262144, the default)" },
	{ 'B', "buffer-size", "SIZE", CALL, 0, set_buffer,
	  "ring size in KiB, or with a unit (32M, the default)" },
	{ 'Q', "direction", "DIR", CALL, 0, set_direction, "only packets going in, out, or inout" },
	{ 0, "time-stamp-type", "TYPE", CALL, 0, set_stamp,
	  "whose clock times are of: host (the default), adapter, adapter_unsynced" },
	{ 0, "immediate-mode", NULL, FLAG, AT(immediate), NULL, "packet by packet, never in blocks" },
	{ 'Z', "relinquish-privileges", "USER", TEXT, AT(user), NULL,
	  "become USER once the interface is open (as root: who called sudo, else nobody)" },
	{ 0, "privileges", NULL, FLAG, AT(privileges), NULL, "say what each process still holds, on stderr" },
	{ 0, "no-ring", NULL, FLAG, AT(no_ring), NULL, "capture by recvmmsg(2), without a ring" },
	{ 0, "cooked", NULL, FLAG, AT(cooked), NULL, "capture without link headers (SLL2)" },
	{ 0, "nano", NULL, FLAG, AT(nano), NULL, "times in nanoseconds" },
	{ 0, "micro", NULL, FLAG, AT(micro), NULL, "times in microseconds" },
	{ 0, "time-stamp-precision", "P", CALL, 0, set_precision, "the same, as micro or nano" },

	{ 'n', NULL, NULL, COUNT, AT(numeric), NULL, "no names (the default; -V has those of ports and vendors)" },
	{ 'N', NULL, NULL, FLAG, AT(names), NULL, "names of hosts and ports; asks the name service" },
	{ 'e', NULL, NULL, FLAG, AT(link), NULL, "the link header too" },
	{ 'q', NULL, NULL, FLAG, AT(quiet), NULL, "shorter lines" },
	{ 'v', NULL, NULL, COUNT, AT(verbose), NULL, "more about each packet (-vv, -vvv: still more)" },
	{ 'S', "absolute-tcp-sequence-numbers", NULL, FLAG, AT(absolute), NULL,
	  "TCP sequence numbers as they are" },
	{ 'K', "dont-verify-checksums", NULL, FLAG, AT(no_checksums), NULL,
	  "do not verify checksums" },
	{ 0, "no-desegment", NULL, FLAG, AT(no_desegment), NULL,
	  "TCP messages are not put together of segments" },
	{ 't', NULL, NULL, COUNT, AT(times), NULL,
	  "-t: no time, -tt: epoch, -ttt: since the last, -tttt: with date,\n"
	  "-ttttt: since the first" },
	{ 0, "utc", NULL, FLAG, AT(utc), NULL, "times in UTC, not in the local zone" },
	{ '#', "number", NULL, FLAG, AT(number), NULL, "number the packets" },
	{ 'x', NULL, NULL, COUNT, AT(hex), NULL, "the bytes in hex (-xx: with the link header)" },
	{ 'X', NULL, NULL, COUNT, AT(both), NULL,
	  "the bytes in hex and characters (-XX: with the link header)" },
	{ 'V', "tree", NULL, FLAG, AT(tree), NULL,
	  "every field below the packet's line (-x: and its bytes)" },
	{ 0, "fields", "NAMES", TEXT, AT(fields), NULL,
	  "the values of the fields NAMES, commas between,\nin columns (ip.src,tcp.dstport)" },
	{ 0, "separator", "C", CALL, 0, set_separator,
	  "what is between columns (tab); with ',' values are quoted as CSV" },
	{ 0, "header", NULL, FLAG, AT(header), NULL, "a first line with the names of the fields" },
	{ 0, "list-fields", NULL, FLAG, AT(list_fields), NULL, "all fields: name, type, description" },
	{ 0, "json", NULL, FLAG, AT(json), NULL, "each packet as a JSON object, on one line" },
	{ 0, "schema", NULL, FLAG, AT(schema), NULL, "the JSON Schema of --json" },
	{ 'A', NULL, NULL, COUNT, AT(ascii), NULL, "the bytes as characters" },
	{ 0, "color", "WHEN", CALL, 0, set_colour,
	  "colours in lines and trees: auto (on a terminal; not where NO_COLOR is\nset), always, never" },
	{ 'l', NULL, NULL, FLAG, AT(line_buffered), NULL, "each line at once" },
	{ 'U', "packet-buffered", NULL, FLAG, AT(flush_packets), NULL,
	  "each packet to the file at once" },
	{ 0, "sort", "KEY", TEXT, AT(sort), NULL,
	  "flows: by bytes (the default), packets, rate, start, last, duration,\nclient, server, proto or state" },
	{ 0, "limit", "N", CALL, 0, set_limit, "flows: print the first N" },
	{ 0, "memory", "SIZE", CALL, 0, set_memory,
	  "flows: hold as many as fit into SIZE (1G for a file, 64M live)" },
	{ 0, "flow", "N", CALL, 0, set_flow, "follow: flow N of the file, as flows count from 1 (the first of TCP or UDP)" },
	{ 0, "from", "END", CALL, 0, set_from, "follow: only what the client says, or the server" },
	{ 0, "raw", NULL, FLAG, AT(raw), NULL, "follow: the bytes as they are" },
	{ 0, "escaped", NULL, FLAG, AT(escaped), NULL, "follow: all but printable ASCII as \\n, \\x00" },
	{ 'h', "help", NULL, FLAG, AT(help), NULL, "this text" },
	{ 0, "version", NULL, FLAG, AT(version), NULL, "the versions of ringtail and libpcap" },
};

#define ROWS (sizeof(rows) / sizeof(rows[0]))
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
	for (const struct row *r = rows; r < rows + ROWS; r++) {
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

static int apply(const struct row *r, struct options *o, const char *arg, struct error *e)
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

static const struct row *row_of(int c)
{
	if (c >= LONG_FORM)
		return &rows[c - LONG_FORM];
	for (const struct row *r = rows; r < rows + ROWS; r++)
		if (r->letter == c)
			return r;
	return NULL;
}

/* What getopt_long() wants to know, from the table. */
static void getopt_tables(char *letters, struct option *words)
{
	*letters++ = ':';	/* a missing argument is told from an unknown option */
	for (size_t i = 0; i < ROWS; i++) {
		if (rows[i].letter) {
			*letters++ = rows[i].letter;
			if (rows[i].arg)
				*letters++ = ':';
		}
		if (rows[i].word)
			*words++ = (struct option){ rows[i].word,
						    rows[i].arg ? required_argument : no_argument,
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

/* What cannot be asked for together. */
static int contradictions(const struct options *o, struct error *e)
{
	if (o->read && o->interfaces)
		return error_set(e, STATUS_USAGE, "-r: a file is read, so -i has no meaning");
	if (o->read && (o->fail_on_loss || o->report_every || o->metrics))
		return error_set(e, STATUS_USAGE, "%s: it is about a live capture, and -r reads a file",
				 o->metrics ? "--metrics" : o->report_every ? "--stats-interval" : "--fail-on-loss");
	if ((o->follow || o->salvage) && !o->read)
		return error_set(e, STATUS_USAGE, "%s: it is about a file that is read (-r)",
				 o->follow ? "--follow" : "--salvage");
	if (o->follow && o->salvage)
		return error_set(e, STATUS_USAGE, "--salvage: --follow is given too: a part at the end is no damage there");
	if (o->read && (o->netns || o->follow_interfaces))
		return error_set(e, STATUS_USAGE, "-r: a file is read, so %s has no meaning",
				 o->netns ? "--netns" : "--follow-interfaces");
	if (o->follow_interfaces && !o->interfaces)
		return error_set(e, STATUS_USAGE, "--follow-interfaces: which ones? (-i 'veth*')");
	for (int i = 0; o->interfaces > 1 && i < o->interfaces; i++)
		if (!strcmp(o->interface[i], "any"))
			return error_set(e, STATUS_USAGE, "-i: any is all of them, other names have no meaning beside it");
	if (o->stamp != STAMP_HOST && (o->read || o->no_ring || o->immediate || o->cooked))
		return error_set(e, STATUS_USAGE, "--time-stamp-type: the adapter's times are of a ring, and %s is given",
				 o->read ? "-r" : o->no_ring ? "--no-ring" : o->cooked ? "--cooked" : "--immediate-mode");
	if (o->filter && o->filter_file)
		return error_set(e, STATUS_USAGE,
				 "-F: the filter is in the file, or on the command line, not both");
	if (o->display && !o->read && (o->count || (o->write && !o->print)))
		return error_set(e, STATUS_USAGE, "-Y: live, it chooses the lines that are printed; what "
				 "is written or counted is chosen by a filter expression");
	if (o->nano && o->micro)
		return error_set(e, STATUS_USAGE, "--nano: --micro is given too");
	if (o->times > 5)
		return error_set(e, STATUS_USAGE, "-t: five of them at most");
	if (o->print && o->write && !strcmp(o->write, "-"))
		return error_set(e, STATUS_USAGE, "--print: standard output takes the packets (-w -)");
	if (o->fields && o->tree)
		return error_set(e, STATUS_USAGE, "--fields: -V is given too");
	if (o->json && (o->fields || o->tree))
		return error_set(e, STATUS_USAGE, "--json: %s is given too", o->tree ? "-V" : "--fields");
	if ((o->json || o->fields) && (o->hex || o->both || o->ascii))
		return error_set(e, STATUS_USAGE, "%s: bytes (-x, -X, -A) have no place there",
				 o->json ? "--json" : "--fields");
	if (!o->fields && (o->header || o->separator != '\t'))
		return error_set(e, STATUS_USAGE, "%s: it says how --fields looks, which is not given",
				 o->header ? "--header" : "--separator");
	if (o->tree && (o->both || o->ascii))
		return error_set(e, STATUS_USAGE, "-V: -x adds the bytes of fields; -X and -A have no meaning");
	if (o->comment && o->format != WRITER_PCAPNG)
		return error_set(e, STATUS_USAGE, "--capture-comment: only a pcapng file has room for it: -w FILE.pcapng");
	if (o->read && (o->recorder.bytes || o->recorder.span || o->recorder.trigger || o->stays))
		return error_set(e, STATUS_USAGE, "%s: it is of live captures", o->stays ? "--on-hangup" :
				 o->recorder.trigger ? "--trigger" : "--keep");
	if (o->stays && !o->write && !o->recorder.trigger)
		return error_set(e, STATUS_USAGE, "--on-hangup: nothing goes on where no file is written (-w, --trigger)");
	if (o->count && o->write)
		return error_set(e, STATUS_USAGE, "--count: nothing is written then, so -w has no meaning");
	return 0;
}

/* Packets are neither chosen, printed nor written. */
static int info_contradictions(const struct options *o, struct error *e)
{
	const struct { bool given; const char *option; } useless[] = {
		{ o->interfaces, "-i" }, { o->write, "-w" }, { o->print, "--print" },
		{ o->count, "--count" }, { o->packets, "-c" }, { o->display, "-Y" }, { o->filter_file, "-F" },
		{ o->dump_filter, "-d" }, { o->fields, "--fields" }, { o->tree, "-V" }, { o->hex, "-x" },
		{ o->both, "-X" }, { o->ascii, "-A" }, { o->sort, "--sort" }, { o->limit, "--limit" },
		{ o->memory, "--memory" }, { o->rotate.duration, "-a" }, { o->follow, "--follow" }, { o->salvage, "--salvage" },
	};

	for (size_t i = 0; i < sizeof(useless) / sizeof(useless[0]); i++)
		if (useless[i].given)
			return error_set(e, STATUS_USAGE, "info: %s has no meaning: files are named, and read whole",
					 useless[i].option);
	if (o->read && (o->file_count || o->read_count > 1))
		return error_set(e, STATUS_USAGE, "info: -r names one file, and others are named besides");
	if (!o->read && o->file_count == 0 && !o->schema && !o->help && !o->version)
		return error_set(e, STATUS_USAGE, "info: of which file? (ringtail info FILE...)");
	return 0;
}

/* Bytes of one flow are printed, and in one form. */
static int follow_contradictions(const struct options *o, struct error *e)
{
	const struct { bool given; const char *option; } useless[] = {
		{ o->interfaces, "-i" }, { o->write, "-w" }, { o->print, "--print" }, { o->count, "--count" },
		{ o->display, "-Y" }, { o->fields, "--fields" }, { o->tree, "-V" }, { o->both, "-X" }, { o->ascii, "-A" },
		{ o->json, "--json" }, { o->schema, "--schema" }, { o->sort, "--sort" }, { o->limit, "--limit" },
	};

	for (size_t i = 0; i < sizeof(useless) / sizeof(useless[0]); i++)
		if (useless[i].given)
			return error_set(e, STATUS_USAGE, "follow: %s has no meaning", useless[i].option);
	if (!o->read && !o->help && !o->version)
		return error_set(e, STATUS_USAGE, "follow: of which file? (ringtail follow -r FILE)");
	if (o->raw + o->escaped + (o->hex > 0) > 1)
		return error_set(e, STATUS_USAGE, "follow: one of -x, --escaped and --raw");
	return 0;
}

/* What a command has no use for, or what only a command has. */
static int command_contradictions(const struct options *o, struct error *e)
{
	if (o->command == COMMAND_FOLLOW)
		return follow_contradictions(o, e);
	if (o->flow || o->from || o->raw || o->escaped)
		return error_set(e, STATUS_USAGE, "%s: it is of the command follow",
				 o->flow ? "--flow" : o->from ? "--from" : o->raw ? "--raw" : "--escaped");
	if (o->command == COMMAND_INFO)
		return info_contradictions(o, e);
	if (o->command != COMMAND_FLOWS) {
		if (o->sort || o->limit || o->memory)
			return error_set(e, STATUS_USAGE, "%s: it is of the command flows",
					 o->sort ? "--sort" : o->limit ? "--limit" : "--memory");
		return 0;
	}
	if (!flow_sort_known(o->sort))
		return error_set(e, STATUS_USAGE, "--sort: '%s' is not one of bytes, packets, rate, start, last, "
				 "duration, client, server, proto, state", o->sort);
	if (o->write || o->count || o->print)
		return error_set(e, STATUS_USAGE, "flows: packets are neither written nor printed (%s)",
				 o->write ? "-w" : o->count ? "--count" : "--print");
	if (o->fields || o->tree || o->hex || o->both || o->ascii)
		return error_set(e, STATUS_USAGE, "flows: %s is about packets",
				 o->fields ? "--fields" : o->tree ? "-V" : o->hex ? "-x" : o->both ? "-X" : "-A");
	return 0;
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
	char letters[2 * ROWS + 2];
	struct option words[ROWS + 1];
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
	rc = contradictions(o, e);
	if (!rc)
		rc = rotate_options_settle(&o->rotate, o->write, e);
	return rc ? rc : command_contradictions(o, e);
}

/* How times, names of protocols and checksums are read concerns the view too; how lines look does not. */
bool options_want_text(const struct options *o)
{
	return o->command || o->text || (o->write && !strcmp(o->write, "-")) || o->print || o->count || o->packets || o->dump_filter || o->names || o->link ||
	       o->quiet || o->verbose || o->absolute || o->number || o->hex || o->both || o->ascii || o->tree ||
	       o->fields || o->json || o->line_buffered || o->flush_packets;
}

void options_free(struct options *o)
{
	free(o->filter);
	free(o->reads);
}
