#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""view.py - the live view costs the file no packet, whatever becomes of its terminal"""
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time

import netns
from netns import Folder, send


class View:
    """A ringtail in a namespace, on a terminal of its own."""

    def __init__(self, ns, *args, program=(netns.RINGTAIL,), shows="LIVE"):
        self.text = b""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="vt100", LC_ALL="C.UTF-8", XDG_CONFIG_HOME="/dev/null", XDG_STATE_HOME="/dev/null")
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 120, 0, 0))
            os.execvp("ip", ["ip", "netns", "exec", ns, *program, *args])
        self.until(shows)

    def read(self, seconds):
        """What is written within that time."""
        text, end = b"", time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and select.select([self.fd], [], [], left)[0]:
            try:
                data = os.read(self.fd, 65536)
            except OSError:	# EIO: it has ended
                break
            text += data
        self.text += text
        return text.decode(errors="replace")

    def until(self, words, key=b""):
        """Read until a screen has words, and is drawn; with a key, it is pressed before each look: ^L draws all anew."""
        end = time.monotonic() + 10 * netns.SLOW
        patience = 0.15		# longer each time: on a busy machine no screen may be drawn in less
        seen = ""
        while words not in seen:
            if time.monotonic() > end:
                raise AssertionError("no '%s' in: %r" % (words, seen[-2000:]))
            self.type(key)
            seen = (seen if not key else "") + self.read(patience)
            patience *= 1.2
        return seen

    def type(self, keys):
        os.write(self.fd, keys)

    def viewer(self):
        return netns.children(self.pid)[0]

    def end(self, seconds=10):
        """Its exit status, and how long its end took."""
        begin = time.monotonic()
        while time.monotonic() - begin < seconds * netns.SLOW:
            if self.fd >= 0:
                self.read(0.01)
            else:
                time.sleep(0.01)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                if self.fd >= 0:
                    self.read(0.1)
                    os.close(self.fd)
                return os.waitstatus_to_exitcode(status), time.monotonic() - begin
        os.kill(self.pid, signal.SIGKILL)
        raise AssertionError("it goes on")

    def close_terminal(self):
        os.close(self.fd)
        self.fd = -1


def blanked(screen):
    """What a screen says, with blanks for what moves the cursor."""
    return re.sub(r"\x1b\[[\d;]*[A-Za-z]", " ", screen)


def cpu_ticks(pid):
    with open("/proc/%d/stat" % pid, encoding="ascii") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


def assert_numbers(path, count):
    assert netns.numbers_in(path) == list(range(count)), "%d packets in the file" % len(netns.numbers_in(path))


def fields_of(path, names):
    return subprocess.run([netns.RINGTAIL, "--text", "-r", path, "--fields", names], capture_output=True, text=True,
                          check=True).stdout.split()


def live_packets_are_shown_and_written(net, path):
    view = View(net.b, "-i", "b", "-w", path)
    send(net.sender(), 300, rate=3000)
    view.until("packets 300  shown 300  drop 0", key=b"\x0c")
    assert "22.8 kB ok" in view.until("following", key=b"\x0c")
    view.type(b"q")
    assert view.end()[0] == 0
    assert_numbers(path, 300)
    assert b"300 packets captured" in view.text and b"listening on b" in view.text, view.text[-500:]


def without_a_file_it_ends_with_the_view(net, _path):
    for keys, wanted in ((b"q", 0), (b"\x03", 0)):
        view = View(net.b, "-i", "b", "udp port 9")
        send(net.sender(), 20)
        view.until("packets 20 ", key=b"\x0c")
        view.type(keys)
        assert view.end()[0] == wanted
        assert b"20 packets captured" in view.text


def live_packets_are_filtered_found_and_paused(net, _path):
    view = View(net.b, "-i", "b")
    send(net.sender(), 50)
    view.type(b"/ip.id >= 40\r")
    view.until("10 match", key=b"\x0c")
    send(net.sender(), 10, first=100)
    view.until("20 match", key=b"\x0c")
    view.type(b" ")
    view.until("PAUSED", key=b"\x0c")
    send(net.sender(), 10, first=200)
    view.until(" +10 ", key=b"\x0c")
    view.type(b" ")
    view.until("30 match", key=b"\x0c")
    view.type(b":1\r")
    view.until("Packet 1 is not among those shown")
    view.type(b"q")
    assert view.end()[0] == 0


