/* SPDX-License-Identifier: BSD-2-Clause */
/* json.h - each packet as one object, on one line */
#ifndef UI_JSON_H
#define UI_JSON_H

#include "ui/line.h"

struct json {
	/* private: the second that was last broken down, and where each protocol has its endpoints */
	bool have_second;
	int64_t second;
	char clock[40];
	struct {
		const struct field *src, *dst;
	} ends[PROTO_COUNT];
};

/* The catalogue must be filled. */
void json_open(struct json *j);

/* How many bytes the object of p may take. What is beyond them is left out, and it says so. */
size_t json_room(const struct line *l, const struct packet *p);

/* Append the object of p, and a line feed, to an o of json_room() bytes. */
void json_put(struct json *j, struct line *l, struct out *o, const struct packet *p);

#endif
