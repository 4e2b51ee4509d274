#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""filter_vs_tcpdump.py - an expression picks the packets that tcpdump picks, and compiles the same

Both write what they pick of all captures, one file for each link type; what they write is the same, byte
for byte. Where one refuses an expression for a link type, the other must.
"""
import concurrent.futures
import os
import shutil
import sys
import tempfile

import captures
import merged

EXPRESSIONS = """tcp
udp
ip6
arp
icmp or icmp6
tcp port 25
udp port 53 or port 5060
tcp[tcpflags] & (tcp-syn|tcp-fin) != 0
ip[6:2] & 0x1fff != 0
greater 500
less 80
not tcp
host 10.10.1.4
src net 192.168.0.0/16
portrange 1-1023
ether multicast
ip6 proto 44
ip and not udp
ip proto 47
len > 100 and tcp""".split("\n")
STYLES = ("-d", "-dd", "-ddd")
COMPILED = ("tcp port 25", "vlan 7 and ip6", "", "ip6 protochain 6", "greater 100")


def written(program, path, *arguments):
    """The bytes that it writes, nothing where it refuses."""
    done = captures.run(program, "-r", path, *arguments)
    return done.stdout if done.returncode == 0 else b""


def both(path, *arguments):
    """What is written by tcpdump, and by ringtail."""
    return tuple(written(program, path, *arguments) for program in ("tcpdump", captures.RINGTAIL))


def different(name, theirs, ours):
    if theirs == ours:
        return []
    return ["%s: tcpdump %s, ringtail %s" % (name, *("writes %d bytes" % len(text) if text else "refuses"
                                                     for text in (theirs, ours)))]


def copied(path, theirs):
    """Does ringtail read of the capture what tcpdump reads? The file's own header is libpcap's business there,
    and pcapng is read on where interfaces differ.
    """
    ours = captures.run(captures.RINGTAIL, "-r", path, "--micro", "-w", "-").stdout[merged.HEADER.size:]
    theirs = theirs[merged.HEADER.size:]
    return different(os.path.basename(path), theirs, ours[:len(theirs)] if path.endswith("pcapng") else ours)


def main():
    if not shutil.which("tcpdump"):
        print("skip - filters pick what tcpdump's pick: no tcpdump")
        return 0
    failed, picked = False, 0
    paths = captures.captures(captures.PCAPS) + captures.captures(captures.CORPUS)
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        files = [path for path, _ in merged.by_link(paths, folder)]

        def compared(*arguments):
            pairs = pool.map(lambda path: both(path, *arguments), files)
            return [(os.path.basename(path), *pair) for path, pair in zip(files, pairs)]

        for expression in EXPRESSIONS:
            pairs = compared("-w", "-", expression)
            picked += sum(len(ours) > merged.HEADER.size for _, _, ours in pairs)
            failed |= captures.report("picks_what_tcpdump_picks '%s'" % expression,
                                      [line for pair in pairs for line in different(*pair)])
        wrong = ["%s '%s' %s" % (style, expression, line) for style in STYLES for expression in COMPILED
                 for pair in compared(style, expression) for line in different(*pair)]
        failed |= captures.report("programs_are_printed_as_tcpdump_prints_them", wrong)
        theirs = {path: text for path, text in zip(paths, pool.map(merged.as_pcap, paths)) if text}
        wrong = [line for lines in pool.map(copied, *zip(*theirs.items())) for line in lines]
        failed |= captures.report("%d of %d captures are copied as tcpdump copies them" % (len(theirs), len(paths)),
                                  wrong)
    failed |= captures.report("some_packets_are_picked", [] if picked >= len(EXPRESSIONS) else [str(picked)])
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
