# SPDX-License-Identifier: BSD-2-Clause
"""made_lines.py - made packets, printed by ringtail and by tcpdump 4.99 and compared"""
import collections
import os
import re
import shutil
import sys
import tempfile

import captures

SHOWN = 5	# differences of a set of packets


def lines(program, flags, path):
    """The text of each packet; several lines where it has so many."""
    text = captures.run(program, "-nn", *flags, "-r", path).stdout.decode("latin-1")
    return re.split(r"(?m)^(?=\d\d:\d\d:\d\d\.\d{6} )", text)[1:]


def compare(name, path, flags, different, met):
    theirs, ours = lines("tcpdump", flags, path), lines(captures.RINGTAIL, flags, path)
    bad, equal = [], 0
    for their, our in zip(theirs, ours):
        listed = [pattern for pattern, _, _ in different if re.search(pattern, their + our, re.M)]
        if their == our:
            equal += 1
        elif listed:
            met[listed[0]] += 1
        else:
            bad.append("\n#   ".join(("", "tcpdump:  " + their.strip(), "ringtail: " + our.strip())))
    if not len(theirs) == len(ours) > 0:
        bad.append("tcpdump prints %d packets, ringtail %d" % (len(theirs), len(ours)))
    return captures.report("%s_lines_are_tcpdumps%s (%d of %d equal)" % (
        name, "".join(flags).replace("-", "_with_"), equal, len(theirs)), bad[:SHOWN])


def judge(sets, forms, different=()):
    """Compares each set, a name and a function that writes the set to a path, in all forms, lists of flags;
    different: a pattern of both texts that may differ, how often it does in all, and the reason. Returns
    the exit status.
    """
    version = shutil.which("tcpdump") and captures.run("tcpdump", "--version")
    if not version or b"version 4.99." not in version.stdout + version.stderr:
        print("skip - %s: no tcpdump 4.99 here" % os.path.basename(sys.argv[0]))
        return 0
    failed, met = False, collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        for name, write in sets:
            path = os.path.join(folder, name + ".pcap")
            write(path)
            for flags in forms:
                failed |= compare(name, path, flags, different, met)
    failed |= captures.report("each listed difference is met as often as it says",
                              ["%s: %d, not %d" % (pattern, met[pattern], count)
                               for pattern, count, _ in different if met[pattern] != count])
    return 1 if failed else 0
