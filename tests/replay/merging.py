#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""merging.py - several files, and those of a folder, are read in the order of their times"""
import gzip
import os
import random
import resource
import struct
import subprocess
import sys
import tempfile

import captures

SEED = int(os.environ.get("SEED", "1"))
ROUNDS = 4
NAMES = ("dns.pcap", "tcp_echo6.pcapng", "loopback.pcap", "offload.pcap", "tcp_echo.pcap")
FORM = ("-nn", "-tt", "--nano", "-e")


def ringtail(*arguments, **more):
    return subprocess.run([captures.RINGTAIL, *arguments], capture_output=True, env=captures.ENV, timeout=60, check=False,
                          **{"stdin": subprocess.DEVNULL, **more})


def path_of(name):
    return os.path.join(captures.PCAPS, name)


def reads(paths):
    return [word for path in paths for word in ("-r", path)]


def content(name):
    with open(path_of(name), "rb") as file:
        return file.read()


def shifted(folder, n, name, seconds):
    to = os.path.join(folder, "%d.pcapng" % n)
    captures.run("editcap", "-t", "%.6f" % seconds, path_of(name), to)
    return to


def as_mergecap(folder):
    """Files whose times overlap at random, against what mergecap makes of them."""
    rng = random.Random(SEED)
    for turn in range(ROUNDS):
        paths = [shifted(folder, n, rng.choice(NAMES), rng.uniform(0, 1) - (1000 if rng.random() < 0.5 else 0))
                 for n in range(rng.randrange(2, 6))]
        whole = os.path.join(folder, "whole.pcapng")
        captures.run("mergecap", "-w", whole, *paths)
        ours, theirs = ringtail(*FORM, *reads(paths)), ringtail(*FORM, "-r", whole)
        if ours.returncode or ours.stdout != theirs.stdout or ours.stdout.count(b"\n") < 20:
            yield "seed %d, turn %d: exit status %d, %d bytes, not %d: %s" % (
                SEED, turn, ours.returncode, len(ours.stdout), len(theirs.stdout), ours.stderr.decode())
        copy = os.path.join(folder, "copy.pcapng")
        done = ringtail(*reads(paths), "-w", copy)
        again = ringtail(*FORM, "-r", copy)
        if done.returncode or again.stdout != theirs.stdout:
            yield "seed %d, turn %d: the copy has other packets: %s" % (SEED, turn, done.stderr.decode())


def record(second, value, size=60):
    return struct.pack("<IIII", second, 0, size, size) + bytes([value % 256]) * size


HEADER = struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 262144, 1)


def ring(folder, names, first):
    """Files of ten packets each, the oldest of which is names[first]."""
    os.makedirs(folder)
    for n in range(len(names)):
        with open(os.path.join(folder, names[(first + n) % len(names)]), "wb") as file:
            file.write(HEADER + b"".join(record(1000 + n * 10 + k, n) for k in range(10)))


def folders(folder):
    """As tcpdump -C -W, -C alone and dumpcap name them; the ring has come round."""
    for word, names, first in (("W", ["x.pcap%02d" % n for n in range(12)], 5),
                               ("C", ["x.pcap"] + ["x.pcap%d" % n for n in range(1, 12)], 0),
                               ("b", ["x_%05d_20261121034%03d.pcapng" % (n, n) for n in range(98, 110)], 0)):
        path = os.path.join(folder, word)
        ring(path, names, first)
        done = ringtail("-tt", "-q", "-r", path + "/")
        seconds = [line.split(b".")[0] for line in done.stdout.splitlines()]
        if done.returncode or done.stderr or seconds != [b"%d" % (1000 + n) for n in range(120)]:
            yield "%s: exit status %d: %s%s" % (word, done.returncode, seconds[:30], done.stderr.decode())


def many_files(folder):
    """One of a ring is open at a time."""
    path = os.path.join(folder, "many")
    ring(path, ["%d" % n for n in range(300)], 100)
    done = ringtail("--count", "-r", path, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (20, 20)))
    if done.returncode or done.stdout != b"3000 packets\n":
        yield "exit status %d: %s%s" % (done.returncode, done.stdout, done.stderr)


def what_else_is_there(folder):
    """No captures are told, and passed over; hidden ones are not looked at."""
    path = os.path.join(folder, "else")
    ring(path, ["a", "b"], 0)
    with gzip.open(os.path.join(path, "c.gz"), "wb") as file:
        file.write(HEADER + record(2000, 1))
    for name, data in (("notes", b"no capture"), ("empty", b""), (".hidden", HEADER + record(1, 1))):
        with open(os.path.join(path, name), "wb") as file:
            file.write(data)
    os.mkdir(os.path.join(path, "inner"))
    with open(os.path.join(folder, "target"), "wb") as file:
        file.write(HEADER + record(3000, 1))
    os.symlink("../target", os.path.join(path, "link"))
    done = ringtail("--count", "-r", path)
    if done.returncode or done.stdout != b"22 packets\n" or done.stderr.count(b"(passed over)\n") != 3 or \
            done.stderr.count(b"\n") != 3:
        yield "exit status %d: %s%s" % (done.returncode, done.stdout, done.stderr.decode())
    os.mkdir(os.path.join(folder, "nothing"))
    done = ringtail("--count", "-r", os.path.join(folder, "nothing"))
    if done.returncode != 3 or b"is a folder without captures" not in done.stderr:
        yield "nothing: exit status %d: %s" % (done.returncode, done.stderr.decode())


