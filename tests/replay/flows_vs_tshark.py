#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""flows_vs_tshark.py - flows are tshark's conversations, with the same counts

All captures, merged into one, and a generated one with many hosts. Left out is what tshark calls malformed or
cut, and fragments: tshark counts a datagram when it is complete, as one packet of the size of its last fragment.
"""
import collections
import json
import os
import re
import shutil
import sys
import tempfile

import captures
import merged

NOT_COMPARED = frozenset([
    "lying.made.pcap",			# a TCP header shorter than can be is no conversation there
    "lying_tunnels.made.pcap",		# tshark goes deeper into tunnels
    "snmp.made.pcap",			# requests and responses between the same ports are told apart there
    "zeek__cisco-fabric-path.pcap",	# SCTP without a whole chunk is no conversation there
])
# The IP protocols of tshark's tables.
TABLES = {"tcp": (6,), "udp": (17, 136), "sctp": (132,)}
LEAST = 200	# conversations
SIZES = {"bytes": 1, "kB": 1000, "MB": 1000000}
ROW = re.compile(r"^(\S+) +<-> (\S+) +(\d+) (\d+) (bytes|kB|MB) +(\d+) (\d+) (bytes|kB|MB) +(\d+) (\d+) (bytes|kB|MB) +"
                 r"(-?[\d.]+) +(-?[\d.]+)$", re.M)


def end_of(text, ports):
    if not ports:
        return text, 0
    address, port = text.rsplit(":", 1)
    return address, int(port)


def rounded(size):
    """As tshark 4.0 prints it: of more than four digits the first ones."""
    for unit in ("MB", "kB"):
        if size >= 10 * SIZES[unit]:
            return "%d %s" % (size // SIZES[unit], unit)
    return "%d bytes" % size


def key(ends, packets, sizes):
    """One spelling of a conversation, whoever stands first."""
    return str(sorted(zip(ends, packets, sizes)))


def theirs(path):
    command = ["tshark", "-n", "-q", "-r", path]
    for table in list(TABLES) + ["ip", "ipv6"]:
        command += ["-z", "conv," + table]
    text = captures.answer(*command, WIRESHARK_CONFIG_DIR=captures.tshark_configuration().name).stdout.decode()
    tables = collections.defaultdict(lambda: collections.defaultdict(list))
    for part in text.split("=" * 80):
        title = re.search(r"^(\S+) Conversations$", part, re.M)
        name = title.group(1).lower().replace("ipv4", "ip") if title else None
        for a, b, left, left_size, left_unit, right, right_size, right_unit, _, _, _, start, duration in ROW.findall(part):
            tables[name][key([end_of(a, name in TABLES), end_of(b, name in TABLES)], [int(right), int(left)],
                             [right_size + " " + right_unit, left_size + " " + left_unit])].append(
                                 (float(start), float(duration)))
    return tables


def ours(path):
    done = captures.run(captures.RINGTAIL, "flows", "--json", "-r", path)
    if done.returncode != 0:
        raise ValueError(done.stderr.decode())
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def conversations(flows, begin):
    tables = collections.defaultdict(lambda: collections.defaultdict(list))
    pairs = {}		# what two addresses send each other, whatever carries it
    for flow in flows:
        ends = [flow["client"], flow["server"]]
        packets, sizes = ([flow[side + what] for side in ("client", "server")] for what in ("_packets", "_bytes"))
        start = (int(flow["start_ns"]) - begin) / 1e9
        for name, protocols in TABLES.items():
            if flow["ip_proto"] in protocols:
                tables[name][key([(flow["client"], flow.get("client_port", 0)), (flow["server"], flow.get("server_port", 0))],
                                 packets, list(map(rounded, sizes)))].append((start, flow["duration"]))
        pair = pairs.setdefault(tuple(sorted(ends)), ([[0, 0], [0, 0]], []))
        for end, count, size in zip(ends, packets, sizes):
            side = pair[0][end > min(ends)]
            side[0] += count
            side[1] += size
        pair[1].extend((start, start + flow["duration"]))
    for ends, (counts, times) in pairs.items():
        tables["ipv6" if ":" in ends[0] else "ip"][
            key([(end, 0) for end in ends], [count for count, _ in counts],
                [rounded(size) for _, size in counts])].append((min(times), max(times) - min(times)))
    return tables


def differences(name, tshark, ringtail):
    """Of two tables; times are near each other, for tshark prints a time as a binary fraction, and four digits."""
    for text in sorted(set(tshark) | set(ringtail)):
        a, b = sorted(tshark.get(text, [])), sorted(ringtail.get(text, []))
        if len(a) != len(b):
            yield "%s %s: tshark has %d, ringtail %d" % (name, text, len(a), len(b))
        elif any(abs(x - y) > 0.0001 for times in zip(a, b) for x, y in zip(*times)):
            yield "%s %s: tshark has start and duration %s, ringtail %s" % (name, text, a, b)


def first_time(path):
    done = captures.run("tshark", "-n", "-r", path, "-c", "1", "-T", "fields", "-e", "frame.time_epoch")
    sec, ns = done.stdout.decode().strip().split(".")
    return int(sec) * 10 ** 9 + int(ns)


def compare(what, path):
    tshark, flows = theirs(path), ours(path)
    ringtail = conversations(flows, first_time(path))
    failed = False
    for name in list(TABLES) + ["ip", "ipv6"]:
        failed |= captures.report("%s: %d conversations of %s are tshark's" % (what, sum(map(len, ringtail[name].values())), name),
                                  list(differences(name, tshark[name], ringtail[name])))
    return failed | captures.report("%s: there are %d flows" % (what, len(flows)), ["too few"] if len(flows) < LEAST else [])


def main():
    if not all(shutil.which(program) for program in ("tshark", "mergecap", "editcap")):
        print("skip - flows are tshark's conversations: tshark, mergecap or editcap is not installed")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        paths = [path for path in captures.captures(captures.PCAPS) + captures.captures(captures.CORPUS)
                 if os.path.basename(path) not in NOT_COMPARED]
        failed = compare("%d captures" % len(paths), merged.whole_in_one(paths, folder))
        failed |= compare("generated", merged.generated(folder))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
