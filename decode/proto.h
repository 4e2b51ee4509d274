/* SPDX-License-Identifier: BSD-2-Clause */
/* proto.h - how a protocol describes itself
 *
 * A header is one table of fields in the order of its RFC's diagram, and one parse function that
 * says how long the header is, what it carries and who is next. Every output is derived from the
 * table through view.h; only the one-line text may have a summary function of its own.
 */
#ifndef DECODE_PROTO_H
#define DECODE_PROTO_H

#include <stdbool.h>
#include <stddef.h>

#include "decode/field.h"
#include "decode/out.h"

enum note {				/* what is wrong with a layer; the worst is kept */
	NOTE_OK,
	NOTE_OVERLAP,			/* some of its bytes came before, in another fragment or segment */
	NOTE_CONFLICT,			/* and were others then: those that came first are decoded */
	NOTE_LENGTH_LIES,		/* a length field claims more than the parent carries */
	NOTE_BAD_OPTION,		/* an option is shorter or longer than it can be */
	NOTE_TRUNCATED,			/* the snap length cut the header: decoding stops */
	NOTE_BAD_LENGTH,		/* shorter than its own minimum: decoding stops */
	NOTE_BAD_VALUE,			/* what this protocol cannot say: decoding stops */
	NOTE_TOO_DEEP,			/* LAYERS_MAX reached: decoding stops */
	NOTE_DECLINED,			/* see step_decline(); no layer has it, for it becomes data */
};

/* Every protocol, one line each: its id, and its descriptor proto_NAME in proto/. */
#define PROTOCOLS(P)		\
	P(DATA, data)		\
	P(ETH, eth)		\
	P(VLAN, vlan)		\
	P(LLC, llc)		\
	P(SNAP, snap)		\
	P(SLL, sll)		\
	P(SLL2, sll2)		\
	P(NULL, null)		\
	P(RAW, raw)		\
	P(MPLS, mpls)		\
	P(PWETH, pweth)		\
	P(PWACH, pwach)		\
	P(STP, stp)		\
	P(LLDP, lldp)		\
	P(SLOW, slow)		\
	P(LACP, lacp)		\
	P(MARKER, marker)	\
	P(PPPOED, pppoed)	\
	P(PPPOES, pppoes)	\
	P(PPP, ppp)		\
	P(LCP, lcp)		\
	P(IPCP, ipcp)		\
	P(ARP, arp)		\
	P(IPV4, ipv4)		\
	P(IPV6, ipv6)		\
	P(HOPOPTS, hopopts)	\
	P(ROUTING, routing)	\
	P(FRAGHDR, fraghdr)	\
	P(DSTOPTS, dstopts)	\
	P(MOBILITY, mobility)	\
	P(AH, ah)		\
	P(ESP, esp)		\
	P(GRE, gre)		\
	P(ERSPAN, erspan)	\
	P(ICMP, icmp)		\
	P(ICMPV6, icmpv6)	\
	P(IGMP, igmp)		\
	P(TCP, tcp)		\
	P(UDP, udp)		\
	P(UDPLITE, udplite)	\
	P(VXLAN, vxlan)		\
	P(GENEVE, geneve)	\
	P(GTP, gtp)		\
	P(WG, wg)		\
	P(DNSTCP, dnstcp)	\
	P(DNS, dns)		\
	P(MDNS, mdns)		\
	P(LLMNR, llmnr)		\
	P(DHCP, dhcp)		\
	P(DHCPV6, dhcpv6)	\
	P(NBNS, nbns)		\
	P(TLS, tls)		\
	P(QUIC, quic)		\
	P(TLS_HANDSHAKE, tls_handshake) \
	P(TEXTLINE, textline)	\
	P(HTTP, http)		\
	P(SSH, ssh)		\
	P(NTP, ntp)		\
	P(TFTP, tftp)		\
	P(SYSLOG, syslog)	\
	P(SNMP, snmp)		\
	P(VRRP, vrrp)		\
	P(SCTP, sctp)		\
	P(DCCP, dccp)		\
	P(SSDP, ssdp)		\
	P(OSPF, ospf)		\
	P(HTTP2, http2)		\
	P(RESP, resp)		\
	P(SIP, sip)		\
	P(MQTT, mqtt)		\
	P(RTP, rtp)		\
	P(RTCP, rtcp)		\
	P(PGSQL, pgsql)		\
	P(MYSQL, mysql)

enum proto_id {
	PROTO_NONE,
#define P(id, name) PROTO_##id,
	PROTOCOLS(P)
#undef P
	PROTO_COUNT,
};

/* One step of the descent: what a parser is given, and what it says. */
struct step {
	struct slice in;		/* this header and everything after it in its parent */
	uint32_t len;			/* out: header length, bytes; preset to min_len */
	uint32_t total;			/* out: header and payload, the rest is padding; preset to all */
	uint32_t claimed;		/* in, out: header and payload as the lengths say, be they here
					 * or not, bytes */
	uint32_t min_len;
	uint32_t key;			/* in: by what value the parent found this protocol (ethertype,
					 * IP protocol, port); out: the same for the payload's */
	enum note note;			/* out */
	uint32_t need;			/* out: see step_need() */
	bool partial;			/* in, out for the layers below: this is a first fragment or a
					 * quotation, so lengths beyond the end are no lies */
};

