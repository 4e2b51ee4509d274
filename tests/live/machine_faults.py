#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""What the machine around a capture does: other sizes, names and terminals, no memory, a clock that jumps."""
import fcntl
import glob
import os
import struct
import subprocess
import termios

from netns import (SANITIZED, Folder, Running, main, numbers_in, read_pcap, send, set_up, sh, udp_frame,
                   wait_until)
from view import View

# A library that is loaded before the C library, and makes calls of it fail as a kernel in need does.
NO_MEMORY = """
	#define _GNU_SOURCE
	#include <dlfcn.h>
	#include <errno.h>
	#include <linux/if_packet.h>
	#include <sys/socket.h>
	int setsockopt(int fd, int level, int name, const void *value, socklen_t size)
	{
		static int (*next)(int, int, int, const void *, socklen_t);
		static int times;

		next = next ? next : dlsym(RTLD_NEXT, "setsockopt");
		if (level == SOL_PACKET && name == PACKET_RX_RING && times++ < 3) {
			errno = ENOMEM;
			return -1;
		}
		return next(fd, level, name, value, size);
	}
"""
LATER_CLOCK = """
	#define _GNU_SOURCE
	#include <dlfcn.h>
	#include <time.h>
	#include <unistd.h>
	int clock_gettime(clockid_t clock, struct timespec *t)
	{
		static int (*next)(clockid_t, struct timespec *);
		static long began, jumped;
		struct timespec steady;
		long now;
		int rc;

		next = next ? next : dlsym(RTLD_NEXT, "clock_gettime");
		rc = next(clock, t);
		next(CLOCK_MONOTONIC, &steady);
		now = steady.tv_sec * 1000 + steady.tv_nsec / 1000000;
		began = began ? began : now;
		if (clock == CLOCK_REALTIME && now > began + 300) {
			t->tv_sec += JUMP;
			if (!jumped)
				jumped = write(2, "the clock jumps\\n", 16);
		}
		return rc;
	}
"""


def loaded(folder, source, *flags):
    """The prefix of a command that has the library loaded."""
    path = os.path.join(folder, "lib%d.so" % len(os.listdir(folder)))
    subprocess.run(["gcc", "-shared", "-fPIC", "-x", "c", "-", "-o", path, "-ldl", *flags], input=source.encode(),
                   check=True)
    os.chmod(folder, 0o755)
    return ["env", "LD_PRELOAD=" + path, "ASAN_OPTIONS=verify_asan_link_order=0:detect_leaks=0"]


def frames_of_a_larger_mtu_are_captured_whole(network):
    sender = network.sender()
    with Folder() as folder:
        for how in ([], ["--no-ring"]):
            path = os.path.join(folder, "a.pcap")
            for ns, interface in ((network.a, "a"), (network.b, "b")):
                sh(f"ip -n {ns} link set dev {interface} mtu 1500")
            run = Running(network.b, "-i", "b", "-w", path, *how)
            send(sender, 5, size=1000)
            for ns, interface in ((network.a, "a"), (network.b, "b")):
                sh(f"ip -n {ns} link set dev {interface} mtu 9000")
            send(sender, 5, first=5, size=5000)
            assert run.stop()["captured"] == 10
            assert [len(packet.data) for packet in read_pcap(path)[1]] == 5 * [1000] + 5 * [5000]


def a_renamed_interface_is_captured_on(network):
    sender = network.sender()
    with Folder() as folder:
        for how in ([], ["--no-ring"]):
            path = os.path.join(folder, "a.pcap")
            run = Running(network.b, "-i", "b", "-w", path, *how)
            send(sender, 10)
            sh(f"ip -n {network.b} link set dev b down")
            run.wait_for("b: down;")
            sh(f"ip -n {network.b} link set dev b name other")
            set_up((network.b, "other"), (network.a, "a"))
            run.wait_for("ringtail: b: is called other now\n")
            run.wait_for(": up again")
            send(sender, 10, first=10)
            assert run.stop()["captured"] == 20 and numbers_in(path) == list(range(20)), run.text()
            sh(f"ip -n {network.b} link set dev other down")
            sh(f"ip -n {network.b} link set dev other name b")
            set_up((network.b, "b"), (network.a, "a"))


