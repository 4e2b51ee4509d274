#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""live_view.py [SECONDS] - what the live view takes, and that it costs the file no packet (as root)

First a steady rate: the processor time of the viewer on each screen, redraws, and how long a key takes. Then all that the
kernel can be made to receive: what the file loses without a view, with one, with its terminal stopped, and with it killed.
"""
import os
import re
import select
import signal
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests", "live"))
import netns	# noqa: E402
from view import View, cpu_ticks	# noqa: E402

FLOOD = os.path.join(ROOT, os.environ.get("BUILD", "build"), "tests", "bench", "flood")
SECONDS = float(sys.argv[1]) if len(sys.argv) > 1 else 3
RATE = 100000
TICK = 1 / os.sysconf("SC_CLK_TCK")
SCREENS = (("packets", b"1"), ("packets, filtered", b"1/udp.srcport == 1030\r"), ("flows", b"/\r2"), ("talkers", b"3"),
           ("statistics", b"4"))


def flood(ns, interface, rate, seconds):
    return subprocess.Popen(["ip", "netns", "exec", ns, FLOOD, interface, str(rate), str(seconds)],
                            stdout=subprocess.PIPE, text=True)


def drain(view, seconds):
    """How many times the screen was drawn: what comes after at least 30 ms of silence."""
    draws, last, end = 0, 0, time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        if not select.select([view.fd], [], [], left)[0]:
            continue
        view.text = view.text[-4096:] + os.read(view.fd, 65536)
        draws += time.monotonic() - last > 0.03
        last = time.monotonic()
    return draws


def key_ms(view):
    """From a key to what it draws, the median: an unknown one is said to be so."""
    took = []
    for _ in range(9):
        view.text = b""
        begin = time.monotonic()
        view.type(b"%")
        while b"Unknown" not in view.text and time.monotonic() - begin < 5:
            view.read(0.001)
        took.append((time.monotonic() - begin) * 1e3)
        view.type(b"j")
        view.read(0.25)
    return sorted(took)[4]


def steady(net):
    seconds = (SECONDS + 6) * len(SCREENS) + 4
    sender = flood(net.a, "a", RATE, seconds)
    view = View(net.b, "-i", "b")
    viewer = view.viewer()
    for name, keys in SCREENS:
        view.type(keys)
        drain(view, 2)
        before, begin = cpu_ticks(viewer), time.monotonic()
        draws = drain(view, SECONDS)
        took = time.monotonic() - begin
        print("%d packets/s, %-29s %5.1f %% of a core, %4.1f redraws/s, key to screen %5.1f ms" %
              (RATE, name, 100 * (cpu_ticks(viewer) - before) * TICK / took, draws / took, key_ms(view)))
    print("(in fact there were %.0f a second)" % (int(sender.communicate()[0]) / seconds))
    drain(view, 12)		# the rates of the last seconds are history by then
    before = cpu_ticks(viewer) + cpu_ticks(view.pid)
    drain(view, 5)
    print("idle, both processes %29.1f %% of a core" %
          (100 * (cpu_ticks(viewer) + cpu_ticks(view.pid) - before) * TICK / 5))
    view.type(b"q")
    view.end()


def loss(text, name, sent, seconds):
    counts = netns.counts_in(text)
    lost = sent - counts["captured"]
    print("%-32s %9d frames at %5.2f M/s, lost %d (%.4f %%), skipped by the view %d" %
          (name, sent, sent / seconds / 1e6, lost, 100 * lost / sent, counts["skipped"]))


def burst(net):
    begin = time.monotonic()
    sender = flood(net.b, "b", 0, SECONDS)
    return sender, begin


def alone(net, path):
    run = netns.Running(net.b, "-i", "b", "-w", path)
    sender, begin = burst(net)
    sent, took = int(sender.communicate()[0]), time.monotonic() - begin
    time.sleep(0.5)
    run.kill()
    run.wait()
    loss(run.text(), "-w alone", sent, took)


def with_view(net, path, name, during):
    view = View(net.b, "-i", "b", "-w", path)
    sender, begin = burst(net)
    during(view, sender)
    sent, took = int(sender.communicate()[0]), time.monotonic() - begin
    time.sleep(0.5)
    view.text = b""
    os.kill(view.pid, signal.SIGTERM)
    view.end()
    loss(re.sub(r"\r", "", view.text.decode(errors="replace")), name, sent, took)


def looked_at(view, sender):
    viewer, begin = view.viewer(), time.monotonic()
    before = cpu_ticks(viewer)
    while sender.poll() is None:
        drain(view, 0.1)
    print("meanwhile the viewer takes %.1f %% of a core" %
          (100 * (cpu_ticks(viewer) - before) * TICK / (time.monotonic() - begin)))


def looked_at_by_flows(view, sender):
    view.type(b"2")
    looked_at(view, sender)


def killed(view, sender):
    time.sleep(SECONDS / 3)
    os.kill(view.viewer(), signal.SIGKILL)
    sender.wait()


def main():
    with netns.Network() as net, tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        steady(net)
        path = os.path.join(folder, "live.pcap")
        alone(net, path)
        with_view(net, path, "-w, the view open", looked_at)
        with_view(net, path, "-w, the flows open", looked_at_by_flows)
        with_view(net, path, "-w, the terminal stopped", lambda view, sender: sender.wait())
        with_view(net, path, "-w, the viewer killed", killed)


if __name__ == "__main__":
    main()
