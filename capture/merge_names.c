/* SPDX-License-Identifier: BSD-2-Clause */
/* merge_names.c - the interfaces of several files, each with a number of its own */
#include "capture/merge_names.h"

#include <stdlib.h>
#include <string.h>

#define INTERFACES_MAX 4096	/* they are looked for one by one */

/* By what an interface is known again. */
struct merge_key {
	uint32_t group;
	uint32_t place;		/* in its file, where it has no name */
	char *name;		/* NULL: none */
	char *file;		/* what its description is */
};

static bool is_same(const struct merge_names *n, uint32_t i, const struct merge_key *key, uint16_t linktype)
{
	const struct merge_key *k = &n->key[i];

	if (k->group != key->group || n->sources.source[i].linktype != linktype || !k->name != !key->name)
		return false;
	return k->name ? strcmp(k->name, key->name) == 0 : k->place == key->place;
}

static bool more_room(struct merge_names *n)
{
	uint32_t room = n->room ? n->room * 2 : 8;
	struct merge_key *key = realloc(n->key, room * sizeof(*key));
	struct source *source;

	if (!key)
		return false;
	n->key = key;
	source = realloc(n->sources.source, room * sizeof(*source));
	if (!source)
		return false;
	n->sources.source = source;
	n->room = room;
	return true;
}

/* Returns its number, or INTERFACES_MAX. */
static uint32_t add(struct merge_names *n, const struct merge_key *key, const struct packet *p, uint32_t snaplen)
{
	uint32_t i = n->sources.count;
	const char *base = strrchr(key->file, '/');
	struct merge_key *k;

	if (i == INTERFACES_MAX || (i == n->room && !more_room(n)))
		return INTERFACES_MAX;
	k = &n->key[i];
	*k = *key;
	k->name = key->name ? strdup(key->name) : NULL;
	k->file = strdup(base ? base + 1 : key->file);
	n->sources.source[i] = (struct source){
		.name = k->name,
		.description = k->name ? NULL : k->file,
		.snaplen = snaplen,
		.linktype = p->linktype,
		.missed = SOURCE_UNKNOWN,
	};
	n->sources.count++;
	return i;
}

static uint32_t look_up(struct merge_names *n, const struct merge_key *key, const struct packet *p, uint32_t snaplen)
{
	for (uint32_t i = 0; i < n->sources.count; i++)
		if (is_same(n, i, key, p->linktype))
			return i;
	return add(n, key, p, snaplen);
}

static bool grow(struct merge_map *map, uint32_t place)
{
	uint32_t count = 2 * place + 1;
	uint32_t *more = realloc(map->number, count * sizeof(*more));

	if (!more)
		return false;
	memset(more + map->count, 0, (count - map->count) * sizeof(*more));
	map->number = more;
	map->count = count;
	return true;
}

bool merge_map(struct merge_names *n, struct merge_map *map, const struct reader *r, uint32_t group, const char *path,
	       struct packet *p)
{
	uint32_t place = p->interface;

	if (place >= map->count && !grow(map, place))
		return false;
	if (map->number[place] == 0) {
		struct merge_key key = { group, place, (char *)reader_interface(r, p), (char *)path };
		uint32_t i = look_up(n, &key, p, reader_snaplen(r));

		if (i == INTERFACES_MAX)
			return false;
		map->number[place] = i + 1;
	}
	p->interface = map->number[place] - 1;
	return true;
}

void merge_map_clear(struct merge_map *map)
{
	free(map->number);
	*map = (struct merge_map){ 0 };
}

void merge_names_free(struct merge_names *n)
{
	for (uint32_t i = 0; i < n->sources.count; i++) {
		free(n->key[i].name);
		free(n->key[i].file);
	}
	free(n->key);
	free(n->sources.source);
}
