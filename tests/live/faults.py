#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""What goes wrong around a live capture is said in one line, and costs nothing that was captured."""
import array
import fcntl
import os
import re
import resource
import shutil
import signal
import subprocess
import termios
import time

from netns import (RINGTAIL, SLOW, Folder, Running, children, is_full, is_quick, main, numbers_in, sees, send, set_up,
                   sh, udp_frame, wait_until)


def errors_of(run):
    """What it said beside what every capture says."""
    known = re.compile("listening on |\\d+ packets? ")
    return [line for line in run.text().splitlines() if not known.match(line)]


def piped(network, *arguments):
    """A run whose output goes into a pipe, and the end of it to read from."""
    read, write = os.pipe()
    run = Running(network.b, "-i", "b", *arguments, stdout=write)
    os.close(write)
    return run, read


def waiting_in(pipe):
    """So many bytes."""
    count = array.array("i", [0])
    fcntl.ioctl(pipe, termios.FIONREAD, count)
    return count[0]


def no_permission_says_what_to_do(network):
    nobody = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]
    with Folder() as folder:
        os.chmod(folder, 0o755)
        binary = shutil.copy(RINGTAIL, folder)
        for how in ([], ["--no-ring"], ["--cooked"]):
            run = Running(network.b, "-i", "b", *how, wait=False, prefix=nobody, binary=binary)
            assert run.wait() == 4
            assert run.text() == ("ringtail: b: no permission to capture: run as root, or: setcap "
                                  f"cap_net_raw+ep {binary}\n"), run.text()


def the_capability_net_raw_alone_is_enough(network):
    sender = network.sender()
    raw = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "--inh-caps",
           "-all,+net_raw", "--ambient-caps", "-all,+net_raw", "--bounding-set", "-all,+net_raw"]
    with Folder() as folder:
        os.chmod(folder, 0o777)
        binary = shutil.copy(RINGTAIL, folder)
        path = os.path.join(folder, "a.pcap")
        for how in ([], ["--no-ring"], ["--print", "-nn"]):
            run = Running(network.b, "-i", "b", "-w", path, *how, prefix=raw, binary=binary)
            send(sender, 100)
            assert run.stop()["captured"] == 100
            assert numbers_in(path) == list(range(100))
            os.unlink(path)


def an_unknown_interface_is_answered_with_those_that_exist(network):
    run = Running(network.b, "-i", "eth77", wait=False)
    assert run.wait() == 4
    found = re.fullmatch("ringtail: eth77: no such interface; there are: (.*)\n", run.text())
    assert found and set(found.group(1).split(", ")) == {"b", "any", "lo"}, run.text()


def a_removed_interface_ends_the_capture_with_the_file_whole(network):
    with Folder() as folder:
        path = os.path.join(folder, "a.pcap")
        for how in ([], ["--no-ring"], ["--print"]):
            def takes(how=how):
                run = Running(network.b, "-i", "b", "-w", path, *how)
                witness = network.witness()
                send(network.sender(), 500)
                sees(witness, 500)
                sh(f"ip -n {network.a} link del dev a")
                begin = time.monotonic()
                assert run.wait() == 4
                taken = time.monotonic() - begin
                assert errors_of(run)[-1] == "ringtail: b: the interface was removed", run.text()
                assert numbers_in(path) == list(range(500)), len(numbers_in(path))
                assert run.counts()["captured"] == 500
                network.plug()
                return taken
            is_quick(1 * SLOW, takes)


def an_interface_that_was_down_is_captured_again(network):
    with Folder() as folder:
        path = os.path.join(folder, "a.pcap")
        for how in ([], ["--no-ring"]):
            sender = network.sender()
            run = Running(network.b, "-i", "b", "-w", path, *how)
            send(sender, 10)
            sh(f"ip -n {network.b} link set dev b down")
            run.wait_for("b: down;")
            set_up((network.b, "b"), (network.a, "a"))
            run.wait_for("b: up again")
            send(sender, 10, first=10)
            assert run.stop()["captured"] == 20
            assert numbers_in(path) == list(range(20))
            assert len(errors_of(run)) == 2, run.text()


def a_reader_of_lines_that_goes_ends_the_run_quietly(network):
    sender = network.sender()
    run, read = piped(network, "-nn")
    send(sender, 10)
    os.read(read, 100)
    os.close(read)
    send(sender, 10)
    assert run.wait() == 0
    assert errors_of(run) == [], run.text()
    assert run.counts()["captured"] == 20


def a_reader_of_a_file_by_pipe_that_goes_ends_the_run_quietly(network):
    sender = network.sender()
    run, read = piped(network, "-w", "-")
    send(sender, 10)
    assert len(os.read(read, 24)) == 24
    wait_until(lambda: waiting_in(read) == 10 * 76, "10 packets are in the pipe")
    os.close(read)
    send(sender, 10)
    assert run.wait() == 0
    assert errors_of(run) == [], run.text()
    assert run.counts()["captured"] == 20 and run.counts()["unwritten"] == 10, run.text()


