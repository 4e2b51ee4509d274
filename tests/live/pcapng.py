#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Several interfaces in one run, and what a pcapng file tells of them, as tshark reads it."""
import os
import re
import signal
import socket
import struct
import subprocess
import sys
import threading
import time

from netns import RINGTAIL, Folder, Running, main, numbers_in, sees, send, set_up, sh, udp_frame, wait_until

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "replay"))
import captures  # noqa: E402

TAG = b"\x81\x00\x00\x05"
PENDING, TSO = 1 << 9, 1 << 11		# of epb_flags
RINGS = ([], ["-i", "d"])
BURST = 15000		# frames: more than the rings here hold
HARMLESS = "Running as user"


def add_pair(network, name, address):
    """A veth pair more, name + 1 in namespace a and name + 2 in b, that TCP can use."""
    network.plug(name + "1", name + "2")
    for ns, end in ((network.a, 1), (network.b, 2)):
        sh(f"ip -n {ns} addr add {address}.{end}/24 dev {name}{end}")
        sh(f"ip -n {ns} link set dev {name}{end} arp on")


def tshark(path, *fields):
    """The fields of each packet; there may be no warning."""
    command = ["tshark", "-n", "-r", path, "-T", "fields"]
    done = subprocess.run(command + [word for f in fields for word in ("-e", f)], capture_output=True, text=True)
    wrong = [line for line in done.stderr.split("\n") if not line.startswith(HARMLESS) and line]
    assert done.returncode == 0 and not wrong, done.stderr
    return [line.split("\t") for line in done.stdout.splitlines()]


def options_of(body):
    found, at = {}, 0
    while at + 4 <= len(body):
        code, length = struct.unpack_from("=HH", body, at)
        if code == 0:
            break
        found.setdefault(code, []).append(body[at + 4:at + 4 + length])
        at += 4 + (length + 3) // 4 * 4
    return found


def blocks(path):
    """(type, body) of each block; that both lengths agree is checked."""
    with open(path, "rb") as file:
        data = file.read()
    at = 0
    while at < len(data):
        kind, length = struct.unpack_from("=II", data, at)
        assert data[at + length - 4:at + length] == struct.pack("=I", length), at
        yield kind, data[at + 8:at + length - 4]
        at += length


