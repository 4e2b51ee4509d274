/* SPDX-License-Identifier: BSD-2-Clause */
/* confined.c - what the process that decodes gives up before it sees the first packet */
#include "ui/confined.h"

#include "capture/confine.h"
#include "ui/names.h"
#include "ui/userfile.h"
#include "ui/words.h"

int viewer_confine(const struct options *o, const struct identity *who, bool screen, struct error *e)
{
	static const char *const words[] = {
		WORDS_SERVICES, WORDS_VENDORS, "/etc/localtime", "/usr/share/zoneinfo", NULL
	};
	const char *const folders[] = { ".", "/tmp", "/var/tmp", userfile_home(), NULL };
	const struct confinement c = {
		.work = WORK_FILES | (screen ? WORK_TERMINAL : 0) | (o->names ? WORK_NAMES : 0),
		.folders = screen ? folders : NULL,
		.readable = words,
	};
	const char *lacks, *partly;	/* the keeper says so */
	int rc;

	interface_names_open();
	rc = who ? privileges_drop(who, &partly, e) : 0;
	if (!rc)
		rc = confine(&c, &lacks, e);
	if (!rc && o->privileges)
		privileges_print("viewer");
	return rc;
}
