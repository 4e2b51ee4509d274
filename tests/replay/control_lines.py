#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""control_lines.py - ICMP, ICMPv6 and IGMP of every type and code, as tcpdump 4.99 prints them"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests"))
import control_packets  # noqa: E402

RINGTAIL = os.environ.get("RINGTAIL", os.path.join(ROOT, "build", "ringtail"))
ENV = {**os.environ, "TZ": "UTC"}

# What tcpdump says where ringtail says something else, and why that is right.
DIFFERENT = (
    (r" \[\|(icmp6?|igmp)\]", "damaged: the two stop at different bytes of it"),
    (r"dvmrp|pimv1", "named, not decoded: nobody has sent it for decades"),
    (r"RPL|router renumbering", "told by the name, not by every detail"),
    (r"0\.0\.0\.0 protocol 0|redirect-tos 0\.0\.0\.0 to", "a quotation that is no IPv4 packet"),
    (r"cksum 0x[0-9a-f]+ \((in)?correct", "a checksum in a quotation is not verified"),
    (r"GREv0|gre-proto-0x0", "GRE is not decoded"),
    (r"exam\^A", "control characters are escaped in one way everywhere"),
    (r"mobile router advertisement", "an option that is longer than the message"),
    (r"payload length: [48]\)", "no checksum is verified of a message cut by its sender"),
    (r"ipv6 only", "a flag of an expired draft"),
    (r"v[23]-report-#0\], 0 source|v[23]-report-#0\] \{ \}\]$", "auxiliary data taken for a record"),
    (r"tc 3, ttl 7", "one label of a stack of two"),
    (r"v0 packet not supported", "RFC 4884's length of the quotation left out"),
)


def lines(command, path):
    """The text of each packet; several lines where it has so many."""
    done = subprocess.run(command + ["-r", path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=ENV, check=False)
    return re.split(r"(?m)^(?=\d\d:\d\d:\d\d\.\d{6} )", done.stdout.decode("latin-1"))[1:]


def compare(name, path, flags):
    theirs = lines(["tcpdump", "-nn"] + flags, path)
    ours = lines([RINGTAIL, "-nn"] + flags, path)
    fact = "%s_lines_are_tcpdumps%s" % (name, "".join(flags).replace("-", "_with_"))
    bad = [(t, o) for t, o in zip(theirs, ours)
           if t != o and not any(re.search(pattern, t, re.M) for pattern, _ in DIFFERENT)]
    for their, our in bad[:5]:
        print("# tcpdump  " + their.rstrip().replace("\n", "\n#          "))
        print("# ringtail " + our.rstrip().replace("\n", "\n#          "))
    good = len(theirs) == len(ours) > 0 and not bad
    equal = sum(t == o for t, o in zip(theirs, ours))
    print("%s - %s (%d of %d equal)" % ("ok" if good else "not ok", fact, equal, len(theirs)))
    return good


def main():
    version = shutil.which("tcpdump") and subprocess.run(["tcpdump", "--version"], capture_output=True, text=True, check=False)
    if not version or "version 4.99." not in version.stdout + version.stderr:
        print("skip - control_lines_are_tcpdumps: no tcpdump 4.99 here")
        return 0
    good = True
    with tempfile.TemporaryDirectory() as folder:
        for name, packets in control_packets.ALL.items():
            path = os.path.join(folder, name + ".pcap")
            control_packets.write_pcap(path, packets())
            for flags in ([], ["-q"], ["-e"], ["-v"], ["-vv"], ["-ev"]):
                good &= compare(name, path, flags)
    return 0 if good else 1


sys.exit(main())
