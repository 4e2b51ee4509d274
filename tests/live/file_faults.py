#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Whatever happens to the file of a capture: it is whole as far as it goes, and what it lacks is counted."""
import glob
import os
import pty
import shutil
import signal
import struct
import subprocess
import threading
import tty

from netns import RINGTAIL, Folder, Running, main, numbers_in, number_of, read_pcap, send, sh, wait_until


def errors_of(run):
    return [line for line in run.text().splitlines() if line.startswith("ringtail: ")]


def a_kill_in_the_midst_of_writing_leaves_whole_packets(network):
    sender = network.sender()
    with Folder() as folder:
        for number in range(5):
            path = os.path.join(folder, "%d.pcap" % number)
            run = Running(network.b, "-i", "b", "-w", path)
            stop = threading.Event()
            thread = threading.Thread(target=lambda: [send(sender, 500, first=500 * i, size=700) for i in range(1000)
                                                      if not stop.is_set()])
            thread.start()
            wait_until(lambda: os.path.getsize(path) > 100000 * (number + 1), "some is written")
            run.kill(signal.SIGKILL)
            run.wait()
            stop.set()
            thread.join()
            numbers = numbers_in(path)
            assert numbers == list(range(len(numbers))) and len(numbers) > 100
            junk = os.path.getsize(path) - 24 - 716 * len(numbers)
            assert 0 <= junk < 716
            done = subprocess.run([RINGTAIL, "-r", path, "--count"], capture_output=True, check=False)
            assert done.stdout == b"%d packets\n" % len(numbers) and done.returncode == (3 if junk else 0), done


def a_device_that_fails_ends_the_run_with_status_6(network):
    """A terminal whose other end has gone answers write(2) with EIO."""
    sender = network.sender()
    there, here = pty.openpty()
    tty.setraw(here)
    run = Running(network.b, "-i", "b", "-w", os.ttyname(here))
    os.close(here)
    send(sender, 10)
    got = b""
    while len(got) < 24 + 760:
        got += os.read(there, 4096)
    os.close(there)
    send(sender, 5, first=10)
    assert run.wait() == 6
    assert len(errors_of(run)) == 1 and "Input/output error (10 packets were written)" in run.text(), run.text()
    counts = run.counts()
    assert counts["captured"] == 15 and counts["unwritten"] == 5, counts


def a_full_device_is_said_before_capturing(network):
    run = Running(network.b, "-i", "b", "-w", "/dev/full", wait=False)
    assert run.wait() == 6
    assert run.text() == "ringtail: /dev/full: No space left on device (0 packets were written)\n", run.text()


def a_slow_disk_loses_what_is_counted_and_nothing_else(network):
    sender = network.sender()
    with Folder() as folder:
        path, got = os.path.join(folder, "fifo"), []
        os.mkfifo(path)

        def drain():
            with open(path, "rb", buffering=0) as file:
                while True:
                    data = file.read(16384)
                    if not data:
                        return
                    got.append(data)
                    wait_slowly.wait(0.01)

        wait_slowly = threading.Event()
        reader = threading.Thread(target=drain)
        reader.start()
        run = Running(network.b, "-i", "b", "-w", path, "-B", "512")
        send(sender, 8000, size=1000)
        run.kill()
        wait_slowly.set()
        assert run.wait() == 0, run.text()
        reader.join()
        data, numbers, at = b"".join(got), [], 24
        while at < len(data):
            cap = struct.unpack_from("=I", data, at + 8)[0]
            numbers.append(number_of(data[at + 16:at + 16 + cap]))
            at += 16 + cap
        counts = run.counts()
        assert at == len(data) and numbers == sorted(set(numbers))
        assert counts["captured"] == len(numbers) and len(numbers) + counts["dropped"] == 8000, (counts, len(numbers))
        assert counts["dropped"] > 0, counts


def a_file_that_cannot_be_made_is_said_before_capturing(network):
    nobody = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "--inh-caps", "-all,+net_raw",
              "--ambient-caps", "-all,+net_raw"]
    with Folder() as folder:
        os.chmod(folder, 0o755)
        binary, path = shutil.copy(RINGTAIL, folder), os.path.join(folder, "a.pcap")
        run = Running(network.b, "-i", "b", "-w", path, wait=False, prefix=nobody, binary=binary)
        assert run.wait() == 6 and run.text() == f"ringtail: {path}: Permission denied\n", run.text()
    run = Running(network.b, "-i", "b", "-w", "/no/such/folder/a.pcap", wait=False)
    assert run.wait() == 6
    assert run.text() == "ringtail: /no/such/folder/a.pcap: No such file or directory\n", run.text()
    with Folder(size=64) as folder:
        path = os.path.join(folder, "a.pcap")
        sh(f"mount -o remount,ro {folder}")
        run = Running(network.b, "-i", "b", "-w", path, wait=False)
        assert run.wait() == 6 and run.text() == f"ringtail: {path}: Read-only file system\n", run.text()


def a_link_is_not_followed_and_what_it_names_is_left_alone(network):
    with Folder() as folder:
        victim, path = os.path.join(folder, "victim"), os.path.join(folder, "a.pcap")
        with open(victim, "w") as file:
            file.write("precious")
        for link in (os.symlink, os.link):
            link(victim, path)
            run = Running(network.b, "-i", "b", "-w", path, wait=False)
            assert run.wait() == 6 and len(errors_of(run)) == 1, run.text()
            assert open(victim).read() == "precious" and os.stat(victim).st_uid == 0
            os.unlink(path)


def a_folder_that_vanishes_ends_the_run_with_its_files_whole(network):
    sender = network.sender()
    with Folder() as folder:
        before, after = os.path.join(folder, "before"), os.path.join(folder, "after")
        os.mkdir(before)
        run = Running(network.b, "-i", "b", "-w", os.path.join(before, "x.pcap"), "-b", "packets:100")
        send(sender, 250)
        wait_until(lambda: len(os.listdir(before)) == 3, "the third file has begun")
        os.rename(before, after)
        send(sender, 250, first=250)
        assert run.wait() == 6
        assert len(errors_of(run)) == 1 and "No such file or directory" in errors_of(run)[0], run.text()
        found = sorted(glob.glob(os.path.join(after, "*")))
        numbers, counts = sum((numbers_in(path) for path in found), []), run.counts()
        assert all(os.path.getsize(path) == 24 + 76 * len(read_pcap(path)[1]) for path in found)
        assert numbers == list(range(300)), len(numbers)
        assert counts["captured"] == 300 + counts["unwritten"], counts


main([
    a_kill_in_the_midst_of_writing_leaves_whole_packets,
    a_device_that_fails_ends_the_run_with_status_6,
    a_full_device_is_said_before_capturing,
    a_slow_disk_loses_what_is_counted_and_nothing_else,
    a_file_that_cannot_be_made_is_said_before_capturing,
    a_link_is_not_followed_and_what_it_names_is_left_alone,
    a_folder_that_vanishes_ends_the_run_with_its_files_whole,
])
