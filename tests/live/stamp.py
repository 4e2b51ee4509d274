#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Whose clock times are of: an adapter that does not stamp packets is refused, never replaced by the host."""
import os
import subprocess

from netns import RINGTAIL, Folder, Running, main, read_pcap, send


def refused(network, status, text, *arguments):
    done = subprocess.run(["ip", "netns", "exec", network.b, RINGTAIL, "-i", "b", "-w", "/dev/null", *arguments],
                          capture_output=True, timeout=60, check=False)
    assert done.returncode == status, (arguments, done.returncode, done.stderr)
    assert done.stderr.startswith(b"ringtail: ") and done.stderr.count(b"\n") == 1 and text in done.stderr, done.stderr


def an_adapter_without_a_clock_is_refused(network):
    refused(network, 4, b"b: no times of the adapter: it stamps no packets", "--time-stamp-type", "adapter_unsynced")
    refused(network, 4, b"adapter_unsynced has the adapter's own clock", "--time-stamp-type=adapter")


def times_of_the_adapter_are_of_a_ring(network):
    for option in ("--no-ring", "--immediate-mode", "--cooked"):
        refused(network, 2, b"and " + option.encode() + b" is given", "--time-stamp-type=adapter_unsynced", option)
    refused(network, 2, b"'card' is not one of host, adapter, adapter_unsynced", "--time-stamp-type=card")


def the_host_is_the_default(network):
    with Folder() as folder:
        path = os.path.join(folder, "a.pcap")
        for how in ([], ["--time-stamp-type=host"]):
            run = Running(network.b, "-i", "b", "-w", path, *how)
            send(network.sender(), 5)
            assert run.stop()["captured"] == 5
            assert "clock" not in run.text()
            assert len(read_pcap(path)[1]) == 5


main([
    an_adapter_without_a_clock_is_refused,
    times_of_the_adapter_are_of_a_ring,
    the_host_is_the_default,
])
