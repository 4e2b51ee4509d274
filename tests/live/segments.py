#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Frames that are not cut yet, or were merged: counted as the packets of the wire that they stand for."""
import fcntl
import os
import re
import socket
import struct
import subprocess

from netns import HOME, RINGTAIL, Folder, Running, main, setns, sh, udp_frame

ENGINES = {"ring": [], "plain": ["--no-ring"], "immediate": ["--immediate-mode"], "cooked": ["--cooked"]}
UDP_SEGMENT = 103
SOL_PACKET, PACKET_VNET_HDR = 263, 15
TAG = b"\x81\x00\x00\x05"
TUNSETIFF, IFF_TAP, IFF_NO_PI, IFF_VNET_HDR = 0x400454ca, 2, 0x1000, 0x4000
NEEDS_CSUM, GSO_NONE, GSO_UFO, GSO_UDP = 1, 0, 3, 5	# of struct virtio_net_hdr


def addressed(network, interface="a"):
    for ns, end, address in ((network.a, interface, "10.5.0.1"), (network.b, "b", "10.5.0.2")):
        sh(f"ip -n {ns} addr add {address}/24 dev {end}")
        sh(f"ip -n {ns} link set dev {end} arp on up")


def bridged(network):
    """In namespace a "up" stands above "a": there frames are whole, and below they are cut."""
    sh(f"ip -n {network.a} link add name up type bridge")
    sh(f"ip -n {network.a} link set dev a master up")
    addressed(network, "up")
    offloads(network.a, "a", "off")


def offloads(ns, interface, state):
    sh(f"ip netns exec {ns} ethtool -K {interface} tso {state} gso {state} gro {state} tx-udp-segmentation {state}")


def send_tcp(network, size=300000):
    listener = network.socket(socket.AF_INET, socket.SOCK_STREAM, ns=network.b)
    listener.bind(("10.5.0.2", 7777))
    listener.listen(1)
    sender = network.socket(socket.AF_INET, socket.SOCK_STREAM)
    sender.connect(("10.5.0.2", 7777))
    peer, _ = listener.accept()
    sender.setblocking(False)
    rest, got = bytes(size), 0
    while got < size:
        try:
            rest = rest[sender.send(rest):] if rest else rest
        except BlockingIOError:
            pass
        if not rest:
            sender.setblocking(True)
        got += len(peer.recv(1 << 20))
    for s in (sender, peer, listener):
        s.close()


def send_udp(network, sizes=(7 * 1000 + 1, 1000, 999, 3000), segment=1000):
    sender = network.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sender.setsockopt(socket.IPPROTO_UDP, UDP_SEGMENT, segment)
    for size in sizes:
        sender.sendto(bytes(size), ("10.5.0.2", 7778))


def fields(path, *names, wanted=None):
    words = ["--fields", ",".join(names)] + (["-Y", wanted] if wanted else [])
    done = subprocess.run([RINGTAIL, "-nn", "-r", path, *words], capture_output=True, text=True, check=True)
    return [line.split("\t") for line in done.stdout.splitlines()]


class Row:
    """What ringtail says of a packet of a file."""

    def __init__(self, texts):
        numbers = [int(text or 0) for text in texts]
        self.segments, self.size, total, head, tcp, self.udp, self.vlan = numbers
        self.payload = self.udp - 8 if self.udp else total - head - tcp


def rows_of(path):
    return [Row(texts) for texts in fields(path, "frame.segments", "frame.segment_size", "ip.len", "ip.hdr_len", "tcp.hdr_len",
                                           "udp.length", "vlan.id")]


def captures(where, work):
    """Run a ringtail for each (name, namespace, interface, options), and work. Returns rows, text and counts by name."""
    found = {}
    with Folder() as folder:
        runs = [(name, Running(ns, "-i", interface, "-w", os.path.join(folder, name + ".pcapng"), *options))
                for name, ns, interface, options in where]
        work()
        for name, run in runs:
            counts = run.stop()
            assert counts["dropped"] == 0, run.text()
            path = os.path.join(folder, name + ".pcapng")
            found[name] = (rows_of(path), run.text(), counts)
        check_file(path)
    return found


def check_file(path):
    """tshark reads the file without a warning, and a filter finds what is marked."""
    done = subprocess.run(["tshark", "-n", "-r", path], capture_output=True, text=True, check=True)
    wrong = [line for line in done.stderr.splitlines() if not line.startswith("Running as user")]
    assert not wrong, wrong
    rows = fields(path, "frame.segments")
    assert len(fields(path, "frame.number", wanted="frame.segments > 1")) == sum(r[0] not in ("", "1") for r in rows)
    assert len(fields(path, "frame.number", wanted="!frame.segments")) == sum(r[0] == "" for r in rows)