/* What a layer can need that this packet does not have; below NEED_OTHERS it is a length. */
enum need {
	NEED_NOTHING = 0,
	NEED_OTHERS = 0xfffffff0u,
	NEED_NEXT = NEED_OTHERS,	/* nothing, but further messages may stand behind it */
	NEED_FRAGMENTS,			/* it is a fragment of what it carries */
	NEED_ANY,			/* more; how much is not known yet */
};

enum key_space { NO_KEY, BY_LINKTYPE, BY_ETHERTYPE, BY_LLC, BY_IPPROTO, BY_IPV6EXT, BY_TCPPORT, BY_UDPPORT };

struct key {
	uint16_t space;			/* enum key_space */
	uint16_t value;
};

/* Wireshark's numbers of "tcp.checksum.status" and its like. */
enum csum {
	CSUM_BAD,
	CSUM_GOOD,
	CSUM_UNVERIFIED,	/* cannot tell: cut, a fragment, or a protocol without checksum */
	CSUM_ABSENT,		/* the sender made none: UDP over IPv4 with checksum 0 */
	CSUM_ILLEGAL,		/* the same over IPv6, where there must be one */
};

struct decoded;
struct layer;
struct seqs;
struct bases;

/* A function that is seldom called from one that often is: out of its way, and of its registers. */
#define COLD __attribute__((cold, noinline))

/* Words for addresses and ports; each returns false where it has none, and appends nothing. */
struct naming {
	bool (*host)(struct out *o, struct slice addr);	/* 4 or 16 bytes */
	bool (*port)(struct out *o, uint16_t port, const char *transport);
};

/* What the one-line text of a packet is made from: the packet, and how the reader wants it. */
struct brief {
	const struct decoded *d;
	struct seqs *seqs;		/* relative TCP sequence numbers; NULL: absolute, unless there are */
	const struct bases *bases;	/* for packets in any order; NULL: none */
	uint64_t number;		/* of the packet, from 1, for bases */
	const struct naming *naming;	/* NULL: numbers */
	/* Append the name that the interface index has on this machine; false where it has none. NULL
	 * for stored packets, whose indexes are another machine's, or of another time.
	 */
	bool (*interface)(struct out *o, uint32_t index);
	uint8_t verbose;		/* how many -v */
	bool quiet;			/* -q: less of each protocol */
	bool link;			/* -e: the link header is told too */
	bool dumped;			/* -x, -X: no dump of unknown payloads beside it */
	bool unverified;		/* -K: checksums are not verified */
	bool checksum_pending;		/* the sender left checksums to its network card */
	bool checksum_verified;		/* the kernel or the card has found them right */
};

/* Where the payload of a header belongs in what was cut. */
struct fragment {
	uint32_t offset;		/* bytes */
	bool more;			/* it is not the last */
	uint64_t ident;			/* the same in all fragments, between two addresses */
	enum proto_id carried;
};

struct proto {
	struct record head;
	const char *name;		/* "mdns"; NULL: that of the head, "dns" */
	const char *path;		/* in frame.protocols; NULL: the name */
	const char *title;		/* "User Datagram Protocol" */
	uint16_t min_len;		/* bytes that must be captured before parse() runs */
	bool link;			/* part of the link header, which -x leaves out */
	bool several;			/* its layers stand behind each other, in one payload */
	bool ports;			/* its summary begins with both endpoints, address and port */
	const struct field *src, *dst;	/* network addresses, of those who carry transports */
	struct key over[16];		/* where it is found; ends with .space NO_KEY */

	/* Is payload, which has bytes, a message of this protocol, or the start of one? Asked where
	 * neither port is anybody's. Cheap, and strict: noise passes once in 2^32 at most.
	 */
	bool (*proves)(struct slice payload);
	uint8_t proves_over;		/* BY_TCPPORT or BY_UDPPORT; left out: both */
	struct {
		uint8_t from, to;	/* with proves: the first byte is in one of these ranges, the last */
	} first[4];			/* of which is { 0, 0 }, or the fourth; none: it may be any */

	enum proto_id (*parse)(struct step *s);

	/* Cut the next option off rest and lay the record returned over it; NULL at the end. rest
	 * starts after the first min_len bytes of the header, and spans the header only. whole is
	 * the header, for what points back into it; index counts the options from 0.
	 */
	const struct record *(*option)(struct slice whole, uint32_t index, struct slice *rest,
				       struct slice *opt);

	/* Append what a field of kind MADE says, in characters that are safe anywhere. Asked only where
	 * that is looked at.
	 */
	void (*make)(struct out *o, const struct decoded *d, const struct layer *l, const struct field *f);

	/* The n-th of the records that option() can return; NULL behind the last. One without fields
	 * is none.
	 */
	const struct record *(*record)(uint32_t n);

