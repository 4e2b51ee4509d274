#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Several workers share an interface: nothing is lost or doubled, and their files become one, in the order of time."""
import os
import re
import signal
import subprocess
import threading

from netns import RINGTAIL, Folder, Running, children, main, numbers_in, read_pcap, send, udp_frame, wait_until

FLOWS = 50
PACKET_SOCKETS = 256	# see capture/confine.h
SENT = 1000


def send_flows(sender, count, first=0):
    for i in range(first, first + count):
        sender.send(udp_frame(i, port=1 + i % FLOWS))


def each_captured(run):
    """What the workers say of themselves at the end, with -v."""
    return [int(n) for n in re.findall(r"^ringtail: worker \d: (\d+) packets? captured", run.text(), re.M)]


def facts(pid):
    """What /proc says that the process is allowed."""
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        lines = dict(line.rstrip("\n").split(":\t", 1) for line in file if ":\t" in line)
    return lines


def runs(pid):
    try:
        return facts(pid)["State"][0] != "Z"
    except OSError:
        return False


def workers_of(run):
    """The pids of those that hold a packet socket."""
    def captures(pid):
        return os.path.exists(f"/proc/{pid}/fd/{PACKET_SOCKETS}")
    return [pid for pid in children(run.pid) if captures(pid)]


def what_two_workers_captured_is_one_file_in_the_order_of_time(network):
    sender = network.sender()
    with Folder() as folder:
        for name in ("a.pcap", "a.pcapng", "a.pcapng.zst"):
            path = os.path.join(folder, name)
            run = Running(network.b, "-i", "b", "--workers", "2", "-v", "-w", path)
            send_flows(sender, SENT)
            counts = run.stop()
            each = each_captured(run)
            assert counts["captured"] == counts["received"] == SENT, counts
            assert len(each) == 2 and sum(each) == SENT and min(each) > 0, each
            assert os.listdir(folder) == [name], os.listdir(folder)
            plain = os.path.join(folder, "plain.pcap")
            subprocess.run([RINGTAIL, "-r", path, "-w", plain], check=True)
            assert numbers_in(plain) == list(range(SENT)), name
            times = [(p.sec, p.fraction) for p in read_pcap(plain)[1]]
            assert times == sorted(times), name
            if name == "a.pcapng":
                info = subprocess.run(["capinfos", "-M", path], capture_output=True, text=True, check=True).stdout
                assert re.search(r"Number of packets: +1000$", info, re.M), info
                assert re.search(r"Strict time order: +True$", info, re.M), info
                assert re.search(r"Number of interfaces in file: 1$", info, re.M), info
            os.unlink(path)
            os.unlink(plain)


def no_process_keeps_more_than_it_needs(network):
    with Folder() as folder:
        run = Running(network.b, "-i", "b", "--workers", "2", "-Z", "nobody", "--no-merge",
                      "-w", os.path.join(folder, "a.pcap"))
        processes = children(run.pid) + [run.pid]
        assert len(workers_of(run)) == 2 and len(processes) == 3, processes
        for pid in processes:
            status = facts(pid)
            assert not status["Uid"].startswith("0\t"), status
            assert int(status["CapEff"], 16) == int(status["CapBnd"], 16) == 0, status
            assert status["NoNewPrivs"] == "1", status
            assert status["Seccomp"] == "2" or "SANITIZED" in os.environ, status
        run.stop()


def a_flow_is_in_one_of_the_files_that_stay(network):
    sender = network.sender()
    with Folder() as folder:
        path = os.path.join(folder, "a.pcap")
        run = Running(network.b, "-i", "b", "--workers", "3", "--no-merge", "-w", path, "udp dst portrange 1-40")
        send_flows(sender, SENT)
        assert run.stop()["captured"] == SENT * 40 // FLOWS
        files = sorted(os.listdir(folder))
        assert files == ["a.1.pcap", "a.2.pcap", "a.3.pcap"], files
        numbers = [numbers_in(os.path.join(folder, name)) for name in files]
        assert sorted(sum(numbers, [])) == [i for i in range(SENT) if i % FLOWS < 40]
        assert all(one == sorted(one) for one in numbers)
        flows = [{i % FLOWS for i in one} for one in numbers]
        assert not flows[0] & flows[1] and not flows[0] & flows[2] and not flows[1] & flows[2], flows