def on_the_wire(rows):
    return sum(row.segments or 1 for row in rows)


def check_sum(found):
    """What is said at the end is what the packets say."""
    rows, text, counts = found
    more = re.search(r"^(\d+) packets? more on the wire: segments", text, re.M)
    assert (int(more[1]) if more else 0) == on_the_wire(rows) - counts["captured"], (text, on_the_wire(rows))


def segments_are_those_that_the_wire_sees(network):
    bridged(network)
    offloads(network.b, "b", "on")
    found = captures([
        ("above", network.a, "up", ["tcp port 7777"]), ("wire", network.a, "a", ["tcp port 7777"]),
        ("merged", network.b, "b", ["tcp port 7777"])], lambda: send_tcp(network))
    wire, above, merged = (found[name][0] for name in ("wire", "above", "merged"))
    for rows in above, merged:
        several = [row for row in rows if row.segments]
        assert several and max(row.segments for row in several) > 2, (len(several), len(rows))
        assert all(row.segments == -(-row.payload // row.size) for row in several)
        assert {row.size for row in several} == {max(row.payload for row in wire)}
        assert on_the_wire(rows) == len(wire), (on_the_wire(rows), len(wire))
    assert not any(row.segments for row in wire)
    for one in found.values():
        check_sum(one)


def all_engines_tell_the_same(network):
    addressed(network)

    def work():
        send_tcp(network, 60000)
        send_udp(network)

    found = captures([(name, network.a, "a", ["dst host 10.5.0.2", *how]) for name, how in ENGINES.items()], work)
    ring = found["ring"][0]
    assert [(row.segments, row.size) for row in ring if row.udp] == [(8, 1000), (0, 0), (0, 0), (3, 1000)]
    assert any(row.segments and not row.udp for row in ring)
    for name in ENGINES:
        assert [vars(row) for row in found[name][0]] == [vars(row) for row in ring], name
        check_sum(found[name])


def a_tag_is_put_back_where_the_kernel_told_of_them(network):
    s = network.sender()
    s.setsockopt(SOL_PACKET, PACKET_VNET_HDR, 1)

    def work():
        for size in (500, 1000, 3000):
            s.send(struct.pack("=BBHHHH", NEEDS_CSUM, GSO_UDP, 46, size, 38, 6) + udp_frame(1, size=4042, tags=TAG))

    found = captures([(name, network.b, "b", how) for name, how in ENGINES.items()], work)
    for name, (rows, _, _) in found.items():
        assert [(row.segments, row.size, row.vlan) for row in rows] == [(8, 500, 5), (4, 1000, 5), (2, 3000, 5)], name


def they_can_be_left_alone_and_are_said_in_lines(network):
    addressed(network)
    found = captures([("off", network.a, "a", ["--no-segments", "udp port 7778"])], lambda: send_udp(network))
    assert [row.segments for row in found["off"][0]] == [0] * 4
    with Folder() as folder, open(os.path.join(folder, "lines"), "w+", encoding="utf-8") as lines:
        run = Running(network.a, "-nn", "-V", "-i", "a", "udp port 7778", stdout=lines)
        send_udp(network)
        assert run.stop()["captured"] == 4
        lines.seek(0)
        said = [line for line in lines.read().splitlines() if "> 10.5.0.2.7778" in line]
    assert [line.partition("; ")[2] for line in said] == ["8 segments of 1000 bytes", "", "", "3 segments of 1000 bytes"], said


def what_the_kernel_has_no_words_for_is_not_lost(network):
    """Of a tap whose virtual machine leaves IP fragments to the host, which a struct virtio_net_hdr cannot say."""
    setns("/run/netns/" + network.a)
    try:
        device = open("/dev/net/tun", "r+b", buffering=0)
        fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH22x", b"tap", IFF_TAP | IFF_NO_PI | IFF_VNET_HDR))
    finally:
        setns(HOME)
    sh(f"ip -n {network.a} link set dev tap up")

    def work():
        for kind, size in ((GSO_NONE, 0), (GSO_UFO, 1480), (GSO_UDP, 1000), (GSO_UFO, 1480)):
            device.write(struct.pack("=BBHHHH", NEEDS_CSUM, kind, 42, size, 34, 6) + udp_frame(1, size=4042))

    where = [(name + interface, network.a, interface, ["udp port 9", *how])
             for name, how in ENGINES.items() for interface in ("tap", "any")]
    for name, found in captures(where, work).items():
        assert len(found[0]) == 4, (name, found)
    device.close()


main([
    segments_are_those_that_the_wire_sees,
    all_engines_tell_the_same,
    a_tag_is_put_back_where_the_kernel_told_of_them,
    they_can_be_left_alone_and_are_said_in_lines,
    what_the_kernel_has_no_words_for_is_not_lost,
])
