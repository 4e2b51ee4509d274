/* SPDX-License-Identifier: BSD-2-Clause */
/* exports_links.c - interfaces as tables that can be exported: those of this machine, and those of a file */
#define _GNU_SOURCE
#include "ui/screen/exports.h"

#include "capture/linktype.h"
#include "ui/screen/linkpane.h"

enum {
	NAME, STATE, KIND, ADDRESS, RECEIVED, RECEIVED_BYTES, RECEIVED_DROPPED, RECEIVED_ERRORS, SENT, SENT_BYTES,
	SENT_DROPPED, SENT_ERRORS, CAPTURED, CAPTURED_BYTES, DROPPED, LINK_COLUMNS,
};

static const char *link_title(void *of, uint32_t column)
{
	static const char *const titles[LINK_COLUMNS] = {
		[NAME] = "Name", [STATE] = "State", [KIND] = "Link", [ADDRESS] = "Address",
		[RECEIVED] = "Packets received", [RECEIVED_BYTES] = "Bytes received",
		[RECEIVED_DROPPED] = "Received dropped", [RECEIVED_ERRORS] = "Receive errors",
		[SENT] = "Packets sent", [SENT_BYTES] = "Bytes sent",
		[SENT_DROPPED] = "Sent dropped", [SENT_ERRORS] = "Send errors",
		[CAPTURED] = "Captured packets", [CAPTURED_BYTES] = "Captured bytes", [DROPPED] = "Dropped by kernel",
	};

	(void)of;
	return titles[column];
}

static bool ready_link(void *of, uint32_t n)
{
	const struct export_row *r = of;

	return linklist_at(r->links, n);
}

static const char *link_word(const struct link *k, uint32_t column)
{
	switch (column) {
	case NAME:
		return k->name;
	case STATE:
		return linkpane_state(k);
	case KIND:
		return linkpane_kind(k);
	case ADDRESS:
		return k->address;
	default:
		return NULL;
	}
}

/* The last columns are empty for those that are not captured. */
static const char *link_cell(void *of, uint32_t n, uint32_t column)
{
	struct export_row *r = of;
	const struct link *k = linklist_at(r->links, n);
	const struct ledger *own = linklist_ledger(r->links, k->index);
	const uint64_t numbers[LINK_COLUMNS] = {
		[RECEIVED] = k->packets[LINK_RECEIVED], [RECEIVED_BYTES] = k->bytes[LINK_RECEIVED],
		[RECEIVED_DROPPED] = k->dropped[LINK_RECEIVED], [RECEIVED_ERRORS] = k->errors[LINK_RECEIVED],
		[SENT] = k->packets[LINK_SENT], [SENT_BYTES] = k->bytes[LINK_SENT],
		[SENT_DROPPED] = k->dropped[LINK_SENT], [SENT_ERRORS] = k->errors[LINK_SENT],
		[CAPTURED] = own ? own->fate[FATE_CAPTURED] : 0, [CAPTURED_BYTES] = own ? own->bytes : 0,
		[DROPPED] = own ? own->dropped : 0,
	};
	struct out o = { r->text, r->text + sizeof(r->text) - 1 };

	if (link_word(k, column))
		return link_word(k, column);
	if (own || column < CAPTURED)
		out_dec(&o, numbers[column]);
	*o.at = '\0';
	return r->text;
}

struct export_table exports_links(struct export_row *r, struct linklist *links)
{
	*r = (struct export_row){ .links = links };
	return (struct export_table){
		.of = r, .columns = LINK_COLUMNS, .end = links->rates,
		.title = link_title, .row = ready_link, .cell = link_cell,
	};
}

enum { FILE_NAME, FILE_KIND, FILE_PACKETS, FILE_BYTES, FILE_COLUMNS };

static const char *file_title(void *of, uint32_t column)
{
	static const char *const titles[FILE_COLUMNS] = {
		[FILE_NAME] = "Name", [FILE_KIND] = "Link", [FILE_PACKETS] = "Packets", [FILE_BYTES] = "Bytes",
	};

	(void)of;
	return titles[column];
}

static bool ready_file(void *of, uint32_t n)
{
	const struct export_row *r = of;

	return filelinks_at(r->filelinks, n);
}

static const char *file_cell(void *of, uint32_t n, uint32_t column)
{
	struct export_row *r = of;
	const struct filelink *k = filelinks_at(r->filelinks, n);
	struct out o = { r->text, r->text + sizeof(r->text) - 1 };

	if (column == FILE_NAME)
		return k->name;
	if (column == FILE_KIND)
		return linktype_words(k->linktype);
	out_dec(&o, column == FILE_PACKETS ? k->packets : k->bytes);
	*o.at = '\0';
	return r->text;
}

struct export_table exports_filelinks(struct export_row *r, struct filelinks *links)
{
	*r = (struct export_row){ .filelinks = links };
	return (struct export_table){
		.of = r, .columns = FILE_COLUMNS, .end = links->count,
		.title = file_title, .row = ready_file, .cell = file_cell,
	};
}
