/* SPDX-License-Identifier: BSD-2-Clause */
/* interface.h - which network interfaces there are, and what kind of frames they carry */
#ifndef CAPTURE_INTERFACE_H
#define CAPTURE_INTERFACE_H

#include <net/if.h>
#include <stdio.h>

#include "capture/error.h"
#include "capture/linktype.h"
#include "capture/packet.h"

struct nlmsghdr;

struct interface {
	char name[IF_NAMESIZE];
	unsigned index;			/* 0: any */
	uint16_t hardware;		/* ARPHRD_... */
	uint16_t linktype;		/* of its frames: LINKTYPE_... */
	bool has_mac;
	uint8_t mac[6];
};

/* Find text: a name, a number of the list of interface_print_list(), "any", or (NULL) the interface
 * of the default route, else lo. Returns 0, or -STATUS_INTERFACE with e saying which ones there are.
 */
int interface_find(struct interface *i, const char *text, struct error *e);

/* Is text a pattern of glob(7)? */
bool interface_is_pattern(const char *text);

/* Find all that the n texts name, each once: as interface_find() (n is 0: the default one), or by patterns, which "any" does not
 * match. Fills in at most so many. may_lack: what is not there is no error. Returns how many; or -STATUS_INTERFACE.
 */
int interface_find_all(struct interface *list, unsigned most, const char *const *text, unsigned n, bool may_lack,
		       struct error *e);

/* Is i one of those that the n texts name? */
bool interface_is_named(const struct interface *i, const char *const *text, unsigned n);

/* Fill in i from a message of rtnetlink(7); false where it does not tell of an interface that is there. */
bool interface_of_link(struct interface *i, const struct nlmsghdr *message);

/* Print the interfaces, numbered from 1, as -D does. Returns 0, or -STATUS_INTERFACE. */
int interface_print_list(FILE *to, struct error *e);

/* Print the link types that i can be captured with, as -L does. */
void interface_print_linktypes(FILE *to, const struct interface *i);

/* LINKTYPE_... of the frames of a kind of interface, ARPHRD_... */
uint16_t interface_linktype(uint16_t hardware);

/* The kernel takes almost any byte for a name, a terminal does not. Names are known by this form only. */
void interface_clean(char to[IF_NAMESIZE], const char *name);

#endif
