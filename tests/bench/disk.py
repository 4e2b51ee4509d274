#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""disk.py [ROUNDS [FOLDER]] - processor time and loss of a capture to a disk, beside tcpdump's (as root)

Each round the same traffic goes to each program in turn, in random order: 500,000 frames a second of the sizes of IMIX, then
all the frames of 60 bytes that the kernel can be made to receive. FOLDER (default: /var/tmp) says which disk.
"""
import os
import random
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests", "live"))
import netns	# noqa: E402

FLOOD = os.path.join(ROOT, os.environ.get("BUILD", "build"), "tests", "bench", "flood")
SECONDS = 3
TRAFFIC = {	# the interface that it is made on, what flood is told
    "IMIX, 500,000 a second": ("a", ["500000", str(SECONDS), "imix"]),
    "60 bytes, all that goes": ("b", ["0", str(SECONDS)]),
}
PROGRAMS = {
    "ringtail": [netns.RINGTAIL],
    "ringtail --direct": [netns.RINGTAIL, "--direct"],
    "tcpdump": ["tcpdump"],
}


def capture(net, traffic, program, path):
    """Processor time a captured packet, us, and how many of a hundred packets were lost."""
    end, words = TRAFFIC[traffic]
    os.sync()			# nobody pays for what others left to be written
    with tempfile.TemporaryFile("w+") as errors:
        run = subprocess.Popen(["ip", "netns", "exec", net.b, "taskset", "-c", str(max(os.sched_getaffinity(0)))] +
                               program + ["-i", "b", "-w", path], stderr=errors)
        netns.wait_until(lambda: os.pread(errors.fileno(), 4096, 0).find(b"listening on") >= 0, "it listens")
        done = subprocess.run(["ip", "netns", "exec", getattr(net, end), "taskset", "-c", str(min(os.sched_getaffinity(0))),
                               FLOOD, end] + words, stdout=subprocess.PIPE, text=True, check=True)
        time.sleep(1)		# what waits in tcpdump's ring is lost where it is told to stop
        run.send_signal(signal.SIGINT)
        _, _, used = os.wait4(run.pid, 0)
        run.returncode = 0
        errors.seek(0)
        captured = int(re.search(r"^(\d+) packets? captured", errors.read(), re.M).group(1))
    os.unlink(path)
    sent = int(done.stdout)
    return (used.ru_utime + used.ru_stime) * 1e6 / max(captured, 1), 100 * (sent - captured) / sent


def measure(net, traffic, rounds, path):
    got = {name: [] for name in PROGRAMS}
    for _ in range(rounds):
        for name in random.sample(list(PROGRAMS), len(PROGRAMS)):
            got[name].append(capture(net, traffic, PROGRAMS[name], path))
    base = statistics.median(cpu for cpu, _ in got["tcpdump"])
    print("-w to a disk, %-24s processor us a packet: median, least, most   of tcpdump's   lost %%: median, most" % traffic)
    for name, runs in got.items():
        cpu, lost = (sorted(column) for column in zip(*runs))
        print("%-38s %34.3f %7.3f %6.3f %14.2f %16.3f %7.3f" % (
            name, statistics.median(cpu), cpu[0], cpu[-1], statistics.median(cpu) / base, statistics.median(lost), lost[-1]))


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    if netns.why_not() or not shutil.which("tcpdump"):
        print("captures to a disk: not measured: %s" % (netns.why_not() or "needs tcpdump"))
        return
    with tempfile.TemporaryDirectory(dir=sys.argv[2] if len(sys.argv) > 2 else "/var/tmp") as folder, netns.Network() as net:
        os.chmod(folder, 0o777)
        for traffic in TRAFFIC:
            measure(net, traffic, rounds, os.path.join(folder, "x.pcap"))


main()
