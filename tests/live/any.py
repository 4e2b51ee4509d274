#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""-i any into a pcapng file: each packet with its interface and its own link header, by one engine."""
import fcntl
import os
import socket
import struct
import subprocess

from netns import HOME, Folder, Running, main, read_pcap, setns, sh, udp_frame, wait_until

ENGINES = {"ring": [], "plain": ["--no-ring"]}
ETHERNET, RAW, COOKED = "1", "7", "210"	# of frame.encap_type
TUNSETIFF, TUNSETLINK, IFF_TUN, IFF_NO_PI = 0x400454ca, 0x400454cd, 1, 0x1000
ARPHRD_NONE, ARPHRD_IPGRE = 0xfffe, 778
TAG = b"\x81\x00\x00\x05"


def tshark(path, *names):
    command = ["tshark", "-n", "-r", path, "-T", "fields"] + [word for name in names for word in ("-e", name)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    wrong = [line for line in done.stderr.splitlines() if not line.startswith("Running as user")]
    assert not wrong, wrong
    return [tuple(line.split("\t")) for line in done.stdout.splitlines()]


def add_tunnel(network, name, address, hardware):
    """A tun device in b's namespace."""
    setns("/run/netns/" + network.b)
    try:
        device = open("/dev/net/tun", "r+b", buffering=0)
        fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH22x", name.encode(), IFF_TUN | IFF_NO_PI))
        fcntl.ioctl(device, TUNSETLINK, hardware)
    finally:
        setns(HOME)
    sh(f"ip -n {network.b} addr add {address}/24 dev {name}")
    sh(f"ip -n {network.b} link set dev {name} up")
    return device


def add_pair(network, name):
    sh(f"ip -n {network.a} link add name {name}1 type veth peer name {name}2 netns {network.b}")
    for ns, end in ((network.a, 1), (network.b, 2)):
        sh(f"ip -n {ns} link set dev {name}{end} arp off up")
    wait_until(lambda: "LOWER_UP" in subprocess.run(["ip", "-n", network.b, "link", "show", name + "2"], capture_output=True,
                                                    text=True).stdout, "the pair is up")


def send_all(network, late="late"):
    """Frames by b, c2, lo, two tunnels, and by an interface that is made now. Returns what a file has to say of them."""
    network.sender().send(udp_frame(1, tags=TAG))
    network.sender("c1").send(udp_frame(2))
    s = network.socket(socket.AF_INET, socket.SOCK_DGRAM, ns=network.b)
    s.bind(("", 9))		# so that lo has no ICMP message of an unreachable port
    for address in ("127.0.0.1", "10.8.1.2", "10.8.2.2"):
        s.sendto(b"hello", (address, 9))
    add_pair(network, late)
    network.sender(late + "1").send(udp_frame(3))
    return [("b", ETHERNET, "5"), ("c2", ETHERNET, ""), ("lo", ETHERNET, ""), ("raw", RAW, ""), ("gre", COOKED, ""),
            (late + "2", ETHERNET, "")]


def laid_out(network):
    add_pair(network, "c")
    sh(f"ip -n {network.b} link set dev lo up")
    return add_tunnel(network, "raw", "10.8.1.1", ARPHRD_NONE), add_tunnel(network, "gre", "10.8.2.1", ARPHRD_IPGRE)


def each_packet_has_its_interface_and_link_type(network):
    devices = laid_out(network)
    with Folder() as folder:
        for name, how in ENGINES.items():
            path = os.path.join(folder, name + ".pcapng")
            with open(os.path.join(folder, "lines"), "w+", encoding="utf-8") as lines:
                run = Running(network.b, "-nn", "-i", "any", "-w", path, "--print", *how, stdout=lines)
                want = send_all(network, name[:4])
                counts = run.stop()
                lines.seek(0)
                said = [line.split()[1:4] for line in lines]
            assert counts["captured"] == len(want) and counts["doubled"] == 1, (name, run.text())
            rows = tshark(path, "frame.interface_name", "frame.encap_type", "vlan.id", "udp.dstport", "frame.packet_flags")
            assert [row[:3] for row in rows] == want, (name, rows)
            assert {row[3] for row in rows} == {"9"}, rows
            assert [int(row[4], 16) & 3 for row in rows] == [1, 1, 1, 2, 2, 1], rows
            assert [words[0] for words in said] == [row[0] for row in rows], said
            assert [words[1] for words in said] == ["In", "In", "In", "Out", "Out", "In"], said
            sh(f"ip -n {network.b} link del {name[:4]}2")
    for device in devices:
        device.close()


def a_filter_that_a_link_type_has_no_words_for_lets_none_of_it_through(network):
    devices = laid_out(network)
    with Folder() as folder:
        path = os.path.join(folder, "x.pcapng")
        run = Running(network.b, "-i", "any", "-w", path, "ether host 02:00:00:00:00:99")
        send_all(network)
        counts = run.stop()
        assert counts["captured"] == 3, run.text()
        assert [row[0] for row in tshark(path, "frame.interface_name")] == ["b", "c2", "late2"]
        for name, linktype in ("raw", "RAW"), ("gre", "LINUX_SLL2"):
            assert f"ringtail: {name}: the filter has no meaning for link type {linktype}: nothing" in run.text(), run.text()
    for device in devices:
        device.close()


def each_file_of_several_knows_all(network):
    devices = laid_out(network)
    with Folder() as folder:
        run = Running(network.b, "-i", "any", "-w", os.path.join(folder, "x.pcapng"), "-b", "packets:2")
        want = send_all(network)
        run.stop()
        names = sorted(os.listdir(folder))
        rows = [tshark(os.path.join(folder, name), "frame.interface_name", "frame.encap_type", "vlan.id") for name in names]
        assert rows == [want[:2], want[2:4], want[4:]], rows
    for device in devices:
        device.close()


def a_pcap_file_has_cooked_packets(network):
    devices = laid_out(network)
    with Folder() as folder:
        path = os.path.join(folder, "x.pcap")
        run = Running(network.b, "-i", "any", "-w", path, "udp")
        send_all(network)
        run.stop()
        assert "listening on any, link-type LINUX_SLL2" in run.text()
        linktype, packets = read_pcap(path)
        assert linktype == 276 and len(packets) >= 5, (linktype, len(packets))
    for device in devices:
        device.close()


main([
    each_packet_has_its_interface_and_link_type,
    a_filter_that_a_link_type_has_no_words_for_lets_none_of_it_through,
    each_file_of_several_knows_all,
    a_pcap_file_has_cooked_packets,
])
