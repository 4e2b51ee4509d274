#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""tcpdump_lines.py - ringtail's lines are those of the installed tcpdump, character for character

Judged are well-formed packets whose highest protocol ringtail decodes: tshark says which those are.
What may differ stands in known_differences.txt with its reason; any other difference fails. A packet
in which tcpdump goes on where ringtail does not yet (kind "beyond") is not judged.
"""
# timeout: 300
import collections
import concurrent.futures
import os
import re
import shutil
import sys

import captures

FORMS = ("-nn", "-nnS", "-nne", "-nnq", "-nnt", "-nntt", "-nnttt", "-nntttt", "-nnttttt", "-nnx", "-nnxx",
         "-nnX", "-nnXX", "-nnA", "-nnv", "-nnvv", "-nnev")
KNOWN = os.path.join(captures.ROOT, "tests", "replay", "known_differences.txt")
LEAST = {captures.PCAPS: 100.0, captures.CORPUS: 99.0}	# percent of the judged lines of -nn
SHOWN = 20						# differences of a form


def known_differences():
    """(regular expression over tcpdump's text, kind, reason) for each line of the file."""
    with open(KNOWN, encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if line.strip() and not line.startswith("#")]
    return [(re.compile(row[0], re.S), row[1], row[2]) for row in rows]


def packets(program, form, path):
    """The text of each packet, by its number (-#), which stands before it."""
    text = captures.run(program, form, "-#", "-r", path).stdout.decode("latin-1")
    found = {}
    for line in text.split("\n"):
        number = re.match(r" *(\d+)  ", line)
        if number and int(number.group(1)) == len(found) + 1:
            found[len(found) + 1] = line
        elif found and line:
            found[len(found)] += "\n" + line
    return found


def judged(path):
    fields = ["frame.number", "frame.protocols", "_ws.malformed", "_ws.short"]
    for row in captures.tshark(path, fields):
        layers = row["frame.protocols"].split(":")
        while layers and layers[-1] == "data":
            layers.pop()
        if layers and layers[-1] in captures.PROTOCOLS and not row["_ws.malformed"] and not row["_ws.short"]:
            yield int(row["frame.number"])


def compare(path, known):
    """Of each form: how many packets were judged, and the differences as (text, reason or None)."""
    numbers = list(judged(path))
    result = {}
    for form in FORMS:
        theirs, ours = packets("tcpdump", form, path), packets(captures.RINGTAIL, form, path)
        count, differences = 0, []
        for n in numbers:
            if n not in theirs:
                continue
            kind, reason = None, None
            if theirs[n] != ours.get(n):
                both = "%s\n%s" % (theirs[n], ours.get(n))
                kind, reason = next(((kind, why) for pattern, kind, why in known if pattern.search(both)),
                                    ("unlisted", None))
            count += kind != "beyond"
            if kind in ("unlisted", "differs"):
                differences.append(("%s\n#   tcpdump:  %s\n#   ringtail: %s" %
                                    (os.path.basename(path), theirs[n], ours.get(n)), reason))
        result[form] = (count, differences)
    return result


def folder(path, known):
    failed = False
    total, differences = collections.Counter(), collections.defaultdict(list)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for result in pool.map(lambda file: compare(file, known), captures.captures(path)):
            for form, (count, found) in result.items():
                total[form] += count
                differences[form] += found
    for form in FORMS:
        listed = collections.Counter(reason for _, reason in differences[form] if reason)
        unlisted = [text for text, reason in differences[form] if not reason]
        equal = 100.0 * (total[form] - len(differences[form])) / max(total[form], 1)
        # What is listed for pcaps/ is put there to show it.
        low = form == "-nn" and path != captures.PCAPS and equal < LEAST[path]
        for reason, count in listed.items():
            print("# %s: %d: %s" % (form, count, reason))
        failed |= captures.report("%s: %s prints %d of %d judged packets as tcpdump does, the rest is listed" %
                                  (os.path.basename(path), form, total[form] - len(differences[form]), total[form]),
                                  unlisted[:SHOWN] + (["only %.2f %%" % equal] if low else []))
    return failed


def main():
    if not shutil.which("tcpdump") or not shutil.which("tshark"):
        print("skip - lines are tcpdump's: tcpdump or tshark is not installed")
        return 0
    captures.tshark_configuration()
    known = known_differences()
    failed = folder(captures.PCAPS, known)
    if os.path.isdir(captures.CORPUS):
        failed |= folder(captures.CORPUS, known)
    else:
        print("skip - lines are tcpdump's on the corpus: there is no %s" % captures.CORPUS)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