def a_ring_for_which_there_is_no_memory_is_smaller_and_said(network):
    sender = network.sender()
    with Folder() as folder:
        path = os.path.join(folder, "a.pcap")
        run = Running(network.b, "-i", "b", "-B", "32M", "-w", path, prefix=loaded(folder, NO_MEMORY))
        assert "ringtail: b: no memory for a ring of 32768 KiB, it has 4096\n" in run.text(), run.text()
        send(sender, 100)
        assert run.stop()["captured"] == 100 and numbers_in(path) == list(range(100))


def memory_that_a_process_may_not_have_is_said_before_capturing(network):
    if SANITIZED:		# which needs terabytes of addresses
        return
    with Folder() as folder:
        path = os.path.join(folder, "a.pcap")
        run = Running(network.b, "-i", "b", "-B", "256M", "-w", path, wait=False, prefix=["prlimit", "--as=134217728"])
        assert run.wait() == 4 and run.text() == "ringtail: b: cannot map the ring: Cannot allocate memory\n", run.text()
        assert os.listdir(folder) == []
        run = Running(network.b, "-i", "b", "-B", "32M", "-w", path, prefix=["prlimit", "--as=134217728"])
        send(network.sender(), 100)
        assert run.stop()["captured"] == 100 and numbers_in(path) == list(range(100))


def files_in(folder):
    return sorted(glob.glob(os.path.join(folder, "x_*")))


def a_clock_that_jumps_ends_no_file_and_no_capture(network):
    """An hour on or back, after 0.3 seconds."""
    sender = network.sender()
    with Folder() as folder:
        for jump, seconds, files in (("3600", 600, 1), ("-3600", 600, 1), ("-3600", 0.3, 4)):
            run = Running(network.b, "-i", "b", "-w", os.path.join(folder, "x.pcap"), "-b", "duration:%g" % seconds,
                          "-a", "duration:1800", prefix=loaded(folder, LATER_CLOCK, "-DJUMP=" + jump))
            send(sender, 30)
            run.wait_for("the clock jumps")
            send(sender, 30, first=30)
            wait_until(lambda: len(files_in(folder)) >= files, "there are so many files")
            assert run.stop()["captured"] == 60, run.text()
            found = files_in(folder)
            assert files > 1 or len(found) == 1, found
            assert sum((numbers_in(path) for path in found), []) == list(range(60))
            for path in found:
                os.unlink(path)


def a_terminal_of_any_size_is_drawn_on(network):
    sender = network.sender()
    view = View(network.b, "-i", "b")
    for rows, columns in ((1, 1), (500, 500), (5, 200), (200, 5), (24, 120)):
        fcntl.ioctl(view.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        send(sender, 10)
        view.read(0.2)
    view.until("packets 50 ", key=b"\x0c")
    view.type(b"q")
    assert view.end()[0] == 0


def the_ssh_session_that_it_is_run_in_is_warned_of(network):
    sender = network.sender()
    session = ["env", "SSH_CONNECTION=10.0.0.2 9 10.0.0.1 22"]
    warning = "ringtail: this ssh session may be captured too; the filter that leaves it out: "
    run = Running(network.b, "-nn", "-i", "b", prefix=session)
    line = [line for line in run.text().splitlines() if line.startswith(warning)]
    assert len(line) == 1, run.text()
    run.stop()
    run = Running(network.b, "-nn", "-i", "b", line[0][len(warning):], prefix=session)
    for port in (9, 10):
        sender.send(udp_frame(1, port=port))
    assert run.stop()["captured"] == 1 and warning not in run.text(), run.text()


main([
    frames_of_a_larger_mtu_are_captured_whole,
    a_renamed_interface_is_captured_on,
    a_ring_for_which_there_is_no_memory_is_smaller_and_said,
    memory_that_a_process_may_not_have_is_said_before_capturing,
    a_clock_that_jumps_ends_no_file_and_no_capture,
    a_terminal_of_any_size_is_drawn_on,
    the_ssh_session_that_it_is_run_in_is_warned_of,
])