def lines_to_a_full_device_end_the_run_with_status_6(network):
    sender = network.sender()
    with open("/dev/full", "w") as full:
        run = Running(network.b, "-nn", "-i", "b", stdout=full)
        send(sender, 10)
        assert run.wait() == 6
    assert errors_of(run) == ["ringtail: standard output: No space left on device"], run.text()


def a_full_disk_ends_the_run_with_the_file_whole(network):
    sender = network.sender()
    with Folder(size=512) as folder:
        path = os.path.join(folder, "a.pcap")
        for how in ([], ["--no-ring"], ["--print", "-nn"]):
            run = Running(network.b, "-i", "b", "-w", path, *how)
            send(sender, 3000, size=1000, rate=20000)
            assert run.wait() == 6
            counts, got = run.counts(), numbers_in(path)
            assert len(errors_of(run)) == 1 and "No space left on device" in run.text(), run.text()
            assert got == list(range(len(got))) and len(got) > 400, len(got)
            assert counts["captured"] == len(got) + counts["unwritten"], (counts, len(got))
            assert os.path.getsize(path) == 24 + len(got) * 1016
            os.unlink(path)


def a_file_size_limit_is_a_full_disk(network):
    sender = network.sender()
    with Folder() as folder:
        path = os.path.join(folder, "a.pcap")
        old = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100000, old[1]))
        try:
            run = Running(network.b, "-i", "b", "-w", path, wait=False)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, old)
        run.wait_for("listening on")
        send(sender, 1000, size=1000)
        assert run.wait() == 6
        assert len(numbers_in(path)) == (100000 - 24) // 1016
        assert os.path.getsize(path) == 24 + len(numbers_in(path)) * 1016


def a_killed_keeper_leaves_whole_packets_and_no_viewer(network):
    sender = network.sender()
    with Folder() as folder:
        path = os.path.join(folder, "a.pcap")
        run = Running(network.b, "-nn", "-i", "b", "-w", path, "--print")
        viewer = run.viewer()
        send(sender, 2000)
        wait_until(lambda: os.path.getsize(path) == 24 + 2000 * 76, "all is in the file")
        run.kill(signal.SIGKILL)
        run.wait()
        assert numbers_in(path) == list(range(2000))
        assert os.path.getsize(path) == 24 + 2000 * 76
        wait_until(lambda: not os.path.exists(f"/proc/{viewer}"), "the viewer has ended", 3)


def a_viewer_of_a_killed_keeper_ends_though_its_terminal_hangs(network):
    sender = network.sender()
    run, read = piped(network, "-nn")
    viewer = run.viewer()
    send(sender, 5000)
    wait_until(lambda: is_full(read), "the terminal hangs")
    run.kill(signal.SIGKILL)
    run.wait()
    wait_until(lambda: not os.path.exists(f"/proc/{viewer}"), "the viewer has ended", 5)
    os.close(read)


def a_killed_viewer_costs_the_file_nothing(network):
    sender = network.sender()
    with Folder() as folder:
        path = os.path.join(folder, "a.pcap")
        run = Running(network.b, "-nn", "-i", "b", "-w", path, "--print")
        send(sender, 500)
        os.kill(run.viewer(), signal.SIGKILL)
        send(sender, 500, first=500)
        run.wait_for("the viewer has ended; the capture to the file goes on")
        send(sender, 500, first=1000)
        assert run.stop()["captured"] == 1500
        assert numbers_in(path) == list(range(1500))
        assert len(errors_of(run)) == 1


def a_killed_viewer_without_a_file_ends_the_run(network):
    run = Running(network.b, "-nn", "-i", "b")
    os.kill(run.viewer(), signal.SIGKILL)
    assert run.wait() == 6
    assert errors_of(run) == ["ringtail: the viewer was ended by signal 9"], run.text()


def sigusr1_prints_the_counters_and_sigusr2_flushes(network):
    sender = network.sender()
    with Folder() as folder:
        path = os.path.join(folder, "a.pcap")
        run = Running(network.b, "-i", "b", "-w", path)
        run.kill(signal.SIGUSR1)
        run.wait_for("ringtail: 0 packets captured, 0 packets received by filter, "
                     "0 packets dropped by kernel\n")
        send(sender, 1)
        wait_until(lambda: run.captured() == 1, "a packet is captured")
        assert "ringtail: 1 packet captured, 1 packet received by filter, " in run.text(), run.text()
        run.kill(signal.SIGUSR2)
        wait_until(lambda: numbers_in(path) == [0], "it is in the file")
        assert run.stop()["captured"] == 1


