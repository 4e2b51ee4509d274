#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""transport_lines.py - TCP with every option, UDP, DNS and text, as tcpdump 4.99 prints them"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests"))
import control_packets  # noqa: E402
import transport_packets  # noqa: E402

RINGTAIL = os.environ.get("RINGTAIL", os.path.join(ROOT, "build", "ringtail"))
ENV = {**os.environ, "TZ": "UTC"}

# What tcpdump says where ringtail says something else, and why that is right.
DIFFERENT = (
    (r"\[\|(tcp|domain|ssh)\]", "damaged: the two stop at different bytes of it"),
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
        print("skip - transport_lines_are_tcpdumps: no tcpdump 4.99 here")
        return 0
    good = True
    with tempfile.TemporaryDirectory() as folder:
        for name, packets in transport_packets.ALL.items():
            path = os.path.join(folder, name + ".pcap")
            control_packets.write_pcap(path, packets())
            for flags in ([], ["-q"], ["-S"], ["-e"], ["-v"], ["-vv"], ["-vvv"]):
                good &= compare(name, path, flags)
    return 0 if good else 1


sys.exit(main())
