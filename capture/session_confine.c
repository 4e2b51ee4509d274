/* SPDX-License-Identifier: BSD-2-Clause */
/* session_confine.c - the keeper gives up what it does not need once all is open */
#include "capture/confine.h"
#include "capture/session.h"

int session_prepare_files(struct capture *c, const struct capture_options *o, struct error *e)
{
	struct filer_policy policy = {
		.plan = o->plan,
		.path = o->write_path && o->plan && rotate_plan_rotates(o->plan) ? o->write_path : NULL,
		.metrics = o->metrics,
	};

	return places_prepare(&c->places, &policy, &c->identity, e);
}

int session_confine(struct capture *c, struct error *e)
{
	unsigned work = WORK_CAPTURE | (c->taps.links >= 0 ? WORK_FOLLOW : 0) | (taps_refilter(&c->taps) ? WORK_REFILTER : 0);
	int ret = places_confine(&c->places, &c->identity, work, c->taps.name, e);
	char name[32];

	if (ret)
		return ret;
	if (c->worker)
		snprintf(name, sizeof(name), "worker %u", c->worker->number);
	privileges_print(c->worker ? name : "keeper");
	return 0;
}
