#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""compressed.py - captures that gzip, zstd and lz4 have compressed are read, and such are written"""
import os
import random
import resource
import shutil
import struct
import subprocess
import sys
import tempfile
import time

import captures

TOOLS = {"gzip": ["gzip", "-nc"], "zstd": ["zstd", "-qc"], "lz4": ["lz4", "-qc"]}
NAMES = ("dns.pcap", "tcp_echo6.pcapng", "offload.pcap", "told.made.pcapng")
COUNT = int(os.environ.get("MUTATIONS", "300")) // 3
SEED = int(os.environ.get("SEED", "1"))
MIB = 1 << 20
SUFFIXES = {"gzip": ".gz", "zstd": ".zst", "lz4": ".lz4"}
STORED = "offload.pcap"		# much of it, of microseconds, little-endian: a copy is the same


def ringtail(*arguments, data=b""):
    return subprocess.run([captures.RINGTAIL, *arguments], input=data, capture_output=True, env=captures.ENV,
                          timeout=60, check=False)


def read(data, *arguments):
    return ringtail("-nn", "-r", "-", *arguments, data=data)


def packed(tool, data):
    return subprocess.run(TOOLS[tool], input=data, stdout=subprocess.PIPE, check=True).stdout


def content(name):
    with open(os.path.join(captures.PCAPS, name), "rb") as file:
        return file.read()


def same(what, done, plain):
    wrong = ["exit status %d: %s" % (done.returncode, done.stderr.decode())] if done.returncode else []
    if done.stdout != plain.stdout:
        wrong.append("%d bytes are printed, not %d" % (len(done.stdout), len(plain.stdout)))
    return ["%s: %s" % (what, text) for text in wrong]


def each_tool(folder):
    """By content, not by name; a file and standard input; several members or frames in one file."""
    for name in NAMES:
        data = content(name)
        plain = read(data)
        for tool in TOOLS:
            small = packed(tool, data)
            path = os.path.join(folder, "no_name")
            with open(path, "wb") as file:
                file.write(small)
            third = len(data) // 3
            pieces = b"".join(packed(tool, part) for part in (data[:third], b"", data[third:]))
            yield from same("%s by %s" % (name, tool), ringtail("-nn", "-r", path), plain)
            yield from same("%s by %s, stdin" % (name, tool), read(small), plain)
            yield from same("%s by %s, in pieces" % (name, tool), read(pieces), plain)


def oddities():
    data = content(NAMES[0])
    plain = read(data)
    skipped = b"\x5f\x2a\x4d\x18\x05\0\0\0notes"	# a skippable frame, which zstd and lz4 share
    for tool in ("zstd", "lz4"):
        yield from same("a skippable frame behind %s" % tool, read(packed(tool, data) + skipped), plain)
    yield from same("zeros behind gzip", read(packed("gzip", data) + bytes(10240)), plain)
    for tool in TOOLS:
        done = read(packed(tool, data) + b"something else")
        if done.returncode != 3 or done.stdout != plain.stdout or b"damaged near byte" not in done.stderr:
            yield "text behind %s: exit status %d, %s" % (tool, done.returncode, done.stderr.decode())


def each_cut():
    """A cut file is read as far as it goes: every line but what is lost, then one line that says so."""
    data = content(NAMES[0])
    plain = read(data).stdout
    for tool in TOOLS:
        small = packed(tool, data[:1000]) + packed(tool, data[1000:])
        for length in list(range(len(small) - 12, len(small))) + list(range(10, len(small) - 20, 211)):
            done = read(small[:length])
            whole = length == len(packed(tool, data[:1000]))
            if done.returncode != 3 or not plain.startswith(done.stdout) or done.stderr.count(b"\n") != 1 or \
                    (b"cut at " not in done.stderr and not whole):
                yield "%s cut at %d of %d: exit status %d: %s" % (tool, length, len(small), done.returncode,
                                                                   done.stderr.decode())
        first = read(data[:1000]).stdout
        done = read(small[:-1])
        if not first or not done.stdout.startswith(first):
            yield "%s without its last byte: the first member's packets are missing" % tool


def mutated():
    inputs = [packed(tool, content(name)) for tool in TOOLS for name in NAMES]
    for n in range(COUNT):
        rng = random.Random("%d/%d" % (SEED, n))
        data = bytearray(rng.choice(inputs)[:20000])
        for _ in range(rng.choice((1, 2, 5, 20))):
            at = rng.randrange(4, len(data))
            data[at] = rng.choice((0, 1, 255, data[at] ^ 1 << rng.randrange(8)))
        done = read(bytes(data), "-q")
        if done.returncode not in (0, 3) or done.stderr.count(b"\n") > 1:
            yield "mutation %d: exit status %d: %s" % (n, done.returncode, done.stderr.decode("latin-1"))


def bomb():
    """A block that nobody knows, of 256 MiB of zeros, before the first interface."""
    head = bytes.fromhex("0a0d0d0a1c0000004d3c2b1a01000000ffffffffffffffff1c000000")
    length = (256 * MIB).to_bytes(4, "little")
    path = os.path.join(captures.BUILD, "bomb.zst")
    with open(path, "wb") as file:
        child = subprocess.Popen(TOOLS["zstd"], stdin=subprocess.PIPE, stdout=file)
        child.stdin.write(head + (0x0bad0bad).to_bytes(4, "little") + length)
        for _ in range(255):
            child.stdin.write(bytes(MIB))
        child.stdin.write(bytes(MIB - 8))
        child.communicate()
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    done = ringtail("--count", "-r", path)
    taken = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    size = os.path.getsize(path)
    os.unlink(path)
    if done.returncode != 0 or done.stdout != b"0 packets\n" or size > MIB:
        yield "a file of %d bytes: exit status %d: %s" % (size, done.returncode, done.stdout + done.stderr)
    if not os.environ.get("SANITIZED") and taken > max(before, 24 * 1024):
        yield "it takes %d KiB" % taken


