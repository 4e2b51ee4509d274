#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""follow_vs_tshark.py - what the ends of a connection say is what tshark follows, byte for byte

The captures with the most to say, and made ones in which segments are lost, repeated, overlap and come in any order.
"""
import collections
import json
import os
import random
import re
import shutil
import struct
import sys
import tempfile

import captures

MOST = 12		# captures; all where ALL is set in the environment
STREAMS = 60		# of a capture
LEAST = 100000		# bytes that are compared
COMPARED = collections.Counter()
GAP = re.compile(rb"\[\d+ bytes? missing in capture file\]\0?")
PART = re.compile(r"^Follow: tcp,raw\nFilter: tcp.stream eq (\d+)\nNode 0: (.*)\nNode 1: (.*)\n((?:\t?[0-9a-f]*\n)*)=", re.M)


def tcp_flows(path):
    done = captures.run(captures.RINGTAIL, "flows", "--json", "-r", path, "--sort", "start")
    flows = [json.loads(line) for line in done.stdout.decode().splitlines()]
    return [flow for flow in flows if flow["ip_proto"] == 6 and flow.get("client_port")]


def end_of(flow, side):
    address = flow[side]
    return "%s:%d" % ("[%s]" % address if ":" in address else address, flow[side + "_port"])


def plain(end):
    address, port = end.rsplit(":", 1)
    return address.strip("[]") + ":" + port


def theirs(path, count):
    """Node 0 and 1 -> what each says, for each stream of theirs in order."""
    command = ["tshark", "-n", "-q", "-r", path, "-o", "tcp.check_checksum:FALSE"]
    for number in range(min(2 * count, STREAMS)):
        command += ["-z", "follow,tcp,raw,%d" % number]
    text = captures.answer(*command, WIRESHARK_CONFIG_DIR=captures.tshark_configuration().name).stdout.decode()
    streams = collections.defaultdict(list)
    for number, a, b, data in sorted(PART.findall(text), key=lambda part: int(part[0])):
        said = {plain(a): b"", plain(b): b""}
        for line in data.splitlines():
            said[plain(b) if line.startswith("\t") else plain(a)] += bytes.fromhex(line.strip())
        if ":0" not in (a, b):
            streams[frozenset(said)].append({end: GAP.sub(b"", text) for end, text in said.items()})
    return streams


def ours(path, flow, side):
    done = captures.run(captures.RINGTAIL, "follow", "-r", path, "--flow", str(flow["flow"]), "--from", side, "--raw")
    if done.returncode not in (0, 3):
        raise ValueError(done.stderr.decode())
    return done.stdout


def differences(path):
    flows, streams, seen = tcp_flows(path)[:STREAMS], None, collections.Counter()
    streams = theirs(path, len(flows))
    for flow in flows:
        ends = [plain(end_of(flow, side)) for side in ("client", "server")]
        number = seen[frozenset(ends)]
        seen[frozenset(ends)] += 1
        known = streams.get(frozenset(ends), [])
        if ends[0] == ends[1] or number >= len(known):
            continue		# tshark gives no data to what it calls malformed
        for end, side in zip(ends, ("client", "server")):
            want, have = known[number][end], ours(path, flow, side)
            COMPARED["bytes"] += len(want)
            if want != have:
                yield "%s flow %d, %s: tshark has %d bytes, ringtail %d" % (os.path.basename(path), flow["flow"], side,
                                                                            len(want), len(have))


def talkative():
    """The captures with the most bytes in TCP flows."""
    sizes = []
    for folder in (captures.PCAPS, captures.CORPUS):
        for path in captures.captures(folder):
            if os.path.basename(path).startswith("cut_"):
                continue	# the same segments with ever more of them captured, which is told as late, too
            flows = tcp_flows(path)
            sizes.append((sum(flow["client_bytes"] + flow["server_bytes"] for flow in flows), path))
    sizes.sort(reverse=True)
    return [path for size, path in sizes if size > 0][:None if os.environ.get("ALL") else MOST]


def segment(from_client, seq, ack, flags, data):
    ends = (b"\x0a\0\0\1", b"\x0a\0\0\2", 40000, 80)
    src, dst, sport, dport = ends if from_client else (ends[1], ends[0], ends[3], ends[2])
    tcp = struct.pack(">HHIIBBHHH", sport, dport, seq & 0xffffffff, ack & 0xffffffff, 0x50, flags, 65535, 0, 0) + data
    ip = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 20 + len(tcp), 0, 0, 64, 6, 0, src, dst)
    return ip + tcp


def conversation(random_, lose):
    """Segments of two ends that say something: repeated, overlapping, late, and some of them lost; and what they said."""
    base = {True: random_.choice((1, 2 ** 32 - 3000)), False: random_.randrange(2 ** 32)}
    said = {end: bytes(random_.randrange(256) for _ in range(random_.randrange(500, 6000))) for end in base}
    at = {True: 0, False: 0}
    packets = [segment(True, base[True] - 1, 0, 2, b""), segment(False, base[False] - 1, base[True], 18, b"")]
    while any(at[end] < len(said[end]) for end in at):
        end = random_.choice([end for end in at if at[end] < len(said[end])])
        burst = []
        for _ in range(random_.randrange(1, 6)):
            size = random_.randrange(1, 600)
            # What comes after it was given up is told as late; tshark leaves it out.
            start = max(0, at[end] - (0 if lose else random_.choice((0, 0, 0, size))))
            data = said[end][start:at[end] + size]
            if data:
                burst.append(segment(end, base[end] + start, base[not end] + at[not end], 24, data))
            at[end] = min(len(said[end]), at[end] + size)
        burst += random_.choices(burst, k=random_.randrange(2))
        random_.shuffle(burst)
        packets += [packet for packet in burst if random_.random() >= lose]
        packets.append(segment(not end, base[not end] + at[not end], base[end] + at[end], 16, b""))
    return packets, said


def write(path, packets):
    with open(path, "wb") as file:
        file.write(struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 262144, 101))
        for i, packet in enumerate(packets):
            file.write(struct.pack("<IIII", 1700000000, i, len(packet), len(packet)) + packet)


def made(folder, count, lose):
    random_, wrong = random.Random(7), []
    for number in range(count):
        packets, said = conversation(random_, lose)
        path = os.path.join(folder, "made_%d_%d.pcap" % (number, lose * 100))
        write(path, packets)
        (flow,) = tcp_flows(path)
        for end, side in ((True, "client"), (False, "server")):
            if lose == 0 and ours(path, flow, side) != said[end]:
                wrong.append("%d: what the %s said is not told" % (number, side))
        if number < 4:
            wrong += differences(path)
    return wrong


def main():
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        if not shutil.which("tshark"):
            print("skip - streams are what tshark follows: tshark is not installed")
            return 0
        failed |= captures.report("out of order, repeated, overlapping", made(folder, 20, 0))
        failed |= captures.report("and some of it lost", made(folder, 4, 0.1))
        paths = talkative()
        failed |= captures.report("%d captures" % len(paths), [line for path in paths for line in differences(path)])
        failed |= captures.report("%d bytes are compared" % COMPARED["bytes"],
                                  ["too few"] if COMPARED["bytes"] < LEAST else [])
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
