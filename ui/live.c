/* SPDX-License-Identifier: BSD-2-Clause */
/* live.c - an interface: printed, written or counted */
#include "ui/jobs.h"

int job_live(const struct options *o, struct error *e)
{
	(void)o;
	return error_set(e, STATUS_INTERFACE, "capture: not yet");
}

int job_list_interfaces(const struct options *o, struct error *e)
{
	(void)o;
	return error_set(e, STATUS_INTERFACE, "capture: not yet");
}

int job_list_linktypes(const struct options *o, struct error *e)
{
	(void)o;
	return error_set(e, STATUS_INTERFACE, "capture: not yet");
}

int job_dump_filter(const struct options *o, struct error *e)
{
	(void)o;
	return error_set(e, STATUS_INTERFACE, "capture: not yet");
}
