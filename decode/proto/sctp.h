/* SPDX-License-Identifier: BSD-2-Clause */
/* sctp.h - what the files of SCTP share */
#ifndef DECODE_PROTO_SCTP_H
#define DECODE_PROTO_SCTP_H

#include "decode/brief.h"

enum sctp_chunk { /* RFC 9260, section 3.2 */
		  SCTP_DATA,
		  SCTP_INIT,
		  SCTP_INIT_ACK,
		  SCTP_SACK,
		  SCTP_HEARTBEAT,
		  SCTP_HEARTBEAT_ACK,
		  SCTP_ABORT,
		  SCTP_SHUTDOWN,
		  SCTP_SHUTDOWN_ACK,
		  SCTP_ERROR,
		  SCTP_COOKIE_ECHO,
		  SCTP_COOKIE_ACK,
		  SCTP_ECNE,
		  SCTP_CWR,
		  SCTP_SHUTDOWN_COMPLETE,
};

/* The parameters of INIT, INIT ACK, HEARTBEAT and HEARTBEAT ACK, and the causes of ABORT and ERROR; see
 * inside() of struct record.
 */
const struct record *sctp_parameter(const struct within *w, struct slice *rest, struct slice *item);
const struct record *sctp_cause(const struct within *w, struct slice *rest, struct slice *item);

/* The n-th of the records of both; NULL behind the last. */
const struct record *sctp_parameter_record(uint32_t n);

/* Cut what begins with a type, and a length that counts its head and itself, off rest, and its padding to
 * whole words. head: bytes before the value. What lies ends with rest.
 */
bool sctp_take(struct slice *rest, struct slice *item);

#endif