def drop_counts(path):
    """By interface: the sum of the drop counts of its packets."""
    sums = {}
    for kind, body in blocks(path):
        if kind == 6:
            interface, _, _, cap, _ = struct.unpack_from("=IIIII", body)
            for value in options_of(body[20 + (cap + 3) // 4 * 4:]).get(4, []):
                sums[interface] = sums.get(interface, 0) + struct.unpack("=Q", value)[0]
    return sums


def statistics(path):
    """By interface, of its last block: received, accepted, dropped by the system, delivered."""
    found = {}
    for kind, body in blocks(path):
        if kind == 5:
            options = options_of(body[12:])
            found[struct.unpack_from("=I", body)[0]] = [struct.unpack("=Q", options[c][0])[0] for c in (4, 6, 7, 8)]
            assert options[5] == [bytes(8)], options	# the card missed nothing
            start, end = ((h << 32) + l for h, l in (struct.unpack("=II", options[c][0]) for c in (2, 3)))
            assert start <= end, (start, end)
    return found


def talk_tcp(network, server, client, address, size=200000):
    """size bytes by TCP from namespace client to namespace server, in segments that the card is to cut."""
    listener = network.socket(socket.AF_INET, socket.SOCK_STREAM, ns=server)
    listener.bind((address, 7777))
    listener.listen(1)
    got = []

    def take():
        peer, _ = listener.accept()
        while piece := peer.recv(65536):
            got.append(len(piece))
        peer.close()

    taker = threading.Thread(target=take)
    taker.start()
    sender = network.socket(socket.AF_INET, socket.SOCK_STREAM, ns=client)
    sender.connect((address, 7777))
    sender.sendall(bytes(size))
    sender.close()
    taker.join()
    listener.close()
    assert sum(got) == size


def three_interfaces_are_told_apart_with_tags_and_offloads(network):
    add_pair(network, "c", "10.1.1")
    add_pair(network, "d", "10.1.2")
    sh(f"ip -n {network.b} link set dev c2 alias uplink")
    with Folder() as folder:
        path = os.path.join(folder, "x.pcapng")
        run = Running(network.b, "-i", "b", "-i", "c2", "-i", "d2", "-w", path, "--capture-comment", "ticket 4711",
                      "tcp or udp or vlan")
        for i in range(5):
            network.sender().send(udp_frame(i, tags=TAG))
        talk_tcp(network, network.a, network.b, "10.1.1.1")
        peer = network.socket(socket.AF_INET, socket.SOCK_DGRAM)
        peer.bind(("10.1.2.1", 9))
        network.socket(socket.AF_INET, socket.SOCK_DGRAM, ns=network.b).sendto(b"x", ("10.1.2.1", 9))
        assert peer.recv(9) == b"x"
        counts = run.stop()
        rows = tshark(path, "frame.interface_name", "frame.packet_flags", "vlan.id", "tcp.dstport", "udp.dstport", "frame.len")
        assert len(rows) == counts["captured"], (len(rows), counts)
        tagged = [row for row in rows if row[2]]
        assert len(tagged) == 5 and all(row[0] == "b" and int(row[1], 16) & 3 == 1 and row[2] == "5" for row in tagged), tagged
        data = [row for row in rows if row[3] == "7777"]
        assert all(row[0] == "c2" and int(row[1], 16) & 3 == 2 for row in data), data
        large = [int(row[1], 16) for row in data if int(row[5]) > 1514]
        assert large and all(word & PENDING for word in large), large
        assert os.uname().release < "6.7" or all(word & TSO for word in large), large
        replies = [row for row in rows if row[0] == "c2" and row[3] and row[3] != "7777"]
        assert replies and all(int(row[1], 16) & 3 == 1 for row in replies), replies
        assert [(row[0], int(row[1], 16) & (3 | PENDING)) for row in rows if row[4] == "9" and not row[2]] == [
            ("d2", 2 | PENDING)], rows
        section = next(options_of(body[16:]) for kind, body in blocks(path) if kind == 0x0a0d0d0a)
        assert section[1] == [b"ticket 4711"] and section[3][0].startswith(b"Linux "), section
        told = [options_of(body[8:]) for kind, body in blocks(path) if kind == 1]
        assert [o[2][0] for o in told] == [b"b", b"c2", b"d2"] and all(len(o[6][0]) == 6 for o in told), told
        assert [o.get(3) for o in told] == [None, [b"uplink"], None], told
        assert all(o[9] == [b"\x09"] and o[11] == [b"\0tcp or udp or vlan"] for o in told), told
        sums = statistics(path)
        assert sorted(sums) == [0, 1, 2] and sum(s[3] for s in sums.values()) == len(rows), sums
        assert sums[0][1] == sums[0][3] == 5 and sums[2][3] == 1, sums


def losses_are_told_where_they_happened(network):
    add_pair(network, "c", "10.1.1")
    with Folder() as folder:
        path = os.path.join(folder, "x.pcapng")
        run = Running(network.b, "-i", "b", "-i", "c2", "-B", "1024", "-w", path, "udp")
        send(network.sender(), 100)
        other = network.socket(socket.AF_INET, socket.SOCK_DGRAM, ns=network.a)
        other.sendto(b"x", ("10.1.1.2", 9))
        os.kill(run.pid, signal.SIGSTOP)
        send(network.sender(), 20000, first=100)
        os.kill(run.pid, signal.SIGCONT)
        wait_until(lambda: "dropped by kernel so far" in run.text(), "the loss is said")
        send(network.sender(), 1, first=50000)
        other.sendto(b"x", ("10.1.1.2", 9))
        counts = run.stop()
        sums = statistics(path)
        assert counts["dropped"] > 0 and counts["received"] == counts["captured"] + counts["dropped"], counts
        told = [row for row in tshark(path, "frame.interface_name", "frame.drop_count", "frame.number") if row[1]]
        assert all(row[0] == "b" for row in told) and sum(int(row[1]) for row in told) == counts["dropped"], (told, counts)
        assert drop_counts(path) == {0: counts["dropped"]}, (drop_counts(path), counts)
        assert sums[0][2] == counts["dropped"] and sums[1][2] == 0, sums
        assert sums[0][3] + sums[1][3] == counts["captured"] == 20103 - counts["dropped"], (sums, counts)


def holes_of(path):
    """Before which frames of send() others are missing, and how many: by their numbers, and by the drop counts."""
    plain = path + ".pcap"
    captures.run(RINGTAIL, "-r", path, "-w", plain)
    numbers = [-1, *numbers_in(plain)]
    os.unlink(plain)
    told = [int(row[0] or 0) for row in tshark(path, "frame.drop_count")]
    missing = [number - before - 1 for before, number in zip(numbers, numbers[1:])]
    return [{at: n for at, n in enumerate(counts) if n} for counts in (missing, told)]


def accounted(run):
    """How many packets of b it says that it has captured or lost."""
    run.captured()
    said = re.findall(r"^ringtail: (?:b: )?(\d+) packets? captured, .*?(\d+) packets? dropped", run.text(), re.M)
    return sum(map(int, said[-1])) if said else 0


def a_loss_is_told_by_the_packet_behind_it(network):
    """Also of a keeper that slept, and looks at its counters before it takes what came before the loss."""
    sender = network.sender()
    network.plug("c", "d")
    with Folder() as folder:
        path = os.path.join(folder, "x.pcapng")
        for how in (*RINGS, ["--no-ring"], ["--immediate-mode", "-i", "d"]):
            run = Running(network.b, "-i", "b", *how, "-B", "1024", "-w", path, "udp")
            for sent in (0, BURST + 1):
                os.kill(run.pid, signal.SIGSTOP)
                send(sender, BURST, first=sent)
                time.sleep(1.1)
                os.kill(run.pid, signal.SIGCONT)
                wait_until(lambda sent=sent: accounted(run) == sent + BURST, "what was not lost is taken")
                send(sender, 1, first=sent + BURST)
                if how not in RINGS:	# what is queued when others are lost again is not told apart
                    wait_until(lambda sent=sent: accounted(run) == sent + BURST + 1, "it is taken")
            counts = run.stop()
            missing, told = holes_of(path)
            assert len(told) == 2 and sum(told.values()) == counts["dropped"], (how, told, counts)
            assert missing == told, (how, missing, told)


def names_that_lines_had_are_in_the_file(network):
    sender = network.sender()
    with Folder() as folder:
        path, hosts = os.path.join(folder, "x.pcapng"), os.path.join(folder, "hosts")
        with open(hosts, "w") as file:
            file.write("10.0.0.1 left.example\n10.0.0.2 right.example\n")
        prefix = ("sh", "-c", 'mount --bind "$0" /etc/hosts && exec "$@"', hosts)
        for stop in ("count", "signal"):
            with open(os.path.join(folder, "lines"), "w+") as out:
                run = Running(network.b, "-i", "b", "-N", "--print", "-w", path, *(["-c", "3"] if stop == "count" else []),
                              "udp", prefix=prefix, stdout=out)
                send(sender, 3)
                if stop == "count":
                    assert run.wait() == 0, run.text()
                else:
                    run.stop()
                out.seek(0)
                lines = out.read()
            assert lines.count("left.example.1024 > right.example") == 3, lines
            kinds = [kind for kind, _ in blocks(path)]
            assert kinds.count(4) == 2 and kinds.count(6) == 3 and kinds[-1] == 5, kinds
            shown = subprocess.run(["tshark", "-2", "-N", "n", "-r", path], capture_output=True, text=True).stdout
            assert shown.count("left.example") == 3 and shown.count("right.example") == 3, shown


def a_full_disk_leaves_whole_blocks(network):
    with Folder(size=256) as folder:
        path = os.path.join(folder, "x.pcapng")
        run = Running(network.b, "-i", "b", "-w", path)
        send(network.sender(), 3000, size=200)
        assert run.wait() == 6 and run.text().count("No space left on device") == 1, run.text()
        kept = len(tshark(path, "frame.number"))
        counts = run.counts()
        assert 0 < kept and kept + counts["unwritten"] == counts["captured"], (kept, counts)
        assert "(%d packets are in the file)" % kept in run.text(), run.text()


def packets_of_all_interfaces_are_in_the_order_of_time(network):
    for name, address in (("c", "10.1.1"), ("d", "10.1.2")):
        add_pair(network, name, address)
    senders = [network.sender(), network.sender("c1"), network.sender("d1")]
    with Folder() as folder:
        path = os.path.join(folder, "all")
        run = Running(network.b, "-i", "b", "-i", "?2", "-w", path, "--print", "udp", stdout=open(path + ".txt", "wb"))
        for i in range(3000):
            senders[i % 3].send(udp_frame(i))
        wait_until(lambda: os.path.exists(path), "there is a file")
        counts = run.stop()
        assert counts["captured"] == 3000 and counts["dropped"] == 0, counts
        times = [struct.unpack_from("=II", body, 4) for kind, body in blocks(path) if kind == 6]
        assert times == sorted(times) and len(times) == 3000
        with open(path + ".txt", encoding="ascii") as file:
            names = [line.split()[1:3] for line in file]
        assert names == [["b", "In"], ["c2", "In"], ["d2", "In"]] * 1000, names[:9]


def what_was_sent_before_a_signal_is_in_the_file(network):
    add_pair(network, "c", "10.1.1")
    senders = [network.sender(), network.sender("c1")]
    for how in ([], ["--no-ring"], ["--immediate-mode"], ["--cooked"]):
        with Folder() as folder:
            path = os.path.join(folder, "x.pcapng")
            run = Running(network.b, "-i", "b", "-i", "c2", "-w", path, *how, "udp")
            for sender in senders:
                send(sender, 1000)
            counts = run.stop()
            assert counts["captured"] == 2000 and counts["dropped"] == 0, (how, counts)
            assert len([kind for kind, _ in blocks(path) if kind == 6]) == 2000, how
    run = Running(network.b, "-i", "b", "-i", "c2", "-c", "5", "--count", "udp")
    for sender in senders:
        send(sender, 10)
    assert run.wait() == 0 and run.counts()["captured"] == 5, run.text()


def interfaces_that_are_made_later_join(network):
    with Folder() as folder:
        path = os.path.join(folder, "x.pcapng")
        run = Running(network.b, "-i", "b", "-i", "new*", "--follow-interfaces", "-w", path, "udp")
        sh(f"ip -n {network.a} link add name other type veth peer name new0 netns {network.b}")
        run.wait_for("new0: joins the capture")
        set_up((network.a, "other"), (network.b, "new0"))
        seen, also = network.witness("new0"), network.witness()
        send(network.sender("other"), 3)
        send(network.sender(), 2)
        sees(seen, 3)
        sh(f"ip -n {network.b} link del dev new0")
        run.wait_for("new0: the interface was removed")
        sees(also, 2)
        sh(f"ip -n {network.b} link del dev b")
        run.wait_for("b: the interface was removed")
        network.plug()
        wait_until(lambda: run.text().count("b: joins the capture") == 1, "b is back")
        send(network.sender(), 4)
        assert run.stop()["captured"] == 9
        names = [row[0] for row in tshark(path, "frame.interface_name")]
        assert sorted(names) == ["b"] * 6 + ["new0"] * 3, names


def who_cannot_join_is_told_once(network):
    """16 may; of the others the kernel says something more than once, as of the 17th when it goes up."""
    run = Running(network.b, "-i", "b", "-i", "new*", "--follow-interfaces", "--count")
    for n in range(9):
        sh(f"ip -n {network.b} link add name new{2 * n} type veth peer name new{2 * n + 1}")
    late = re.compile(r"^ringtail: (new\d+): does not join: 16 have joined", re.M)
    wait_until(lambda: len(late.findall(run.text())) >= 2, "two of 18 do not join")
    first, second = late.findall(run.text())
    sh(f"ip -n {network.b} link set dev {first} arp off up")
    sh(f"ip -n {network.b} link add name new18 type veth peer name new19")
    wait_until(lambda: {"new18", "new19"} <= set(late.findall(run.text())), "what is told behind that was heard")
    assert sorted(late.findall(run.text())) == sorted([first, second, "new18", "new19"]), run.text()
    run.stop()


def the_last_interface_ends_the_capture(network):
    add_pair(network, "c", "10.1.1")
    run = Running(network.b, "-i", "b", "-i", "c2", "--count")
    sh(f"ip -n {network.b} link del dev b")
    run.wait_for("b: the interface was removed")
    sh(f"ip -n {network.b} link del dev c2")
    assert run.wait() == 4 and "the interfaces were removed" in run.text(), run.text()


def another_namespace_is_captured_from_outside(network):
    inside = subprocess.Popen(["ip", "netns", "exec", network.b, "sleep", "60"])
    with Folder() as folder:
        for where in (network.b, str(inside.pid), "/run/netns/" + network.b):
            path = os.path.join(folder, "x")
            run = Running(network.a, "--netns", where, "-i", "b", "-w", path)
            assert os.stat(f"/proc/{run.pid}/ns/net").st_ino == os.stat("/run/netns/" + network.a).st_ino
            send(network.sender(), 5)
            assert run.stop()["captured"] == 5
    inside.kill()
    inside.wait()
    done = Running(network.a, "--netns", "nowhere", "-i", "b", wait=False)
    assert done.wait() == 4 and "nowhere: no such network namespace" in done.text(), done.text()


def a_pcap_file_refuses_two_link_types(network):
    sh(f"ip -n {network.b} tuntap add dev tun0 mode tun")
    sh(f"ip -n {network.b} link set dev tun0 up")
    with Folder() as folder:
        done = Running(network.b, "-i", "b", "-i", "tun0", "-w", os.path.join(folder, "x.pcap"), wait=False)
        assert done.wait() == 2 and "b has EN10MB and tun0 RAW; a .pcapng file holds both" in done.text(), done.text()
        path = os.path.join(folder, "x")
        run = Running(network.b, "-i", "b", "-i", "tun0", "-w", path)
        send(network.sender(), 2)
        assert run.stop()["captured"] >= 2
        assert [struct.unpack_from("=H", body)[0] for kind, body in blocks(path) if kind == 1] == [1, 101]
    for names, words in ((["-i", "nix*"], "nix*: no such interface"), (["-i", "b", "-i", "any"], "any is all of them")):
        done = Running(network.b, *names, wait=False)
        assert done.wait() in (2, 4) and words in done.text(), done.text()


main([
    three_interfaces_are_told_apart_with_tags_and_offloads,
    losses_are_told_where_they_happened,
    a_loss_is_told_by_the_packet_behind_it,
    names_that_lines_had_are_in_the_file,
    a_full_disk_leaves_whole_blocks,
    packets_of_all_interfaces_are_in_the_order_of_time,
    what_was_sent_before_a_signal_is_in_the_file,
    interfaces_that_are_made_later_join,
    who_cannot_join_is_told_once,
    the_last_interface_ends_the_capture,
    another_namespace_is_captured_from_outside,
    a_pcap_file_refuses_two_link_types,
])
