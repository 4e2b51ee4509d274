/* SPDX-License-Identifier: BSD-2-Clause */
/* option_rows.c - what each option is called, takes and does */
#include "ui/option_rows.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "capture/workers_options.h"
#include "ui/colour.h"
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

static int set_workers(struct options *o, const char *arg, struct error *e)
{
	uint64_t n;
	int rc = quantity_number(&n, "--workers", arg, 1, WORKERS_MAX, NULL, e);

	if (!rc)
		o->workers = (uint8_t)n;
	return rc;
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

	for (size_t i = 0; i < COUNT(words); i++) {
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

	for (size_t i = 0; i < COUNT(words); i++) {
		if (!strcmp(arg, words[i])) {
			o->colour = (uint8_t)i;
			return 0;
		}
	}
	return error_set(e, STATUS_USAGE, "--color: '%s' is not one of auto, always, never", arg);
}

#define AT(member) offsetof(struct options, member)

const struct option_row option_rows[] = {
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
	{ 0, "direct", NULL, FLAG, AT(direct), NULL,
	  "write to the disk past the page cache (O_DIRECT): less processor time,\nbut a disk that stalls costs packets sooner" },
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
	{ 0, "workers", "N", CALL, 0, set_workers,
	  "N processes share the packets, each on a core of its own; -w has them in\none file in the order of time, once they have ended" },
	{ 0, "no-merge", NULL, FLAG, AT(no_merge), NULL,
	  "a file for each of them (FILE.1.pcapng), a connection in one of them" },
	{ 'Q', "direction", "DIR", CALL, 0, set_direction, "only packets going in, out, or inout" },
	{ 0, "time-stamp-type", "TYPE", CALL, 0, set_stamp,
	  "whose clock times are of: host (the default), adapter, adapter_unsynced" },
	{ 0, "immediate-mode", NULL, FLAG, AT(immediate), NULL, "packet by packet, never in blocks" },
	{ 'Z', "relinquish-privileges", "USER", TEXT, AT(user), NULL,
	  "become USER once the interface is open (as root: who called sudo, else nobody)" },
	{ 0, "privileges", NULL, FLAG, AT(privileges), NULL, "say what each process still holds, on stderr" },
	{ 0, "no-ring", NULL, FLAG, AT(no_ring), NULL, "capture by recvmmsg(2), without a ring" },
	{ 0, "no-segments", NULL, FLAG, AT(no_segments), NULL, "do not ask the kernel which frames stand for several packets" },
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

const size_t option_row_count = COUNT(option_rows);

static_assert(COUNT(option_rows) <= OPTION_ROWS_MAX, "who parses them has room for all");
