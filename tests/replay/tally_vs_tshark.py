#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""tally_vs_tshark.py - the protocol hierarchy is tshark's, and so is what each endpoint sends and receives

Of captures merged into one, and of a generated one with many hosts; packets are decoded one by one, on both sides.
Left out is what tshark calls malformed or cut, and fragments: tshark counts what they carry with the last one.
"""
import os
import re
import shutil
import sys
import tempfile

import captures
import merged

TALLY = os.path.join(captures.BUILD, "tests", "tally")
NOT_COMPARED = frozenset([
    "dns_segments.made.pcap", "http2.pcap", "pgsql.pcap", "sip_messages.made.pcap", "tls.pcap",	# the middle of messages
    "quic.pcap", "quic_headers.made.pcap",	# is named by what came before on the same connection there
    "gre.made.pcap",			# of another version there is no payload there
    "http_lines.made.pcap",		# messages in messages' bodies are found there
    "linktype_147.made.pcap",		# of a link type that nobody knows there are no data there
    "no_interface.made.pcapng",		# mergecap stops at it
    "mpls.made.pcap",			# what is behind labels is guessed another way there
    "ospf.made.pcap",			# one is malformed there
    "rtp.made.pcap",			# not looked for there
    "sctp.made.pcap",			# what a chunk carries is data there
    "tags.made.pcap",			# more tags than layers are decoded here
    "told.made.pcapng",			# comments are a protocol there
    "sections.made.pcapng",		# a block for systemd's journal is a packet there
])
NODE = re.compile(r"^( *)(\S+) +frames:(\d+) bytes:(\d+)$", re.M)
END = re.compile(r"^(\S+) +" + r" +".join([r"(\d+)"] * 6) + r" *$", re.M)
CALLED = {"ieee8021ad": "vlan", "pweth.cw": "pweth"}
NESTED = frozenset(["ip", "ipv6", "vlan", "eth"])	# headers of their own in one of the same name
QUOTED = frozenset([("data", "icmp"), ("data", "icmpv6")])
NO_LAYER = frozenset(["_ws.unreassembled", "pwethcw", "media", "raw"])
TABLES = {"IPv4": "host", "IPv6": "host", "Ethernet": "mac"}


def nodes_of(text):
    """The tree, path -> packets and bytes: messages one behind the other are one, a tag is a tag."""
    nodes, above = {}, []
    for indent, name, packets, size in NODE.findall(text):
        above[len(indent) // 2:] = [CALLED.get(name, name)]
        shown = [name not in NO_LAYER and (name != before or name in NESTED) and (name, before) not in QUOTED
                 for name, before in zip(above, [None] + above)]
        if shown[-1]:
            path = " ".join(name for name, is_shown in zip(above, shown) if is_shown)
            was = nodes.get(path, (0, 0))
            nodes[path] = (was[0] + int(packets), was[1] + int(size))
    return nodes


def theirs(path):
    command = ["tshark", "-n", "-q", "-r", path, "-z", "io,phs"]
    for table in "ip", "ipv6", "eth":
        command += ["-z", "endpoints," + table]
    for preference in captures.PREFERENCES + captures.ALONE:
        command += ["-o", preference]
    text = captures.answer(*command, WIRESHARK_CONFIG_DIR=captures.tshark_configuration().name).stdout.decode()
    ends = {}
    for part in re.split("={20,}", text):
        title = re.search(r"^(\S+) Endpoints$", part, re.M)
        for row in END.findall(part) if title else []:
            ends[TABLES[title.group(1)] + " " + row[0]] = tuple(map(int, row[1:]))
    return nodes_of(text), ends


def ours(path):
    done = captures.run(TALLY, path)
    if done.returncode != 0:
        raise ValueError(done.stderr.decode())
    nodes, ends, above = {}, {}, []
    for line in done.stdout.decode().splitlines():
        kind, *words = line.split()
        if kind == "phs":
            above[int(words[0]):] = [words[1]]
            path = [name for name in above if name != "raw"]
            if path and path[-2:] != ["http", "data"]:	# a body is no protocol there
                nodes[" ".join(path)] = (int(words[2]), int(words[3]))
        elif kind in ("host", "mac"):
            ends[kind + " " + words[0]] = tuple(map(int, words[1:]))
    return nodes, ends


def differences(tshark, ringtail):
    return ["%s: tshark has %s, ringtail %s" % (key, tshark.get(key), ringtail.get(key))
            for key in sorted(set(tshark) | set(ringtail)) if tshark.get(key) != ringtail.get(key)]


def transports(tables):
    """What carries noise: who that is taken for depends on ports."""
    nodes, ends = tables
    return {path: counts for path, counts in nodes.items() if len(path.split()) <= 3}, ends


def compare(what, path, of=lambda tables: tables):
    failed = False
    for table, tshark, ringtail in zip(("protocols", "endpoints"), of(theirs(path)), of(ours(path))):
        failed |= captures.report("%s: %d %s are tshark's" % (what, len(ringtail), table),
                                  differences(tshark, ringtail) if ringtail else ["there are none"])
    return failed


def is_compared(path):
    name = os.path.basename(path)
    return name not in NOT_COMPARED and not name.startswith(("cut_", "lying", "damaged"))


def main():
    if not all(shutil.which(program) for program in ("tshark", "mergecap", "editcap")):
        print("skip - protocols and endpoints are tshark's: tshark, mergecap or editcap is not installed")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        paths = list(filter(is_compared, captures.captures(captures.PCAPS)))
        failed = compare("%d captures" % len(paths), merged.whole_in_one(paths, folder))
        failed |= compare("generated", merged.generated(folder), transports)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
