#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""pcapng_files.py - pcapng files that ringtail writes: others read them, and copies keep what was there"""
import os
import random
import subprocess
import sys
import tempfile

import captures
import mutated

COUNT = int(os.environ.get("MUTATIONS", "300")) // 6
SEED = int(os.environ.get("SEED", "1"))
READERS = (["tshark", "-n", "-r"], ["capinfos"], ["tcpdump", "-nn", "-r"])
HARMLESS = (b"Running as user", b"reading from file")
DAMAGED = {"cut_block.made.pcapng": 1, "lying_trailer.made.pcapng": 1, "no_interface.made.pcapng": 1}	# packets


def ringtail(*arguments, data=b""):
    return subprocess.run([captures.RINGTAIL, *arguments], input=data, capture_output=True, env=captures.ENV,
                          timeout=60, check=False)


def content(path):
    with open(path, "rb") as file:
        return file.read()


def stored(ending):
    return [path for folder in (captures.PCAPS, captures.CORPUS) for path in captures.captures(folder)
            if path.endswith(ending) and os.path.basename(path) not in DAMAGED]


def complaints(command):
    """What a program says on standard error, but what it always says; and that it failed."""
    done = subprocess.run(command, capture_output=True, check=False, timeout=60, stdin=subprocess.DEVNULL)
    lines = [line.decode() for line in done.stderr.splitlines() if line and not line.startswith(HARMLESS)]
    return ["%s: %s" % (" ".join(command), line) for line in lines + ["exit status %d" % done.returncode]
            * (done.returncode != 0)]


def there_and_back(folder):
    """Of a pcap file: the same bytes come back, its header's time zone and so on aside."""
    ng, back = os.path.join(folder, "a.pcapng"), os.path.join(folder, "b")
    for path in stored(".pcap"):
        plain = ringtail("-r", path, "-w", back)
        once = content(back)
        if plain.returncode:
            continue
        unit = "pcap" if once[:4] == b"\xd4\xc3\xb2\xa1" else "nanopcap"
        for command in (["-r", path, "-w", ng], ["-r", ng, "-w", back, "--format", unit] + ["--micro"] * (unit == "pcap")):
            done = ringtail(*command)
            if done.returncode:
                yield "%s: %s: exit status %d: %s" % (path, command, done.returncode, done.stderr.decode())
        if content(back) != once:
            yield "%s: there and back it is another file" % path


def copies(folder):
    to = os.path.join(folder, "copy.pcapng")
    for path in stored(".pcapng"):
        done = ringtail("-r", path, "-w", to)
        if done.returncode or content(to) != content(path):
            yield "%s: exit status %d: the copy differs: %s" % (path, done.returncode, done.stderr.decode())
        done = ringtail("-r", "-", "-w", "-", "--format", "pcapng", data=content(path))
        if done.returncode or done.stdout != content(path):
            yield "%s: exit status %d: through pipes the copy differs" % (path, done.returncode)


def others_read(folder):
    """Written anew, copied whole and copied in part, without a word of warning."""
    sources = [os.path.join(captures.PCAPS, name) for name in ("dns.pcap", "vlan_double.pcapng", "sections.made.pcapng",
                                                               "offload.made.pcapng")]
    for source in sources:
        to = os.path.join(folder, "read.pcapng")
        for expression in ([], ["ip6 or udp"]):
            done = ringtail("-r", source, "-w", to, *expression)
            if done.returncode:
                yield "%s: %s" % (source, done.stderr.decode())
            for reader in READERS:
                if reader[0] == "tcpdump" and "sections" in source:	# with other link types it cannot
                    continue
                yield from complaints(reader + [to])
            yield from complaints(["editcap", to, os.path.join(folder, "edited")])
            yield from complaints(["mergecap", "-w", os.path.join(folder, "merged"), to, to])


def options(folder):
    """What the command line says of formats, and what it cannot mean."""
    source, path = os.path.join(captures.PCAPS, "dns.pcap"), os.path.join(folder, "x")
    mixed = os.path.join(captures.PCAPS, "sections.made.pcapng")
    for arguments, begin in ((["--format", "pcapng"], b"\n\r\r\n"), (["--format", "pcap"], b"\xd4\xc3\xb2\xa1"),
                             (["--format", "nanopcap"], b"\x4d\x3c\xb2\xa1"), ([], b"\xd4\xc3\xb2\xa1"),
                             (["--format", "pcapng", "--capture-comment", "ticket 4711"], b"\n\r\r\n")):
        done = ringtail("-r", source, "-w", path, *arguments)
        if done.returncode or not content(path).startswith(begin):
            yield "%s: exit status %d, %r" % (arguments, done.returncode, content(path)[:4])
    if b"ticket 4711" not in content(path)[:200]:
        yield "the comment is not in the section's block"
    named = path + ".named.pcapng"
    ringtail("-r", os.path.join(captures.PCAPS, "loopback.pcap"), "-N", "--print", "-w", named)
    if b"resolved IPv4 addresses in file: 1" not in captures.run("capinfos", named).stdout:
        yield "the name of 127.0.0.1 is not in the file"
    for arguments, status, words in (
            (["-r", source, "-w", path, "--format", "zip"], 2, b"pcap, nanopcap, pcapng"),
            (["-r", source, "-w", path, "--capture-comment", "x"], 2, b"only a pcapng file has room"),
            (["-r", mixed, "-w", path + ".pcapng", "--capture-comment", "x"], 2, b"has the comments of that file"),
            (["-r", mixed, "-w", path], 6, b"a pcap file has one link type")):
        done = ringtail(*arguments)
        if done.returncode != status or words not in done.stderr or done.stderr.count(b"\n") != 1:
            yield "%s: exit status %d: %s" % (arguments, done.returncode, done.stderr.decode())


def damaged(folder):
    """A copy of a damaged file has what is good of it, and is whole itself; so is one of ours that was damaged."""
    rng, to = random.Random(SEED), os.path.join(folder, "good.pcapng")
    ours = [ringtail("-r", os.path.join(captures.PCAPS, name), "-w", "-", "--format", "pcapng").stdout
            for name in ("tcp_echo.pcap", "vlan_double.pcapng", "told.made.pcapng", "sections.made.pcapng")]
    files = [(content(os.path.join(captures.PCAPS, name)), name) for name in DAMAGED]
    files += [(mutated.mutate(rng, rng.choice(ours)), "mutation %d" % n) for n in range(COUNT)]
    for data, name in files:
        done = ringtail("-r", "-", "-w", to, data=data)
        if done.returncode not in (0, 3):
            yield "%s: exit status %d: %s" % (name, done.returncode, done.stderr.decode())
            continue
        before, after = ringtail("-r", "-", "--count", data=data), ringtail("-r", to, "--count")
        if before.stdout != after.stdout and before.stdout:
            yield "%s: %s packets, copied %s" % (name, before.stdout, after.stdout)


def main():
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        failed |= captures.report("pcap to pcapng and back is the same file", list(there_and_back(folder)))
        failed |= captures.report("a copy of a pcapng file is the same bytes", list(copies(folder)))
        failed |= captures.report("tshark, capinfos, tcpdump, editcap and mergecap read it without a warning",
                                  list(others_read(folder)))
        failed |= captures.report("formats are chosen by --format and by name", list(options(folder)))
        failed |= captures.report("a copy of a damaged file has its good packets (seed %d)" % SEED, list(damaged(folder)))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
