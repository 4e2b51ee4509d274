#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""What was sent before a capture is told to stop is in the file, and on the terminal."""
import os
import signal
import time

from netns import Folder, Running, is_quick, main, numbers_in, send, wait_until


def twenty_stops_right_after_the_last_of_a_thousand_frames_lose_none(network):
    sender = network.sender()
    with Folder() as folder:
        path = os.path.join(folder, "a.pcap")
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGTERM) * 5:
            run = Running(network.b, "-i", "b", "-w", path)
            send(sender, 1000)
            counts = run.stop(number)
            assert numbers_in(path) == list(range(1000)), len(numbers_in(path))
            assert counts["captured"] == 1000 and counts["dropped"] == 0, counts
            os.unlink(path)


def stops_right_after_the_last_frame_lose_no_line(network):
    sender = network.sender()
    for options in ([], ["--immediate-mode"], ["--no-ring"], ["--cooked"], []):
        with Folder() as folder:
            path = os.path.join(folder, "lines")
            with open(path, "w") as out:
                run = Running(network.b, "-nn", "-i", "b", *options, stdout=out)
                send(sender, 1000)
                counts = run.stop()
            with open(path) as lines:
                n = len(lines.readlines())
            assert n == 1000 and counts["captured"] == 1000, (options, n, counts)


def an_interrupt_that_comes_twice_at_once_loses_no_line(network):
    """As timeout(1) sends it: to the process, and right then to its group."""
    sender = network.sender()
    for _ in range(10):
        with Folder() as folder:
            path = os.path.join(folder, "lines")
            with open(path, "w") as out:
                run = Running(network.b, "-nn", "-i", "b", stdout=out)
                send(sender, 1000)
                run.kill(signal.SIGINT)
                time.sleep(0.0001)
                counts = run.stop(signal.SIGINT)
            with open(path) as lines:
                n = len(lines.readlines())
            assert n == 1000 and counts["captured"] == 1000, (n, counts)


def a_stop_without_traffic_takes_less_than_half_a_second(network):
    for options in (["-w", "/dev/null"], [], ["--no-ring"]):
        def takes(options=options):
            run = Running(network.b, "-i", "b", *options)
            begin = time.monotonic()
            run.stop()
            return time.monotonic() - begin
        is_quick(0.5, takes)


def a_count_ends_after_exactly_so_many_packets(network):
    sender = network.sender()
    with Folder() as folder:
        path = os.path.join(folder, "a.pcap")
        for options in ([], ["--no-ring"], ["--print"]):
            run = Running(network.b, "-nn", "-i", "b", "-c", "100", "-w", path, *options)
            send(sender, 1000)
            assert run.wait() == 0
            counts = run.counts()
            assert numbers_in(path) == list(range(100))
            assert counts["captured"] == 100 and counts["received"] >= 100, counts


def a_stop_on_a_busy_link_ends_and_adds_up(network):
    sender = network.sender()
    for options in (["-w", "/dev/null"], ["-nn"], ["-nn", "--no-ring"]):
        def takes(options=options):
            run = Running(network.b, "-i", "b", *options)
            child = os.fork()
            if child == 0:
                try:
                    while True:
                        send(sender, 10000, rate=20000)
                finally:
                    os._exit(0)
            try:
                wait_until(lambda: run.captured() > 100, "it is in the midst of it")
                begin = time.monotonic()
                counts = run.stop()
                taken = time.monotonic() - begin
                assert counts["captured"] > 100 and counts["dropped"] == 0, counts
            finally:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
            return taken
        is_quick(2, takes)


main([
    twenty_stops_right_after_the_last_of_a_thousand_frames_lose_none,
    stops_right_after_the_last_frame_lose_no_line,
    an_interrupt_that_comes_twice_at_once_loses_no_line,
    a_stop_without_traffic_takes_less_than_half_a_second,
    a_count_ends_after_exactly_so_many_packets,
    a_stop_on_a_busy_link_ends_and_adds_up,
])
