#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""following.py - a file that is still being written is read on, until a signal comes"""
import os
import signal
import struct
import subprocess
import sys
import tempfile
import time

import captures

SECONDS = 60
NAMES = ("tcp_echo.pcap", "tcp_echo6.pcapng")


def content(name):
    with open(os.path.join(captures.PCAPS, name), "rb") as file:
        return file.read()


def with_long_block(data):
    """The same pcapng file, and before its last block one of 700,000 bytes that nobody knows: more than is held."""
    length = struct.unpack("<I", data[-4:])[0]
    block = struct.pack("<II", 0x0bad0bad, 700000) + bytes(700000 - 12) + struct.pack("<I", 700000)
    return data[:-length] + block + data[-length:]


def until(condition):
    deadline = time.monotonic() + SECONDS
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.01)
    return condition()


class Follower:
    """ringtail --follow over a file in folder; what it prints goes to another."""
    def __init__(self, folder, *arguments):
        self.path = os.path.join(folder, "grows")
        self.out = os.path.join(folder, "out")
        self.file = open(self.path, "wb", buffering=0)
        with open(self.out, "wb") as out:
            self.child = subprocess.Popen([captures.RINGTAIL, "-nn", "--follow", "-r", self.path, *arguments], stdout=out,
                                          stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, env=captures.ENV)

    def printed(self):
        with open(self.out, "rb") as out:
            return out.read()

    def prints(self, text):
        return until(lambda: self.printed() == text)

    def end(self, number=signal.SIGTERM):
        self.child.send_signal(number)
        _, errors = self.child.communicate(timeout=SECONDS)
        self.file.close()
        return self.child.returncode, errors.decode()


def plain(data, *arguments):
    return subprocess.run([captures.RINGTAIL, "-nn", "-r", "-", *arguments], input=data, stdout=subprocess.PIPE,
                          env=captures.ENV, check=False).stdout


def in_steps(folder, name, data, form):
    """What is whole is printed as soon as it is there, from nothing on; what is not, is no damage."""
    whole = plain(data, *form)
    follower = Follower(folder, *form)
    for end in sorted((0, 3, 30, 200, 700, 701, len(data) // 2, len(data) - 1, len(data))):
        follower.file.write(data[os.path.getsize(follower.path):end])
        wanted = plain(data[:end], *form)
        if not follower.prints(wanted):
            yield "%s %s: of %d bytes it prints %s" % (name, form, end, follower.printed().decode())
    status, errors = follower.end()
    if status or errors or follower.printed() != whole:
        yield "%s %s: exit status %d: %s" % (name, form, status, errors)


def cut_at_the_signal(folder):
    follower = Follower(folder, "--count")
    follower.file.write(content(NAMES[0])[:700])
    until(lambda: os.path.exists("/proc/%d/fd/3" % follower.child.pid))
    idle = until(lambda: is_asleep(follower.child.pid))
    status, errors = follower.end(signal.SIGINT)
    if not idle or status or errors or follower.printed() != b"7 packets\n":
        yield "exit status %d: %s%s" % (status, follower.printed().decode(), errors)


def is_asleep(pid):
    """Has it read all, and does it wait in poll(2)?"""
    try:
        with open("/proc/%d/wchan" % pid, encoding="ascii") as file:
            return "poll" in file.read()
    except OSError:
        return False


def without_rest(folder):
    """While nothing comes it takes no processor time."""
    follower = Follower(folder, "-q")
    follower.file.write(content(NAMES[0]))
    follower.prints(plain(content(NAMES[0]), "-q"))
    before = ticks(follower.child.pid)
    time.sleep(0.5)
    taken = ticks(follower.child.pid) - before
    follower.end()
    if taken > 5:
        yield "it takes %d of 50 hundredths of a second" % taken


def ticks(pid):
    with open("/proc/%d/stat" % pid, encoding="ascii") as file:
        return sum(map(int, file.read().rpartition(")")[2].split()[11:13]))


def written_anew(folder):
    follower = Follower(folder, "-q")
    data = content(NAMES[0])
    follower.file.write(data)
    follower.prints(plain(data, "-q"))
    follower.file.truncate(100)
    _, errors = follower.child.communicate(timeout=SECONDS)
    follower.file.close()
    if follower.child.returncode != 3 or b"has become shorter" not in errors:
        yield "exit status %d: %s" % (follower.child.returncode, errors.decode())


def compressed(folder):
    """Of a writer that flushes what it compresses, each packet comes as it is written."""
    data = content("offload.pcap")
    fifo, path = os.path.join(folder, "fifo"), os.path.join(folder, "grows.zst")
    os.mkfifo(fifo)
    writer = subprocess.Popen([captures.RINGTAIL, "-U", "-r", fifo, "-w", path])
    with open(fifo, "wb", buffering=0) as pipe:
        pipe.write(data[:5000])
        until(lambda: os.path.exists(path) and os.path.getsize(path) > 100)
        follower = subprocess.Popen([captures.RINGTAIL, "-nn", "-q", "--follow", "-r", path], stdout=subprocess.PIPE)
        first = follower.stdout.readline()
        pipe.write(data[5000:])
    lines = plain(data, "-q").splitlines(keepends=True)
    rest = [follower.stdout.readline() for _ in lines[1:]]
    follower.terminate()
    follower.communicate()
    writer.wait()
    if [first, *rest] != lines or follower.returncode:
        yield "exit status %d, %d lines" % (follower.returncode, len(rest))


def stops_by_itself(folder):
    """After -c packets, and where nobody reads any more."""
    follower = Follower(folder, "-c", "5", "-q")
    follower.file.write(content(NAMES[0]))
    _, errors = follower.child.communicate(timeout=SECONDS)
    follower.file.close()
    if follower.child.returncode or errors or follower.printed().count(b"\n") != 5:
        yield "exit status %d: %s" % (follower.child.returncode, follower.printed().decode())


def main():
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        for name in NAMES:
            for form in (["-q"], ["--json"]):
                failed |= captures.report("%s is followed, byte by byte (%s)" % (name, form[0]), list(in_steps(folder, name, content(name), form)))
        failed |= captures.report("a block of any length is waited for", list(in_steps(
            folder, NAMES[1], with_long_block(content(NAMES[1])), ["-q"])))
        failed |= captures.report("a part of a record is no damage when the signal comes", list(cut_at_the_signal(folder)))
        failed |= captures.report("nothing is done while nothing comes", list(without_rest(folder)))
        failed |= captures.report("a file that becomes shorter is said, with exit status 3", list(written_anew(folder)))
        failed |= captures.report("a compressed file is followed too", list(compressed(folder)))
        failed |= captures.report("-c ends it", list(stops_by_itself(folder)))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
