#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""--direct: what is written past the page cache is there as soon, as whole and as well counted as any file."""
import ctypes
import mmap
import os
import shutil
import signal
import struct
import subprocess
import threading

from netns import LIBC, RINGTAIL, Folder, Running, Skip, main, numbers_in, send, sh, wait_until

PAGE = mmap.PAGESIZE


class Disk:
    """A small file system of its own that takes direct writes: ext4 in a file."""

    def __init__(self, mib):
        self.mib, self.folder = mib, Folder()

    def __enter__(self):
        if not shutil.which("mkfs.ext4"):
            raise Skip("needs mkfs.ext4 of e2fsprogs")
        within = self.folder.__enter__()
        image, self.path = os.path.join(within, "image"), os.path.join(within, "disk")
        with open(image, "wb") as file:
            file.truncate(self.mib << 20)
        sh(f"mkfs.ext4 -q -O ^has_journal {image}")
        os.mkdir(self.path)
        done = subprocess.run(["mount", "-o", "loop", image, self.path], capture_output=True, text=True, check=False)
        if done.returncode:
            self.folder.__exit__()
            raise Skip("no loop devices here: " + done.stderr.strip())
        os.chmod(self.path, 0o777)
        return self.path

    def __exit__(self, *_):
        subprocess.run(["umount", "-l", self.path], check=False)
        self.folder.__exit__()


def pages_in_cache(path):
    """How many pages of the file the page cache has, mincore(2)."""
    size = os.path.getsize(path)
    with open(path, "r+b") as file, mmap.mmap(file.fileno(), size) as mapped:
        seen = (ctypes.c_ubyte * (-(-size // PAGE)))()
        view = (ctypes.c_char * size).from_buffer(mapped)
        assert LIBC.mincore(ctypes.c_void_p(ctypes.addressof(view)), ctypes.c_size_t(size), seen) == 0
        del view
        return sum(page & 1 for page in seen)


def make_capture(path, packets):
    with open(path, "wb") as file:
        file.write(struct.pack("=IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 262144, 1))
        for number in range(packets):
            cap = number * 7 % 1500
            file.write(struct.pack("=IIII", number, 0, cap, cap) + bytes([number & 0xff]) * cap)


def a_copy_is_the_same_and_stays_out_of_the_page_cache(_):
    with Disk(24) as disk, Folder() as folder:
        stored = os.path.join(folder, "stored.pcap")
        make_capture(stored, 8000)
        for name in ("x.pcap", "x.pcapng"):
            cached, direct = os.path.join(folder, name), os.path.join(disk, name)
            for path, options in ((cached, []), (direct, ["--direct"])):
                done = subprocess.run([RINGTAIL, "-r", stored, "-w", path] + options, capture_output=True, check=True)
                assert b"--direct" not in done.stderr, done.stderr
            pages = pages_in_cache(direct)
            assert pages <= 64, "%d of %d pages are in the cache" % (pages, os.path.getsize(direct) // PAGE)
            with open(cached, "rb") as one, open(direct, "rb") as other:
                assert one.read() == other.read()


def a_burst_is_in_the_file_and_out_of_the_page_cache(network):
    sender = network.sender()
    with Disk(24) as disk:
        path = os.path.join(disk, "x.pcap")
        run = Running(network.b, "-i", "b", "-w", path, "--direct")
        send(sender, 8000, size=1000)
        counts = run.stop()
        assert "--direct" not in run.text(), run.text()
        pages = pages_in_cache(path)	# before it is read
        assert pages < os.path.getsize(path) // PAGE // 2, "%d pages are in the cache" % pages
        assert counts["captured"] == 8000 and numbers_in(path) == list(range(8000))


def a_trickle_is_in_the_file_soon(network):
    sender = network.sender()
    with Disk(8) as disk:
        path = os.path.join(disk, "x.pcap")
        run = Running(network.b, "-i", "b", "-w", path, "--direct")
        for number in range(8):
            send(sender, 1, first=number, size=900)
            wait_until(lambda: numbers_in(path) == list(range(number + 1)), "it is in the file", 5)
        send(sender, 500, first=8, size=900)
        wait_until(lambda: numbers_in(path) == list(range(508)), "all are in the file", 5)
        assert run.stop()["captured"] == 508


def a_kill_in_the_midst_of_writing_leaves_whole_packets(network):
    sender = network.sender()
    with Disk(48) as disk:
        path = os.path.join(disk, "x.pcap")
        run = Running(network.b, "-i", "b", "-w", path, "--direct")
        stop = threading.Event()
        thread = threading.Thread(target=lambda: [send(sender, 500, first=500 * i, size=700) for i in range(80)
                                                  if not stop.is_set()])
        thread.start()
        wait_until(lambda: os.path.getsize(path) > 1000000, "some is written")
        run.kill(signal.SIGKILL)
        run.wait()
        stop.set()
        thread.join()
        numbers = numbers_in(path)
        assert numbers == list(range(len(numbers))) and len(numbers) > 1000
        junk = os.path.getsize(path) - 24 - 716 * len(numbers)
        assert 0 <= junk < 716, junk


def a_full_disk_ends_it_with_whole_packets_and_all_counted(network):
    sender = network.sender()
    with Disk(2) as disk:
        path = os.path.join(disk, "x.pcap")
        run = Running(network.b, "-i", "b", "-w", path, "--direct")
        send(sender, 4000, size=1000, rate=20000)
        assert run.wait() == 6, run.text()
        numbers, counts = numbers_in(path), run.counts()
        assert numbers == list(range(len(numbers))) and len(numbers) > 1000
        assert os.path.getsize(path) == 24 + 1016 * len(numbers)
        assert "x.pcap: No space left on device (%d packets are in the file)" % len(numbers) in run.text(), run.text()
        assert counts["captured"] == len(numbers) + counts["unwritten"], counts


def what_cannot_be_written_so_is_said_once_and_written(network):
    sender = network.sender()
    with Folder() as folder:
        sh(f"mount -t ramfs -o mode=1777 none {folder}")
        try:
            run = Running(network.b, "-i", "b", "-w", os.path.join(folder, "x.pcap"), "--direct", "-b", "packets:100")
            send(sender, 300)
            run.stop()
            found = sorted(name for name in os.listdir(folder) if name.startswith("x"))
            numbers = sum((numbers_in(os.path.join(folder, name)) for name in found), [])
            assert numbers == list(range(300)) and len(found) >= 3, found
            assert run.text().count("--direct has no effect: its file system has no direct writes") == 1, run.text()
        finally:
            subprocess.run(["umount", folder], check=False)


main([
    a_copy_is_the_same_and_stays_out_of_the_page_cache,
    a_burst_is_in_the_file_and_out_of_the_page_cache,
    a_trickle_is_in_the_file_soon,
    a_kill_in_the_midst_of_writing_leaves_whole_packets,
    a_full_disk_ends_it_with_whole_packets_and_all_counted,
    what_cannot_be_written_so_is_said_once_and_written,
])
