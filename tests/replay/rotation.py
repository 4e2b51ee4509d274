#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""A stored capture in several files: those of tcpdump, byte for byte, and by the clock of its packets."""
import os
import re
import shutil
import struct
import sys
import tempfile
import traceback

from captures import PCAPS, RINGTAIL, run

SOURCE = os.path.join(PCAPS, "tls.pcap")
HOUR = 1795262400	# 2026-11-21 12:00 UTC


def repeated(folder, times):
    """A capture of some megabytes."""
    with open(SOURCE, "rb") as file:
        data = file.read()
    path = os.path.join(folder, "source")
    with open(path, "wb") as file:
        file.write(data[:24] + times * data[24:])
    return path


def timed(folder, times):
    """A packet at each of the times, in seconds after HOUR."""
    path = os.path.join(folder, "timed")
    with open(path, "wb") as file:
        file.write(struct.pack("=IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 65535, 1))
        for at in times:
            file.write(struct.pack("=IIII", HOUR + int(at), int(at % 1 * 1e6 + .5), 60, 60) + bytes(60))
    return path


def times_in(path):
    with open(path, "rb") as file:
        data = file.read()
    at, times = 24, []
    while at < len(data):
        sec, usec, cap, _ = struct.unpack_from("=IIII", data, at)
        times.append(round(sec - HOUR + usec / 1e6, 3))
        at += 16 + cap
    return times


def ringtail(*args):
    done = run(RINGTAIL, *args)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode()


def files_are_those_of_tcpdump(folder):
    source = repeated(folder, 45)
    for how in (["-C", "1"], ["-C", "1", "-W", "2"], ["-C", "1", "-W", "11"], ["-C", "1", "-W", "1"], ["-C", "2"]):
        made = []
        for program in ("tcpdump", RINGTAIL):
            place = os.path.join(folder, "made")
            os.mkdir(place)
            user = ["-Z", "root"] if program == "tcpdump" and os.geteuid() == 0 else []
            done = run(program, "-r", source, "-w", os.path.join(place, "x.pcap"), *how, *user)
            assert done.returncode == 0, done.stderr
            made.append({})
            for name in os.listdir(place):
                with open(os.path.join(place, name), "rb") as file:
                    made[-1][name] = file.read()
            shutil.rmtree(place)
        assert made[0] == made[1], (how, sorted(made[0]), sorted(made[1]))
        assert len(made[0]) > 1 or how[-1] == "1"


def the_clock_is_that_of_the_packets(folder):
    source, out = timed(folder, [0, 0.5, 59, 61, 200, 200.5, 3605]), os.path.join(folder, "x")
    expected = {
        ("-G", "60"): {"x-120000": [0, 0.5, 59], "x-120101": [61], "x-120320": [200, 200.5], "x-130005": [3605]},
        ("-G", "60", "-W", "2"): {"x-120000": [0, 0.5, 59], "x-120101": [61]},
        ("-b", "interval:3600"): {"x_00001_20261121120000-%H%M%S": [0, 0.5, 59, 61, 200, 200.5],
                                  "x_00002_20261121130005-%H%M%S": [3605]},
        ("-a", "duration:60"): {"x-%H%M%S": [0, 0.5, 59]},
        ("-b", "packets:3", "-a", "files:2"): {"x_00001_20261121120000-%H%M%S": [0, 0.5, 59],
                                               "x_00002_20261121120101-%H%M%S": [61, 200, 200.5]},
    }
    for how, files in expected.items():
        ringtail("-r", source, "-w", out + ".-%H%M%S" if how[0] == "-b" else out + "-%H%M%S", *how)
        found = {name.replace(".-", "-"): times_in(os.path.join(folder, name)) for name in os.listdir(folder)
                 if name.startswith("x")}
        assert found == files, (how, found)
        for name in os.listdir(folder):
            if name.startswith("x"):
                os.unlink(os.path.join(folder, name))


def names_are_printed_when_files_are_complete(folder):
    out = os.path.join(folder, "x.pcap")
    names = ringtail("-r", SOURCE, "-w", out, "-b", "packets:100", "-b", "printname:-").splitlines()
    assert sorted(names) == sorted(os.path.join(folder, name) for name in os.listdir(folder))
    assert all(re.fullmatch(r".*/x_0000\d_\d{14}\.pcap", name) for name in names), names


def a_source_is_not_replaced_by_its_pieces(folder):
    source = repeated(folder, 45)
    os.rename(source, os.path.join(folder, "x1"))
    done = run(RINGTAIL, "-r", os.path.join(folder, "x1"), "-w", os.path.join(folder, "x"), "-C", "1")
    assert done.returncode == 2 and b"x1: it is read and written at once" in done.stderr, done
    assert os.path.getsize(os.path.join(folder, "x1")) > 2000000


def a_name_that_comes_again_is_said(folder):
    source = timed(folder, [0, 100, 200])
    done = run(RINGTAIL, "-r", source, "-w", os.path.join(folder, "x"), "-G", "60")
    assert done.returncode == 0 and done.stderr.count(b"it is replaced now and with each file to come") == 1
    assert times_in(os.path.join(folder, "x")) == [200]


def an_empty_capture_makes_one_empty_file(folder):
    source = timed(folder, [])
    for how in ([], ["-C", "1"], ["-G", "60"], ["-b", "packets:1"]):
        ringtail("-r", source, "-w", os.path.join(folder, "x"), *how)
        found = [name for name in os.listdir(folder) if name.startswith("x")]
        assert len(found) == 1 and times_in(os.path.join(folder, found[0])) == [], (how, found)
        os.unlink(os.path.join(folder, found[0]))


def what_does_not_fit_together_is_said(folder):
    out = os.path.join(folder, "x")
    for how, words in {
            ("-C", "1"): "-C: it is about files that are written, and there is no -w",
            ("-a", "files:2", "-w", out): "-a files: and when does a file end?",
            ("-b", "files:2", "-w", out): "-b files: and when does a file end?",
            ("-W", "2", "-w", out): "-W: it counts the files of -C or -G",
            ("-C", "1", "-b", "packets:1", "-w", out): "-b: -C says the same in other words",
            ("-C", "1", "-w", "-"): "-C: it is about files, and packets go to standard output",
            ("-C", "1x", "-w", out): "-C: '1x' is not a size",
            ("-G", "soon", "-w", out): "-G: 'soon' is not a time such as",
            ("-b", "size:1", "-w", out): "-b: 'size:1' is not one of filesize:, duration:, ",
            ("-z", "no-such-command", "-w", out): "-z: no-such-command: no such command",
    }.items():
        done = run(RINGTAIL, "-r", SOURCE, *how)
        assert done.returncode == 2 and ("ringtail: " + words) in done.stderr.decode(), (how, done)
        assert done.stderr.count(b"\n") == 1, done.stderr
    assert os.listdir(folder) == []


def main():
    failed = False
    for test in (files_are_those_of_tcpdump, the_clock_is_that_of_the_packets,
                 names_are_printed_when_files_are_complete, a_source_is_not_replaced_by_its_pieces,
                 a_name_that_comes_again_is_said, an_empty_capture_makes_one_empty_file,
                 what_does_not_fit_together_is_said):
        with tempfile.TemporaryDirectory() as folder:
            try:
                test(folder)
                print("ok - " + test.__name__.replace("_", " "))
            except Exception:
                failed = True
                print("not ok - " + test.__name__.replace("_", " "))
                traceback.print_exc(file=sys.stdout)
    return failed


sys.exit(main())
