/* SPDX-License-Identifier: BSD-2-Clause */
/* graph.c - amounts as bars */
#include "ui/screen/graph.h"

#include "ui/screen/put.h"

#define EIGHTHS 8
#define BLOCK_LOWEST 0x2581	/* an eighth, from below */
#define BLOCK_FULL   0x2588	/* an eighth less from the left stands behind it, and so on */

uint32_t graph_cell(uint64_t n, uint64_t most)
{
	return n == 0 ? ' ' : BLOCK_LOWEST + (uint32_t)((double)n * (EIGHTHS - 1) / (double)most);
}

static uint64_t highest(const uint64_t *amount, uint32_t n)
{
	uint64_t most = 1;

	for (uint32_t i = 0; i < n; i++)
		most = amount[i] > most ? amount[i] : most;
	return most;
}

void graph_spark(struct span *s, const uint64_t *amount, uint32_t n)
{
	uint64_t most = highest(amount, n);

	for (uint32_t i = 0; i < n; i++)
		span_char(s, graph_cell(amount[i], most));
}

void graph_bar(struct span *s, uint64_t n, uint64_t most)
{
	uint32_t eighths = most ? (uint32_t)((double)n * span_left(s) * EIGHTHS / (double)most + 0.5) : 0;

	if (eighths == 0 && n > 0)
		eighths = 1;
	for (; eighths >= EIGHTHS; eighths -= EIGHTHS)
		span_char(s, BLOCK_FULL);
	if (eighths > 0)
		span_char(s, BLOCK_FULL + EIGHTHS - eighths);
}

/* " 84.1Mb/s" before the axis at the top, half of it in the middle, nothing at the bottom. */
static void draw_axis(struct grid *g, uint32_t row, uint32_t column, uint32_t height, uint32_t i, uint64_t most,
		      const char *unit)
{
	struct span s = grid_span(g, row + i, column, GRAPH_AXIS);
	char text[32] = "";
	uint64_t half = (uint64_t)((double)most * (height - i) / height);
	uint32_t n = 0;

	if (i == 0 || (height >= 6 && i == height / 2))
		short_number(text, sizeof(text), half, unit);
	while (text[n])
		n++;
	span_to(&s, s.at + (n < GRAPH_AXIS - 1 ? GRAPH_AXIS - 1 - n : 0));
	span_str(&s, text);
	span_char(&s, 0x2502);
}

void graph_draw(struct grid *g, uint32_t row, uint32_t column, uint32_t height, const uint64_t *amount, uint32_t n,
		const char *unit)
{
	uint64_t most = highest(amount, n);

	for (uint32_t i = 0; i < height; i++) {
		struct span s = grid_span(g, row + i, column + GRAPH_AXIS, n);
		uint32_t below = (height - 1 - i) * EIGHTHS;	/* eighths of the rows below this one */

		draw_axis(g, row, column, height, i, most, unit);
		for (uint32_t k = 0; k < n; k++) {
			uint32_t eighths = (uint32_t)((double)amount[k] * height * EIGHTHS / (double)most + 0.5);

			if (amount[k] > 0 && eighths == 0)
				eighths = 1;
			span_char(&s, eighths <= below ? ' ' : eighths - below >= EIGHTHS ? BLOCK_FULL :
				  BLOCK_LOWEST + eighths - below - 1);
		}
	}
}
