/* SPDX-License-Identifier: BSD-2-Clause */
/* pcap_write.h - packets into a classic pcap file, as libpcap writes it */
#ifndef CAPTURE_PCAP_WRITE_H
#define CAPTURE_PCAP_WRITE_H

#include "capture/packet.h"
#include "capture/sink.h"

struct pcap_writer;

/* Begin a file in sink, which is empty and outlives w. linktype and snaplen go into the file header as they are.
 * nano: times in nanoseconds. Returns 0, or -STATUS_WRITE with e filled in.
 */
int pcap_writer_open(struct pcap_writer **w, struct sink *sink, uint16_t linktype, uint32_t snaplen, bool nano,
		     struct error *e);

/* As writer_put() and so on; closing leaves the sink open. */
int pcap_writer_put(struct pcap_writer *w, const struct packet *p, struct error *e);

/* The same of n packets, whose bytes stand behind their records in memory: see reader_has_records(). What needs
 * no change is written as it stands, many packets at once and large pieces without a copy.
 */
int pcap_writer_put_stored(struct pcap_writer *w, const struct packet *p, uint32_t n, struct error *e);

int pcap_writer_flush(struct pcap_writer *w, struct error *e);
int pcap_writer_close(struct pcap_writer *w, struct error *e);

#endif
