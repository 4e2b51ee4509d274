#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""soak.py [SECONDS] - a long capture takes no more memory than a short one, leaks nothing, loses nothing uncounted

Of 600 seconds the last four fifths are watched.
"""
import os
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "live"))
from netns import ROOT, Folder, Running, children, main  # noqa: E402

SECONDS = int(sys.argv.pop(1)) if len(sys.argv) > 1 else 600
RATE, FLOWS = 20000, 1000000
PEER = os.path.join(ROOT, os.environ.get("BUILD", "build"), "tests", "peers", "stream")
GROWTH = 1024	# KiB


def taken(pid):
    """Its own memory in KiB: what is shared with it is bounded, and others pay for it too."""
    with open(f"/proc/{pid}/smaps_rollup") as file:
        return sum(int(line.split()[1]) for line in file if line.startswith("Private_"))


def descriptors(pid):
    return sorted(os.listdir(f"/proc/{pid}/fd"))


def watch(run, sender):
    """Each process until the sender ends. Returns how much it grew, and how much it had."""
    pids = [run.pid, *children(run.pid)]
    grew, first, before = [0] * len(pids), None, None
    begin = time.monotonic()
    while sender.poll() is None:
        time.sleep(0.5)
        if time.monotonic() - begin < SECONDS / 5:
            continue
        now = [taken(pid) for pid in pids]
        if first is None:
            first, before = now, [len(descriptors(pid)) for pid in pids]
        grew = [max(most, size - start) for most, size, start in zip(grew, now, first)]
        held = [len(descriptors(pid)) for pid in pids]
        assert all(abs(a - b) <= 1 for a, b in zip(held, before)), (before, held)
    return grew, first


def a_long_capture_stays_as_it_was(network):
    with Folder() as folder, open(os.devnull, "w") as nowhere:
        run = Running(network.b, "-i", "b", "-w", os.path.join(folder, "x.pcapng"), "-b", "filesize:5000",
                      "-b", "files:3", "--print", "-v", stdout=nowhere)
        sender = subprocess.Popen(["ip", "netns", "exec", network.a, PEER, "a", str(RATE), str(SECONDS), str(FLOWS)],
                                  stdout=subprocess.PIPE, text=True)
        try:
            grew, first = watch(run, sender)
        finally:
            sender.kill()
        sent, counts = int(sender.communicate()[0]), run.stop()
        assert counts["captured"] + counts["dropped"] == sent == RATE * SECONDS, (sent, counts)
        assert counts["unwritten"] == 0, counts
        assert len(os.listdir(folder)) == 3
        print(f"# {sent} packets of {FLOWS} flows: keeper and others had {first} KiB, grew by {grew}; {counts}")
        assert max(grew) <= GROWTH, (first, grew)


main([a_long_capture_stays_as_it_was])
