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

EXPRESSIONS = os.path.join(captures.ROOT, "tests", "expressions.txt")
LEAST = 200
LAYERS_MAX = 24		# decode/decode.h
CHOSEN_PORTS = 32768	# from here on systems choose those of clients
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


def speakers(path):
    """Whose conversations tshark could take for those of another capture."""
    names = "ip.src,ipv6.src,tcp.srcport,udp.srcport,ip.dst,ipv6.dst,tcp.dstport,udp.dstport".split(",")
    found = set()
    for line in captures.run(captures.RINGTAIL, "--fields", ",".join(names), "-r", path).stdout.decode().splitlines():
        value = line.split("\t")
        found.update(tuple(end) for end in (value[:4], value[4:])
                     if int("".join(end[2:]).split(",")[0] or 0) >= CHOSEN_PORTS)
        if "".join(value[2:4]):
            found.add(frozenset((tuple(value[:4]), tuple(value[4:]))))
    return found


def groups():
    """Lists of captures; in none of them do two have the same speakers."""
    lists = []
    for path in captures.captures(captures.PCAPS) + captures.captures(captures.CORPUS):
        name = os.path.basename(path)
        if not fields_vs_tshark.is_compared(path) or name in captures.FOUND or name in fields_vs_tshark.SEALED:
            continue
        here = speakers(path)
        for there, paths in lists:
            if not there & here:
                there |= here
                paths.append(path)
                break
        else:
            lists.append((here, [path]))
    return [paths for _, paths in lists]


def merge(folder, paths):
    """One capture of those, each frame with its own link type."""
    whole = []
    for path in paths:		# mergecap stops at a damaged one
        copy = os.path.join(folder, os.path.basename(path) + ".pcapng")
        captures.run("editcap", path, copy)
        if os.path.exists(copy):
            whole.append(copy)
    merged = os.path.join(folder, "all.pcapng")
    done = captures.run("mergecap", "-a", "-w", merged, *whole)
    if done.returncode != 0:
        raise ValueError(done.stderr.decode())
    return merged


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
        path = merge(folder, paths)
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
