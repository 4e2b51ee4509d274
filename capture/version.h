/* SPDX-License-Identifier: BSD-2-Clause */
/* version.h - which ringtail this is, as --version and files tell it */
#ifndef CAPTURE_VERSION_H
#define CAPTURE_VERSION_H

#define VERSION "0.1"

#endif
