#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""salvage.py - of a file with holes the packets behind them are read, and what was passed over is told

Holes are made at random, from a seed: bytes that are gone, zeros, and noise. All packets that no hole touches, and none
that were not in the file, may be printed.
"""
import os
import random
import re
import struct
import subprocess
import sys

import captures

ROUNDS = int(os.environ.get("MUTATIONS", "300")) // 6
SEED = int(os.environ.get("SEED", "1"))
COUNT = 60
TOLD = re.compile(rb"damaged in (\d+) places?, (\d+) bytes passed over: (\d+) at byte (\d+)")


def ringtail(data, *arguments):
    return subprocess.run([captures.RINGTAIL, "-r", "-", *arguments], input=data, capture_output=True, env=captures.ENV,
                          timeout=60, check=False)


def made_pcap(rng, order):
    """Packets, each with its number in its microseconds, and where they are: [(begin, end)]."""
    data, places = struct.pack(order + "IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 65535, 1), []
    for n in range(COUNT):
        size = rng.choice((60, 60, 200, 1514, 9000))
        places.append((len(data), len(data) + 16 + size))
        data += struct.pack(order + "IIII", 1700000000 + n, n, size, size) + rng.randbytes(size)
    return data, places


def block(order, kind, body):
    length = len(body) + 12
    return struct.pack(order + "II", kind, length) + body + struct.pack(order + "I", length)


def made_pcapng(rng, order):
    data = block(order, 0x0a0d0d0a, struct.pack(order + "IHHq", 0x1a2b3c4d, 1, 0, -1))
    data += block(order, 1, struct.pack(order + "HHI", 1, 0, 262144))
    places = []
    for n in range(COUNT):
        size = rng.choice((60, 60, 200, 1512, 9000))
        time = (1700000000 + n) * 1000000 + n
        packet = struct.pack(order + "IIIII", 0, time >> 32, time & 0xffffffff, size, size) + rng.randbytes(size)
        places.append((len(data), len(data) + len(packet) + 12))
        data += block(order, 6, packet)
    return data, places


def hole(rng, data, begin, end):
    """The same with something wrong from begin to end: gone, or other bytes there."""
    kind = rng.choice(("gone", "zeros", "noise", "ones"))
    fill = {"gone": b"", "zeros": bytes(end - begin), "noise": rng.randbytes(end - begin), "ones": b"\xff" * (end - begin)}
    return kind, data[:begin] + fill[kind] + data[end:]


def wrong_with(rng, make):
    data, places = make(rng, rng.choice("<>"))
    first = places[0][0]
    begin = rng.randrange(first, len(data) - 1)
    end = min(len(data), begin + rng.choice((1, 4, 17, 300, 5000, 20000)))
    kind, broken = hole(rng, data, begin, end)
    what = "%s, %s from %d to %d of %d" % (make.__name__, kind, begin, end, len(data))
    done = ringtail(broken, "--salvage", "--fields", "frame.time_epoch,frame.cap_len")
    seen = [line.split() for line in done.stdout.splitlines()]
    numbers = [int(line[0].split(b".")[1][:6]) for line in seen]
    whole = [n for n, (at, after) in enumerate(places) if after <= begin or at >= end]
    touched = set(range(COUNT)) - set(whole)
    if done.returncode not in (0, 3) or done.stderr.count(b"\n") != (done.returncode == 3):
        return "%s: exit status %d: %s" % (what, done.returncode, done.stderr.decode())
    missing = [n for n in whole if n not in numbers]
    # Where a packet and the next lose bytes, both may seem to be damaged: of the whole ones the one before, at most.
    neighbours = {min(touched, default=0) - 1, max(touched, default=0) + 1}
    extra = len(numbers) - len(whole) + len(missing)	# a time may be what is damaged: that cannot be seen
    if extra > len(touched) or (extra == 0 and numbers != sorted(set(numbers))) or set(missing) - neighbours or \
            (missing and (kind != "gone" or make is made_pcapng)):
        return "%s: missing %s of %s: %s" % (what, missing, numbers, done.stderr.decode())
    if done.returncode == 3 and not TOLD.search(done.stderr):
        return "%s: %s" % (what, done.stderr.decode())
    return None


def random_holes(make):
    for n in range(ROUNDS):
        wrong = wrong_with(random.Random("%d/%d" % (SEED, n)), make)
        if wrong:
            yield "seed %d, hole %d: %s" % (SEED, n, wrong)


def as_told():
    """Where the hole is, and how long, for holes with ends that are known."""
    for make in (made_pcap, made_pcapng):
        data, places = make(random.Random(SEED), "<")
        for first, last in ((10, 10), (20, 29), (COUNT - 1, COUNT - 1), (0, 3)):
            begin, end = places[first][0], places[last][1]
            done = ringtail(data[:begin] + bytes(end - begin) + data[end:], "--salvage", "--count")
            told = TOLD.search(done.stderr)
            if done.returncode != 3 or not told or [int(n) for n in told.groups()] != [1, end - begin, end - begin, begin] or \
                    done.stdout != b"%d packets\n" % (COUNT - 1 - last + first):
                yield "%s, %d to %d: %s%s" % (make.__name__, begin, end, done.stdout, done.stderr.decode())
        # Between packets of a pcap file, of which some must stand in a row.
        pieces = b"".join(data[at:after] + b"\xff" * 50 * (n % 6 == 5) for n, (at, after) in enumerate(places))
        done = ringtail(data[:places[0][0]] + pieces, "--salvage", "--count")
        if b"damaged in 10 places, 500 bytes passed over: 50 at byte " not in done.stderr or b", ..." not in done.stderr or \
                done.stdout != b"%d packets\n" % COUNT:
            yield "%s, many: %s%s" % (make.__name__, done.stdout, done.stderr.decode())


def copied():
    """A copy has all but the hole, byte for byte."""
    for make, name in ((made_pcap, "pcap"), (made_pcapng, "pcapng")):
        data, places = make(random.Random(SEED), "<")
        begin, end = places[20][0], places[22][1]
        done = ringtail(data[:begin] + b"\xff" * 333 + data[end:], "--salvage", "--format", name, "-w", "-")
        if done.returncode != 3 or done.stdout != data[:begin] + data[end:]:
            yield "%s: exit status %d, %d bytes, not %d: %s" % (name, done.returncode, len(done.stdout),
                                                               len(data) - end + begin, done.stderr.decode())


def long_holes():
    """Longer than what is held of a file."""
    for make in (made_pcap, made_pcapng):
        data, places = make(random.Random(SEED), "<")
        at = places[30][0]
        done = ringtail(data[:at] + b"\x01" * 3000001 + data[at:], "--salvage", "--count")
        if done.stdout != b"%d packets\n" % COUNT or b" 3000001 bytes passed over: 3000001 at byte %d" % at not in done.stderr:
            yield "%s: %s%s" % (make.__name__, done.stdout, done.stderr.decode())


def whole_files():
    """What is not damaged is the same with and without --salvage."""
    for path in captures.captures(captures.PCAPS):
        with open(path, "rb") as file:
            data = file.read()
        plain = ringtail(data, "-nn", "-tt")
        done = ringtail(data, "-nn", "-tt", "--salvage")
        if plain.returncode == 0 and (done.returncode or done.stdout != plain.stdout):
            yield "%s: exit status %d: %s" % (path, done.returncode, done.stderr.decode())
        if not done.stdout.startswith(plain.stdout) and plain.returncode == 3 and len(plain.stdout) - len(done.stdout) > 400:
            yield "%s: fewer packets than without" % path


def main():
    failed = captures.report("files without damage are the same", list(whole_files()))
    for make in (made_pcap, made_pcapng):
        failed |= captures.report("%d holes in %s cost what they touch (seed %d)" % (ROUNDS, make.__name__[5:], SEED),
                                  list(random_holes(make)))
    failed |= captures.report("holes are told: where, and how long", list(as_told()))
    failed |= captures.report("a copy leaves out the hole alone", list(copied()))
    failed |= captures.report("holes of any length are passed over", list(long_holes()))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
