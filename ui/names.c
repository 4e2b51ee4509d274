/* SPDX-License-Identifier: BSD-2-Clause */
/* names.c - hosts, ports and interfaces by name
 *
 * How it works: two tables of fixed size, each entry found by a hash of the address or the port and
 * replaced by the next one that falls on it. What has no name is remembered too.
 */
#include "ui/names.h"

#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#define ENTRIES 4096	/* a power of two */

struct host_name {
	uint8_t addr[16];
	uint8_t length;		/* of addr, bytes; 0: empty entry */
	char text[64];		/* "": it has none */
};

struct port_name {
	bool known;
	uint16_t port;
	char transport[8], text[24];
};

static struct host_name hosts[ENTRIES];
static struct port_name ports[ENTRIES];

static uint32_t hash(const uint8_t *bytes, uint32_t n)
{
	uint32_t h = 2166136261;	/* FNV-1a */

	for (uint32_t i = 0; i < n; i++)
		h = (h ^ bytes[i]) * 16777619;
	return (h ^ h >> 16) % ENTRIES;
}

static void look_up_host(struct host_name *entry)
{
	struct sockaddr_in in = { .sin_family = AF_INET };
	struct sockaddr_in6 in6 = { .sin6_family = AF_INET6 };
	bool v4 = entry->length == 4;
	int rc;

	memcpy(v4 ? (void *)&in.sin_addr : (void *)&in6.sin6_addr, entry->addr, entry->length);
	rc = getnameinfo(v4 ? (void *)&in : (void *)&in6, v4 ? sizeof(in) : sizeof(in6),
			 entry->text, sizeof(entry->text), NULL, 0, NI_NAMEREQD);
	if (rc)
		entry->text[0] = '\0';
}

/* A name from the network is as hostile as a packet. */
static bool say(struct out *o, const char *text)
{
	uint32_t n = (uint32_t)strlen(text);

	out_text(o, (struct slice){ (const uint8_t *)text, n, n });
	return n > 0;
}

static bool host(struct out *o, struct slice addr)
{
	struct host_name wanted = { 0 }, *entry;

	wanted.length = (uint8_t)slice_copy(wanted.addr, addr, sizeof(wanted.addr));
	if (wanted.length != 4 && wanted.length != 16)
		return false;
	entry = &hosts[hash(wanted.addr, wanted.length)];
	if (entry->length != wanted.length || memcmp(entry->addr, wanted.addr, wanted.length) != 0) {
		*entry = wanted;
		look_up_host(entry);
	}
	return say(o, entry->text);
}

int names_each(int (*told)(void *who, const uint8_t *address, uint16_t n, const char *name), void *who)
{
	int rc = 0;

	for (const struct host_name *h = hosts; !rc && h < hosts + ENTRIES; h++)
		if (h->length && *h->text)
			rc = told(who, h->addr, h->length, h->text);
	return rc;
}

static bool port(struct out *o, uint16_t number, const char *transport)
{
	struct port_name *entry = &ports[(number ^ (uint32_t)transport[0] << 4) % ENTRIES];

	if (!entry->known || entry->port != number || strcmp(entry->transport, transport) != 0) {
		const struct servent *s = getservbyport(htons(number), transport);

		*entry = (struct port_name){ .known = true, .port = number };
		snprintf(entry->transport, sizeof(entry->transport), "%s", transport);
		snprintf(entry->text, sizeof(entry->text), "%s", s ? s->s_name : "");
	}
	return say(o, entry->text);
}

/* Any socket may be asked, netdevice(7); -1: none was opened. */
static int asked = -1;

void interface_names_open(void)
{
	if (asked < 0)
		asked = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
}

/* A name is asked for again when another index falls on its entry; one that was changed meanwhile
 * stays as it was first seen.
 */
bool interface_name(struct out *o, uint32_t index)
{
	static struct {
		uint32_t index;
		char text[IF_NAMESIZE];
	} interfaces[64], *entry;

	entry = &interfaces[index % COUNT(interfaces)];
	if (entry->index != index) {
		struct ifreq request = { .ifr_ifindex = (int)index };

		interface_names_open();
		entry->index = index;
		entry->text[0] = '\0';
		if (ioctl(asked, SIOCGIFNAME, &request) == 0)
			memcpy(entry->text, request.ifr_name, sizeof(entry->text));
	}
	return say(o, entry->text);
}

static bool no_host(struct out *o, struct slice addr)
{
	(void)o;
	(void)addr;
	return false;
}

const struct naming system_ports = { .host = no_host, .port = port };
const struct naming system_names = { .host = host, .port = port };