def what_a_worker_has_no_room_for_goes_to_others_unless_their_files_stay(network):
    captured = []
    with Folder() as folder:
        for args in (["--no-merge"], []):
            # A socket's room is in bytes, whatever the clock says; that of a ring is in blocks that end by time.
            run = Running(network.b, "-i", "b", "--workers", "2", "--no-ring", "-B", "2048", *args,
                          "-w", os.path.join(folder, "-".join(["a", *args]) + ".pcap"))
            workers = workers_of(run)
            for pid in workers:
                os.kill(pid, signal.SIGSTOP)
            send(network.sender(), 5 * SENT)
            for pid in workers:
                os.kill(pid, signal.SIGCONT)
            counts = run.stop()
            assert counts["captured"] + counts["dropped"] == 5 * SENT and counts["dropped"] > 0, counts
            captured.append(counts["captured"])
        assert captured[1] > 1.5 * captured[0], captured
        of_flow = sorted(len(numbers_in(os.path.join(folder, f"a---no-merge.{n}.pcap"))) for n in (1, 2))
        assert of_flow == [0, captured[0]], of_flow


def a_limited_number_is_the_first_of_them(network):
    sender = network.sender()
    with Folder() as folder:
        path = os.path.join(folder, "a.pcap")
        for args in (["-w", path], ["--count"]):
            with open(os.path.join(folder, "out"), "w+", encoding="ascii") as out:
                run = Running(network.b, "-i", "b", "--workers", "2", "-c", "300", *args, stdout=out)
                send_flows(sender, SENT)
                assert run.wait() == 0, run.text()
                counts = run.counts()
                assert counts["captured"] == 300, counts
                out.seek(0)
                assert out.read() == ("300 packets\n" if "--count" in args else "")
        assert numbers_in(path) == list(range(300))


def a_killed_worker_is_said_and_the_other_goes_on(network):
    sender = network.sender()
    with Folder() as folder:
        path = os.path.join(folder, "a.pcap")
        run = Running(network.b, "-i", "b", "--workers", "2", "-w", path)
        send_flows(sender, SENT)
        wait_until(lambda: run.captured() == SENT, "all are captured")
        os.kill(workers_of(run)[1], signal.SIGKILL)
        run.wait_for("worker 2 was ended by signal 9")
        send_flows(sender, SENT, first=SENT)
        run.kill()
        assert run.wait() == 6, run.text()
        assert run.counts()["captured"] == 2 * SENT, run.text()
        assert numbers_in(path) == list(range(2 * SENT))
        assert os.listdir(folder) == ["a.pcap"], run.text()


def a_killed_worker_leaves_counters_that_add_up(network):
    sender = network.sender()
    with Folder() as folder:
        for args in (["--no-merge", "-w", os.path.join(folder, "a.pcap")], ["--count"]):
            run = Running(network.b, "-i", "b", "--workers", "2", *args)
            send_flows(sender, SENT)
            wait_until(lambda: run.captured() == SENT, "all are captured")
            os.kill(workers_of(run)[0], signal.SIGKILL)
            run.wait_for("worker 1 was ended by signal 9")
            run.kill()
            assert run.wait() == 6, run.text()
            assert run.counts()["captured"] == SENT, run.text()
        assert sum(len(numbers_in(os.path.join(folder, f"a.{n}.pcap"))) for n in (1, 2)) == SENT


def without_who_started_them_workers_end_and_leave_their_files(network):
    sender = network.sender()
    with Folder() as folder:
        run = Running(network.b, "-i", "b", "--workers", "2", "-w", os.path.join(folder, "a.pcap"))
        workers = workers_of(run)
        send_flows(sender, SENT)
        run.kill(signal.SIGKILL)
        run.wait()
        wait_until(lambda: not any(runs(pid) for pid in workers), "the workers have ended")
        assert sorted(os.listdir(folder)) == ["a.1.pcap", "a.2.pcap", "a.pcap"]
        numbers = [numbers_in(os.path.join(folder, f"a.{n}.pcap")) for n in (1, 2)]
        assert sorted(sum(numbers, [])) == list(range(SENT))


