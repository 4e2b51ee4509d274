/* SPDX-License-Identifier: BSD-2-Clause */
/* pcap_write.h - packets into a classic pcap file, through libpcap's writer */
#ifndef CAPTURE_PCAP_WRITE_H
#define CAPTURE_PCAP_WRITE_H

#include "capture/error.h"
#include "capture/packet.h"

struct pcap_writer;

/* Create path ("-": standard output). An existing regular file is replaced where it is the user's
 * own; a link is refused; a device or FIFO is written to. linktype and snaplen go into the file
 * header as they are. nano: times in nanoseconds. SIGXFSZ is ignored from now on, so that the limit
 * on a file's size is an error like any other. Returns 0, or -STATUS_WRITE with e filled in;
 * -STATUS_USAGE where "-" is a terminal.
 */
int pcap_writer_open(struct pcap_writer **w, const char *path, uint16_t linktype, uint32_t snaplen,
		     bool nano, struct error *e);

/* Append p; what it borrows is copied. Returns 0, or -STATUS_WRITE with e filled in. After the first
 * failure to write the file was cut back to its last whole packet, and nothing more is written. A
 * packet of another link type than the file's is refused, and nothing else.
 */
int pcap_writer_put(struct pcap_writer *w, const struct packet *p, struct error *e);

/* The same of n packets, whose bytes stand behind their records in memory: see reader_has_records(). What needs
 * no change is written as it stands, many packets at once and large pieces without a copy.
 */
int pcap_writer_put_stored(struct pcap_writer *w, const struct packet *p, uint32_t n, struct error *e);

/* Hand what is buffered to the kernel. Returns as pcap_writer_put(). */
int pcap_writer_flush(struct pcap_writer *w, struct error *e);

/* The errno of the first failure; 0 where there was none. EPIPE: the reader of a pipe went away. */
int pcap_writer_errno(const struct pcap_writer *w);

/* How many packets are in the file for good: all put and flushed ones. */
uint64_t pcap_writer_written(const struct pcap_writer *w);

/* Flush and close. Returns as pcap_writer_put(); w is gone in any case. */
int pcap_writer_close(struct pcap_writer *w, struct error *e);

#endif
