/* SPDX-License-Identifier: BSD-2-Clause */
/* sift.h - display filters are applied to what is shown, bit by bit, and given up */
#ifndef UI_SCREEN_SIFT_H
#define UI_SCREEN_SIFT_H

#include "ui/screen/state.h"

/* Begin to show what the filter text lets through; all, where it is empty. */
void sift_apply(struct screen *s, const char *text);

/* Does the display filter text hold water? */
bool sift_compiles(const char *text);

/* Only packets that the filter more lets through, or only those that it does not, of those that are shown. False
 * where s says why not.
 */
bool sift_narrow(struct screen *s, const char *more, bool out);

/* The same with what is selected in the tree. */
void sift_by_field(struct screen *s, bool out);

/* Back to what was shown before the filter that is being applied. */
void sift_give_up(struct screen *s);

/* Show only what the filter text lets through, until sift_leave() brings back what was shown before. */
void sift_enter(struct screen *s, const char *text);
void sift_leave(struct screen *s);

/* Filter some packets more, which a filter is there for. Live packets go on to come when it has been applied to all
 * that were there. Returns 1; 0 where there is nothing more to do now.
 */
int sift_extend(struct screen *s);

#endif
