#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The ring, the plain and the cooked engine see the same packets, and tcpdump does too."""
import fcntl
import os
import shutil
import socket
import struct
import subprocess

from netns import (HOME, RINGTAIL, Folder, Running, Skip, main, number_of, read_pcap, send, setns, sh,
                   udp_frame, wait_until)

CUSTOMER = b"\x81\x00\x00\x05"		# 802.1Q, VLAN 5
PROVIDER = b"\x88\xa8\x20\x07"		# 802.1ad, priority 1, VLAN 7
OLD = b"\x91\x00\x00\x09"		# the QinQ ethertype of before 802.1ad
PRIORITY = b"\x81\x00\x60\x00"		# VLAN 0: a priority alone
TAGS = [b"", CUSTOMER, PROVIDER, PROVIDER + CUSTOMER, CUSTOMER + CUSTOMER, OLD + CUSTOMER, PRIORITY]
TUNSETIFF, TUNSETLINK, IFF_TUN, IFF_NO_PI = 0x400454ca, 0x400454cd, 1, 0x1000
ARPHRD_NONE, ARPHRD_IPGRE = 0xfffe, 778
ENGINES = {"ring": [], "plain": ["--no-ring"], "immediate": ["--immediate-mode"],
           "cooked": ["--cooked"]}


def mixed_frames():
    return [udp_frame(i, size, tags) for i, (size, tags) in enumerate(
        (size, tags) for size in (60, 61, 590, 1514, 4000) for tags in TAGS)]


def capture(network, folder, options, work, interface="b"):
    """Let all engines run while work is done. Returns their files' link types and packets."""
    paths = {name: os.path.join(folder, name) for name in ENGINES}
    ns = network.b if interface == "b" else network.a
    runs = [Running(ns, "-i", interface, "--nano", "-w", paths[name], *how, *options)
            for name, how in ENGINES.items()]
    work()
    for run in runs:
        run.stop()
    return {name: read_pcap(path) for name, path in paths.items()}


def cooked_part(packet):
    """Protocol and what follows, of an SLL2 packet."""
    return packet.data[:2] + packet.data[20:]


def all_engines_capture_the_same_packets_tags_in_place(network):
    sender = network.sender()
    for ns, interface in ((network.a, "a"), (network.b, "b")):
        sh(f"ip -n {ns} link set dev {interface} mtu 9000")
    frames = mixed_frames()
    with Folder() as folder:
        got = capture(network, folder, [], lambda: [sender.send(f) for f in frames])
    for name in ("ring", "plain", "immediate"):
        linktype, packets = got[name]
        assert linktype == 1, linktype
        assert [p.data for p in packets] == frames, name
        assert [p.wire for p in packets] == [len(f) for f in frames], name
    linktype, packets = got["cooked"]
    assert linktype == 276, linktype
    for p, f in zip(packets, frames, strict=True):
        assert cooked_part(p) == f[12:], (cooked_part(p)[:20], f[12:32])
    assert [p.wire for p in packets] == [len(f) + 6 for f in frames]


def a_cooked_header_says_interface_type_and_sender(network):
    sender = network.sender()
    with Folder() as folder:
        _, packets = capture(network, folder, [], lambda: send(sender, 1))["cooked"]
    protocol, zero, index, hardware, kind, halen, address = struct.unpack_from(
        "!HHIHBB8s", packets[0].data)
    mine = subprocess.run(["ip", "netns", "exec", network.b, "cat",
                           "/sys/class/net/b/ifindex"], capture_output=True, text=True)
    assert (protocol, zero, index) == (0x800, 0, int(mine.stdout)), packets[0].data
    assert (hardware, kind, halen) == (1, 3, 6), packets[0].data  # Ethernet, to another host
    assert address == b"\2\0\0\0\0\1\0\0", address


def a_snap_length_cuts_all_engines_alike(network):
    sender = network.sender()
    frames = mixed_frames()
    frames = [f for f in frames if len(f) < 1514]
    for snaplen in (9, 13, 14, 17, 64):
        with Folder() as folder:
            got = capture(network, folder, ["-s", str(snaplen)],
                          lambda: [sender.send(f) for f in frames])
        for name in ("ring", "plain", "immediate"):
            assert [p.data for p in got[name][1]] == [f[:snaplen] for f in frames], (name, snaplen)
            assert [p.wire for p in got[name][1]] == [len(f) for f in frames], (name, snaplen)
        for p, f in zip(got["cooked"][1], frames):
            assert len(p.data) == snaplen and p.wire == len(f) + 6
            assert snaplen < 20 or cooked_part(p) == f[12:][:snaplen - 18]


