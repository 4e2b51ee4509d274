/* SPDX-License-Identifier: BSD-2-Clause */
/* refilter.h - the capture filter is changed while packets come */
#ifndef UI_SCREEN_REFILTER_H
#define UI_SCREEN_REFILTER_H

#include "ui/screen/state.h"

/* Ask for another one, where packets are live. */
void refilter_ask(struct screen *s);

/* Have the keeper choose packets by the expression text, which is fit. s says what becomes of it. */
void refilter_apply(struct screen *s, const char *text);

/* Say so, where the keeper refused the last one. */
void refilter_settle(struct screen *s);

#endif
