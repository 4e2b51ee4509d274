#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""make.py - the captures that no program here writes: odd containers, old links, cut and lying packets

Deterministic: the same bytes at every run. They end with .made.pcap or .made.pcapng.
"""
import os
import struct
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "tests"))
import link_packets  # noqa: E402
import route_packets  # noqa: E402
import tls_packets  # noqa: E402
import web_packets  # noqa: E402
import tunnel_packets  # noqa: E402
import track_packets  # noqa: E402
import names_packets  # noqa: E402

SECONDS = 1700000000
NEAR, FAR = bytes.fromhex("020000000001"), bytes.fromhex("020000000002")
NEAR4, FAR4 = bytes((192, 0, 2, 1)), bytes((192, 0, 2, 2))
NEAR6, FAR6 = bytes.fromhex("20010db8") + bytes(11) + b"\1", bytes.fromhex("20010db8") + bytes(11) + b"\2"
ETHERNET, NULL, RAW, LOOP, IPV4, IPV6 = 1, 0, 101, 108, 228, 229


def checksum(data):
    data += b"\0" * (len(data) % 2)
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


def ether(ethertype, payload):
    return FAR + NEAR + struct.pack("!H", ethertype) + payload


def ip4(protocol, payload, options=b"", length=None, ident=1, fragment=0):
    ihl = 5 + len(options) // 4
    head = struct.pack("!BBHHHBBH4s4s", 0x40 | ihl, 0, ihl * 4 + len(payload) if length is None else length, ident,
                       fragment, 64, protocol, 0, NEAR4, FAR4) + options
    return head[:10] + struct.pack("!H", checksum(head)) + head[12:] + payload


def ip6(following, payload, length=None):
    return struct.pack("!IHBB", 6 << 28, len(payload) if length is None else length, following, 64) + NEAR6 + FAR6 + payload


def udp(payload, length=None, source=1024, destination=7):
    length = 8 + len(payload) if length is None else length
    pseudo = NEAR4 + FAR4 + struct.pack("!BBH", 0, 17, 8 + len(payload))
    head = struct.pack("!HHHH", source, destination, length, 0)
    return head[:6] + struct.pack("!H", checksum(pseudo + head + payload) or 0xffff) + payload


def tcp(payload=b"", flags=0x18, options=b"", offset=None, seq=1000, ack=2000):
    offset = 5 + len(options) // 4 if offset is None else offset
    head = struct.pack("!HHIIBBHHH", 1024, 7, seq, ack, offset << 4, flags, 8192, 0, 0) + options
    pseudo = NEAR4 + FAR4 + struct.pack("!BBH", 0, 6, len(head) + len(payload))
    return head[:16] + struct.pack("!H", checksum(pseudo + head + payload)) + head[18:] + payload


def icmp(kind, code, rest, payload=b""):
    head = struct.pack("!BBH", kind, code, 0) + rest + payload
    return head[:2] + struct.pack("!H", checksum(head)) + head[4:]


def pcap(packets, linktype=ETHERNET, order="<", magic=0xa1b2c3d4, unit=1000, snaplen=262144, extra=b""):
    """packets: bytes, or (bytes, length on the wire)."""
    data = struct.pack(order + "IHHIIII", magic, 2, 4, 0, 0, snaplen, linktype)
    for n, packet in enumerate(packets):
        packet, wire = packet if isinstance(packet, tuple) else (packet, len(packet))
        data += struct.pack(order + "IIII", SECONDS + n, n * unit, len(packet), wire) + extra + packet
    return data


def block(order, kind, body):
    body += b"\0" * (-len(body) % 4)
    return struct.pack(order + "II", kind, len(body) + 12) + body + struct.pack(order + "I", len(body) + 12)


def option(order, code, value):
    return struct.pack(order + "HH", code, len(value)) + value + b"\0" * (-len(value) % 4)


def section(order):
    return block(order, 0x0a0d0d0a, struct.pack(order + "IHHq", 0x1a2b3c4d, 1, 0, -1))


def interface(order, linktype, resolution=None, snaplen=0, offset=None, name=None):
    options = option(order, 2, name) if name else b""
    options += b"" if resolution is None else option(order, 9, bytes((resolution,)))
    if offset is not None:
        options += option(order, 14, struct.pack(order + "q", offset))
    return block(order, 1, struct.pack(order + "HHI", linktype, 0, snaplen) + options)


def enhanced(order, number, time, packet, wire=None, flags=None):
    data = struct.pack(order + "IIIII", number, time >> 32, time & 0xffffffff, len(packet), wire or len(packet)) + packet
    if flags is not None:
        data += bytes(-len(data) % 4) + option(order, 2, struct.pack(order + "I", flags))
    return block(order, 6, data)


FRAME = ether(0x0800, ip4(17, udp(b"hello")))
FRAME6 = ether(0x86dd, ip6(59, b""))


def statistics(order, number, time, *counts):
    """counts: (option, packets)"""
    data = struct.pack(order + "III", number, time >> 32, time & 0xffffffff)
    return block(order, 5, data + b"".join(option(order, code, struct.pack(order + "Q", n)) for code, n in counts))


def told(order, time):
    """All that a file can say besides its packets: options, comments, drops, statistics, blocks of other kinds."""
    def number(form, value):
        return struct.pack(order + form, value)

    def packet(at, interface, options):
        data = struct.pack(order + "IIIII", interface, at >> 32, at & 0xffffffff, len(FRAME), len(FRAME)) + FRAME
        return block(order, 6, data + bytes(-len(data) % 4) + options)

    return (
        block(order, 0x0a0d0d0a, struct.pack(order + "IHHq", 0x1a2b3c4d, 1, 0, -1) + option(order, 1, b"first line\nsecond: \x1b[31m") +
              option(order, 2, b"a box") + option(order, 3, b"Linux") + option(order, 4, "Gr\u00fcn \u4e2d\U0001f600 \u202e".encode()) +
              option(order, 1, b"not UTF-8: \xff")) +
        block(order, 1, struct.pack(order + "HHI", ETHERNET, 0, 96) + option(order, 2, b"eth0") + option(order, 3, b"the first") +
              option(order, 6, NEAR) + option(order, 8, number("Q", 10**9)) + option(order, 9, b"\x09") +
              option(order, 11, b"\0tcp port 80") + option(order, 12, b"Linux 6") + option(order, 15, b"a card")) +
        block(order, 1, struct.pack(order + "HHI", ETHERNET, 0, 0) + option(order, 1, b"of the interface") +
              option(order, 11, b"\1" + bytes(24)) + option(order, 14, number("q", -3600))) +
        block(order, 4, bytes(4)) + block(order, 10, b"TLSK" + bytes(4)) + block(order, 9, b"__REALTIME_TIMESTAMP=1700000000000000\n\n") + block(order, 0xbad, bytes(4)) +
        packet(time * 1000, 0, option(order, 1, b"of the packet")) +
        packet(time * 1000 + 1500000000, 0, option(order, 4, number("Q", 7)) + option(order, 2, number("I", 1))) +
        packet(time * 1000 + 500000000, 0, option(order, 1, b"one") + option(order, 1, b"two")) +
        packet(time + 3600 * 10**6, 1, b"") +
        block(order, 2, struct.pack(order + "HHIIII", 1, 5, (time + 3604 * 10**6) >> 32, (time + 3604 * 10**6) & 0xffffffff,
                                    len(FRAME), len(FRAME)) + FRAME) +
        statistics(order, 0, time, (4, 2), (5, 1)) + statistics(order, 0, time, (4, 20), (5, 3), (6, 15), (7, 4), (8, 3)) +
        statistics(order, 1, time, (4, 2), (5, 2**64 - 1)) + block(order, 77, b"nobody knows"))


def containers():
    yield "big_endian.made.pcap", pcap([FRAME, FRAME6], order=">")
    yield "big_endian_nano.made.pcap", pcap([FRAME, FRAME6], order=">", magic=0xa1b23c4d, unit=123456789)
    # Of old patched libpcaps: each record has an interface index, a protocol and a packet type more.
    yield "modified.made.pcap", pcap([FRAME, FRAME6], magic=0xa1b2cd34, extra=struct.pack("<IHBB", 2, 0x0800, 0, 0))
    yield "cut_file.made.pcap", pcap([FRAME, FRAME])[:-20]
    yield "cut_header.made.pcap", pcap([FRAME, FRAME])[:-len(FRAME) - 7]
    yield "damaged_length.made.pcap", pcap([FRAME]) + struct.pack("<IIII", SECONDS, 0, 0x7fffffff, 60) + FRAME
    yield "null.made.pcap", pcap([struct.pack("<I", 2) + ip4(17, udp(b"hello")), struct.pack("<I", 30) + ip6(59, b""),
                                  struct.pack(">I", 2) + ip4(17, udp(b"hello"))], NULL)
    yield "loop.made.pcap", pcap([struct.pack(">I", 2) + ip4(17, udp(b"hello")), struct.pack(">I", 24) + ip6(59, b"")], LOOP)
    yield "raw.made.pcap", pcap([ip4(17, udp(b"hello")), ip6(59, b"")], RAW)
    yield "raw_old.made.pcap", pcap([ip4(17, udp(b"hello")), ip6(59, b"")], 12)
    yield "raw_ipv4.made.pcap", pcap([ip4(17, udp(b"hello"))], IPV4)
    yield "raw_ipv6.made.pcap", pcap([ip6(59, b"")], IPV6)
    yield "linktype_147.made.pcap", pcap([b"Nobody knows how this is laid out."], 147)

    time = SECONDS * 10**6
    little, big = "<", ">"
    yield "sections.made.pcapng", (
        section(little) + interface(little, ETHERNET) + enhanced(little, 0, time, FRAME) +
        interface(little, RAW, 9) + enhanced(little, 1, time * 1000 + 1234, ip4(17, udp(b"raw, in nanoseconds"))) +
        block(little, 0x40000bad, b"of a kind unknown") + block(little, 3, struct.pack("<I", len(FRAME)) + FRAME) +
        section(big) + interface(big, ETHERNET, 3) + enhanced(big, 0, SECONDS * 1000 + 5, FRAME6) +
        interface(big, RAW, 0x80 | 20) + enhanced(big, 1, (SECONDS << 20) + (1 << 19), ip6(59, b"")) +
        interface(big, ETHERNET, 6, offset=3600) + enhanced(big, 2, time, FRAME) +
        block(big, 2, struct.pack(">HHIIII", 0, 0, 0, 0, len(FRAME), len(FRAME)) + FRAME))
    whole = section(little) + interface(little, ETHERNET) + enhanced(little, 0, time, FRAME)
    yield "cut_block.made.pcapng", whole + enhanced(little, 0, time, FRAME)[:-9]
    yield "no_interface.made.pcapng", whole + enhanced(little, 7, time, FRAME)
    bad = FRAME[:40] + b"\xde\xad" + FRAME[42:]		# the UDP checksum
    yield "offload.made.pcapng", (
        section(little) + interface(little, ETHERNET, name=b"eth0") + interface(little, ETHERNET, name=b"\x1b[31m\"\\") +
        b"".join(enhanced(little, 0, time, packet, len(bad), flags) for packet, flags in (
            (bad, 1), (bad, 2 | 1 << 9), (bad, 2 | 1 << 9 | 1 << 11), (bad[:-1], 1 | 1 << 10), (FRAME, 2 | 1 << 9))) +
        enhanced(little, 1, time, FRAME, flags=0))
    yield "told.made.pcapng", told(little, time)
    yield "lying_trailer.made.pcapng", whole + enhanced(little, 0, time, FRAME)[:-4] + struct.pack("<I", 8)


def links():
    """802.3 with LLC and SNAP; the tags of providers."""
    def ieee(payload):
        return FAR + NEAR + struct.pack("!H", len(payload)) + payload
    snap = bytes.fromhex("aaaa03000000")
    yield "llc.made.pcap", pcap([
        ieee(bytes.fromhex("424203") + bytes(35)), ieee(snap + b"\x08\x00" + ip4(17, udp(b"hello"))),
        ieee(bytes.fromhex("aaaa0300000c2000") + bytes(8)), ieee(bytes.fromhex("e0e003") + b"\xff\xff" + bytes(28)),
        ieee(bytes.fromhex("fefe0383") + bytes(20)), ieee(bytes.fromhex("f0f17f")), ieee(bytes.fromhex("04050102")),
        ether(0x88b5, b"an experiment")])
    inner = b"\x08\x00" + ip4(17, udp(b"hello"))
    tags = [struct.pack("!HH", tpid, tci) for tpid, tci in ((0x9100, 0xe064), (0x88a8, 0x10c8), (0x8100, 0x0001))]
    yield "tags.made.pcap", pcap([FAR + NEAR + tags[0] + inner, FAR + NEAR + tags[1] + tags[2] + inner,
                                  FAR + NEAR + b"".join(tags) + inner, FAR + NEAR + tags[2] * 30 + inner,
                                  FAR + NEAR + tags[2][:3]])


def damage(name, packet):
    """Every length of the packet up to 200 bytes, cut by the snap length."""
    return name, pcap([(packet[:n], len(packet)) for n in range(1, min(len(packet), 200), 3)], snaplen=200)


def cut_and_lying():
    options = bytes.fromhex("020405b40402080a000000010000000001030307")
    arp = struct.pack("!HHBBH", 1, 0x0800, 6, 4, 1) + NEAR + NEAR4 + bytes(6) + FAR4
    quoted = ip4(17, udp(b"hello"))
    query = struct.pack("!HHHHHH", 4660, 0x0100, 1, 0, 0, 0) + b"\3www\7example\3org\0" + struct.pack("!HH", 1, 1)
    solicitation = bytes((135, 0, 0, 0)) + bytes(4) + FAR6 + bytes((1, 1)) + NEAR
    yield damage("cut_arp.made.pcap", ether(0x0806, arp))
    yield damage("cut_tcp.made.pcap", ether(0x0800, ip4(6, tcp(b"hello", options=options))))
    yield damage("cut_icmp.made.pcap", ether(0x0800, ip4(1, icmp(3, 3, bytes(4), quoted))))
    yield damage("cut_dns.made.pcap", ether(0x0800, ip4(17, udp(query, destination=53))))
    yield damage("cut_nd.made.pcap", ether(0x86dd, ip6(58, solicitation)))
    chain = bytes((43, 0)) + bytes.fromhex("050200000100") + bytes((44, 2, 0, 1)) + bytes(4) + NEAR6 + \
        bytes((60, 0, 0, 1)) + b"\0\0\0\7" + bytes((17, 0)) + bytes.fromhex("010400000000")
    yield damage("cut_extensions.made.pcap", ether(0x86dd, ip6(0, chain + udp(b"hello"))))
    yield "lying.made.pcap", pcap([
        ether(0x05ff, b"neither a length nor a type"),
        ether(0x0800, ip4(17, udp(b"hello"), length=1500)), ether(0x0800, ip4(17, udp(b"hello"), length=10)),
        ether(0x0800, ip4(17, udp(b"hello", length=4000))), ether(0x0800, ip4(17, udp(b"hello", length=3))),
        ether(0x0800, b"\x42" + ip4(17, udp(b"hello"))[1:]), ether(0x0800, b"\x4f" + ip4(17, udp(b"hello"))[1:]),
        ether(0x0800, b"\x65" + ip4(17, udp(b"hello"))[1:]), ether(0x86dd, b"\x40" + ip6(59, b"")[1:]),
        ether(0x0800, ip4(6, tcp(b"hello", offset=4))), ether(0x0800, ip4(6, tcp(b"hello", offset=15))),
        ether(0x0800, ip4(6, tcp(b"hello", options=b"\2\0\0\0"))), ether(0x0800, ip4(6, tcp(b"", options=b"\2\x28\0\0"))),
        ether(0x0800, ip4(17, udp(b"hello"), options=b"\x44\0\0\0")), ether(0x0800, ip4(17, udp(b""), options=b"\x07\x28\4\0")),
        ether(0x86dd, ip6(17, b"\4\0\0\7", length=60000)), ether(0x86dd, ip6(0, bytes((17, 255)) + bytes(30))),
        ether(0x86dd, ip6(58, bytes((135, 0, 0, 0)) + bytes(20) + bytes((1, 0)) + bytes(6))),
        ether(0x0806, struct.pack("!HHBBH", 1, 0x0800, 255, 255, 1) + bytes(20)),
        ether(0x0800, ip4(17, udp(query[:12] + b"\xc0\x0c" + bytes(4), destination=53))),
        ether(0x0800, ip4(17, udp(query[:6] + b"\xff\xff" * 3 + query[12:], destination=53))),
        ether(0x0800, ip4(17, udp(query[:12] + b"\x3f" + b"a" * 20, destination=53))),
        ether(0x0800, ip4(17, udp(query[:12] + b"\x0c\x1b]0;title\x07\x9b.\0" + bytes((0, 1, 0, 1)), destination=53)))])
    order = b"\x82\x0b\0\0\1\2\3\4\5\6\7\0"
    route = b"\x83\x07\4" + FAR4 + b"\0"
    stamp = b"\x44\x0c\5\0" + bytes(8)
    yield "ip_options.made.pcap", pcap([
        ether(0x0800, ip4(17, udp(b"hello"), options=o)) for o in (order, route, stamp, b"\x94\4\0\0", b"\x07\x07\4" + bytes(5),
                                                                   b"\x89\7\4" + FAR4 + b"\1", b"\x1e\4\1\2")] + [
        ether(0x0800, ip4(17, udp(b"hello" * 4)[:16], fragment=0x2000)), ether(0x0800, ip4(17, b"rest", fragment=2)),
        ether(0x0800, ip4(17, udp(b"hello"), fragment=0x4000, ident=0))])


def families():
    for family in (link_packets, route_packets, web_packets, tunnel_packets, track_packets, names_packets, tls_packets):
        for name, frames in family.captures():
            yield damage(name + ".made.pcap", frames[0]) if name.startswith("cut_") else (name + ".made.pcap", pcap(frames))


def main():
    for part in (containers, links, cut_and_lying, families):
        for name, data in part():
            with open(os.path.join(HERE, name), "wb") as file:
                file.write(data)


if __name__ == "__main__":
    main()
