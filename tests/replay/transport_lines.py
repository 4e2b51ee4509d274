#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""transport_lines.py - TCP with every option, UDP, DNS and text, as tcpdump 4.99 prints them"""
import os
import sys

import captures
import made_lines

sys.path.insert(0, os.path.join(captures.ROOT, "tests"))
import control_packets  # noqa: E402
import transport_packets  # noqa: E402

# What tcpdump says where ringtail says something else, and why that is right.
DIFFERENT = (
    (r": (SSH: SSH-|HTTP: |HTTP, length: )", 84, "found by what it says, on any port"),
    (r"x{178}\.\.\.", 18, "a long line is told by its start"),
)

FORMS = ([], ["-q"], ["-S"], ["-e"], ["-v"], ["-vv"], ["-vvv"])


def writer(packets):
    return lambda path: control_packets.write_pcap(path, packets())


sys.exit(made_lines.judge([(name, writer(packets)) for name, packets in transport_packets.ALL.items()], FORMS, DIFFERENT))
