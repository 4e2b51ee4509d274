#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""net_lines.py - link and network layers of every kind, as tcpdump 4.99 prints them"""
import os
import sys

import captures
import made_lines

sys.path.insert(0, os.path.join(captures.ROOT, "tests"))
import net_packets  # noqa: E402

FORMS = ([], ["-e"], ["-q"], ["-eq"], ["-v"], ["-ev"])


def writer(linktype, packets):
    return lambda path: net_packets.write_pcap(path, linktype, packets)


sys.exit(made_lines.judge([(name, writer(linktype, packets)) for name, linktype, packets in net_packets.everything()], FORMS))