def live_flows_are_counted_as_they_come(net, _path):
    view = View(net.b, "-i", "b")
    send(net.sender(), 50)
    view.until("packets 50 ", key=b"\x0c")
    view.type(b"2")
    view.until("Flows: 1", key=b"\x0c")
    view.until("client 50 packets", key=b"\x0c")		# also those from before it was asked for
    send(net.sender(), 20, first=100)
    view.until("client 70 packets", key=b"\x0c")
    view.type(b"\r")
    view.until("shown 70 ", key=b"\x0c")
    view.type(b"\x1b")
    view.until("Flows: 1", key=b"\x0c")
    view.type(b"q")
    assert view.end()[0] == 0


def the_capture_filter_is_changed_while_packets_come(net, path):
    path += "ng"
    view = View(net.b, "-i", "b", "-w", path)
    sender = net.sender()
    send(sender, 10)
    view.until("packets 10 ", key=b"\x0c")
    view.type(b"Bip[4:2] >= 105x")
    view.until("BAD")
    view.type(b"\x7f\r")
    view.until("captured: ip[4:2] >= 105", key=b"\x0c")
    send(sender, 10, first=100)
    view.until("packets 15 ", key=b"\x0c")
    view.type(b"B\x15udp or arp\r")
    view.until("captured: udp or arp", key=b"\x0c")
    send(sender, 10, first=200)
    view.until("packets 25 ", key=b"\x0c")
    view.type(b"q")
    assert view.end()[0] == 0
    values = fields_of(path, "ip.id,frame.interface_name")
    assert values[1::2] == ["b"] * 25, values
    assert [int(number, 0) for number in values[::2]] == [*range(10), *range(105, 110), *range(200, 210)], values
    assert b"25 packets captured" in view.text, view.text[-700:]
    with open(path, "rb") as file:
        told = file.read()
    assert told.count(b"ip[4:2] >= 105") == 1 and told.count(b"udp or arp") == 1		# of an interface each


def each_interface_has_its_own_counts(net, _path):
    view = View(net.b, "-i", "b", "-i", "lo")
    send(net.sender(), 30)
    send(net.sender("lo", ns=net.b), 4)
    view.until("packets 34 ", key=b"\x0c")
    view.type(b"5")
    screen = blanked(view.until("Dropped", key=b"\x0c"))
    assert re.search(r"\*b .* 30 +0\b", screen) and re.search(r"\*lo .* 4 +0\b", screen), screen
    view.type(b"y")
    row = blanked(view.until("Not copied"))
    assert re.search(r" b\..*\.30\.1800\.0\b", row), row
    view.type(b"\x1b" b"Budp\r")		# b is two interfaces from now on
    view.until("captured: udp", key=b"\x0c")
    send(net.sender(), 2, first=100)
    view.until("packets 36 ", key=b"\x0c")
    view.type(b"5\r")
    view.until("frame.interface_id in {0, 2}", key=b"\x0c")
    view.until("32 match", key=b"\x0c")
    view.type(b"q")
    assert view.end()[0] == 0


def the_kernel_lets_through_what_another_filter_asks_for(net, path, *engine):
    path += "ng"
    view = View(net.b, "-i", "b", "-s", "60", "-w", path, *engine, "tcp")
    sender = net.sender()
    send(sender, 5)
    view.type(b"B\x15udp\r")
    view.until("captured: udp", key=b"\x0c")
    send(sender, 10, first=100)
    view.until("packets 10 ", key=b"\x0c")
    view.type(b"B\x15udp[100] = 0\r")		# behind what of each packet is kept
    view.until("captured: udp[100] = 0", key=b"\x0c")
    send(sender, 5, first=200)
    send(sender, 1, first=300, size=200)
    view.until("packets 11 ", key=b"\x0c")
    view.type(b"B\x15\r")
    view.until("Capturing everything")
    send(sender, 3, first=400)
    view.until("packets 14 ", key=b"\x0c")
    view.type(b"q")
    assert view.end()[0] == 0
    assert b"14 packets received by filter" in view.text, view.text[-700:]		# the kernel had no others
    ids = fields_of(path, "ip.id")
    assert [int(number, 0) for number in ids] == [*range(100, 110), 300, *range(400, 403)], ids


