#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Files one after the other: each complete, no packet lost between them, and on time without packets too."""
import glob
import json
import os
import re
import signal
import subprocess
import time

from netns import RINGTAIL, Folder, Running, main, numbers_in, read_pcap, send, wait_until


def files_in(folder):
    """By their number, which stands in their names."""
    return sorted(glob.glob(os.path.join(folder, "x*")))


def whole(path):
    """Its numbers; and nothing but whole packets are in it."""
    _, packets = read_pcap(path)
    assert os.path.getsize(path) == 24 + sum(16 + len(p.data) for p in packets), path
    return numbers_in(path)


def all_numbers(folder):
    return sum((whole(path) for path in files_in(folder)), [])


def descriptors(run):
    return sorted(os.readlink(f"/proc/{run.pid}/fd/{fd}") for fd in os.listdir(f"/proc/{run.pid}/fd"))


def a_thousand_rotations_lose_no_packet_and_no_descriptor(network):
    sender = network.sender()
    with Folder() as folder:
        run = Running(network.b, "-i", "b", "-w", os.path.join(folder, "x.pcap"), "-b", "packets:20")
        before = len(descriptors(run))
        send(sender, 20000, rate=100000)
        wait_until(lambda: len(files_in(folder)) >= 1000, "there are a thousand files")
        assert len(descriptors(run)) <= before, descriptors(run)
        assert run.stop()["captured"] == 20000
        assert len(files_in(folder)) == 1000
        assert all_numbers(folder) == list(range(20000))


def sizes_of_tcpdump_and_dumpcap_lose_no_packet_either(network):
    sender = network.sender()
    with Folder() as folder:
        for how, first in ((["-C", "100k"], "x.pcap"), (["-b", "filesize:100"], "x_00001_"),
                           (["-C", "100k", "-W", "1000", "--print"], "x.pcap000")):
            run = Running(network.b, "-i", "b", "-w", os.path.join(folder, "x.pcap"), *how)
            send(sender, 5000)
            assert run.stop()["captured"] == 5000
            found = files_in(folder)
            assert os.path.basename(found[0]).startswith(first), found
            assert len(found) == 4, found
            assert all_numbers(folder) == list(range(5000))
            for path in found:
                os.unlink(path)


def a_full_file_is_complete_before_the_next_packet_comes(network):
    sender = network.sender()
    with Folder() as folder:
        names = os.path.join(folder, "names")
        run = Running(network.b, "-i", "b", "-w", os.path.join(folder, "x.pcap"), "-b", "packets:10",
                      "-b", "printname:" + names)
        send(sender, 10)
        wait_until(lambda: os.path.getsize(names) > 0, "a name is told")
        assert files_in(folder) == open(names).read().splitlines()
        assert whole(files_in(folder)[0]) == list(range(10))
        run.stop()
        assert len(files_in(folder)) == 1


def each_pcapng_file_is_complete_compressed_or_not(network):
    sender = network.sender()
    with Folder() as folder:
        for name in ("x.pcapng", "x.pcapng.zst", "x.pcapng.gz"):
            run = Running(network.b, "-i", "b", "-w", os.path.join(folder, name), "-b", "packets:100")
            send(sender, 450)
            assert run.stop()["captured"] == 450
            found = files_in(folder)
            assert len(found) == 5 and all(path.endswith(name[1:]) for path in found), found
            for path, packets in zip(found, [100, 100, 100, 100, 50]):
                done = subprocess.run([RINGTAIL, "info", "--json", path], capture_output=True, check=True)
                said = json.loads(done.stdout)
                assert said["packets"] == packets and said["interfaces"][0]["name"] == "b", said
                assert "statistics" in str(said["interfaces"][0]), said
            if name == "x.pcapng":
                done = subprocess.run(["capinfos", "-Tmc", *found], capture_output=True, check=True, text=True)
                assert [line.split(",")[1] for line in done.stdout.split()[-5:]] == ["100"] * 4 + ["50"], done
                assert done.stderr == "", done.stderr
            for path in found:
                os.unlink(path)


def time_ends_files_of_a_silent_link(network):
    with Folder() as folder:
        for how in (["-b", "duration:0.1"], ["-b", "interval:0.1"], ["-G", "0.1", "-C", "1"]):
            run = Running(network.b, "-i", "b", "-w", os.path.join(folder, "x.pcap"), *how,
                          "-a", "files:4")
            assert run.wait() == 0, run.text()
            if "-G" not in how:
                assert len(files_in(folder)) == 4, files_in(folder)
            assert all_numbers(folder) == []
            for path in files_in(folder):
                os.unlink(path)


def one_file_of_a_time_ends_the_run_without_a_packet(network):
    with Folder() as folder:
        begin = time.monotonic()
        run = Running(network.b, "-i", "b", "-w", os.path.join(folder, "x-%Y.pcap"), "-G", "0.4", "-W", "1")
        assert run.wait() == 0 and time.monotonic() - begin >= 0.4
        assert files_in(folder) == [os.path.join(folder, time.strftime("x-%Y.pcap"))]


