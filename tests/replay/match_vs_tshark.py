#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""match_vs_tshark.py - -Y chooses the packets that tshark -Y chooses, and refuses what it refuses

All expressions of tests/expressions.txt over all captures, merged into one. tshark is started once: a
script in it listens through each filter.
"""
import os
import shutil
import subprocess
import sys
import tempfile

import captures

EXPRESSIONS = os.path.join(captures.ROOT, "tests", "expressions.txt")
LEAST = 200
LAYERS_MAX = 24		# decode/decode.h
# Captures of which tshark has a lawful view of its own; see tshark_fields.py. The last has a segment that is not
# cut yet, which tshark is told not to expect.
NOT_COMPARED = {"segments_end.made.pcap", "damaged_length.made.pcap", "sections.made.pcapng", "lying.made.pcap",
                "tcpdump__ipv4_tcp_http_xml_tso.pcap"}
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


def merge(folder):
    """One capture of all; each frame with its own link type."""
    path = os.path.join(folder, "all.pcapng")
    files = [file for file in captures.captures(captures.PCAPS) + captures.captures(captures.CORPUS)
             if os.path.basename(file) not in NOT_COMPARED.union(captures.FOUND)]
    whole = []
    for file in files:		# mergecap stops at a damaged one
        copy = os.path.join(folder, "%d.pcapng" % len(whole))
        captures.run("editcap", file, copy)
        if os.path.exists(copy):
            whole.append(copy)
    done = captures.run("mergecap", "-a", "-w", path, *whole)
    if done.returncode != 0:
        raise ValueError(done.stderr.decode())
    return path, len(whole)


def tsharks(path, texts, folder):
    script, listed = os.path.join(folder, "listen.lua"), os.path.join(folder, "list")
    with open(script, "w", encoding="utf-8") as file:
        file.write(SCRIPT)
    with open(listed, "w", encoding="utf-8") as file:
        file.write("".join(text + "\n" for text in texts))
    command = ["tshark", "-n", "-q", "-X", "lua_script:" + script, "-r", path]
    for preference in captures.PREFERENCES + captures.TOGETHER:
        command += ["-o", preference]
    done = captures.run(*command, EXPRESSIONS=listed, WIRESHARK_CONFIG_DIR=captures.tshark_configuration().name)
    answers = {}
    for line in done.stdout.decode("utf-8", "backslashreplace").split("\n"):
        if line.startswith("=") and "\t" in line:
            text, answer = line[1:].rsplit("\t", 1)
            answers[text] = answer
    return answers


def compared(path):
    """The packets that both see in one way: whole, and without packets in packets. Of the others tshark shows
    less or more, and taps see them not at all; tshark_fields.py leaves them out too.
    """
    packets = captures.tshark(path, ["frame.number", "frame.protocols", "_ws.malformed", "_ws.short", "ip.hdr_len",
                                     "frame.len", "frame.cap_len"], together=True)
    good = set()
    for packet in packets:
        layers = packet["frame.protocols"].split(":")
        if not (packet["_ws.malformed"] or packet["_ws.short"] or "ieee8021ad" in layers or "udplite" in layers or
                layers.count("ip") + layers.count("ipv6") > 1 or packet["ip.hdr_len"] not in ("", "20") or
                len(layers) > LAYERS_MAX or
                ("ipv6.fraghdr" in layers[-2:] and packet["frame.cap_len"] != packet["frame.len"])):
            good.add(packet["frame.number"])
    return good, len(packets)


def chosen(answer, numbers):
    return answer if answer == "refused" else " ".join(n for n in answer.split() if n in numbers)


def ours(path, texts):
    done = subprocess.run([os.path.join(captures.BUILD, "tests", "matches"), path], stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, input="".join(text + "\n" for text in texts).encode(),
                          check=False, timeout=60)
    return dict(zip(texts, (line.strip() for line in done.stdout.decode().split("\n"))))


def difference(text, theirs, mine):
    if "refused" in (theirs, mine):
        return "%s: tshark %s it, ringtail %s" % (text, *("refuses" if answer == "refused" else "takes"
                                                          for answer in (theirs, mine)))
    a, b = set(theirs.split()), set(mine.split())
    return "%s: only tshark: %s; only ringtail: %s" % (
        text, *(" ".join(sorted(side, key=int)[:12]) or "none" for side in (a - b, b - a)))


def main():
    if not shutil.which("tshark") or not shutil.which("mergecap"):
        print("skip - display filters choose as tshark's: tshark or mergecap is not installed")
        return 0
    texts = expressions()
    with tempfile.TemporaryDirectory() as folder:
        path, files = merge(folder)
        numbers, total = compared(path)
        theirs, mine = ({text: chosen(answer, numbers) for text, answer in answers.items()}
                        for answers in (tsharks(path, texts, folder), ours(path, texts)))
    wrong = [text + ": tshark says nothing of it" for text in texts if text not in theirs]
    wrong += [difference(text, theirs[text], mine[text]) for text in texts
              if text in theirs and theirs[text] != mine[text]]
    refused = sum(answer == "refused" for answer in theirs.values())
    empty = sum(answer == "" for answer in theirs.values())
    failed = captures.report("%d expressions over %d of %d packets in %d captures choose as tshark's; %d are refused, "
                             "%d choose nothing" % (len(texts), len(numbers), total, files, refused, empty), wrong)
    failed |= captures.report("most packets are compared", [] if 10 * len(numbers) > 8 * total else [str(total)])
    failed |= captures.report("there are at least %d expressions" % LEAST,
                              ["only %d" % len(texts)] if len(texts) < LEAST else [])
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
