#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""match_vs_tshark.py - -Y chooses the packets that tshark -Y chooses, and refuses what it refuses

All expressions of tests/expressions.txt over all captures, merged into a few: tshark is started once for each, and a
script in it listens through each filter. Captures whose programs had the same address and port are kept apart, for
tshark remembers who spoke what.
"""
import concurrent.futures
import os
import shutil
import subprocess
import sys
import tempfile

import captures
import fields_vs_tshark
import merged

EXPRESSIONS = os.path.join(captures.ROOT, "tests", "expressions.txt")
LEAST = 200
LAYERS_MAX = 24		# decode/decode.h
SCRIPT = """
for text in io.lines(os.getenv("EXPRESSIONS")) do
    local numbers = {}
    local good = pcall(function()
        local listener = Listener.new("frame", text)
        function listener.packet(pinfo) numbers[#numbers + 1] = pinfo.number end
        function listener.draw() print("=" .. text .. "\\t" .. table.concat(numbers, " ")) end
    end)
    if not good then print("=" .. text .. "\\trefused") end
end
"""


def expressions():
    with open(EXPRESSIONS, encoding="utf-8") as file:
        return [line.rstrip("\n") for line in file if line.strip() and not line.startswith("#")]


def groups():
    """Lists of captures that are asked about together."""
    paths = [path for path in captures.captures(captures.PCAPS) + captures.captures(captures.CORPUS)
             if fields_vs_tshark.is_compared(path) and not fields_vs_tshark.stands_alone(path)]
    return merged.strangers(paths)


def tsharks(path, texts, folder):
    script, listed = os.path.join(folder, "listen.lua"), os.path.join(folder, "list")
    with open(script, "w", encoding="utf-8") as file:
        file.write(SCRIPT)
    with open(listed, "w", encoding="utf-8") as file:
        file.write("".join(text + "\n" for text in texts))
    command = ["tshark", "-n", "-q", "-X", "lua_script:" + script, "-r", path]
    for preference in captures.PREFERENCES + captures.TOGETHER:
        command += ["-o", preference]
    done = captures.answer(*command, EXPRESSIONS=listed, WIRESHARK_CONFIG_DIR=captures.tshark_configuration().name)
    answers = {}
    for line in done.stdout.decode("utf-8", "backslashreplace").split("\n"):
        if line.startswith("=") and "\t" in line:
            text, answer = line[1:].rsplit("\t", 1)
            answers[text] = answer
    return answers


def compared(path):
    """The packets that both see in one way, and how many are whole. Where a packet is cut or damaged, tshark
    stops, and its taps do not see it at all; of the rest tshark_fields.py says what is left out, and why. Of a quoted
    segment it has no sequence number.
    """
    packets = captures.tshark(path, ["frame.number", "frame.protocols", "_ws.malformed", "_ws.short",
                                     "frame.len", "frame.cap_len"], together=True)
    good, whole = set(), 0
    for packet in packets:
        layers = packet["frame.protocols"].split(":")
        if packet["_ws.malformed"] or packet["_ws.short"] or packet["frame.cap_len"] != packet["frame.len"]:
            continue
        whole += 1
        if not ("ieee8021ad" in layers or "udplite" in layers or len(layers) > LAYERS_MAX or
                ("icmp" in layers and "tcp" in layers)):
            good.add(packet["frame.number"])
    return good, whole


def ours(path, texts):
    done = subprocess.run([os.path.join(captures.BUILD, "tests", "matches"), path], stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, input="".join(text + "\n" for text in texts).encode(),
                          check=False, timeout=60)
    return dict(zip(texts, (line.strip() for line in done.stdout.decode().split("\n"))))


def difference(text, theirs, mine):
    if "refused" in theirs | mine:
        return "%s: tshark %s it, ringtail %s" % (text, *("refuses" if "refused" in answer else "takes"
                                                          for answer in (theirs, mine)))
    return "%s: only tshark: %s; only ringtail: %s" % (
        text, *(" ".join(sorted(side)[:12]) or "none" for side in (theirs - mine, mine - theirs)))


def ask(texts, index, paths):
    """The packets that are compared, how many are whole, and what either side says of each text."""
    with tempfile.TemporaryDirectory() as folder:
        path = merged.in_one(paths, folder)
        numbers, whole = compared(path)
        said = []
        for answers in (tsharks(path, texts, folder), ours(path, texts)):
            said.append({text: {"refused"} if answer == "refused" else
                         {"%d:%s" % (index, n) for n in answer.split() if n in numbers}
                         for text, answer in answers.items()})
    return len(numbers), whole, said[0], said[1]


def main():
    if not shutil.which("tshark") or not shutil.which("mergecap"):
        print("skip - display filters choose as tshark's: tshark or mergecap is not installed")
        return 0
    texts, lists = expressions(), groups()
    captures.tshark_configuration()
    numbers, whole, theirs, mine = 0, 0, {}, {}
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for some, more, *both in pool.map(ask, [texts] * len(lists), range(len(lists)), lists):
            numbers, whole = numbers + some, whole + more
            for answers, answer in zip((theirs, mine), both):
                for text, chosen in answer.items():
                    answers.setdefault(text, set()).update(chosen)
    wrong = [text + ": tshark says nothing of it" for text in texts if text not in theirs]
    wrong += [difference(text, theirs[text], mine[text]) for text in texts
              if text in theirs and theirs[text] != mine[text]]
    refused = sum("refused" in answer for answer in theirs.values())
    empty = sum(not answer for answer in theirs.values())
    failed = captures.report("%d expressions over %d of %d whole packets in %d captures choose as tshark's; %d are refused, "
                             "%d choose nothing" % (len(texts), numbers, whole, sum(map(len, lists)), refused, empty), wrong)
    failed |= captures.report("most packets are compared", [] if 10 * numbers > 9 * whole else [str(whole)])
    failed |= captures.report("there are at least %d expressions" % LEAST,
                              ["only %d" % len(texts)] if len(texts) < LEAST else [])
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