def what_comes_after_the_last_file_is_not_counted_as_written(network):
    sender = network.sender()
    for how in (["-a", "files:2", "-b", "duration:0.25"], ["-G", "0.3", "-W", "1"]):
        captured = 0
        while captured == 0:		# others may have the machine for so long
            with Folder() as folder:
                run = Running(network.b, "-i", "b", "-w", os.path.join(folder, "x.pcap"), *how)
                number = 0
                while run.process.poll() is None:
                    send(sender, 10, first=number)
                    number += 10
                    time.sleep(0.005)
                assert run.wait() == 0, run.text()
                captured = run.counts()["captured"]
                assert captured < number and all_numbers(folder) == list(range(captured)), run.text()


def a_duration_ends_any_capture(network):
    sender = network.sender()
    with Folder() as folder:
        for how in (["-w", os.path.join(folder, "x.pcap")], ["-nn"], ["--count"]):
            for seconds in ("0.3", "3", "30"):		# others may have the machine for so long
                run = Running(network.b, "-i", "b", *how, "-a", "duration:" + seconds)
                send(sender, 100)
                assert run.wait(60) == 0, run.text()
                if run.counts()["captured"] == 100:
                    break
            assert run.counts()["captured"] == 100, run.text()
        assert all_numbers(folder) == list(range(100))


def a_size_ends_the_capture_with_the_packet_that_reaches_it(network):
    sender = network.sender()
    with Folder() as folder:
        run = Running(network.b, "-i", "b", "-w", os.path.join(folder, "x.pcap"), "-a", "filesize:10")
        send(sender, 1000)
        assert run.wait() == 0
        assert all_numbers(folder) == list(range(132))		# 24 + 132 * 76 > 10000
        assert run.counts()["captured"] == 132 and run.counts()["unwritten"] == 0


def a_ring_keeps_the_newest_files(network):
    sender = network.sender()
    with Folder() as folder:
        for how, most in ((["-b", "packets:100", "-b", "files:3"], 3), (["-C", "1k", "-W", "3"], 3)):
            run = Running(network.b, "-i", "b", "-w", os.path.join(folder, "x.pcap"), *how)
            send(sender, 1000)
            run.stop()
            found, numbers = files_in(folder), sorted(all_numbers(folder))
            assert len(found) == most, found
            assert numbers == list(range(numbers[0], 1000)) and len(numbers) > 20, numbers
            for path in found:
                os.unlink(path)


def a_disk_is_kept_free_by_the_oldest_files(network):
    sender = network.sender()
    with Folder(size=2048) as folder:
        run = Running(network.b, "-i", "b", "-w", os.path.join(folder, "x.pcap"), "-b", "packets:100",
                      "--keep-free", "1M")
        send(sender, 3000, size=1000, rate=20000)
        assert run.stop()["captured"] == 3000
        numbers, disk = all_numbers(folder), os.statvfs(folder)
        assert disk.f_bavail * disk.f_frsize > (1 << 20) - 300000
        assert numbers == list(range(numbers[0], 3000)) and 500 < len(numbers) < 1300, len(numbers)


def a_disk_is_kept_free_by_stopping_where_nothing_can_go(network):
    sender = network.sender()
    with Folder(size=2048) as folder:
        path = os.path.join(folder, "x.pcap")
        run = Running(network.b, "-i", "b", "-w", path, "--keep-free", "1M")
        send(sender, 1200, size=1000, rate=20000)
        assert run.wait() == 6
        assert f"ringtail: {path}: stopped: its disk has less free than is to be kept" in run.text()
        numbers, counts = all_numbers(folder), run.counts()
        assert numbers == list(range(len(numbers))), len(numbers)
        assert counts["captured"] == len(numbers) + counts["unwritten"], counts


def a_full_disk_leaves_the_complete_files_and_a_whole_last_one(network):
    sender = network.sender()
    with Folder(size=512) as folder:
        run = Running(network.b, "-i", "b", "-w", os.path.join(folder, "x.pcap"), "-b", "packets:100")
        send(sender, 3000, size=1000, rate=20000)
        assert run.wait() == 6
        numbers, counts = all_numbers(folder), run.counts()
        assert "No space left on device" in run.text() and len(files_in(folder)) > 2
        assert numbers == list(range(len(numbers))) and len(numbers) > 400
        assert counts["captured"] == len(numbers) + counts["unwritten"], (counts, len(numbers))


def script(folder, text):
    path = os.path.join(folder, "hook")
    with open(path, "w") as file:
        file.write("#!/bin/sh\n" + text)
    os.chmod(path, 0o755)
    return path


