/* SPDX-License-Identifier: BSD-2-Clause */
/* filter.c - a pcap-filter(7) expression with one meaning, live and offline
 *
 * How it works: libpcap compiles the expression, for a link type and no interface, so that nothing
 * in the program depends on how the kernel shows a frame. One program for each link type that is met.
 */
#define _GNU_SOURCE
#include <pcap/pcap.h>		/* before linux/filter.h, which leaves defined macros alone */

#include "capture/filter.h"

#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "capture/filter_kernel.h"

#define PROGRAMS_MAX 32			/* link types of one run: bounds the memory */
#define FILE_MAX (1u << 20)		/* bytes of an expression */

struct program {
	struct bpf_program code;	/* no instructions: matches nothing */
	uint16_t linktype;
};

struct filter {
	char *text;			/* NULL: every packet */
	char shown[120];		/* the same for messages: one line, not too long */
	bool given;			/* a program rather than a text */
	uint32_t snaplen;		/* bytes */
	uint32_t count;			/* of programs */
	const struct program *last;	/* the one that was used last */
	struct program program[PROGRAMS_MAX];
	bool warned;
	char warning[600];
};

/* Link types that have another number inside libpcap, on Linux, than in files. */
static const struct { uint16_t linktype, dlt; } numbers[] = {
	{ 100, DLT_ATM_RFC1483 },
	{ LINKTYPE_RAW, DLT_RAW },
	{ 102, DLT_SLIP_BSDOS },
	{ 103, DLT_PPP_BSDOS },
	{ 106, DLT_ATM_CLIP },
};

static int dlt_of(uint16_t linktype)
{
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (numbers[i].linktype == linktype)
			return numbers[i].dlt;
	return linktype;
}

/* What the compiler asks of where packets come from. BSD loopback names address families by number,
 * and each system by its own: for a stored file the compiler knows them all, else Linux's alone.
 */
static pcap_t *source_of(uint16_t linktype, uint32_t snaplen)
{
	struct pcap_file_header head = {
		.magic = 0xa1b2c3d4,
		.version_major = PCAP_VERSION_MAJOR,
		.version_minor = PCAP_VERSION_MINOR,
		.snaplen = snaplen,
		.linktype = linktype,
	};
	char why[PCAP_ERRBUF_SIZE];
	pcap_t *pcap;
	FILE *file;

	if (linktype != LINKTYPE_NULL && linktype != LINKTYPE_LOOP)
		return pcap_open_dead(dlt_of(linktype), (int)snaplen);
	file = fmemopen(&head, sizeof(head), "r");
	pcap = file ? pcap_fopen_offline(file, why) : NULL;	/* closes file with it */
	if (file && !pcap)
		fclose(file);
	return pcap;
}

/* Compile f's text for linktype into p. Returns NULL, or what libpcap says, in why. */
static const char *compile(const struct filter *f, struct program *p, uint16_t linktype, char *why,
			   size_t size)
{
	static const char prefix[] = "can't parse filter expression: ";
	pcap_t *pcap = source_of(linktype, f->snaplen);
	const char *text = NULL;

	*p = (struct program){ .linktype = linktype };
	if (!pcap)
		text = error_words(ENOMEM);
	else if (pcap_compile(pcap, &p->code, f->text, 1, PCAP_NETMASK_UNKNOWN))
		text = pcap_geterr(pcap);
	if (text && strncmp(text, prefix, strlen(prefix)) == 0)
		text += strlen(prefix);
	if (text)
		snprintf(why, size, "%s", text);
	if (pcap)
		pcap_close(pcap);
	return text ? why : NULL;
}

/* The program of a filter without expression; needs no link type that libpcap knows. */
static bool accept_all(struct program *p, uint16_t linktype, uint32_t snaplen)
{
	*p = (struct program){ .linktype = linktype, .code = { .bf_len = 1 } };
	p->code.bf_insns = malloc(sizeof(*p->code.bf_insns));
	if (p->code.bf_insns)
		*p->code.bf_insns = (struct bpf_insn)BPF_STMT(BPF_RET | BPF_K, snaplen);
	return p->code.bf_insns;
}

/* The text as messages show it. */
static void show(struct filter *f)
{
	int n = snprintf(f->shown, sizeof(f->shown), "%s", f->text);

	for (char *c = f->shown; *c; c++)
		if (iscntrl((unsigned char)*c))
			*c = ' ';
	if ((size_t)n >= sizeof(f->shown))
		memcpy(f->shown + sizeof(f->shown) - 4, "...", 4);
}

int filter_open(struct filter **out, const char *text, uint16_t linktype, uint32_t snaplen,
		struct error *e)
{
	struct filter *f = calloc(1, sizeof(*f));
	const char *why = NULL;
	char words[PCAP_ERRBUF_SIZE];

	*out = NULL;
	if (!f)
		return error_set(e, STATUS_USAGE, "filter: %s", error_words(ENOMEM));
	f->snaplen = snaplen ? snaplen : SNAPLEN_MAX;
	f->last = f->program;
	f->count = 1;
	if (text && text[strspn(text, " \t\r\n")] != '\0')
		f->text = strdup(text);
	if (f->text) {
		show(f);
		why = compile(f, f->program, linktype, words, sizeof(words));
	} else if (!accept_all(f->program, linktype, f->snaplen)) {
		why = error_words(ENOMEM);
	}
	if (!why) {
		*out = f;
		return 0;
	}
	error_set(e, STATUS_USAGE, "filter '%s': %s", f->shown, why);
	filter_close(f);
	return -STATUS_USAGE;
}

