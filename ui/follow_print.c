/* SPDX-License-Identifier: BSD-2-Clause */
/* follow_print.c - what the ends of a flow say to each other, printed as their packets come */
#define _GNU_SOURCE
#include "ui/follow_print.h"

#include <errno.h>
#include <inttypes.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "ui/flow_table.h"
#include "ui/flow_text.h"
#include "ui/follow_row.h"
#include "ui/following.h"
#include "ui/jobs.h"

struct follow_print {
	const struct options *options;
	struct flow_table *table;
	struct following following;
	struct flow flow;		/* as it was when it began: its ends */
	uint64_t said[2];		/* bytes, by each end */
	enum follow_view view;
};

static bool is_wanted(const struct follow_print *p, bool client)
{
	return !p->options->from || (p->options->from == FROM_CLIENT) == client;
}

static void put_rows(struct follow_print *p, const struct follow_piece *piece, bool client)
{
	uint64_t before = p->said[piece->from];
	struct slice rest = piece->bytes;
	char text[4096] = "";

	while (rest.cap > 0) {
		struct out o = { text, text + sizeof(text) };
		uint32_t n = follow_row(p->view, rest, before, FOLLOW_ROW_WIDE, &o).bytes;

		fputs(follow_sign(FOLLOW_BYTES, client), stdout);
		fwrite(text, 1, (size_t)(o.at - text), stdout);
		putchar('\n');
		rest = slice_skip(rest, n);
		before += n;
	}
}

/* "Flow 1: TCP 192.0.2.1:42882 > 192.0.2.2:7" */
static void print_ends(struct follow_print *p)
{
	const struct flow *flow = NULL;
	struct brief b = { 0 };
	char text[256];
	struct out o = { text, text + sizeof(text) };

	while ((flow = flows_next(&p->table->flows, flow)) != NULL)
		if (flow->id == p->following.id)
			p->flow = *flow;
	if (p->options->raw)
		return;
	flow_text_proto(&o, &p->flow);
	out_char(&o, ' ');
	flow_text_end(&o, &b, &p->flow, flow_client(&p->flow));
	out_str(&o, " > ");
	flow_text_end(&o, &b, &p->flow, !flow_client(&p->flow));
	printf("Flow %" PRIu32 ": %.*s\n", p->flow.id, (int)(o.at - text), text);
}

static void print(void *context, const struct follow_piece *piece)
{
	struct follow_print *p = context;
	char text[128];
	struct out o = { text, text + sizeof(text) };
	uint32_t n = piece->bytes.cap ? piece->bytes.cap : piece->missing;
	bool client;

	if (!p->flow.id)
		print_ends(p);
	client = piece->from == flow_client(&p->flow);
	if (!is_wanted(p, client))
		return;
	if (p->options->raw) {
		for (struct slice rest = piece->bytes; rest.cap > 0; rest = slice_skip(rest, sizeof(text)))
			fwrite(text, 1, slice_copy(text, rest, sizeof(text)), stdout);
		return;
	}
	follow_remark(&o, piece->kind, n, piece->number);
	if (o.at > text)
		printf("%s%.*s\n", follow_sign(piece->kind, client), (int)(o.at - text), text);
	put_rows(p, piece, client);
	if (piece->kind != FOLLOW_LATE)		/* they were counted when they were missing */
		p->said[piece->from] += n;
}

int follow_print_open(struct follow_print **p, const struct options *o, struct error *e)
{
	int rc;

	*p = calloc(1, sizeof(**p));
	if (!*p)
		return error_set(e, STATUS_USAGE, "follow: no memory for it");
	if (o->raw && isatty(STDOUT_FILENO)) {
		follow_print_close(*p);
		*p = NULL;
		return error_set(e, STATUS_USAGE, "standard output: is a terminal; raw bytes go to a file or pipe");
	}
	setlocale(LC_CTYPE, "");	/* how wide characters are */
	(*p)->options = o;
	(*p)->following.wanted = (uint32_t)o->flow;
	(*p)->view = o->hex ? FOLLOW_HEX : o->escaped ? FOLLOW_ESCAPED : FOLLOW_TEXT;
	rc = flow_table_open(&(*p)->table, o, e);
	if (!rc && !following_open(&(*p)->following, o, &(*p)->table->flows, print, *p))
		rc = error_set(e, STATUS_USAGE, "follow: no memory for it");
	if (rc) {
		follow_print_close(*p);
		*p = NULL;
	}
	return rc;
}

static int state_of_output(struct error *e)
{
	if (!ferror(stdout))
		return 0;
	if (errno == EPIPE) {
		clearerr(stdout);
		return 1;
	}
	return error_set(e, STATUS_WRITE, "standard output: %s", error_words(errno));
}

int follow_print_put(struct follow_print *p, const struct packet *packet, uint32_t n, struct error *e)
{
	for (uint32_t i = 0; i < n; i++) {
		struct packet counted = packet[i];

		flow_table_put(p->table, &counted, 1);
		flows_settle(&p->table->flows);
		counted.number = p->table->flows.number;
		following_put(&p->following, &counted);
	}
	return state_of_output(e);
}

int follow_print_end(struct follow_print *p, struct error *e)
{
	if (!p->following.id) {
		if (p->options->flow)
			return error_set(e, STATUS_CHECK, "follow: there is no flow %" PRIu64 " of TCP or datagrams",
					 p->options->flow);
		return error_set(e, STATUS_CHECK, "follow: there is no flow of TCP or datagrams");
	}
	following_finish(&p->following);
	if (!p->flow.id)
		print_ends(p);
	fflush(stdout);
	return state_of_output(e);
}

void follow_print_close(struct follow_print *p)
{
	if (!p)
		return;
	following_close(&p->following);
	flow_table_close(p->table);
	free(p);
}
