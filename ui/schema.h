/* SPDX-License-Identifier: BSD-2-Clause */
/* schema.h - what the objects of --json look like, in JSON Schema */
#ifndef UI_SCHEMA_H
#define UI_SCHEMA_H

#include <stdint.h>
#include <stdio.h>

#define SCHEMA_VERSION "1"		/* of the objects of packets: json_put() */
#define FLOW_SCHEMA_VERSION "1"		/* of flows: flow_print.c */
#define INFO_SCHEMA_VERSION "1"		/* of files: info_json.c */

/* Print the schema of what this command (enum command) prints; of packets, where there is none. */
void schema_print(FILE *f, uint8_t command);

#endif