def a_second_interrupt_leaves_a_hanging_terminal(network):
    sender = network.sender()

    def takes():
        run, read = piped(network, "-nn")
        send(sender, 5000)
        wait_until(lambda: is_full(read), "the terminal hangs")
        run.kill(signal.SIGINT)
        time.sleep(0.5)
        assert run.process.poll() is None
        run.kill(signal.SIGINT)
        begin = time.monotonic()
        run.wait()
        taken = time.monotonic() - begin
        counts = run.counts()
        assert counts["captured"] + counts["dropped"] == 5000, counts
        os.close(read)
        return taken
    is_quick(2 * SLOW, takes)


def a_hanging_terminal_holds_a_sigterm_up_for_seconds_only(network):
    sender = network.sender()
    run, read = piped(network, "-nn")
    send(sender, 5000)
    wait_until(lambda: is_full(read), "the terminal hangs")
    with open(f"/proc/{run.pid}/stat") as file:
        before = sum(map(int, file.read().split()[13:15]))
    run.kill(signal.SIGTERM)
    time.sleep(2)
    with open(f"/proc/{run.pid}/stat") as file:
        assert sum(map(int, file.read().split()[13:15])) - before < 40, "it spins"
    run.wait(8)
    counts = run.counts()
    assert counts["captured"] + counts["dropped"] == 5000 and counts["skipped"] > 0, counts
    os.close(read)


def a_viewer_holds_no_packet_socket_and_no_file(network):
    with Folder() as folder:
        run = Running(network.b, "-nn", "-i", "b", "-w", os.path.join(folder, "a.pcap"), "--print", "--privileges")
        run.wait_for("ringtail: viewer: ")	# it is ready
        viewer, held = run.viewer(), []
        for fd in os.listdir(f"/proc/{viewer}/fd"):
            if int(fd) > 2:
                held.append(os.readlink(f"/proc/{viewer}/fd/{fd}"))
        with open(f"/proc/{viewer}/net/unix") as file:
            unix = file.read()
        assert held and all(link.strip("socket:[]") in unix for link in held), held
        run.stop()


def a_file_that_hangs_holds_a_sigterm_up_for_seconds_only(network):
    sender = network.sender()
    with Folder() as folder:
        path = os.path.join(folder, "fifo")
        os.mkfifo(path)
        end = os.open(path, os.O_RDWR)
        run = Running(network.b, "-i", "b", "-w", path)
        send(sender, 5000)
        wait_until(lambda: is_full(end), "the file hangs")
        run.kill(signal.SIGTERM)
        assert run.wait(8) == 6
        assert errors_of(run) == ["ringtail: stopped: what was captured could not be written in "
                                  "time"], run.text()
        os.close(end)


def a_closed_descriptor_is_not_taken_by_the_packet_socket(network):
    sender = network.sender()
    for closed in (0, 1, 2):
        errors = subprocess.DEVNULL if closed == 2 else subprocess.PIPE
        run = subprocess.Popen(["ip", "netns", "exec", network.b, "sh", "-c",
                                f'exec "$0" -i b -c 1 {closed}>&-', RINGTAIL],
                               stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors)
        wait_until(lambda: has_bound_a_packet_socket(run.pid) and children(run.pid), "it captures")
        for pid in [run.pid] + children(run.pid):
            standard = os.readlink(f"/proc/{pid}/fd/{closed}")
            assert "socket" not in standard, (closed, standard)
        sender.send(udp_frame(1))
        assert run.wait(5 * SLOW) == (6 if closed == 1 else 0), closed


def has_bound_a_packet_socket(pid):
    """Is there one of all protocols in its network namespace?"""
    with open(f"/proc/{pid}/net/packet", encoding="ascii") as file:
        return any(line.split()[3] == "0003" for line in file.readlines()[1:])


main([
    no_permission_says_what_to_do,
    the_capability_net_raw_alone_is_enough,
    an_unknown_interface_is_answered_with_those_that_exist,
    a_removed_interface_ends_the_capture_with_the_file_whole,
    an_interface_that_was_down_is_captured_again,
    a_reader_of_lines_that_goes_ends_the_run_quietly,
    a_reader_of_a_file_by_pipe_that_goes_ends_the_run_quietly,
    lines_to_a_full_device_end_the_run_with_status_6,
    a_full_disk_ends_the_run_with_the_file_whole,
    a_file_size_limit_is_a_full_disk,
    a_killed_keeper_leaves_whole_packets_and_no_viewer,
    a_viewer_of_a_killed_keeper_ends_though_its_terminal_hangs,
    a_killed_viewer_costs_the_file_nothing,
    a_killed_viewer_without_a_file_ends_the_run,
    sigusr1_prints_the_counters_and_sigusr2_flushes,
    a_second_interrupt_leaves_a_hanging_terminal,
    a_hanging_terminal_holds_a_sigterm_up_for_seconds_only,
    a_viewer_holds_no_packet_socket_and_no_file,
    a_file_that_hangs_holds_a_sigterm_up_for_seconds_only,
    a_closed_descriptor_is_not_taken_by_the_packet_socket,
])