def a_busy_link_does_not_hold_up_the_end(network):
    sender = network.sender()
    over = threading.Event()

    def flood():
        number = 0
        while not over.is_set():
            send(sender, 100, first=number)
            number += 100

    def stopped(path):
        """How many frames of the last blocks came too late. A sender that had no processor sent none."""
        run = Running(network.b, "-i", "b", "--workers", "2", "-w", path)
        wait_until(lambda: run.captured() > SENT, "the link is busy")
        counts = run.stop()
        assert counts["captured"] + counts["late"] + counts["dropped"] == counts["received"], counts
        assert len(numbers_in(path)) == counts["captured"] > SENT, counts
        return counts["late"]

    with Folder() as folder:
        thread = threading.Thread(target=flood)
        thread.start()
        try:
            assert any(stopped(os.path.join(folder, "a.pcap")) > 10 for _ in range(5))
        finally:
            over.set()
            thread.join()


def a_full_disk_ends_all_and_is_said_once(network):
    sender = network.sender()
    with Folder(size=1024) as folder:
        path = os.path.join(folder, "a.pcap")
        run = Running(network.b, "-i", "b", "--workers", "2", "-w", path)
        for pid in workers_of(run):		# until all is sent: what comes behind their end they do not see
            os.kill(pid, signal.SIGSTOP)
        for i in range(2 * SENT):
            sender.send(udp_frame(i, size=1000, port=1 + i % FLOWS))
        for pid in workers_of(run):
            os.kill(pid, signal.SIGCONT)
        assert run.wait() == 6, run.text()
        assert run.text().count("No space left") == 1 and "a.pcap: is not made" in run.text(), run.text()
        counts = run.counts()
        stored = sum(len(numbers_in(os.path.join(folder, f"a.{n}.pcap"))) for n in (1, 2))
        assert counts["captured"] - counts["unwritten"] == stored > SENT / 2, counts
        assert counts["captured"] + counts["late"] + counts["dropped"] == counts["received"], counts
        assert sorted(os.listdir(folder)) == ["a.1.pcap", "a.2.pcap"]


def a_run_that_cannot_begin_leaves_no_file(network):
    with Folder() as folder:
        path, part = os.path.join(folder, "a.pcap"), os.path.join(folder, "a.1.pcap")
        with open(part, "w", encoding="ascii") as file:
            file.write("of another run")
        run = Running(network.b, "-i", "nope", "--workers", "2", "-w", path, wait=False)
        assert run.wait() == 4 and run.text().count("\n") == 1, run.text()
        assert os.path.getsize(part) == len("of another run")
        os.symlink("elsewhere", path)
        run = Running(network.b, "-i", "b", "--workers", "2", "--stats-interval", "1", "-w", path, wait=False)
        assert run.wait() == 6 and run.text().count("\n") == 1 and "symbolic link" in run.text(), run.text()
        assert os.listdir(folder) == ["a.pcap"], os.listdir(folder)


def what_workers_cannot_do_is_refused(network):
    for args in (["-w", "a.pcap", "-C", "1"], ["-w", "-"], ["-w", "a.pcap", "-b", "packets:5"], [],
                 ["-w", "a.pcap", "--print"], ["-w", "a.pcap", "-i", "lo"], ["--count", "--no-merge"]):
        done = subprocess.run([RINGTAIL, "-i", "b", "--workers", "2", *args], capture_output=True, text=True,
                              check=False)
        assert done.returncode == 2 and "orkers" in done.stderr, (args, done.stderr)


main([
    what_two_workers_captured_is_one_file_in_the_order_of_time,
    no_process_keeps_more_than_it_needs,
    a_flow_is_in_one_of_the_files_that_stay,
    what_a_worker_has_no_room_for_goes_to_others_unless_their_files_stay,
    a_limited_number_is_the_first_of_them,
    a_killed_worker_is_said_and_the_other_goes_on,
    a_killed_worker_leaves_counters_that_add_up,
    without_who_started_them_workers_end_and_leave_their_files,
    a_busy_link_does_not_hold_up_the_end,
    a_full_disk_ends_all_and_is_said_once,
    a_run_that_cannot_begin_leaves_no_file,
    what_workers_cannot_do_is_refused,
])
