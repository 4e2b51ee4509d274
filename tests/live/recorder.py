#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""recorder.py - the flight recorder: what came before a key, a signal or a packet is in a file, and what comes after"""
import glob
import os
import re
import signal
import subprocess
import time

import netns
from netns import Folder, Running, send
from view import View


def recordings(count):
    """The files, of which there are so many, oldest first."""
    names = sorted(glob.glob("ringtail-*.pcapng"), key=os.path.getmtime)
    assert len(names) == count, names
    return names


def said_by(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False, text=True).stdout


def comment(name):
    """The capture's."""
    return re.search("Comment, section 0 *(.*)", said_by(netns.RINGTAIL, "info", name)).group(1)


def numbers_in(name, program=(netns.RINGTAIL, "--fields")):
    """Of the packets; by another program, the same is expected."""
    command = (program[0], "-r", name, *program[1:], "ip.id")
    return [int(line, 16) for line in said_by(*command).split()]


def state_of(process):
    """As in proc(5): S where it sleeps."""
    with open("/proc/%d/stat" % process, encoding="ascii") as file:
        return file.read().rsplit(") ", 1)[1][0]


def a_key_records_what_was_and_what_comes(net):
    view = View(net.b, "-i", "b", "--trigger-after=700ms")
    sender = net.sender()
    send(sender, 100)
    view.until("packets 100 ", key=b"\x0c")
    view.type(b"R")
    view.until("REC ringtail-", key=b"\x0c")
    send(sender, 50, first=100)
    view.until("150 packets recorded in ringtail-")
    name, = recordings(1)
    assert numbers_in(name) == list(range(150))
    assert numbers_in(name, ("tshark", "-T", "fields", "-e")) == list(range(150))
    assert "key R, 20" in said_by("capinfos", "-k", name)
    view.type(b"q")
    assert view.end()[0] == 0


def a_signal_records_without_a_screen(net):
    for how in (["-w", "all.pcap"], []):
        run = Running(net.b, "-i", "b", "--keep=1min,8MiB", "--trigger-after=100ms", *how)
        send(net.sender(), 30)
        netns.wait_until(lambda: run.captured() == 30, "30 packets")
        os.kill(run.pid, signal.SIGUSR2)
        run.wait_for("30 packets recorded (SIGUSR2, 20")
        name, = recordings(1)
        assert numbers_in(name) == list(range(30))
        assert comment(name).startswith("SIGUSR2, 20")
        run.stop()
        os.unlink(name)


def a_packet_records_by_its_fields(net):
    expression = "udp.port == 99 && ip.id == 40"
    for how in (["-w", "all.pcap"], ["--print", "-w", "all.pcap"]):
        run = Running(net.b, "-i", "b", "--trigger", expression, "--trigger-after=100ms", *how)
        sender = net.sender()
        send(sender, 40)
        send(sender, 1, first=40, port=99)
        send(sender, 10, first=41)
        run.wait_for("packets recorded (trigger " + expression)
        name, = recordings(1)
        numbers = numbers_in(name)
        assert numbers == list(range(len(numbers))) and len(numbers) >= 41, numbers
        assert comment(name).startswith("trigger %s, packet, 20" % expression), comment(name)
        told = said_by("tshark", "-r", name, "-Y", "frame.comment", "-T", "fields", "-e", "udp.dstport", "-e", "frame.comment")
        assert told == "99\t%s\n" % comment(name), told
        run.stop()
        os.unlink(name)


def a_packet_records_while_there_is_a_screen_and_when_it_has_gone(net):
    view = View(net.b, "-i", "b", "--trigger=udp.port == 99", "--trigger-after=100ms", "--on-hangup=continue")
    sender = net.sender()
    send(sender, 10)
    send(sender, 1, first=10, port=99)
    view.until("11 packets recorded in ringtail-")
    view.close_terminal()
    netns.wait_until(lambda: len(netns.children(view.pid)) == 2, "the screen has gone, trigger and recorder have not")
    send(sender, 10, first=11)
    send(sender, 1, first=21, port=99)
    netns.wait_until(lambda: len(glob.glob("ringtail-*.pcapng")) == 2, "there is a second file")
    first, second = recordings(2)
    netns.wait_until(lambda: len(numbers_in(second)) == 11, "the packets are in it")
    assert numbers_in(first) == list(range(11))
    assert numbers_in(second) == list(range(11, 22))	# nothing twice
    os.kill(view.pid, signal.SIGTERM)
    assert view.end()[0] == 0


def interfaces_that_came_later_are_told(net):
    run = Running(net.b, "-i", "b*", "--follow-interfaces", "--keep=8MiB", "--trigger-after=1ms", "-w", "all.pcapng")
    send(net.sender(), 5)
    netns.sh("ip -n %s link add name b2 type veth peer name c" % net.b)
    netns.set_up((net.b, "b2"), (net.b, "c"))
    run.wait_for("joins the capture")
    send(net.sender("c", ns=net.b), 5, first=5)
    netns.wait_until(lambda: len(numbers_in("all.pcapng")) == 10, "10 packets")
    os.kill(run.pid, signal.SIGUSR2)
    run.wait_for("10 packets recorded")
    name, = recordings(1)
    assert numbers_in(name) == list(range(10))
    told = said_by("tshark", "-r", name, "-T", "fields", "-e", "frame.interface_name").split()
    assert told == ["b"] * 5 + ["b2"] * 5, told
    run.stop()