	/* Where the packet goes at last, by the extension header h: dst is set if h says it, and
	 * left if not. False where h cannot be understood.
	 */
	bool (*final_dst)(struct slice h, struct slice *dst);

	/* Is the checksum of layer i, whose field is "checksum" and was captured, right? *expected becomes
	 * what it should be. Left out: see checksum_verify(), whose helpers make it short.
	 */
	enum csum (*verify)(const struct decoded *d, uint32_t i, uint32_t *expected);

	/* What fragment the header h is of. */
	struct fragment (*fragment)(struct slice h);

	/* Its one-line text is of the bytes in each packet alone, as tcpdump's is; only the other outputs
	 * see messages that span segments.
	 */
	bool line_alone;

	/* Append what layer i says to the one-line text. Returns the layer to go on with; the
	 * number of layers where the line is complete.
	 */
	uint32_t (*summary)(struct out *o, const struct brief *b, uint32_t i);
};

/* Define a record() of struct proto for the records whose addresses are listed. */
#define RECORD_LIST(id, ...)							\
	const struct record *id(uint32_t n)					\
	{									\
		static const struct record *const list[] = { __VA_ARGS__ };	\
										\
		return n < COUNT(list) ? list[n] : NULL;				\
	}

extern const struct proto *const protos[PROTO_COUNT];

/* Bytes that nobody knows: "data" of a record of that name. */
extern const struct field field_data;

/* What Wireshark calls p, in lower case. */
static inline const char *proto_name(const struct proto *p)
{
	return p->name ? p->name : p->head.name;
}

/* Fill the tables behind proto_by(), before anything is decoded. Later calls do nothing. */
void proto_init(void);

/* Who is found by this value; PROTO_DATA where nobody is. */
enum proto_id proto_by(enum key_space space, uint32_t value);

/* proto_by(BY_IPPROTO, value) for every value. */
extern uint8_t proto_of_ip[256];

static inline enum proto_id proto_by_ip(uint32_t value)
{
	return (enum proto_id)proto_of_ip[value & 255];
}

/* Decode what has a value from first to last as id, whoever is found there else; PROTO_DATA is nobody.
 * The last word counts. False where there are too many such words.
 */
bool proto_decode_as(enum key_space space, uint32_t first, uint32_t last, enum proto_id id);

/* Who payload proves to be a message of; PROTO_DATA where it proves nothing. */
enum proto_id proto_by_proof(enum key_space space, struct slice payload);

/* The field of p's head that Wireshark calls "PREFIX.name"; NULL where there is none. */
const struct field *proto_field(const struct proto *p, const char *name);

static inline uint64_t get(const struct step *s, const struct field *f)
{
	return field_get(s->in, f);
}

static inline bool note_stops(enum note note)
{
	return note >= NOTE_TRUNCATED;
}

static inline void step_note(struct step *s, enum note note)
{
	if (note > s->note)
		s->note = note;
}

/* The header is len bytes long. */
static inline void step_header(struct step *s, uint32_t len)
{
	if (len < s->min_len || (len > s->in.wire && !s->partial))
		step_note(s, NOTE_BAD_LENGTH);
	else if (len > s->in.cap)
		step_note(s, NOTE_TRUNCATED);
	/* What is always there stays readable, even if the length denies it. */
	s->len = len < s->min_len ? s->min_len : len;
}

/* Header and payload together are total bytes long; what follows is padding. */
static inline void step_total(struct step *s, uint32_t total)
{
	if (total < s->len)
		step_note(s, NOTE_BAD_LENGTH);
	else if (total > s->in.wire && !s->partial)
		step_note(s, NOTE_LENGTH_LIES);
	s->claimed = s->total = total;
}

/* This message takes so many bytes from the start of s->in on, more than are here; NEED_ANY: how many
 * cannot be told yet, as of a line that is not complete (it is said for a header of less than min_len
 * bytes before parse() is asked). Over TCP the segments that follow
 * are collected, and the message is decoded in that which completes it, from the start: until then
 * this layer, and those below it, are not shown. What the parser makes of the part that is here stands
 * where nothing is waited for: not over TCP, not asked for, no room, the end lost. So set s->partial
 * too, where what goes on in the next segment is no lie.
 *
 * Several messages in one segment are layers one behind the other: each has a header of its whole
 * length, and is followed by its own protocol. What stands behind a message whose payload is a layer
 * of another protocol is found by step_need(s, NEED_NEXT): behind the s->total bytes of it, this
 * protocol is asked again.
 *
 * Only the outermost layer that needs something counts.
 */
static inline void step_need(struct step *s, uint32_t bytes)
{
	s->need = bytes;
}

/* These bytes are not of this protocol after all, whatever their port says: the layer becomes that of who
 * they prove to be, else data. Return it.
 */
static inline enum proto_id step_decline(struct step *s)
{
	s->note = NOTE_DECLINED;
	return PROTO_NONE;
}

/* Who the payload of a transport header is for, once its lengths are known: who is found by either port,
 * the lower first, else by proof. s->key becomes the port.
 */
enum proto_id step_ports(struct step *s, enum key_space space, uint32_t src, uint32_t dst);

#endif
