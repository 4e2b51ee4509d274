/* SPDX-License-Identifier: BSD-2-Clause */
/* reader.c - a stand-in until the readers of our own are in */
#include "capture/reader.h"

#include <pcap/pcap.h>
#include <stdlib.h>

struct reader {
	pcap_t *p;
};

int reader_open(struct reader **r, const char *path, struct error *e)
{
	char text[PCAP_ERRBUF_SIZE];

	*r = calloc(1, sizeof(**r));
	(*r)->p = pcap_open_offline_with_tstamp_precision(path, PCAP_TSTAMP_PRECISION_NANO, text);
	return (*r)->p ? 0 : error_set(e, STATUS_USAGE, "%s", text);
}

int reader_next(struct reader *r, struct batch *b, struct error *e)
{
	struct pcap_pkthdr *h;
	const u_char *data;
	int n = pcap_next_ex(r->p, &h, &data);

	if (n == -1)
		return error_set(e, STATUS_INPUT, "%s", pcap_geterr(r->p));
	if (n != 1)
		return 0;
	b->count = 1;
	b->packet[0] = (struct packet){
		.bytes = { data, h->caplen, h->len },
		.sec = h->ts.tv_sec,
		.nsec = (uint64_t)h->ts.tv_usec,
		.linktype = (uint16_t)pcap_datalink(r->p),
	};
	return 1;
}

uint16_t reader_linktype(const struct reader *r)
{
	return (uint16_t)pcap_datalink(r->p);
}

uint32_t reader_snaplen(const struct reader *r)
{
	return (uint32_t)pcap_snapshot(r->p);
}

bool reader_nano(const struct reader *r)
{
	(void)r;
	return false;
}

void reader_close(struct reader *r)
{
	pcap_close(r->p);
	free(r);
}