def what_came_later_is_told_as_what_was_there(net):
    run = Running(net.b, "-i", "b*", "--follow-interfaces", "--cooked", "--keep=8MiB", "--trigger-after=1ms",
                  "-w", "all.pcapng", "udp")
    netns.sh("ip -n %s link add name b2 type veth peer name c" % net.b)
    for name in ("b2", "c"):
        netns.sh("ip -n %s link set dev %s arp off up" % (net.b, name))
    run.wait_for("joins the capture")
    send(net.sender("c", ns=net.b), 5)
    netns.wait_until(lambda: len(numbers_in("all.pcapng")) == 5, "5 packets")
    os.kill(run.pid, signal.SIGUSR2)
    run.wait_for("5 packets recorded")
    name, = recordings(1)
    told = said_by("tshark", "-r", name, "-T", "fields", "-e", "frame.encap_type", "-e", "udp.dstport").splitlines()
    assert told == ["210\t9"] * 5, told		# Linux cooked-mode capture v2
    assert said_by("capinfos", name).count("Filter string = udp") == 2
    run.stop()


def one_file_at_a_time_is_said(net):
    run = Running(net.b, "-i", "b", "--keep=8MiB", "--trigger-after=1h", "-w", "all.pcap")
    for said in ("", "b: SIGUSR2: a recording is being written"):
        os.kill(run.pid, signal.SIGUSR2)
        netns.wait_until(lambda: glob.glob("ringtail-*.pcapng"), "a file")
        run.wait_for(said)
    run.stop()
    recordings(1)


def a_packet_that_is_gone_has_no_time(net):
    """The trigger's process finds it on the tape, and the keeper overwrites it before it hears of that."""
    run = Running(net.b, "-i", "b", "--keep=2MiB", "--trigger=udp.port == 99", "--trigger-after=1ms", "-w", "all.pcap")
    _, finder = netns.children(run.pid)
    os.kill(finder, signal.SIGSTOP)
    sender = net.sender()
    send(sender, 1, port=99)
    netns.wait_until(lambda: run.captured() == 1, "it is on the tape")
    os.kill(run.pid, signal.SIGSTOP)
    send(sender, 2000, first=1, size=1400)
    os.kill(finder, signal.SIGCONT)
    netns.wait_until(lambda: state_of(finder) == "S", "it was found")
    os.kill(run.pid, signal.SIGCONT)
    run.wait_for("packets recorded (trigger udp.port == 99, packet gone, 20")
    run.stop()


def a_trigger_does_not_fill_the_disk(net):
    run = Running(net.b, "-i", "b", "-w", "all.pcap", "--trigger=udp", "--trigger-after=1ms", "--trigger-files=2")
    sender = net.sender()
    said = "the trigger writes no more files than these 2"
    sent = 0
    while said not in run.text() and sent < 2000:
        send(sender, 1, first=sent)
        sent += 1
        time.sleep(0.02)
    run.wait_for(said)
    send(sender, 40, first=sent)
    run.stop()
    recordings(2)
    assert netns.numbers_in("all.pcap") == list(range(sent + 40))


def the_end_of_the_capture_ends_the_file(net):
    run = Running(net.b, "-i", "b", "-w", "all.pcap", "--keep=8MiB", "--trigger-after=1h")
    send(net.sender(), 20)
    netns.wait_until(lambda: run.captured() == 20, "20 packets")
    os.kill(run.pid, signal.SIGUSR2)
    netns.wait_until(lambda: glob.glob("ringtail-*.pcapng"), "a file")
    send(net.sender(), 20, first=20)
    run.stop()
    name, = recordings(1)
    assert numbers_in(name) == list(range(40))


def what_cannot_be_recorded_is_said(net):
    os.mkdir("gone")
    os.chdir("gone")
    run = Running(net.b, "-i", "b", "--keep=8MiB", "--count")
    os.rmdir("../gone")
    os.kill(run.pid, signal.SIGUSR2)
    run.wait_for(".pcapng: No such file or directory")
    os.kill(run.pid, signal.SIGTERM)
    assert run.wait() == 6


def a_recorder_that_has_gone_is_said(net):
    run = Running(net.b, "-i", "b", "--keep=8MiB", "-w", "all.pcap")
    recorder, = netns.children(run.pid)
    os.kill(int(recorder), signal.SIGKILL)
    run.wait_for("the recorder was ended by signal 9: nothing is recorded any more")
    send(net.sender(), 10)
    netns.wait_until(lambda: run.captured() == 10, "the capture goes on")
    os.kill(run.pid, signal.SIGTERM)
    assert run.wait() == 6
    assert netns.numbers_in("all.pcap") == list(range(10))


TESTS = (a_key_records_what_was_and_what_comes, a_signal_records_without_a_screen, a_packet_records_by_its_fields,
         a_packet_records_while_there_is_a_screen_and_when_it_has_gone, interfaces_that_came_later_are_told,
         what_came_later_is_told_as_what_was_there, one_file_at_a_time_is_said, a_packet_that_is_gone_has_no_time,
         a_trigger_does_not_fill_the_disk, the_end_of_the_capture_ends_the_file, what_cannot_be_recorded_is_said,
         a_recorder_that_has_gone_is_said)


def in_folder(test):
    def run(net):
        with Folder() as folder:
            os.chdir(folder)
            try:
                test(net)
            finally:
                os.chdir("/")
    run.__name__ = test.__name__
    return run


if __name__ == "__main__":
    netns.main([in_folder(test) for test in TESTS])
