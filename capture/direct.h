/* SPDX-License-Identifier: BSD-2-Clause */
/* direct.h - parts of a file that go to the disk without the page cache, O_DIRECT of open(2)
 *
 * How it works: memory, length and place in the file have to be whole blocks then. So the flag is set for such a write
 * alone, and what else a file gets goes by way of the page cache. The kernel keeps the two in agreement.
 */
#ifndef CAPTURE_DIRECT_H
#define CAPTURE_DIRECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DIRECT_BLOCK 4096	/* bytes: what disks and file systems have, or a multiple of it */

/* Does the file system of fd take direct writes? As far as it says so: a write may be refused still. */
bool direct_possible(int fd);

/* Write n bytes at blocks, whole blocks and aligned as such, to the place at of the file. Its position stays. Returns how
 * many went; where that is less than n, *err is the errno. EINVAL: not directly, that is.
 */
size_t direct_write(int fd, const uint8_t *blocks, size_t n, uint64_t at, int *err);

#endif