def tcpdump_writes_the_same_file(network):
    if not shutil.which("tcpdump"):
        raise Skip("needs tcpdump")
    sender = network.sender()
    frames = [f for f in mixed_frames() if len(f) <= 1514]
    with Folder() as folder:
        ours, theirs = os.path.join(folder, "ours"), os.path.join(folder, "theirs")
        run = Running(network.b, "-i", "b", "-w", ours)
        peer = subprocess.Popen(["ip", "netns", "exec", network.b, "tcpdump", "-Z", "root", "-i",
                                 "b", "-U", "-w", theirs], stderr=subprocess.PIPE)
        while b"listening on" not in peer.stderr.readline():
            assert peer.poll() is None
        for frame in frames:
            sender.send(frame)
        wait_until(lambda: os.path.getsize(theirs) >= 24 + sum(16 + len(frame) for frame in frames), "tcpdump has all")
        run.stop()
        peer.terminate()
        peer.wait()
        assert [p.data for p in read_pcap(ours)[1]] == [p.data for p in read_pcap(theirs)[1]]
        with open(ours, "rb") as a, open(theirs, "rb") as b:
            assert a.read(24) == b.read(24)


def addressed(network):
    for ns, interface, address in ((network.a, "a", "10.9.0.1/24"), (network.b, "b", "10.9.0.2/24")):
        sh(f"ip -n {ns} addr add {address} dev {interface}")


def a_checksum_left_to_the_card_is_not_called_wrong(network):
    addressed(network)
    s = network.socket(socket.AF_INET, socket.SOCK_DGRAM)
    with Folder() as folder:
        path = os.path.join(folder, "a.pcap")
        for name, how in ENGINES.items():
            with open(os.path.join(folder, "lines"), "w+") as lines:
                run = Running(network.a, "-nn", "-vv", "-i", "a", "-w", path, "--print", *how, "udp",
                              stdout=lines)
                s.sendto(b"hello", ("10.9.0.2", 7777))
                assert run.stop()["captured"] == 1
                lines.seek(0)
                live = lines.read()
            stored = subprocess.run([RINGTAIL, "-nn", "-vv", "-r", path], capture_output=True,
                                    text=True, check=True).stdout
            assert "10.9.0.2.7777" in live and "bad udp cksum" not in live, (name, live)
            assert "bad udp cksum" in stored, (name, stored)


def tunnel(network, hardware):
    """A tun(4) device of a hardware type in a's namespace, and what sends three packets over it."""
    if not os.path.exists("/dev/net/tun"):
        raise Skip("needs /dev/net/tun")
    setns("/run/netns/" + network.a)
    try:
        device = open("/dev/net/tun", "r+b", buffering=0)
        fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH22x", b"tun", IFF_TUN | IFF_NO_PI))
        fcntl.ioctl(device, TUNSETLINK, hardware)
    finally:
        setns(HOME)
    sh(f"ip -n {network.a} addr add 10.8.0.1/24 dev tun")
    sh(f"ip -n {network.a} link set dev tun up")
    s = network.socket(socket.AF_INET, socket.SOCK_DGRAM)

    def work(device=device):
        for _ in range(3):
            s.sendto(b"hello", ("10.8.0.2", 7777))
    return work


def packets_of_a_tunnel_are_raw_ip(network):
    work = tunnel(network, ARPHRD_NONE)
    with Folder() as folder:
        got = capture(network, folder, ["udp port 7777"], work, interface="tun")
    for name in ("ring", "plain", "immediate"):
        assert got[name][0] == 101, got[name][0]
        assert [p.data[-5:] for p in got[name][1]] == [b"hello"] * 3, name
        assert {p.data[0] for p in got[name][1]} == {0x45} and len(got[name][1][0].data) == 33
    assert got["cooked"][0] == 276
    assert [p.data[20:] for p in got["cooked"][1]] == [p.data for p in got["ring"][1]]


def an_unknown_link_header_is_cooked_and_that_is_said(network):
    work = tunnel(network, ARPHRD_IPGRE)
    with Folder() as folder:
        path = os.path.join(folder, "a.pcap")
        run = Running(network.a, "-i", "tun", "-w", path, "udp port 7777")
        work()
        assert run.stop()["captured"] == 3
        linktype, packets = read_pcap(path)
    assert "ringtail: tun: frames of hardware type 778 are captured without link headers, as " \
           "LINUX_SLL2\n" in run.text(), run.text()
    assert linktype == 276 and [p.data[20] for p in packets] == [0x45] * 3
    assert [p.data[:2] + p.data[8:10] for p in packets] == [b"\x08\x00\x03\x0a"] * 3


def numbers_of_all_engines_are_whole_under_a_burst(network):
    sender = network.sender()
    with Folder() as folder:
        got = capture(network, folder, [], lambda: send(sender, 5000, size=300))
    for name in ENGINES:
        assert [number_of(p.data) for p in got[name][1]] == list(range(5000)), name


main([
    all_engines_capture_the_same_packets_tags_in_place,
    a_cooked_header_says_interface_type_and_sender,
    a_snap_length_cuts_all_engines_alike,
    tcpdump_writes_the_same_file,
    a_checksum_left_to_the_card_is_not_called_wrong,
    packets_of_a_tunnel_are_raw_ip,
    an_unknown_link_header_is_cooked_and_that_is_said,
    numbers_of_all_engines_are_whole_under_a_burst,
])
