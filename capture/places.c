/* SPDX-License-Identifier: BSD-2-Clause */
/* places.c - the folders in which a process will make, replace or remove files once it has given up its rights */
#include "capture/places.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "capture/confine.h"
#include "capture/create.h"
#include "capture/rotate.h"

/* See rotate_folder(). */
static int will_make(struct places *p, const char *path, struct error *e)
{
	size_t n = 0;

	while (n < PLACES_MAX && p->folder[n])
		n++;
	if (n < PLACES_MAX)
		p->folder[n] = rotate_folder(path);
	return n < PLACES_MAX && p->folder[n] ? 0 :
	       error_set(e, STATUS_WRITE, "%s: %s", path, error_words(ENOMEM));
}

/* Who the process becomes may not make them, or they would be nobody's. Returns 1; 0 where all is well; -STATUS_WRITE. */
static int needs_filer(const struct places *p, const struct identity *who, struct error *e)
{
	int needs = 0;

	for (size_t i = 0; p->folder[i] && who->uid != geteuid(); i++) {
		if (!who->nobody && identity_may_write(who, p->folder[i]))
			continue;
		if (who->asked)
			return error_set(e, STATUS_WRITE, "%s: the user of -Z cannot make files there", p->folder[i]);
		needs = 1;
	}
	return needs;
}

int places_prepare(struct places *p, struct filer_policy *policy, const struct identity *who, struct error *e)
{
	int ret = policy->path ? will_make(p, policy->path, e) : 0;

	if (!ret && policy->removable && *policy->removable)
		ret = will_make(p, *policy->removable, e);
	if (!ret && policy->metrics)
		ret = will_make(p, policy->metrics, e);
	if (!ret)
		ret = needs_filer(p, who, e);
	if (ret <= 0)
		return ret;
	policy->folders = (const char *const *)p->folder;
	ret = filer_open(policy, e);
	if (ret < 0)
		return ret;
	p->filer = ret;
	return 0;
}

int places_confine(const struct places *p, const struct identity *who, unsigned work, const char *name, struct error *e)
{
	bool files = p->folder[0] && p->filer < 0;
	const struct confinement c = {
		.work = work | (files ? WORK_FILES : 0),
		.folders = files ? (const char *const *)p->folder : NULL,
	};
	const char *partly, *lacks;
	int ret = privileges_drop(who, &partly, e);

	if (p->filer >= 0)
		create_by(p->filer);
	if (!ret)
		ret = confine(&c, &lacks, e);
	if (!ret && partly)
		error_say("%s: %s", name, partly);
	if (!ret && lacks)
		error_say("%s: %s", name, lacks);
	return ret;
}

void places_close(struct places *p)
{
	if (p->filer >= 0)
		close(p->filer);
	for (size_t n = 0; n < PLACES_MAX; n++)
		free(p->folder[n]);
}
