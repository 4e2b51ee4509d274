/* SPDX-License-Identifier: BSD-2-Clause */
/* linktype.c - link types by name, as https://www.tcpdump.org/linktypes.html has them */
#include "capture/linktype.h"

#include <stddef.h>
#include <stdio.h>

#include "capture/packet.h"

static const struct {
	uint16_t linktype;
	const char *name, *words;
} linktypes[] = {
	{ LINKTYPE_NULL, "NULL", "BSD loopback" },
	{ LINKTYPE_ETHERNET, "EN10MB", "Ethernet" },
	{ 12, "RAW", "Raw IP" },
	{ LINKTYPE_RAW, "RAW", "Raw IP" },
	{ LINKTYPE_LOOP, "LOOP", "OpenBSD loopback" },
	{ LINKTYPE_LINUX_SLL, "LINUX_SLL", "Linux cooked v1" },
	{ LINKTYPE_IPV4, "IPV4", "Raw IPv4" },
	{ LINKTYPE_IPV6, "IPV6", "Raw IPv6" },
	{ LINKTYPE_LINUX_SLL2, "LINUX_SLL2", "Linux cooked v2" },
};

static const char *unnamed(uint16_t linktype)
{
	static char text[20];

	snprintf(text, sizeof(text), "linktype %u", linktype);
	return text;
}

const char *linktype_name(uint16_t linktype)
{
	for (size_t i = 0; i < sizeof(linktypes) / sizeof(linktypes[0]); i++)
		if (linktypes[i].linktype == linktype)
			return linktypes[i].name;
	return unnamed(linktype);
}

const char *linktype_words(uint16_t linktype)
{
	for (size_t i = 0; i < sizeof(linktypes) / sizeof(linktypes[0]); i++)
		if (linktypes[i].linktype == linktype)
			return linktypes[i].words;
	return unnamed(linktype);
}
