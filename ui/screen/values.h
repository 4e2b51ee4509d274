/* SPDX-License-Identifier: BSD-2-Clause */
/* values.h - the values that a field has in the packets in sight, for a display filter to go on with */
#ifndef UI_SCREEN_VALUES_H
#define UI_SCREEN_VALUES_H

#include "ui/screen/complete.h"
#include "ui/screen/packets.h"

/* Where text has "FIELD OPERATOR" and the begin of a value before byte at: fill c with the values that the field has in
 * the packets in sight and that begin so. Returns the length of that begin; UINT32_MAX where no value is expected.
 */
uint32_t values_complete(struct completion *c, struct packets *v, const char *text, uint32_t at);

#endif