def a_command_gets_each_complete_file_and_nothing_else(network):
    sender = network.sender()
    with Folder() as folder:
        hook = script(folder, """cp "$1" "$1.seen" && mv "$1.seen" "$(dirname "$1")/seen-$(basename "$1")"
                      ls -l /proc/self/fd | sed -n 's/.*-> //p' >"$(dirname "$1")/fds"
                      grep -E '^(Cap|NoNew|Uid|SigIgn)' /proc/self/status >"$(dirname "$1")/status"
                      """)
        run = Running(network.b, "-i", "b", "-w", os.path.join(folder, "x.pcap"), "-b", "packets:100",
                      "-z", hook)
        send(sender, 1050)
        assert run.stop()["captured"] == 1050
        assert "-z" not in run.text(), run.text()
        seen = [os.path.join(folder, "seen-" + os.path.basename(path)) for path in files_in(folder)]
        assert len(seen) == 11 and sum((whole(path) for path in seen), []) == list(range(1050))
        with open(os.path.join(folder, "fds")) as file:
            held = [line for line in file.read().splitlines() if not line.startswith(folder)]
        assert not [name for name in held if "socket" in name or "packet" in name], held
        with open(os.path.join(folder, "status")) as file:
            status = dict(line.split(":\t", 1) for line in file.read().splitlines())
        for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"):
            assert int(status[name], 16) == 0, status
        assert status["NoNewPrivs"] == "1", status
        assert not int(status["SigIgn"], 16) & (1 << (signal.SIGPIPE - 1)), status


def a_command_that_fails_is_said_with_its_file(network):
    sender = network.sender()
    with Folder() as folder:
        hook = script(folder, "case $1 in *00002*) exit 3;; *00003*) kill -9 $$;; esac")
        run = Running(network.b, "-i", "b", "-w", os.path.join(folder, "x.pcap"), "-b", "packets:10",
                      "-z", hook)
        send(sender, 40)
        run.stop()
        lines = sorted(line for line in run.text().splitlines() if "-z" in line)
        assert len(lines) == 2, run.text()
        assert re.fullmatch("ringtail: -z .*/hook: .*/x_00002_.*: exit status 3", lines[0]), lines
        assert re.fullmatch("ringtail: -z .*/hook: .*/x_00003_.*: ended by signal 9", lines[1]), lines


def a_command_that_hangs_holds_nothing_up(network):
    sender = network.sender()
    with Folder() as folder:
        pids = os.path.join(folder, "pids")
        hook = script(folder, f"echo $$ >>{pids}; exec sleep 1000")
        run = Running(network.b, "-i", "b", "-w", os.path.join(folder, "x.pcap"), "-b", "packets:10",
                      "-z", hook)
        try:
            send(sender, 5000)
            wait_until(lambda: len(files_in(folder)) == 500, "there are 500 files")
            begin = time.monotonic()
            assert run.stop()["captured"] == 5000
            assert time.monotonic() - begin < 20		# it hangs for 1,000
            assert "not waited for any longer; it goes on" in run.text(), run.text()
            assert all_numbers(folder) == list(range(5000))
        finally:
            end_hooks(pids)


def end_hooks(path):
    """Each that ends makes room for the next one."""
    helpers = set()
    with open(path) as file:
        for pid in file.read().split():
            with open(f"/proc/{pid}/stat") as stat:
                helpers.add(int(stat.read().split()[3]))
    for helper in helpers:
        os.kill(helper, signal.SIGKILL)
    with open(path) as file:
        for pid in file.read().split():
            os.kill(int(pid), signal.SIGKILL)


def a_command_that_does_not_exist_is_said_before_capturing(network):
    with Folder() as folder:
        run = Running(network.b, "-i", "b", "-w", os.path.join(folder, "x.pcap"), "-C", "1",
                      "-z", "no-such-command", wait=False)
        assert run.wait() == 2 and files_in(folder) == []
        assert "ringtail: -z: no-such-command: no such command" in run.text()


main([
    a_thousand_rotations_lose_no_packet_and_no_descriptor,
    sizes_of_tcpdump_and_dumpcap_lose_no_packet_either,
    a_full_file_is_complete_before_the_next_packet_comes,
    each_pcapng_file_is_complete_compressed_or_not,
    time_ends_files_of_a_silent_link,
    one_file_of_a_time_ends_the_run_without_a_packet,
    what_comes_after_the_last_file_is_not_counted_as_written,
    a_duration_ends_any_capture,
    a_size_ends_the_capture_with_the_packet_that_reaches_it,
    a_ring_keeps_the_newest_files,
    a_disk_is_kept_free_by_the_oldest_files,
    a_disk_is_kept_free_by_stopping_where_nothing_can_go,
    a_full_disk_leaves_the_complete_files_and_a_whole_last_one,
    a_command_gets_each_complete_file_and_nothing_else,
    a_command_that_fails_is_said_with_its_file,
    a_command_that_hangs_holds_nothing_up,
    a_command_that_does_not_exist_is_said_before_capturing,
])
