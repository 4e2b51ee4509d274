/* SPDX-License-Identifier: BSD-2-Clause */
/* schema.h - what the objects of --json look like, in JSON Schema */
#ifndef UI_SCHEMA_H
#define UI_SCHEMA_H

#include <stdbool.h>
#include <stdio.h>

#define SCHEMA_VERSION "1"		/* of the objects of packets: json_put() */
#define FLOW_SCHEMA_VERSION "1"		/* of flows: flow_print.c */

/* Print the schema of packets, or that of flows. */
void schema_print(FILE *f, bool flows);

#endif
