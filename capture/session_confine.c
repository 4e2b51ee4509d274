/* SPDX-License-Identifier: BSD-2-Clause */
/* session_confine.c - the keeper gives up what it does not need once all is open */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "capture/confine.h"
#include "capture/create.h"
#include "capture/filer.h"
#include "capture/session.h"

/* See rotate_folder(). */
static int will_make(struct capture *c, const char *path, struct error *e)
{
	size_t n = 0;

	while (n < FOLDERS_MAX && c->folders[n])
		n++;
	if (n < FOLDERS_MAX)
		c->folders[n] = rotate_folder(path);
	return n < FOLDERS_MAX && c->folders[n] ? 0 :
	       error_set(e, STATUS_WRITE, "%s: %s", path, error_words(ENOMEM));
}

/* Who the keeper becomes may not make them, or they would be nobody's. Returns 1; 0 where all is well; -STATUS_WRITE. */
static int needs_filer(const struct capture *c, struct error *e)
{
	int needs = 0;

	for (size_t i = 0; c->folders[i] && c->identity.uid != geteuid(); i++) {
		if (!c->identity.nobody && identity_may_write(&c->identity, c->folders[i]))
			continue;
		if (c->identity.asked)
			return error_set(e, STATUS_WRITE, "%s: the user of -Z cannot make files there",
					 c->folders[i]);
		needs = 1;
	}
	return needs;
}

int session_prepare_files(struct capture *c, const struct capture_options *o, struct error *e)
{
	const struct filer_policy policy = {
		.plan = o->plan,
		.path = o->write_path && o->plan && rotate_plan_rotates(o->plan) ? o->write_path : NULL,
		.metrics = o->metrics,
		.folders = (const char *const *)c->folders,
	};
	int ret = policy.path ? will_make(c, policy.path, e) : 0;

	if (!ret && policy.metrics)
		ret = will_make(c, policy.metrics, e);
	if (!ret)
		ret = needs_filer(c, e);
	if (ret <= 0)
		return ret;
	ret = filer_open(&policy, e);
	if (ret < 0)
		return ret;
	c->filer = ret;
	return 0;
}

int session_confine(struct capture *c, struct error *e)
{
	bool files = c->folders[0] && c->filer < 0;
	const struct confinement keeper = {
		.work = WORK_CAPTURE | (files ? WORK_FILES : 0) | (c->taps.links >= 0 ? WORK_FOLLOW : 0),
		.folders = files ? (const char *const *)c->folders : NULL,
	};
	const char *partly, *lacks;
	int ret = privileges_drop(&c->identity, &partly, e);

	if (c->filer >= 0)
		create_by(c->filer);
	if (!ret)
		ret = confine(&keeper, &lacks, e);
	if (ret)
		return ret;
	if (partly)
		session_say(c, "%s", partly);
	if (lacks)
		session_say(c, "%s", lacks);
	if (c->tell_privileges)
		privileges_print("keeper");
	return 0;
}
