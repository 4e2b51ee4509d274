#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Whatever is lost is counted: sent = written (or printed) + dropped, exactly."""
import contextlib
import os
import pty
import re
import select
import signal
import subprocess
import time

from netns import RINGTAIL, SLOW, Folder, Running, main, numbers_in, send, wait_until

SENT = 20000


def has_taken(run, count):
    """Does it say that of so many packets none is in the kernel any more?"""
    run.captured()
    said = re.findall(r"^ringtail: (\d+) packets? captured, .* (\d+) packets? dropped by kernel(?:,|$)", run.text(), re.M)
    return bool(said) and sum(map(int, said[-1])) == count


def overrun(network, pid_of, *options, stdout, seconds=0):
    """Send to a ringtail of which one process is stopped, for some seconds more. Returns the counts."""
    sender = network.sender()
    run = Running(network.b, "-nn", "-i", "b", "-B", "512", *options, stdout=stdout)
    pid = pid_of(run)
    send(sender, 100)
    wait_until(lambda: run.captured() == 100, "the first packets are captured")
    os.kill(pid, signal.SIGSTOP)
    send(sender, SENT - 200, first=100, size=500)
    time.sleep(seconds)
    os.kill(pid, signal.SIGCONT)
    wait_until(lambda: has_taken(run, SENT - 100), "what was not lost is taken")
    send(sender, 100, first=SENT - 100)
    counts = run.stop()
    assert counts["received"] == SENT, counts
    assert counts["captured"] + counts["dropped"] == SENT, counts
    assert counts["dropped"] > 1000, counts
    return counts


def a_stopped_keeper_counts_what_the_file_lacks(network):
    with Folder() as folder:
        path = os.path.join(folder, "a.pcap")
        for engine in ([], ["--no-ring"], ["--cooked"]):
            with open(os.devnull, "w") as null:
                counts = overrun(network, lambda run: run.pid, "-w", path, *engine, stdout=null, seconds=0 if engine else 2)
            got = numbers_in(path)
            assert len(got) == counts["captured"] and len(set(got)) == len(got), engine
            assert got == sorted(got) and got[:100] == list(range(100))
            assert got[-100:] == list(range(SENT - 100, SENT)), engine


def a_stopped_keeper_counts_what_the_lines_lack(network):
    with Folder() as folder, open(os.path.join(folder, "lines"), "w+") as lines:
        counts = overrun(network, lambda run: run.pid, stdout=lines)
        lines.seek(0)
        assert len(lines.readlines()) == counts["captured"]


def a_stopped_viewer_makes_the_keeper_wait(network):
    for engine in ([], ["--no-ring"]):
        with Folder() as folder, open(os.path.join(folder, "lines"), "w+") as lines:
            counts = overrun(network, lambda run: run.viewer(), *engine, stdout=lines)
            lines.seek(0)
            assert len(lines.readlines()) == counts["captured"], engine
            assert counts["skipped"] == 0


def a_stopped_viewer_costs_the_file_no_packet(network):
    sender = network.sender()
    for engine in ([], ["--no-ring"]):
        with Folder() as folder, open(os.path.join(folder, "lines"), "w+") as lines:
            path = os.path.join(folder, "a.pcap")
            run = Running(network.b, "-nn", "-i", "b", "-B", "8192", "-w", path, "--print", *engine,
                          stdout=lines)
            viewer = run.viewer()
            send(sender, 100)
            wait_until(lambda: run.captured() == 100, "the first packets are captured")
            os.kill(viewer, signal.SIGSTOP)
            for sent in range(0, SENT, 1000):
                send(sender, 1000, first=100 + sent, size=1000)
                wait_until(lambda: os.path.getsize(path) == 24 + 100 * 76 + (sent + 1000) * 1016, "all is in the file")
            os.kill(viewer, signal.SIGCONT)
            counts = run.stop()
            assert numbers_in(path) == list(range(SENT + 100)), len(numbers_in(path))
            assert counts["dropped"] == 0 and counts["skipped"] > 1000, counts
            lines.seek(0)
            assert len(lines.readlines()) == counts["captured"] - counts["skipped"], engine


def frames_that_come_singly_do_not_fill_the_ring(network):
    """Each may end a block of its own: it is their number that a keeper has to live on which is held up."""
    sender = network.sender()
    with Folder() as folder:
        path = os.path.join(folder, "a.pcap")
        for how in (["-U"], ["--print"]):
            run = Running(network.b, "-nn", "-i", "b", "-w", path, *how)
            os.kill(run.pid, signal.SIGSTOP)
            for i in range(150):
                send(sender, 1, first=i)
                time.sleep(0.0015)
            os.kill(run.pid, signal.SIGCONT)
            counts = run.stop()
            assert counts["captured"] == 150 and counts["dropped"] == 0, (how, counts)


def fill(terminal):
    """Nobody reads what it takes."""
    end = os.open(terminal, os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)
    with contextlib.suppress(BlockingIOError):
        while True:
            os.write(end, b"." * 500)
    os.close(end)


def read_until(terminal, words):
    text = ""
    while words not in text:
        assert select.select([terminal], [], [], 10 * SLOW)[0], "no '%s' in: %s" % (words, text[-2000:])
        text += os.read(terminal, 65536).decode()
    return text


def a_terminal_that_takes_nothing_costs_the_file_no_packet(network):
    sender = network.sender()
    master, slave = pty.openpty()
    with Folder() as folder:
        path = os.path.join(folder, "a.pcap")
        run = subprocess.Popen(["ip", "netns", "exec", network.b, RINGTAIL, "-i", "b", "-w", path], stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=slave)
        read_until(master, "listening on")
        fill(os.ttyname(slave))
        for _ in range(400):	# more than is kept
            run.send_signal(signal.SIGUSR1)
            time.sleep(0.001)
        send(sender, 1000)
        wait_until(lambda: len(numbers_in(path)) == 1000, "the file has them")
        text = read_until(master, "ringtail: ")
        run.send_signal(signal.SIGTERM)
        text += read_until(master, "1000 packets captured\r\n")
        assert run.wait(10 * SLOW) == 0
        assert "packets captured, " in text, text[-2000:]
    os.close(master)
    os.close(slave)


main([
    a_stopped_keeper_counts_what_the_file_lacks,
    a_stopped_keeper_counts_what_the_lines_lack,
    a_stopped_viewer_makes_the_keeper_wait,
    a_stopped_viewer_costs_the_file_no_packet,
    frames_that_come_singly_do_not_fill_the_ring,
    a_terminal_that_takes_nothing_costs_the_file_no_packet,
])
