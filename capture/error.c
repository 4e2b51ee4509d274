/* SPDX-License-Identifier: BSD-2-Clause */
/* error.c - one line for what went wrong */
#define _GNU_SOURCE
#include "capture/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int error_set(struct error *e, enum status status, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(e->text, sizeof(e->text), format, args);
	va_end(args);
	return -(int)status;
}

const char *error_words(int errnum)
{
	const char *words = strerrordesc_np(errnum);

	return words ? words : "unknown error";
}