def without_a_ring_the_kernel_is_asked_too(net, path):
    the_kernel_lets_through_what_another_filter_asks_for(net, path, "--no-ring")


def a_folder_that_is_not_the_readers_is_told_as_he_types(net, _path):
    view = View(net.b, "-i", "b")
    view.type(b"x/root/table.csv")
    view.until("this user may make no file in that folder")
    view.type(b"\x1bq")
    assert view.end()[0] == 0


def the_filter_of_several_interfaces_is_changed(net, path):
    path += "ng"
    view = View(net.b, "-i", "b", "-i", "lo", "-w", path)
    senders = (net.sender(), net.sender("lo", ns=net.b))
    for sender in senders:
        send(sender, 5)
    view.until("packets 10 ", key=b"\x0c")
    view.type(b"Bip[4:2] >= 103\r")
    view.until("captured: ip[4:2] >= 103", key=b"\x0c")
    for sender in senders:
        send(sender, 5, first=100)
    view.until("packets 14 ", key=b"\x0c")
    view.type(b"B\x15\r")
    view.until("Capturing everything")
    for sender in senders:
        send(sender, 2, first=200)
    view.until("packets 18 ", key=b"\x0c")
    view.type(b"q")
    assert view.end()[0] == 0
    lines = subprocess.run([netns.RINGTAIL, "--text", "-r", path, "--fields", "frame.interface_name,ip.id"],
                           capture_output=True, text=True, check=True).stdout.splitlines()
    for name in ("b", "lo"):
        ids = [int(line.split()[1], 0) for line in lines if line.split()[0] == name]
        assert ids == [*range(5), 103, 104, 200, 201], (name, ids)


def a_capture_that_others_may_join_keeps_its_filter(net, path):
    for options in (("-i", "b", "--follow-interfaces"), ("-i", "any", "-w", path + "ng")):
        view = View(net.b, *options)
        view.type(b"B")
        view.until("Interfaces may join by the filter of the beginning")
        view.type(b"q")
        assert view.end()[0] == 0


def a_stalled_terminal_costs_the_file_nothing(net, path):
    view = View(net.b, "-i", "b", "-w", path)
    sender = net.sender()
    for part in range(30):		# nobody reads what is drawn meanwhile
        send(sender, 1000, first=1000 * part, rate=20000, size=200)
        view.type(b"\x0c")
    view.until("MB ok", key=b"\x0c")
    view.type(b"q")
    assert view.end()[0] == 0
    assert_numbers(path, 30000)
    assert b"\n0 packets dropped by kernel" in view.text, view.text[-500:]


def a_killed_viewer_costs_the_file_nothing(net, path):
    view = View(net.b, "-i", "b", "-w", path)
    sender = net.sender()
    send(sender, 100)
    view.until("packets 100 ", key=b"\x0c")
    os.kill(view.viewer(), signal.SIGKILL)
    view.until("the viewer has ended; the capture to the file goes on")
    send(sender, 100, first=100)
    netns.wait_until(lambda: os.path.getsize(path) == 24 + 200 * 76, "all is in the file")
    os.kill(view.pid, signal.SIGTERM)
    view.end()
    assert_numbers(path, 200)


def a_hang_up_ends_it_within_a_second(net, path):
    def takes():
        view = View(net.b, "-i", "b", "-w", path)
        send(net.sender(), 500)
        view.until("packets 500 ", key=b"\x0c")
        view.close_terminal()
        taken = view.end()[1]
        assert_numbers(path, 500)
        return taken
    netns.is_quick(1 * netns.SLOW, takes)


