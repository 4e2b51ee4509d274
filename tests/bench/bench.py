#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""bench.py [ROUNDS] - time, memory and instructions of ringtail beside tcpdump's, on the same files

The runs of both are interleaved, so that what else the machine does falls on both; medians are shown.
A ratio above 1 says how many times as fast ringtail is. ../shared/bench, where it is, is the judge.
"""
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
RINGTAIL = os.path.join(ROOT, os.environ.get("BUILD", "build"), "ringtail")
MEASURE = os.path.join(ROOT, os.environ.get("BUILD", "build"), "tests", "bench", "measure")
GENERATE = os.path.join(ROOT, os.environ.get("BUILD", "build"), "tests", "bench", "generate")
FILES = {"few": (200000, 128), "many": (60000, 60000), "one": (1, 1)}	# packets, hosts
# What is measured: on which file, the arguments of both, the ratio that is asked for.
RUNS = (
    ("print, few hosts", "few", ["-nn"], 6),
    ("print, many hosts", "many", ["-nn"], 20),
    ("--count", "many", ["--count"], 1.8),
    ("copy to /dev/null", "many", ["-w", "/dev/null"], 1.8),
    ("copy, filtered", "many", ["-w", "/dev/null", "tcp port 443"], None),
    ("start-up", "one", ["-nn"], None),
)


def timed(command):
    """Wall seconds, processor seconds and the most memory in KiB of a run."""
    done = subprocess.run([MEASURE] + command, stdout=subprocess.PIPE, text=True, check=True)
    return [float(word) for word in done.stdout.split()]


def instructions(command):
    done = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"] + command,
                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    return int(re.search(r"Collected *: *(\d+)", done.stderr).group(1))


def compare(what, path, packets, arguments, wanted, rounds):
    programs = {"ringtail": [RINGTAIL], "tcpdump": ["tcpdump"]}
    samples = {name: [] for name in programs}
    for _ in range(rounds):
        for name, program in programs.items():
            samples[name].append(timed(program + ["-r", path] + arguments))
    wall, cpu, memory = ({name: statistics.median(run[i] for run in runs) for name, runs in samples.items()}
                         for i in range(3))
    print("%-20s %9.2f %9.2f %9.3f %9.3f %8d %8d %7.2f  %s" %
          (what, wall["ringtail"] * 1e3, wall["tcpdump"] * 1e3, cpu["ringtail"] * 1e6 / packets,
           cpu["tcpdump"] * 1e6 / packets, memory["ringtail"], memory["tcpdump"],
           wall["tcpdump"] / wall["ringtail"], "(%.1f wanted)" % wanted if wanted else ""), flush=True)


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as folder:
        for name, (packets, hosts) in FILES.items():
            with open(os.path.join(folder, name), "wb") as file:
                subprocess.run([GENERATE, str(packets), str(hosts)], stdout=file, check=True)
        print("medians of %d interleaved rounds; per packet; ringtail, then tcpdump" % rounds)
        print("%-20s %19s %19s %17s %7s" % ("", "wall ms", "processor us", "memory KiB", "ratio"))
        for what, name, arguments, wanted in RUNS:
            compare(what, os.path.join(folder, name), FILES[name][0], arguments, wanted, rounds)
        if shutil.which("valgrind"):
            packets = 20000
            path = os.path.join(folder, "counted")
            with open(path, "wb") as file:
                subprocess.run([GENERATE, str(packets), "128"], stdout=file, check=True)
            for name, program in (("ringtail", RINGTAIL), ("tcpdump", "tcpdump")):
                start = instructions([program, "-nn", "-r", os.path.join(folder, "one")])
                whole = instructions([program, "-nn", "-r", path])
                print("instructions a printed packet: %-8s %6d" % (name, (whole - start) // (packets - 1)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
