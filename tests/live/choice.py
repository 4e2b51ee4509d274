#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Which packets are captured: lo, direction, filter, promiscuous, any interface."""
import os
import socket
import subprocess
import tempfile

from netns import RINGTAIL, Folder, Running, main, numbers_in, read_pcap, send, sh, udp_frame

ENGINES = ([], ["--no-ring"], ["--immediate-mode"], ["--cooked"])


def loopback(network, count):
    s, reader = (network.socket(socket.AF_INET, socket.SOCK_DGRAM, ns=network.b) for _ in "ab")
    reader.bind(("127.0.0.1", 9))
    for _ in range(count):
        s.sendto(b"x" * 30, ("127.0.0.1", 9))


def loopback_packets_are_captured_once_and_the_double_is_counted(network):
    with Folder() as folder:
        path = os.path.join(folder, "a.pcap")
        for how in ENGINES:
            for name in ("lo", "any"):
                run = Running(network.b, "-i", name, "-w", path, *how, "udp")
                loopback(network, 50)
                counts = run.stop()
                assert counts["captured"] == counts["doubled"] == 50, (how, name, counts)
                assert len(read_pcap(path)[1]) == 50


def a_direction_leaves_the_other_one_out(network):
    to_b = network.sender()
    from_b = network.sender("b", ns=network.b)
    with Folder() as folder:
        path = os.path.join(folder, "a.pcap")
        for how in ENGINES:
            for direction, want in (("in", range(20)), ("out", range(20, 50)), ("inout", range(50))):
                run = Running(network.b, "-i", "b", "-Q", direction, "-w", path, *how)
                send(to_b, 20)
                send(from_b, 30, first=20)
                counts = run.stop()
                assert numbers_in(path) == list(want), (how, direction)
                assert counts["captured"] == len(want)


def the_default_interface_is_lo_where_there_is_no_route(network):
    run = Running(network.b, "-w", "/dev/null")
    run.stop()
    assert "listening on lo," in run.text()


def the_default_interface_is_that_of_the_default_route(network):
    sh(f"ip -n {network.b} addr add 10.9.0.2/24 dev b")
    sh(f"ip -n {network.b} route add default via 10.9.0.1")
    run = Running(network.b, "-w", "/dev/null")
    run.stop()
    assert "listening on b, link-type EN10MB (Ethernet), snapshot length 262144 bytes" in run.text()


def a_filter_takes_the_same_tagged_packets_live_and_offline(network):
    sender = network.sender()
    tags = [b"", b"\x81\0\0\5", b"\x88\xa8\0\7", b"\x88\xa8\0\7\x81\0\0\5"]
    frames = [udp_frame(i, tags=tag, port=port) for i, (tag, port) in enumerate(
        (tag, port) for tag in tags for port in (9, 53))]
    with Folder() as folder:
        every, live, stored = (os.path.join(folder, n) for n in ("every", "live", "stored"))
        for text in ("udp port 53", "vlan and udp port 53", "vlan 5", "not vlan", "ether[12:2]=0x800",
                     "vlan 7 and vlan 5", "len > 62", "ip"):
            for how in ENGINES[:3]:
                both = [Running(network.b, "-i", "b", "-w", every, *how),
                        Running(network.b, "-i", "b", "-w", live, *how, text)]
                for frame in frames:
                    sender.send(frame)
                for run in both:
                    run.stop()
                subprocess.run([RINGTAIL, "-r", every, "-w", stored, text], check=True)
                assert len(read_pcap(every)[1]) == len(frames)
                assert 0 < len(numbers_in(stored)) < len(frames), text
                assert numbers_in(live) == numbers_in(stored), (text, how)


def a_filter_looks_behind_the_snap_length(network):
    sender = network.sender()
    frames = [udp_frame(i, tags=tag, port=port) for i, (tag, port) in enumerate(
        (tag, port) for tag in (b"", b"\x81\0\0\5") for port in (9, 53))]
    with Folder() as folder:
        path = os.path.join(folder, "a.pcap")
        for how in ENGINES:
            texts = ["udp port 53", "udp[(udp[4:2] >> 8) + 2:2] = 53", "vlan and udp port 53"]
            for text in texts[:2] if "--cooked" in how else texts:
                run = Running(network.b, "-i", "b", "-s", "20", "-w", path, *how, text)
                for frame in frames:
                    sender.send(frame)
                run.stop()
                cut = [len(packet.data) for packet in read_pcap(path)[1]]
                assert cut == [20], (how, text, cut)


def promiscuous_mode_is_on_and_p_leaves_it_off(network):
    def promiscuity():
        shown = subprocess.run(["ip", "-n", network.b, "-d", "link", "show", "dev", "b"],
                               capture_output=True, text=True, check=True).stdout
        return int(shown.split("promiscuity ")[1].split()[0])

    for how in ENGINES:
        for options, want in (([], 1), (["-p"], 0)):
            run = Running(network.b, "-i", "b", "-w", "/dev/null", *options, *how)
            assert promiscuity() == want, (how, options)
            run.stop()
            assert promiscuity() == 0


def any_shows_all_interfaces_each_with_its_index(network):
    sender = network.sender()
    with Folder() as folder:
        path = os.path.join(folder, "a.pcap")
        run = Running(network.b, "-i", "any", "-w", path, "udp")
        send(sender, 3)
        loopback(network, 2)
        run.stop()
        linktype, packets = read_pcap(path)
        assert linktype == 276
        assert len(packets) == 5 and len({p.data[4:8] for p in packets}) == 2


def lines_of_any_name_the_interface(network):
    sender = network.sender()
    with tempfile.TemporaryFile("w+") as lines:
        run = Running(network.b, "-i", "any", "udp", stdout=lines)
        send(sender, 1)
        loopback(network, 1)
        run.stop()
        lines.seek(0)
        assert sorted(line.split()[1] for line in lines) == ["b", "lo"]


main([
    loopback_packets_are_captured_once_and_the_double_is_counted,
    a_direction_leaves_the_other_one_out,
    the_default_interface_is_lo_where_there_is_no_route,
    the_default_interface_is_that_of_the_default_route,
    a_filter_takes_the_same_tagged_packets_live_and_offline,
    a_filter_looks_behind_the_snap_length,
    promiscuous_mode_is_on_and_p_leaves_it_off,
    any_shows_all_interfaces_each_with_its_index,
    lines_of_any_name_the_interface,
])
