/* SPDX-License-Identifier: BSD-2-Clause */
/* words.c - what files of this system call a port, and the maker of a network card
 *
 * How it works: a file is read once, in pieces, and of each word only its place is kept. A word is read
 * from there when it is wanted, and the last ones of each kind are remembered.
 */
#define _GNU_SOURCE
#include "ui/words.h"

#include <ctype.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define WORD_MAX 40		/* characters of one that are shown */

static bool put_word(struct out *o, const char *text, size_t n)
{
	uint32_t length = n < WORD_MAX ? (uint32_t)n : WORD_MAX;

	out_text(o, (struct slice){ (const uint8_t *)text, length, length });
	return length > 0;
}

/* Ports: services(5), "https	443/tcp". Where in text the name of each stands, plus one. */
static struct {
	bool read;
	uint16_t at[2][65536];		/* of UDP and TCP */
	char text[65535];		/* the rest of a longer file is passed over */
} services;

/* The name is ended where it stands. */
static void add_service(char *line)
{
	char *name_end = line + strcspn(line, " \t#"), *end;
	unsigned long port;

	if (name_end == line || *name_end == '#' || *name_end == '\0')
		return;
	port = strtoul(name_end, &end, 10);
	if (port > 65535 || end == name_end || *end != '/')
		return;
	*name_end = '\0';
	for (uint32_t tcp = 0; tcp < 2; tcp++)
		if (!strncmp(end + 1, tcp ? "tcp" : "udp", 3) && !islower((unsigned char)end[4]) &&
		    !services.at[tcp][port])
			services.at[tcp][port] = (uint16_t)(line - services.text + 1);
}

static void read_services(void)
{
	FILE *f = fopen(WORDS_SERVICES, "re");
	size_t n, at = 0;

	services.read = true;
	if (!f)
		return;
	n = fread(services.text, 1, sizeof(services.text) - 1, f);
	fclose(f);
	services.text[n] = '\0';
	while (at < n) {
		char *line = services.text + at, *end = memchr(line, '\n', n - at);

		if (!end)
			return;
		*end = '\0';
		add_service(line);
		at = (size_t)(end - services.text) + 1;
	}
}

bool words_port(struct out *o, uint16_t port, const char *transport)
{
	bool tcp = strcmp(transport, "tcp") == 0;
	const char *name;

	if (!tcp && strcmp(transport, "udp") != 0)
		return false;
	if (!services.read)
		read_services();
	if (!services.at[tcp][port])
		return false;
	name = services.text + services.at[tcp][port] - 1;
	return put_word(o, name, strlen(name));
}

/* Vendors: lines "MA-L,002272,American Micro-Fuel Device Corp.,2181 Buchanan Loop ...", in no order. */
enum { VENDORS = 65536, PIECE = 65536, HEAD = 12 };

_Static_assert((VENDORS & (VENDORS - 1)) == 0, "a hash is some bits of a number");

static struct {
	bool read;
	int fd;				/* -1: there are none */
	uint32_t count;
	struct {
		uint32_t oui, at;	/* where in the file the name stands; 0: empty */
	} slot[VENDORS];
	struct {
		uint32_t oui;
		uint8_t length;		/* 0: empty */
		char text[WORD_MAX];
	} last[64];
} vendors;

static uint32_t vendor_slot(uint32_t oui)
{
	uint32_t i = (oui * UINT32_C(0x9e3779b1)) >> 16;

	while (vendors.slot[i].at && vendors.slot[i].oui != oui)
		i = (i + 1) % VENDORS;
	return i;
}

/* The line of n characters that stands at so many bytes of the file. */
static void add_vendor(const char *line, size_t n, uint32_t place)
{
	uint32_t oui = 0;

	if (n <= HEAD || memcmp(line, "MA-L,", 5) != 0 || line[HEAD - 1] != ',')
		return;
	for (const char *c = line + 5; c < line + HEAD - 1; c++) {
		uint32_t digit = *c >= '0' && *c <= '9' ? (uint32_t)(*c - '0') :
				 *c >= 'A' && *c <= 'F' ? (uint32_t)(*c - 'A') + 10 : 16;

		if (digit > 15)
			return;
		oui = oui << 4 | digit;
	}
	if (vendors.count++ < VENDORS / 4 * 3) {
		uint32_t i = vendor_slot(oui);

		vendors.slot[i].oui = oui;
		vendors.slot[i].at = place + HEAD;
	}
}

static void read_vendors(void)
{
	static char text[PIECE];
	uint32_t place = 0;		/* of text in the file, bytes */
	size_t have = 0;
	ssize_t n;

	vendors.read = true;
	vendors.fd = open(WORDS_VENDORS, O_RDONLY | O_CLOEXEC);
	if (vendors.fd < 0)
		return;
	while ((n = read(vendors.fd, text + have, sizeof(text) - have)) > 0) {
		const char *line = text, *end;

		have += (size_t)n;
		while ((end = memchr(line, '\n', have - (size_t)(line - text)))) {
			add_vendor(line, (size_t)(end - line), place + (uint32_t)(line - text));
			line = end + 1;
		}
		if (line == text && have == sizeof(text))	/* no line is so long */
			return;
		place += (uint32_t)(line - text);
		have -= (size_t)(line - text);
		memmove(text, line, have);
	}
}

/* RFC 4180: a name with a comma in it stands in quotation marks. */
static uint8_t read_vendor(char *to, uint32_t at)
{
	char text[WORD_MAX + 2];
	ssize_t n = pread(vendors.fd, text, sizeof(text), at);
	bool quoted = n > 0 && text[0] == '"';
	uint8_t length = 0;

	for (ssize_t i = quoted; i < n && length < WORD_MAX; i++) {
		if (text[i] == (quoted ? '"' : ',') || text[i] == '\r' || text[i] == '\n')
			break;
		to[length++] = text[i];
	}
	return length;
}

bool words_vendor(struct out *o, struct slice mac)
{
	uint32_t oui = slice_u32(mac, 0) >> 8, slot;
	typeof(&vendors.last[0]) last = &vendors.last[(oui ^ oui >> 6 ^ oui >> 12) % 64];

	if (oui & 0x030000)		/* IEEE 802, section 8.2: for many, given locally */
		return false;
	if (!vendors.read)
		read_vendors();
	if (last->length == 0 || last->oui != oui) {
		slot = vendor_slot(oui);
		if (!vendors.slot[slot].at)
			return false;
		last->oui = oui;
		last->length = read_vendor(last->text, vendors.slot[slot].at);
	}
	return put_word(o, last->text, last->length);
}

bool words_have_vendors(void)
{
	return access(WORDS_VENDORS, R_OK) == 0;
}
