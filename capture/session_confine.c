/* SPDX-License-Identifier: BSD-2-Clause */
/* session_confine.c - the keeper gives up what it does not need once all is open */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "capture/confine.h"
#include "capture/session.h"

int session_will_make(struct capture *c, const char *path, struct error *e)
{
	size_t n = 0;

	while (n < FOLDERS_MAX && c->folders[n])
		n++;
	if (n < FOLDERS_MAX)
		c->folders[n] = rotate_folder(path);
	return n < FOLDERS_MAX && c->folders[n] ? 0 :
	       error_set(e, STATUS_WRITE, "%s: %s", path, error_words(ENOMEM));
}

/* Root keeps its files, if not its powers, where nobody but root can make them, or would own them. */
static int choose_identity(struct capture *c, struct error *e)
{
	for (size_t i = 0; c->folders[i] && c->identity.uid != geteuid(); i++) {
		if (!c->identity.nobody && identity_may_write(&c->identity, c->folders[i]))
			continue;
		if (c->identity.asked)
			return error_set(e, STATUS_WRITE, "%s: the user of -Z cannot make files there",
					 c->folders[i]);
		session_say(c, "files in %s are root's: goes on as root, without capabilities (-Z USER: as USER)",
			    c->folders[i]);
		c->identity = (struct identity){ .uid = geteuid(), .gid = getegid() };
	}
	return 0;
}

int session_confine(struct capture *c, struct error *e)
{
	const struct confinement keeper = {
		.work = WORK_CAPTURE | (c->folders[0] ? WORK_FILES : 0) |
			(c->taps.links >= 0 ? WORK_FOLLOW : 0),
		.folders = (const char *const *)c->folders,
	};
	const char *partly, *lacks;
	int ret = choose_identity(c, e);

	if (!ret)
		ret = privileges_drop(&c->identity, &partly, e);
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
