/* SPDX-License-Identifier: BSD-2-Clause */
/* tables.h - the screens that are tables: of flows, talkers, statistics, interfaces */
#ifndef UI_SCREEN_TABLES_H
#define UI_SCREEN_TABLES_H

#include "ui/screen/frame.h"

/* Go to that screen: its packets are counted from then on. */
void tables_open_flows(struct screen *s);
void tables_open_talkers(struct screen *s, enum talker_kind kind);
void tables_open_stats(struct screen *s);
void tables_open_interfaces(struct screen *s);

/* Do what a key asks for there. False: it does nothing there. */
bool tables_act_on_flows(struct screen *s, enum action action);
bool tables_act_on_talkers(struct screen *s, enum action action);
bool tables_act_on_stats(struct screen *s, enum action action);
bool tables_act_on_interfaces(struct screen *s, enum action action);

void tables_draw_flows(struct screen *s, struct grid *g);
void tables_draw_talkers(struct screen *s, struct grid *g);
void tables_draw_stats(struct screen *s, struct grid *g);
void tables_draw_interfaces(struct screen *s, struct grid *g);

/* Count and sort some more. Returns whether there is more to do now. */
bool tables_work(struct screen *s);

/* Were not all packets counted yet that were there when it began? */
bool tables_are_filling(const struct screen *s);

/* Is something on the screen that changes each second, also where no packet comes? */
bool tables_age(const struct screen *s);

/* What can be exported of the table on the screen, by way of r, and which of its rows is selected. False: nothing. */
bool tables_export(struct screen *s, struct export_row *r, struct export_table *t, uint32_t *selected);

void tables_close(struct screen *s);

#endif
