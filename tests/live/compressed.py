#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Live packets into compressed files: whole at the end, and as far as they were flushed after SIGKILL."""
import os
import signal
import subprocess

from netns import Folder, Running, main, numbers_in, send, wait_until

TOOLS = {"gzip": ".gz", "zstd": ".zst", "lz4": ".lz4"}


def numbers(tool, path):
    """Of the frames that the tool finds in the file, which may have no end."""
    plain = path + ".plain"
    with open(plain, "wb") as file:
        subprocess.run([tool, "-dc", path], stdout=file, stderr=subprocess.DEVNULL, check=False)
    return numbers_in(plain) if os.path.getsize(plain) >= 24 else []


def a_compressed_file_has_all_that_came(network):
    sender = network.sender()
    with Folder() as folder:
        for tool, suffix in TOOLS.items():
            path = os.path.join(folder, "a.pcap" + suffix)
            run = Running(network.b, "-i", "b", "-w", path)
            send(sender, 1000)
            assert run.stop()["captured"] == 1000
            assert numbers(tool, path) == list(range(1000)), tool


def what_was_flushed_survives_sigkill(network):
    sender = network.sender()
    with Folder() as folder:
        for tool, suffix in TOOLS.items():
            path = os.path.join(folder, "a.pcap" + suffix)
            run = Running(network.b, "-i", "b", "-w", path)
            send(sender, 100)
            wait_until(lambda: len(numbers(tool, path)) == 100, "100 frames are in the file")
            run.kill(signal.SIGKILL)
            run.wait()
            assert numbers(tool, path) == list(range(100)), tool


main([
    a_compressed_file_has_all_that_came,
    what_was_flushed_survives_sigkill,
])
