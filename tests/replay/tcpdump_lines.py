#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""tcpdump_lines.py - ringtail's lines are those of the installed tcpdump, character for character

Judged are well-formed packets whose highest protocol is one of HIGHEST: tshark says which those are. Of
other protocols every word of tcpdump's line is somewhere in ringtail's, which is one line of no more than
LONGEST characters. What may differ stands in known_differences.txt with its reason, and any other difference
fails. A packet in which one of both goes on where the other does not (kind "beyond") is not judged.

How it works: a form that depends on the file is compared for each capture on its own; for the others the
packets of all captures are in one file for each link type.
"""
# timeout: 300
import collections
import concurrent.futures
import os
import re
import shutil
import sys
import tempfile

import captures
import merged

ALONE = ("-nn", "-nnttttt")	# whose sequence numbers and times begin anew in each capture
TOGETHER = ("-nnS", "-nne", "-nnq", "-nnt", "-nntt", "-nnttt", "-nntttt", "-nnx", "-nnxx", "-nnX", "-nnXX", "-nnA",
            "-nnv", "-nnvv", "-nnev")
HIGHEST = frozenset("""eth ethertype llc vlan ieee8021ad null loop raw sll arp ip ipv6 ipv6.hopopts ipv6.dstopts
ipv6.routing ipv6.fraghdr ah icmp icmpv6 igmp tcp mptcp udp udplite dns mdns llmnr""".split())
KNOWN = os.path.join(captures.ROOT, "tests", "replay", "known_differences.txt")
KINDS = ("beyond", "differs", "less")
LEAST = {captures.PCAPS: 100.0, captures.CORPUS: 99.0}	# percent of the judged lines of -nn
LONGEST = 200						# characters behind addresses, ports and what TCP says of itself
JUDGED = 30						# percent of all packets, at least
SHOWN = 20						# differences of a form
TOLD_APART = ["frame.number", "frame.protocols", "_ws.malformed", "_ws.short"]
WORD = re.compile(r"\w[\w.:-]*\w|\w")
UNKNOWN = re.compile(r"UDP, length \d+$")		# tcpdump's words for what it does not know
BEGIN = re.compile(r"\S+ (?:.*> \S+: )?(?:Flags \[.*?, length \d+)?")
DUMP = re.compile(r"(?:\n\t0x[^\n]*)+$")		# below a link layer that is not known


class Differences:
    """The rows of the file, and which of them were met."""
    def __init__(self):
        with open(KNOWN, encoding="utf-8") as file:
            rows = [line.rstrip("\n").split("\t") for line in file if line.strip() and not line.startswith("#")]
        self.rows = [(re.compile(pattern, re.S), kind, reason) for pattern, kind, reason in rows]
        self.met = set()

    def row(self, theirs, ours, kinds):
        """The first of a kind that is about these texts: tcpdump's, then ringtail's."""
        both = "%s\n%s" % (theirs, ours)
        for pattern, kind, reason in self.rows:
            if kind in kinds and pattern.search(both):
                self.met.add((pattern.pattern, kind, reason))
                return kind, reason
        return None, None

    def useless(self):
        return ["%s\t%s\t%s" % (pattern.pattern, kind, reason) for pattern, kind, reason in self.rows
                if kind not in KINDS or (pattern.pattern, kind, reason) not in self.met]


def packets(program, form, path):
    """The text of each packet, in order; its number (-#) stood before it."""
    text = captures.run(program, form, "-#", "-r", path).stdout.decode("latin-1")
    found, begin = [], None
    for number in re.finditer(r"^ *(\d+)  ", text, re.M):
        if int(number[1]) == len(found) + (1 if begin is None else 2):
            if begin is not None:
                found.append(text[begin:number.start()].rstrip("\n"))
            begin = number.end()
    return found + ([text[begin:].rstrip("\n")] if begin is not None else [])


def pairs(form, path, origins):
    """Of each packet that tcpdump reads: where it is from, tcpdump's text, ringtail's."""
    theirs, ours = packets("tcpdump", form, path), packets(captures.RINGTAIL, form, path)
    return [(origins[n] if origins else (path, n + 1), text, ours[n] if n < len(ours) else None)
            for n, text in enumerate(theirs)]


def every_pair(forms, files):
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        tasks = [(form, pool.submit(pairs, form, *file)) for form in forms for file in files]
        for form, task in tasks:
            for pair in task.result():
                yield form, pair


def highest(files):
    """Of each packet that is well-formed its highest protocol, as tshark names it."""
    found = {}
    for path, origins in files:
        for origin, row in zip(origins, captures.tshark(path, TOLD_APART)):
            layers = [name for name in row["frame.protocols"].split(":") if name != "data"]
            if layers and not row["_ws.malformed"] and not row["_ws.short"]:
                found[origin] = layers[-1]
    return found


def shown(origin, theirs, ours, *more):
    return "\n#   ".join(("%s, packet %d" % (os.path.basename(origin[0]), origin[1]), "tcpdump:  " + theirs,
                           "ringtail: %s" % ours) + more)


def judge(every, names, known):
    """The facts about the lines that shall be equal. Returns whether one does not hold."""
    seen, total = collections.Counter(), collections.Counter()
    listed, unlisted = collections.defaultdict(collections.Counter), collections.defaultdict(list)
    for form, (origin, theirs, ours) in every:
        key = os.path.dirname(origin[0]), form
        seen[key] += 1
        if names.get(origin) not in HIGHEST:
            continue
        kind, reason = known.row(theirs, ours, ("beyond", "differs")) if theirs != ours else (None, None)
        total[key] += kind != "beyond"
        if theirs != ours and kind:
            listed[key][kind, reason] += 1
        elif theirs != ours:
            unlisted[key].append(shown(origin, theirs, ours))
    failed = False
    for key in sorted(total):
        for (kind, reason), count in sorted(listed[key].items()):
            print("# %s: %d %s: %s" % (key[1], count, kind, reason))
        bad = sum(count for (kind, _), count in listed[key].items() if kind == "differs") + len(unlisted[key])
        equal = 100.0 * (total[key] - bad) / max(total[key], 1)
        # What is listed for pcaps/ is put there to show it.
        low = key[1] == "-nn" and key[0] != captures.PCAPS and equal < LEAST[key[0]]
        few = total[key] * 100 < JUDGED * seen[key]
        failed |= captures.report("%s: %s prints %d of %d judged packets as tcpdump does, the rest is listed" %
                                  (os.path.basename(key[0]), key[1], total[key] - bad, total[key]),
                                  unlisted[key][:SHOWN] + (["only %.2f %%" % equal] if low else []) +
                                  (["of %d packets" % seen[key]] if few else []))
    return failed


def lines_of_others(every, names, known):
    """The facts about the lines of other protocols, and of what is damaged."""
    count, long, missing = collections.Counter(), [], []
    for _, (origin, theirs, ours) in every:
        name = names.get(origin)
        if name in HIGHEST or ours is None:
            continue
        count["all"] += 1
        behind = BEGIN.sub("", DUMP.sub("", ours), count=1)
        if len(behind) > LONGEST or "\n" in behind:
            long.append(shown(origin, theirs, ours, "%d characters" % len(behind)))
        if not name or UNKNOWN.search(theirs):
            continue
        count["words"] += 1
        less = set(WORD.findall(theirs.lower())) - set(WORD.findall(ours.lower()))
        if less and not known.row(theirs, ours, ("less",))[0]:
            missing.append(shown(origin, theirs, ours, "missing: " + " ".join(sorted(less))))
    failed = captures.report("%d packets of other protocols take a line of %d characters, behind addresses and ports" %
                             (count["all"], LONGEST), long)
    return failed | captures.report("of %d packets of other protocols tcpdump tells no word that ringtail does not" %
                                    count["words"], missing)


def main():
    if not shutil.which("tcpdump") or not shutil.which("tshark"):
        print("skip - lines are tcpdump's: tcpdump or tshark is not installed")
        return 0
    known = Differences()
    paths = [path for folder in LEAST for path in captures.captures(folder)]
    with tempfile.TemporaryDirectory() as folder:
        files = merged.by_link(paths, folder)
        names = highest(files)
        alone = list(every_pair(ALONE, [(path, None) for path in paths]))
        every = alone + list(every_pair(TOGETHER, files))
    failed = judge(every, names, known)
    failed |= lines_of_others([pair for pair in alone if pair[0] == "-nn"], names, known)
    if os.path.isdir(captures.CORPUS):
        failed |= captures.report("each row of known_differences.txt is of a known kind, and of some packet",
                                  known.useless())
    else:
        print("skip - lines are tcpdump's on the corpus: there is no %s" % captures.CORPUS)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
