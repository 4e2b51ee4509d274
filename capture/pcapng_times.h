/* SPDX-License-Identifier: BSD-2-Clause */
/* pcapng_times.h - the times of a pcapng file: units that each interface has of its own */
#ifndef CAPTURE_PCAPNG_TIMES_H
#define CAPTURE_PCAPNG_TIMES_H

#include "capture/packet.h"

enum scale {				/* how a time is split into seconds and nanoseconds */
	SCALE_MICRO,			/* known divisors: a division by a constant is cheap */
	SCALE_NANO,
	SCALE_DECIMAL,
	SCALE_BINARY,
};

struct pcapng_times {
	int64_t offset;		/* seconds to be added */
	uint64_t per_second;	/* units; a power of 10 */
	uint8_t scale;		/* enum scale */
	uint8_t power;		/* 10^-power s is the unit; 2^-power s where scale is SCALE_BINARY */
};

/* Of an interface that says nothing of them. */
#define PCAPNG_MICROSECONDS (struct pcapng_times){ .per_second = 1000000, .scale = SCALE_MICRO, .power = 6 }

/* Set the unit to what resol, a value of if_tsresol, says. False where it is too small. */
static inline bool pcapng_times_unit(struct pcapng_times *t, uint8_t resol)
{
	t->power = resol & 0x7f;
	t->per_second = 1;
	if (resol & 0x80) {
		t->scale = SCALE_BINARY;
		return t->power < 64;
	}
	for (uint8_t n = 0; n < t->power && n < 19; n++)
		t->per_second *= 10;
	t->scale = t->power == 6 ? SCALE_MICRO : t->power == 9 ? SCALE_NANO : SCALE_DECIMAL;
	return t->power <= 19;		/* 10^19 is the last that fits 64 bits */
}

/* Can they tell what microseconds cannot? */
static inline bool pcapng_times_finer(const struct pcapng_times *t)
{
	return t->scale == SCALE_BINARY ? t->power > 19 : t->power > 6;
}

/* Give p the time that is so many units after the epoch. */
static inline void pcapng_times_set(const struct pcapng_times *t, struct packet *p, uint64_t units)
{
	uint64_t sec = 0, rest;

	switch ((enum scale)t->scale) {
	case SCALE_MICRO:
		sec = units / 1000000;
		p->nsec = units % 1000000 * 1000;
		break;
	case SCALE_NANO:
		sec = units / 1000000000;
		p->nsec = units % 1000000000;
		break;
	case SCALE_DECIMAL:
		sec = units / t->per_second;
		rest = units % t->per_second;
		p->nsec = (uint64_t)((unsigned __int128)rest * 1000000000 / t->per_second);
		break;
	case SCALE_BINARY:
		sec = units >> t->power;
		rest = units - (sec << t->power);
		p->nsec = (uint64_t)((unsigned __int128)rest * 1000000000 >> t->power);
		break;
	}
	p->sec = (int64_t)(sec + (uint64_t)t->offset);
}

#endif
