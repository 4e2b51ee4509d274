#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""control_lines.py - ICMP, ICMPv6 and IGMP of every type and code, as tcpdump 4.99 prints them"""
import os
import sys

import captures
import made_lines

sys.path.insert(0, os.path.join(captures.ROOT, "tests"))
import control_packets  # noqa: E402

# What tcpdump says where ringtail says something else, and why that is right.
DIFFERENT = (
    (r"dvmrp|pimv1", 190, "named, not decoded: nobody has sent it for decades"),
    (r"RPL|router renumbering", 234, "told by the name, not by every detail"),
    (r"exam\^A", 15, "control characters are escaped in one way everywhere"),
    (r"mobile router advertisement", 45, "an option that is longer than the message"),
    (r"payload length: [48]\)", 96, "no checksum is verified of a message cut by its sender"),
    (r"ipv6 only", 6, "a flag of an expired draft"),
    (r"v[23]-report-#0\], 0 source|v[23]-report-#0\] \{ \}\]$", 6, "auxiliary data taken for a record"),
    (r"v0 packet not supported", 3, "RFC 4884's length of the quotation left out"),
    (r"cksum 0x[0-9a-f]+ \((in)?correct", 75, "a checksum in a quotation is not verified"),
    (r" \[\|(icmp6?|igmp)\]", 81, "damaged: the two stop at different bytes of it"),
)

FORMS = ([], ["-q"], ["-e"], ["-v"], ["-vv"], ["-ev"])


def writer(packets):
    return lambda path: control_packets.write_pcap(path, packets())


sys.exit(made_lines.judge([(name, writer(packets)) for name, packets in control_packets.ALL.items()], FORMS, DIFFERENT))