/* libpcap's instructions are the kernel's. */
static_assert(sizeof(struct bpf_insn) == sizeof(struct sock_filter), "one may be taken for the other");

const struct sock_filter *filter_program(const struct filter *f, uint32_t *count)
{
	*count = f->program[0].code.bf_len;
	return (const struct sock_filter *)f->program[0].code.bf_insns;
}

int filter_open_program(struct filter **out, const struct sock_filter *insn, uint32_t count, uint16_t linktype,
			struct error *e)
{
	struct filter *f = calloc(1, sizeof(*f));
	struct bpf_insn *copy = count <= BPF_MAXINSNS ? calloc(count + 1, sizeof(*copy)) : NULL;

	*out = NULL;
	if (f && copy) {
		memcpy(copy, insn, count * sizeof(*copy));
		f->given = true;
		f->last = f->program;
		f->count = 1;
		f->program[0] = (struct program){ .code = { count, copy }, .linktype = linktype };
	}
	if (f && copy && bpf_validate(copy, (int)count)) {
		*out = f;
		return 0;
	}
	free(f);
	free(copy);
	return error_set(e, STATUS_USAGE, "filter: no program that may be run");
}

/* Does f let less through than every packet? */
static bool chooses(const struct filter *f)
{
	return f->text || f->given;
}

static void warn(struct filter *f, uint16_t linktype, const char *why)
{
	size_t used = f->warned ? strlen(f->warning) : 0;

	if (!f->warned)
		used = (size_t)snprintf(f->warning, sizeof(f->warning), "filter '%s'", f->shown);
	snprintf(f->warning + used, sizeof(f->warning) - used,
		 "%s matches no packet of link type %u (%s)", f->warned ? ";" : "", linktype, why);
	f->warned = true;
}

/* The program for a link type that was not used last; NULL where there is no room for one more. */
static const struct program *find(struct filter *f, uint16_t linktype)
{
	char words[PCAP_ERRBUF_SIZE];
	const char *why;

	for (uint32_t i = 0; i < f->count; i++)
		if (f->program[i].linktype == linktype)
			return f->last = &f->program[i];
	if (f->given || f->count == PROGRAMS_MAX)
		return NULL;
	why = compile(f, &f->program[f->count], linktype, words, sizeof(words));
	if (!why && f->count + 1 == PROGRAMS_MAX)
		warn(f, linktype, "and of no other: too many link types");
	else if (why)
		warn(f, linktype, why);
	return f->last = &f->program[f->count++];
}

bool filter_match(struct filter *f, const struct packet *p)
{
	const struct program *program = f->last;

	if (!chooses(f))
		return true;
	if (program->linktype != p->linktype)
		program = find(f, p->linktype);
	if (!program || program->code.bf_len == 0)
		return false;
	return bpf_filter(program->code.bf_insns, p->bytes.ptr, p->bytes.wire, p->bytes.cap);
}

const char *filter_warning(struct filter *f)
{
	const char *text = f->warned ? f->warning : NULL;

	f->warned = false;
	return text;
}

void filter_dump(const struct filter *f, int style)
{
	bpf_dump(&f->program[0].code, style);
	fflush(stdout);
}

uint32_t filter_reach(const struct filter *f)
{
	const struct bpf_program *code = &f->program[0].code;

	return chooses(f) ? program_reach(code->bf_insns, code->bf_len) : 0;
}

void filter_kernel(const struct filter *f, enum direction direction, uint32_t snaplen,
		   struct kernel_filter *k)
{
	const struct program *p = f && chooses(f) ? &f->program[0] : NULL;
	struct kernel_plan plan = { .direction = direction, .snaplen = snaplen };

	if (p) {
		plan.insn = p->code.bf_insns;
		plan.count = p->code.bf_len;
		plan.linktype = p->linktype;
	}
	kernel_filter_fill(k, &plan);
}

void filter_close(struct filter *f)
{
	for (uint32_t i = 0; i < f->count; i++)
		pcap_freecode(&f->program[i].code);
	free(f->text);
	free(f);
}

/* Leave out what is between "#" and the end of the line. */
static void strip_comments(char *text)
{
	bool comment = false;

	for (char *c = text; *c; c++) {
		comment = *c == '#' || (comment && *c != '\n');
		if (comment)
			*c = ' ';
	}
}

int filter_read_file(const char *path, char **text, struct error *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	size_t used = 0;
	ssize_t n = 0;

	*text = fd < 0 ? NULL : malloc(FILE_MAX + 1);
	while (*text && used < FILE_MAX && (n = read(fd, *text + used, FILE_MAX - used)) > 0)
		used += (size_t)n;
	if (!*text || n < 0) {
		error_set(e, STATUS_USAGE, "%s: %s", path, error_words(errno));
	} else if (used == FILE_MAX) {
		n = -1;
		error_set(e, STATUS_USAGE, "%s: longer than %u bytes, no filter", path, FILE_MAX);
	}
	if (fd >= 0)
		close(fd);
	if (!*text || n < 0) {
		free(*text);
		*text = NULL;
		return -STATUS_USAGE;
	}
	(*text)[used] = '\0';
	strip_comments(*text);
	return 0;
}