def without_its_terminal_a_capture_may_go_on(net, path):
    view = View(net.b, "-i", "b", "-w", path, "--on-hangup=continue")
    send(net.sender(), 100)
    view.until("packets 100 ", key=b"\x0c")
    viewer = view.viewer()
    view.close_terminal()
    netns.wait_until(lambda: not os.path.exists("/proc/%d/fd" % viewer), "the screen is gone")
    os.kill(view.pid, signal.SIGHUP)	# as a shell does that ends
    send(net.sender(), 100, first=100)
    before = cpu_ticks(view.pid)
    netns.wait_until(lambda: os.path.getsize(path) == 24 + 200 * 76, "all is in the file")
    time.sleep(0.5)
    assert cpu_ticks(view.pid) - before <= 10 * netns.SLOW, "it spins"
    os.kill(view.pid, signal.SIGTERM)
    assert view.end()[0] == 0
    assert_numbers(path, 200)


def a_stopped_viewer_costs_the_file_nothing(net, path):
    view = View(net.b, "-i", "b", "-w", path, "--keep=2MiB")
    send(net.sender(), 100)
    view.until("packets 100 ", key=b"\x0c")
    os.kill(view.viewer(), signal.SIGSTOP)
    send(net.sender(), 30000, first=100, rate=30000)
    os.kill(view.viewer(), signal.SIGCONT)
    screen = view.until("packets 30100 ", key=b"\x0c")	# it goes on with what is there, and says what is not
    skipped = int(re.search(r"skipped (\d+)", screen).group(1))
    gone = int(re.search(r"gone (\d+)", view.until("time since", key=b"\x0c")).group(1))
    assert 0 < skipped <= gone < 30100, (skipped, gone)
    os.kill(view.viewer(), signal.SIGSTOP)
    os.kill(view.pid, signal.SIGTERM)	# nor does it keep the capture from its end
    assert view.end()[1] < 2 * netns.SLOW
    assert_numbers(path, 30100)
    assert b"%d packets skipped" % skipped in view.text and b"\n0 packets dropped by kernel" in view.text, view.text[-500:]


def a_stopped_viewer_of_another_user_does_not_keep_the_capture_from_its_end(net, path):
    view = View(net.b, "-i", "b", "-w", path, "-C", "10")	# as root: files that follow are root's, so it stays root
    send(net.sender(), 100)
    view.until("packets 100 ", key=b"\x0c")
    viewer = view.viewer()
    os.kill(viewer, signal.SIGSTOP)
    os.kill(view.pid, signal.SIGTERM)
    try:
        status, seconds = view.end()
    finally:
        os.kill(viewer, signal.SIGKILL)
    assert status == 0 and seconds < 3 * netns.SLOW, (status, seconds)
    assert_numbers(path, 100)


def an_interface_that_goes_away_is_told(net, path):
    view = View(net.b, "-i", "b", "-w", path)
    send(net.sender(), 10)
    view.until("packets 10 ", key=b"\x0c")
    netns.sh("ip -n %s link del dev b" % net.b)
    assert view.end()[0] == 4
    assert b"the interface was removed" in view.text, view.text[-500:]
    assert_numbers(path, 10)


def with_file(test):
    def run(net):
        with Folder() as folder:
            test(net, os.path.join(folder, "live.pcap"))
    run.__name__ = test.__name__
    return run


TESTS = (live_packets_are_shown_and_written, without_a_file_it_ends_with_the_view,
         live_packets_are_filtered_found_and_paused, live_flows_are_counted_as_they_come,
         the_capture_filter_is_changed_while_packets_come, each_interface_has_its_own_counts,
         the_kernel_lets_through_what_another_filter_asks_for, without_a_ring_the_kernel_is_asked_too,
         a_folder_that_is_not_the_readers_is_told_as_he_types, the_filter_of_several_interfaces_is_changed,
         a_capture_that_others_may_join_keeps_its_filter, a_stalled_terminal_costs_the_file_nothing,
         a_killed_viewer_costs_the_file_nothing, a_hang_up_ends_it_within_a_second,
         without_its_terminal_a_capture_may_go_on, a_stopped_viewer_costs_the_file_nothing,
         a_stopped_viewer_of_another_user_does_not_keep_the_capture_from_its_end,
         an_interface_that_goes_away_is_told)

if __name__ == "__main__":
    netns.main([with_file(test) for test in TESTS])
