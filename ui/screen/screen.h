/* SPDX-License-Identifier: BSD-2-Clause */
/* screen.h - the view: keys change it, and it is drawn as a grid */
#ifndef UI_SCREEN_SCREEN_H
#define UI_SCREEN_SCREEN_H

#include "ui/screen/state.h"

/* Look at the packets of store, which is s's from here on, as o asks for it; name: of the file. Returns 0; or
 * -STATUS_USAGE with e filled in, and the store closed.
 */
int screen_open(struct screen *s, struct store *store, const char *name, const struct options *o, struct error *e);

/* Take over what v.config says, as far as the command line says nothing else, and what was typed in runs before. */
void screen_configure(struct screen *s);

/* Take a key. */
void screen_key(struct screen *s, uint32_t press);

/* Does the reader wait for something that is done bit by bit? */
bool screen_is_busy(const struct screen *s);

/* Go on with what is done bit by bit, for some ms. Returns whether there is more to do. */
bool screen_work(struct screen *s, int ms);

/* Draw it all into g, which has its size. */
void screen_draw(struct screen *s, struct grid *g);

void screen_close(struct screen *s);

#endif