def refused():
    """What cannot be read says what to do."""
    wide = b"\x28\xb5\x2f\xfd\x00\x90\x01\x00\x00"		# a window of 256 MiB
    for data, words in ((wide, b"zstdcat --long=31"), (b"\xfd7zXZ\0", b"xzcat FILE"), (b"BZh91AY", b"bzcat FILE"),
                        (b"\x02\x21\x4c\x18\0\0\0\0", b"lz4cat FILE"),
                        (packed("gzip", b"no capture"), b"neither pcap nor pcapng")):
        done = read(data)
        if done.returncode != 3 or done.stderr.count(b"\n") != 1 or words not in done.stderr:
            yield "%r: exit status %d: %s" % (data[:6], done.returncode, done.stderr.decode())


def told(folder):
    path = os.path.join(folder, "x.zst")
    with open(path, "wb") as file:
        file.write(packed("zstd", content(NAMES[0])))
    text, objects = ringtail("info", path).stdout.decode(), ringtail("info", "--json", path).stdout.decode()
    if "\nCompression       zstd\n" not in text or "File size         %d bytes\n" % os.path.getsize(path) not in text:
        yield text
    if '"compression":"zstd"' not in objects:
        yield objects


def unpacked(tool, path):
    """What the tool makes of a file, and of one that is cut, as far as it goes."""
    return subprocess.run([tool, "-dc", path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout


def written(folder):
    data = content(STORED)
    for tool, suffix in SUFFIXES.items():
        path = os.path.join(folder, "copy.pcap" + suffix)
        done = ringtail("-r", "-", "-w", path, data=data)
        if done.returncode or unpacked(tool, path) != data or os.path.getsize(path) >= len(data):
            yield "%s: exit status %d, %d bytes: %s" % (tool, done.returncode, os.path.getsize(path), done.stderr.decode())
        done = ringtail("-r", path, "-c", "2", "-w", os.path.join(folder, "again.pcap" + suffix))
        again = ringtail("--count", "-r", os.path.join(folder, "again.pcap" + suffix)).stdout
        if done.returncode or again != b"2 packets\n":
            yield "%s: a copy of a copy has %s" % (tool, again)
        path = os.path.join(folder, "copy.pcapng" + suffix)
        ringtail("-r", "-", "-w", path, data=data)
        if not unpacked(tool, path).startswith(b"\x0a\x0d\x0d\x0a"):
            yield "%s is no pcapng file" % path


def full(folder):
    """A disk that takes no more: what is in the file is what ringtail says."""
    rng = random.Random(SEED)
    head = content(STORED)[:24]
    many = head + b"".join(struct.pack("<IIII", n, 0, 1000, 1000) + rng.randbytes(1000) for n in range(3000))
    for tool, suffix in SUFFIXES.items():
        path = os.path.join(folder, "full.pcap" + suffix)
        limit = len(packed(tool, many)) // 2
        done = subprocess.run([captures.RINGTAIL, "-r", "-", "-w", path], input=many, capture_output=True, check=False,
                              preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
        inside = ringtail("--count", "-r", path)
        said = b"(%s are in the file)" % inside.stdout.strip()
        if done.returncode != 6 or done.stderr.count(b"\n") != 1 or said not in done.stderr or \
                inside.stdout == b"0 packets\n" or b"decompressed byte" in inside.stderr:
            yield "%s: exit status %d: %s; the file: %s" % (tool, done.returncode, done.stderr.decode(),
                                                           (inside.stdout + inside.stderr).decode())


def killed(folder):
    """After -U each packet can be decompressed, also where nobody could end the file."""
    data = content(STORED)
    for tool, suffix in SUFFIXES.items():
        path = os.path.join(folder, "killed.pcap" + suffix)
        child = subprocess.Popen([captures.RINGTAIL, "-r", "-", "-U", "-w", path], stdin=subprocess.PIPE)
        child.stdin.write(data)
        child.stdin.flush()
        deadline = time.monotonic() + 60
        while not os.path.exists(path) or unpacked(tool, path) != data:
            if time.monotonic() > deadline:
                yield "%s: what was put is not in the file: %d bytes of %d" % (tool, len(unpacked(tool, path)), len(data))
                break
            time.sleep(0.01)
        child.kill()
        child.communicate()
        inside = ringtail("--count", "-r", path)
        if inside.returncode != 3 or b"have no end" not in inside.stderr:
            yield "%s: exit status %d: %s" % (tool, inside.returncode, inside.stderr.decode())


def main():
    missing = [tool for tool in TOOLS if not shutil.which(tool)]
    if missing:
        print("skip - compressed captures are read: there is no %s" % " ".join(missing))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        failed = captures.report("files of gzip, zstd and lz4 are read as if not compressed", list(each_tool(folder)))
        failed |= captures.report("info tells how a file is compressed", list(told(folder)))
        failed |= captures.report("a name's suffix says how a file is compressed, and the tools read it", list(written(folder)))
        failed |= captures.report("a disk that is full leaves the packets that are told", list(full(folder)))
        failed |= captures.report("what was flushed is there after SIGKILL", list(killed(folder)))
    failed |= captures.report("padding is passed over, and what else is behind compressed data is damage", list(oddities()))
    failed |= captures.report("a cut compressed file is read as far as it goes, and says that it is cut", list(each_cut()))
    failed |= captures.report("%d damaged compressed files end well (seed %d)" % (COUNT, SEED), list(mutated()))
    failed |= captures.report("what unpacks to very much takes little memory", list(bomb()))
    failed |= captures.report("other compressed files are refused with what to do", list(refused()))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
