#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""mutated.py - damaged captures neither crash nor delay ringtail, nor reach the terminal raw

$MUTATIONS (300) captures made from pcaps/ and the corpus by changing bytes at random, from a seed.
Those that fail stay in $BUILD/mutated/.
"""
# timeout: 3000
import concurrent.futures
import os
import random
import subprocess
import sys

import captures

COUNT = int(os.environ.get("MUTATIONS", "300"))
SEED = int(os.environ.get("SEED", "1"))
SECONDS = 5		# for one capture
FORMS = (["-nn"], ["-nn", "-e", "-vvv"], ["-nn", "-X"], ["-nn", "-q", "-A"], ["-nn", "-v", "-S"],
         ["-nn", "-V"], ["--json"], ["--fields", "frame.protocols,ip.addr,tcp.option_kind,dns.resp.name,dns.txt,data.data"], ["-nn", "-V", "-x"], ["-nn", "tcp or ip6"],
         ["flows"], ["flows", "--json", "--memory", "64K"], ["info", "--utc"], ["info", "--json"],
         ["-nn", "--salvage"], ["flows", "--salvage"])
FOLDER = os.path.join(captures.BUILD, "mutated")
VALUES = (0, 1, 2, 3, 4, 5, 8, 15, 16, 20, 39, 40, 63, 64, 127, 128, 192, 254, 255)
# No form of -A or a text may let these through; tab and line feed are ringtail's own.
CONTROL = bytes(range(9)) + bytes(range(11, 32)) + bytes(range(127, 256))


def sources():
    for folder in (captures.PCAPS, captures.CORPUS):
        for path in captures.captures(folder):
            with open(path, "rb") as file:
                yield file.read()[:20000]


def mutate(rng, data):
    data = bytearray(data)
    for _ in range(rng.choice((1, 2, 5, 20, 100))):
        at = rng.randrange(len(data))
        kind = rng.randrange(6)
        if kind == 0:
            data[at] ^= 1 << rng.randrange(8)
        elif kind == 1:
            data[at] = rng.choice(VALUES)
        elif kind == 2:
            piece = rng.randbytes(rng.choice((1, 2, 4, 16)))
            data[at:at + len(piece)] = piece
        elif kind == 3:		# a header upon itself
            n = rng.choice((2, 4, 8, 20, 40))
            data[at:at] = data[at:at + n] * rng.choice((1, 3, 30))
        elif kind == 4:
            del data[at:at + rng.choice((1, 2, 4, 30))]
        else:
            data[at:at] = rng.choice((b"\x1b]0;x\x07", b"\x9b31m", b"\xc0\x0c", b"%s%n", b"\x00\x00"))
        if len(data) < 30:
            break
    if rng.random() < 0.1:
        del data[rng.randrange(len(data)):]
    return bytes(data)


def without_utf8(text):
    """What info tells are texts of the file: their printable characters may be any, those of cat -v are not."""
    return "".join(c for c in text.decode("utf-8", "surrogateescape") if ord(c) < 0xa0 or 0xdc80 <= ord(c) <= 0xdcff
                   ).encode("utf-8", "surrogateescape")


def wrong_with(n, data):
    """What is wrong with the run over mutation n; None: nothing."""
    path = os.path.join(FOLDER, "%06d.pcap" % n)
    with open(path, "wb") as file:
        file.write(data)
    try:
        done = subprocess.run([captures.RINGTAIL] + FORMS[n % len(FORMS)] + ["-r", path], stdin=subprocess.DEVNULL,
                              capture_output=True, env=captures.ENV, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return "%s: no end within %d s" % (path, SECONDS)
    text = without_utf8(done.stdout) if "info" in FORMS[n % len(FORMS)] else done.stdout
    raw = [byte for byte in set(text) if byte in CONTROL]
    if done.returncode not in (0, 2, 3):
        return "%s: exit status %d: %s" % (path, done.returncode, done.stderr[-2000:].decode("latin-1"))
    if raw:
        return "%s: prints the bytes %s raw" % (path, bytes(sorted(raw)))
    # -v says, besides, what could not be put together; flows its sum.
    if sum(b" not put together: " not in line and b" of no flow" not in line for line in done.stderr.splitlines()) > 1:
        return "%s: several lines on stderr: %s" % (path, done.stderr.decode("latin-1"))
    os.unlink(path)
    return None


def main():
    os.makedirs(FOLDER, exist_ok=True)
    inputs = [data for data in sources() if len(data) > 30]

    def one(n):
        rng = random.Random("%d/%d" % (SEED, n))
        return wrong_with(n, mutate(rng, rng.choice(inputs)))

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        wrong = [text for text in pool.map(one, range(COUNT)) if text]
    failed = captures.report("%d mutated captures end well (seed %d)" % (COUNT, SEED), wrong)
    mutator = os.path.join(captures.SHARED, "oracle", "mutate.py")
    if not os.path.exists(mutator):
        print("skip - hostile captures end well: there is no %s" % mutator)
        return 1 if failed else 0
    done = subprocess.run([sys.executable, mutator, "--seed", str(SEED), "--count", str(COUNT), "--timeout", str(SECONDS),
                           "--out", FOLDER, "--run", captures.RINGTAIL + " -nn -vvv -X -r {}", captures.PCAPS,
                           captures.CORPUS], stdout=subprocess.PIPE, text=True, env=captures.ENV, check=False)
    failed |= captures.report("%d hostile captures end well (seed %d)" % (COUNT, SEED),
                              done.stdout.splitlines() if done.returncode else [])
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