def damaged(folder):
    """The others go on, and each is told."""
    path = os.path.join(folder, "damaged")
    ring(path, ["a", "b", "c"], 0)
    for name, size in (("a", 24 + 5 * 76 + 10), ("b", 24 + 7 * 76 + 20)):
        os.truncate(os.path.join(path, name), size)
    done = ringtail("--count", "-r", path)
    if done.returncode != 3 or done.stdout != b"22 packets\n" or done.stderr.count(b"\n") != 2 or \
            done.stderr.count(b": cut at byte ") != 2:
        yield "exit status %d: %s%s" % (done.returncode, done.stdout, done.stderr.decode())


def link_types(folder):
    """A filter is compiled for each link type; a pcap file has no room for two."""
    paths = [path_of(name) for name in ("tcp_echo.pcap", "raw.made.pcap", "cooked.pcap", "null.made.pcap")]
    for words in (["tcp"], ["-Y", "ip.ttl > 1"]):
        wanted = sum(int(ringtail("--count", "-r", path, *words).stdout.split()[0]) for path in paths)
        done = ringtail("--count", *reads(paths), *words)
        if done.returncode or done.stdout.split()[0] != b"%d" % wanted or wanted < 3:
            yield "%s: %s, not %d: %s" % (words, done.stdout, wanted, done.stderr.decode())
    done = ringtail(*reads(paths), "-w", os.path.join(folder, "x.pcap"))
    if done.returncode != 6 or b"has one link type" not in done.stderr:
        yield "pcap: exit status %d: %s" % (done.returncode, done.stderr.decode())
    done = ringtail(*reads(paths), "-w", os.path.join(folder, "x.pcapng"))
    again = ringtail(*FORM, "-r", os.path.join(folder, "x.pcapng"))
    if done.returncode or again.stdout != ringtail(*FORM, *reads(paths)).stdout:
        yield "pcapng: exit status %d: %s" % (done.returncode, done.stderr.decode())


def interplay(folder):
    paths = [path_of("dns.pcap"), path_of("tcp_echo.pcap")]
    for words, wanted in ((["--count"], b"82 packets\n"), (["-c", "3", "--count"], b"3 packets\n")):
        done = ringtail(*reads(paths), *words)
        if done.returncode or done.stdout != wanted:
            yield "%s: %s%s" % (words, done.stdout, done.stderr.decode())
    flows = [ringtail("flows", "--json", *reads(some)).stdout.count(b"\n") for some in (paths, paths[:1], paths[1:])]
    if flows[0] != flows[1] + flows[2] or flows[2] != 1:
        yield "flows: %s" % flows
    done = ringtail("--count", *reads(["-", paths[0]]), stdin=open(paths[1], "rb"))
    if done.stdout != b"82 packets\n":
        yield "stdin and a file: %s%s" % (done.stdout, done.stderr.decode())
    path = os.path.join(folder, "self")
    ring(path, ["a", "b"], 0)
    done = ringtail("-r", path, "-w", os.path.join(path, "b"))
    if done.returncode != 2 or ringtail("--count", "-r", path).stdout != b"20 packets\n":
        yield "into itself: exit status %d: %s" % (done.returncode, done.stderr.decode())
    for words in (reads([path]), reads(paths)):
        done = ringtail("--follow", *words)
        if done.returncode != 2 or done.stderr.count(b"\n") != 1:
            yield "--follow: exit status %d: %s" % (done.returncode, done.stderr.decode())


def interfaces(folder):
    """Those of one name in a folder are one; those of different files named are not."""
    path = os.path.join(folder, "interfaces")
    os.makedirs(path)
    for name in ("1.pcapng", "2.pcapng"):
        with open(os.path.join(path, name), "wb") as file:
            file.write(content("tcp_echo6.pcapng"))
    for words, wanted in ((reads([path]), ["eth0"]),
                          (reads([os.path.join(path, name) for name in ("1.pcapng", "2.pcapng")]), ["eth0", "eth0"])):
        copy = os.path.join(folder, "interfaces.pcapng")
        ringtail(*words, "-w", copy)
        told = ringtail("info", copy).stdout.decode()
        names = [line.split()[1] for line in told.splitlines() if line.startswith("  name ")]
        if names != wanted:
            yield "%s: %s" % (words, names)


def main():
    failed = False
    for fact, check in (("packets of several files come as mergecap orders them", as_mergecap),
                        ("a folder's files are read in the order of their times", folders),
                        ("one file of a ring is open at a time", many_files),
                        ("what is no capture in a folder is told and passed over", what_else_is_there),
                        ("a damaged file does not end the others", damaged),
                        ("link types may differ", link_types),
                        ("several files are copied, counted, limited and summed up as one", interplay),
                        ("interfaces of several files are kept apart", interfaces)):
        with tempfile.TemporaryDirectory() as folder:
            failed |= captures.report(fact, list(check(folder)))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
