#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""net_lines.py - link and network layers of every kind, as tcpdump 4.99 prints them"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests"))
import net_packets  # noqa: E402

RINGTAIL = os.environ.get("RINGTAIL", os.path.join(ROOT, "build", "ringtail"))
ENV = {**os.environ, "TZ": "UTC"}


def lines(command, path):
    """The text of each packet; several lines where it has so many."""
    done = subprocess.run(command + ["-r", path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=ENV, check=False)
    return re.split(r"(?m)^(?=\d\d:\d\d:\d\d\.\d{6} )", done.stdout.decode("latin-1"))[1:]


def compare(name, path, count, flags):
    theirs = lines(["tcpdump", "-nn"] + flags, path)
    ours = lines([RINGTAIL, "-nn"] + flags, path)
    bad = [(t, o) for t, o in zip(theirs, ours) if t != o]
    for their, our in bad[:3]:
        print("# tcpdump  " + their.rstrip().replace("\n", "\n#          "))
        print("# ringtail " + our.rstrip().replace("\n", "\n#          "))
    good = len(theirs) == len(ours) == count > 0 and not bad
    print("%s - %s_lines_are_tcpdumps%s (%d of %d differ)" % ("ok" if good else "not ok", name,
                                                          "".join(flags).replace("-", "_with_"), len(bad), count))
    return good


def main():
    version = shutil.which("tcpdump") and subprocess.run(["tcpdump", "--version"], capture_output=True, text=True, check=False)
    if not version or "version 4.99." not in version.stdout + version.stderr:
        print("skip - net_lines_are_tcpdumps: no tcpdump 4.99 here")
        return 0
    good = True
    with tempfile.TemporaryDirectory() as folder:
        for name, linktype, packets in net_packets.everything():
            path = os.path.join(folder, name + ".pcap")
            net_packets.write_pcap(path, linktype, packets)
            for flags in ([], ["-e"], ["-q"], ["-eq"], ["-v"], ["-ev"]):
                good &= compare(name, path, len(packets), flags)
    return 0 if good else 1


sys.exit(main())
