/* SPDX-License-Identifier: BSD-2-Clause */
/* quantity.c - numbers and sizes of the command line */
#define _GNU_SOURCE
#include "ui/quantity.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define TIME_MIN 1e6	/* ns */
#define TIME_MAX 1e18

int quantity_number(uint64_t *value, const char *option, const char *arg, uint64_t min, uint64_t max,
		    const char **rest, struct error *e)
{
	char *end = NULL;

	errno = 0;
	*value = strtoull(arg, &end, 10);
	if (end == arg || arg[0] == '-' || errno || *value < min || *value > max ||
	    (!rest && *end != '\0'))
		return error_set(e, STATUS_USAGE, "%s: '%s' is not a number from %llu to %llu",
				 option, arg, (unsigned long long)min, (unsigned long long)max);
	if (rest)
		*rest = end;
	return 0;
}

int quantity_size(uint64_t *bytes, const char *option, const char *arg, struct error *e)
{
	static const char units[] = "KMG";
	const char *rest = arg, *unit;
	uint64_t value;
	int shift = 10, rc = quantity_number(&value, option, arg, 1, UINT32_MAX, &rest, e);

	if (rc)
		return rc;
	if (*rest) {
		unit = strchr(units, *rest & ~0x20);
		if (!unit || (rest[1] && strcmp(rest + 1, "iB") && strcmp(rest + 1, "B")))
			return error_set(e, STATUS_USAGE,
					 "%s: '%s' is not a size such as 4096 (KiB) or 64M", option, arg);
		shift = 10 * (int)(unit - units + 1);
	}
	if (value > (UINT64_C(1) << 40) >> shift)
		return error_set(e, STATUS_USAGE, "%s: '%s' is more than a tebibyte", option, arg);
	*bytes = value << shift;
	return 0;
}

int quantity_time(int64_t *ns, const char *option, const char *arg, struct error *e)
{
	static const struct { const char *unit; double ns; } units[] = {
		{ "", 1e9 }, { "s", 1e9 }, { "ms", 1e6 }, { "m", 60e9 }, { "min", 60e9 }, { "h", 3600e9 },
	};
	char *end;
	double value = strtod(arg, &end);

	for (size_t i = 0; end > arg && i < sizeof(units) / sizeof(units[0]); i++) {
		if (strcmp(end, units[i].unit) || !(value * units[i].ns >= TIME_MIN && value * units[i].ns <= TIME_MAX))
			continue;
		*ns = (int64_t)(value * units[i].ns + 0.5);
		return 0;
	}
	return error_set(e, STATUS_USAGE, "%s: '%s' is not a time such as 10 (seconds), 500ms, 5m, 1h", option, arg);
}
