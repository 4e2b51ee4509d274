/* SPDX-License-Identifier: BSD-2-Clause */
/* json_layers.h - the layers of a packet's object */
#ifndef UI_JSON_LAYERS_H
#define UI_JSON_LAYERS_H

#include "ui/line.h"

/* Append the layers of the packet in l, whose array is open; false where some of it was left out for want of room. */
bool json_put_layers(struct out *o, const struct line *l);

#endif
