#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""workers.py [ROUNDS] - what one keeper loses that cannot follow, and what several workers lose of the same (as root)

Each process that captures may have only a small part of a core (a control group's quota), so that one cannot compress as fast
as frames come, also on a machine that has few cores for sender and keepers. The rings together have the same size.
"""
import os
import re
import statistics
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests", "live"))
import netns	# noqa: E402

FLOOD = os.path.join(ROOT, os.environ.get("BUILD", "build"), "tests", "bench", "flood")
ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 3
RATE, SECONDS = 100000, 3
PERIOD, QUOTA = 100000, 1000	# microseconds: 1 % of a core
WORKERS = (1, 2, 4)


class Group:
    """A control group in which a process has QUOTA of each PERIOD; of groups' first version, or of the second."""

    def __init__(self, name):
        old = "/sys/fs/cgroup/cpu"
        self.path = os.path.join(old if os.path.isdir(old) else "/sys/fs/cgroup", name)
        os.mkdir(self.path)
        if os.path.exists(os.path.join(self.path, "cpu.max")):
            self.put("cpu.max", f"{QUOTA} {PERIOD}")
        else:
            self.put("cpu.cfs_period_us", PERIOD)
            self.put("cpu.cfs_quota_us", QUOTA)

    def put(self, file, value):
        with open(os.path.join(self.path, file), "w", encoding="ascii") as f:
            f.write(str(value))

    def close(self):
        netns.wait_until(lambda: not open(os.path.join(self.path, "cgroup.procs"), encoding="ascii").read(),
                         "the group is empty")
        os.rmdir(self.path)


def capturing(run):
    return [pid for pid in netns.children(run.pid) + [run.pid]
            if "socket:" in open(f"/proc/{pid}/maps", encoding="ascii").read()]


def lost(network, workers):
    """Per cent of what was sent, and how many frames that was."""
    groups = []
    with netns.Folder() as folder:
        path = os.path.join(folder, "a.pcap.gz")
        run = netns.Running(network.b, "-i", "b", "-B", "8M", "--workers", str(workers), "-w", path)
        try:
            for n, pid in enumerate(capturing(run)):
                groups.append(Group(f"rt{os.getpid()}.{n}"))
                groups[-1].put("cgroup.procs", pid)
            assert len(groups) == workers, groups
            sent = int(subprocess.run(["ip", "netns", "exec", network.a, FLOOD, "a", str(RATE), str(SECONDS)],
                                      stdout=subprocess.PIPE, text=True, check=True).stdout.split()[0])
            counts = run.stop(seconds=60)
            assert counts["captured"] + counts["dropped"] == sent, (sent, counts)
            order = subprocess.run(["capinfos", "-o", "-c", path], capture_output=True, text=True, check=False).stdout
            assert not order or re.search(r"order: +True", order), order
        finally:
            if run.process.poll() is None:
                run.process.kill()
            for group in groups:
                group.close()
        return 100 * counts["dropped"] / sent, sent


def main():
    why = netns.why_not()
    if why:
        print(f"workers.py: skipped: {why}")
        return
    print(f"lost of {RATE} frames/s to a .pcap.gz, {100 * QUOTA // PERIOD} % of a core for each process, {ROUNDS} rounds:")
    losses = {workers: [] for workers in WORKERS}
    with netns.Network() as network:
        for _ in range(ROUNDS):
            for workers in WORKERS:
                losses[workers].append(lost(network, workers)[0])
    for workers, each in losses.items():
        print("%d worker%s  %5.1f %%  (%s)" % (workers, " " if workers == 1 else "s", statistics.median(each),
                                              ", ".join("%.1f" % one for one in sorted(each))))


main()
