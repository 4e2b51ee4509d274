/* SPDX-License-Identifier: BSD-2-Clause */
/* put.c - numbers as a reader takes them in */
#include "ui/screen/put.h"

#include <stdio.h>
#include <string.h>

void put_size(struct span *s, uint64_t bytes)
{
	static const char *const units[] = { "B", "kB", "MB", "GB", "TB" };
	double size = (double)bytes;
	uint32_t unit = 0;

	while (size >= 1000 && unit < 4) {
		size /= 1000;
		unit++;
	}
	span_format(s, unit ? "%.1f %s" : "%.0f %s", size, units[unit]);
}

void short_duration(char *text, size_t size, int64_t ns)
{
	uint64_t sec = ns > 0 ? (uint64_t)ns / 1000000000 : 0;

	if (sec >= 3600)
		snprintf(text, size, "%lluh%02llum", (unsigned long long)sec / 3600, (unsigned long long)sec / 60 % 60);
	else if (sec >= 60)
		snprintf(text, size, "%llum%02llus", (unsigned long long)sec / 60, (unsigned long long)sec % 60);
	else
		snprintf(text, size, "%.3f s", ns > 0 ? (double)ns / 1e9 : 0);
}

void put_duration(struct span *s, int64_t ns)
{
	char text[40];

	short_duration(text, sizeof(text), ns);
	span_str(s, text);
}

void grid_right(struct grid *g, uint32_t row, const char *text, uint8_t style)
{
	size_t n = strlen(text);
	struct span s = grid_span(g, row, n < g->width ? g->width - (uint32_t)n : 0, (uint32_t)n);

	s.style = style;
	span_str(&s, text);
}

void put_behind(const struct span *s, const char *text, uint8_t style)
{
	if (strlen(text) < span_left(s))
		grid_right(s->grid, s->row, text, style);
}

void short_number(char *text, size_t size, uint64_t n, const char *unit)
{
	static const char prefixes[] = " kMGT";
	double value = (double)n;
	uint32_t power = 0;

	for (; value >= 1000 && power < 4; power++)
		value /= 1000;
	if (power)
		snprintf(text, size, "%.1f%c%s", value, prefixes[power], unit);
	else
		snprintf(text, size, "%u%s", (unsigned)n, unit);
}

void put_short(struct span *s, uint64_t n)
{
	char text[24];

	short_number(text, sizeof(text), n, "");
	span_str(s, text);
}
