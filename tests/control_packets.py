# SPDX-License-Identifier: BSD-2-Clause
"""control_packets.py - ICMP, ICMPv6 and IGMP packets of every type, made from their RFCs' diagrams"""
import struct
from socket import AF_INET, AF_INET6, inet_pton

ME4, PEER4, FAR4 = "10.0.0.1", "10.0.0.2", "192.0.2.7"
ME6, PEER6, FAR6 = "fe80::1", "fe80::2", "2001:db8::7"


def u8(*values):
    return bytes(values)


def u16(*values):
    return struct.pack(">%dH" % len(values), *values)


def u32(*values):
    return struct.pack(">%dI" % len(values), *values)


def v4(*addresses):
    return b"".join(inet_pton(AF_INET, a) for a in addresses)


def v6(*addresses):
    return b"".join(inet_pton(AF_INET6, a) for a in addresses)


def checksum(data):
    data += bytes(len(data) % 2)
    total = sum(struct.unpack(">%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


def ipv4(proto, payload, src=ME4, dst=PEER4, ttl=64, ident=1, flags=0, options=b"", tos=0):
    words = 5 + len(options) // 4
    head = u8(0x40 | words, tos) + u16(words * 4 + len(payload), ident, flags) + u8(ttl, proto)
    rest = v4(src, dst) + options
    return head + u16(checksum(head + bytes(2) + rest)) + rest + payload


def ipv6(proto, payload, src=ME6, dst=PEER6, hops=255):
    return u32(0x60000000) + u16(len(payload)) + u8(proto, hops) + v6(src, dst) + payload


def ethernet(packet):
    kind = 0x86dd if packet[0] >> 4 == 6 else 0x0800
    return bytes.fromhex("020000000002020000000001") + u16(kind) + packet


def icmp(kind, code, rest, wrong=False, **ip):
    sum16 = checksum(u8(kind, code) + bytes(2) + rest) ^ (0x1111 if wrong else 0)
    return ethernet(ipv4(1, u8(kind, code) + u16(sum16) + rest, **ip))


def icmpv6(kind, code, rest, wrong=False, src=ME6, dst=PEER6, hops=255):
    body = u8(kind, code) + bytes(2) + rest
    sum16 = checksum(v6(src, dst) + u32(len(body), 58) + body) ^ (0x1111 if wrong else 0)
    return ethernet(ipv6(58, u8(kind, code) + u16(sum16) + rest, src, dst, hops))


def igmp(body, wrong=False, dst="224.0.0.22", options=u8(0x94, 4, 0, 0)):
    sum16 = checksum(body[:2] + bytes(2) + body[4:]) ^ (0x1111 if wrong else 0)
    return ethernet(ipv4(2, body[:2] + u16(sum16) + body[4:], dst=dst, ttl=1, options=options))


def udp(sport, dport, data=b""):
    return u16(sport, dport, 8 + len(data), 0) + data


def tcp(sport, dport):
    return u16(sport, dport) + u32(1000, 0) + u16(0x5002, 1024, 0, 0)


QUOTES4 = {
    "udp": ipv4(17, udp(1000, 7), dst=FAR4),
    "tcp": ipv4(6, tcp(1000, 80), dst=FAR4),
    "tcp8": ipv4(6, tcp(1000, 80), dst=FAR4)[:28],
    "echo": ipv4(1, u8(8, 0) + u16(0xf7fc) + u16(1, 2), dst=FAR4),
    "gre": ipv4(47, bytes(8), dst=FAR4),
    "options": ipv4(17, udp(1000, 7), dst=FAR4, options=u8(0x94, 4, 0, 0)),
    "long": ipv4(17, udp(1000, 7, bytes(64)), dst=FAR4)[:28],
    "later": ipv4(17, bytes(16), dst=FAR4, flags=0x0010),
    "head": ipv4(17, udp(1000, 7), dst=FAR4)[:20],
    "cut": ipv4(17, udp(1000, 7), dst=FAR4)[:22],
}

QUOTES6 = {
    "udp": ipv6(17, udp(1000, 7), dst=FAR6),
    "tcp": ipv6(6, tcp(1000, 80), dst=FAR6),
    "echo": ipv6(58, u8(128, 0) + u16(0x1234) + u16(1, 2), dst=FAR6),
    "hop": ipv6(0, u8(17, 0, 5, 2, 0, 0, 1, 0) + udp(1000, 7), dst=FAR6),
    "frag": ipv6(44, u8(17, 0, 0, 1, 0, 0, 0, 9) + udp(1000, 7), dst=FAR6),
    "none": ipv6(59, b"", dst=FAR6),
    "esp": ipv6(50, bytes(16), dst=FAR6),
    "head": ipv6(17, udp(1000, 7), dst=FAR6)[:40],
}


def extended(kind, code, units, objects, wrong=False, pad=128):
    """RFC 4884: the quotation padded to 128 bytes, its length in units of 4, then objects."""
    data = u8(0x20, 0) + bytes(2) + objects
    data = data[:2] + u16(checksum(data) ^ (0x1111 if wrong else 0)) + objects
    quote = ipv4(17, udp(1000, 7, bytes(pad - 28)), dst=FAR4)
    return icmp(kind, code, u8(0, units, 0, 0) + quote + data)


def icmp_packets():
    data = bytes(range(56))
    yield icmp(8, 0, u16(1, 2) + data)
    yield icmp(0, 0, u16(1, 2) + data)
    yield icmp(8, 0, u16(65535, 65535))
    yield icmp(8, 1, u16(1, 3) + data)
    yield icmp(8, 0, u16(1, 2) + data, wrong=True)
    for quote in QUOTES4.values():
        for code in range(18):
            yield icmp(3, code, u16(0, 0) + quote)
        yield icmp(3, 4, u16(0, 1400) + quote)
        for kind, codes in ((4, 2), (5, 6), (11, 4), (12, 4)):
            for code in range(codes):
                yield icmp(kind, code, v4("10.0.0.254") + quote)
    yield icmp(3, 3, u16(0, 0) + QUOTES4["udp"], wrong=True)
    for pointer in (0, 1, 20, 255):
        yield icmp(12, 0, u8(pointer, 0, 0, 0) + QUOTES4["udp"])
    for kind in (13, 14):
        yield icmp(kind, 0, u16(7, 9) + u32(0, 3723004, 86399999))
        yield icmp(kind, 0, u16(7, 9) + u32(0x80000001, 10, 90000000))
        yield icmp(kind, 1, u16(7, 9) + u32(1, 2, 3))
    for kind in (15, 16):
        yield icmp(kind, 0, u16(7, 9))
    for kind in (17, 18):
        for mask in ("255.255.255.0", "0.0.0.0"):
            yield icmp(kind, 0, u16(7, 9) + v4(mask))
    yield icmp(10, 0, u32(0), dst="224.0.0.2")
    yield icmp(10, 16, u32(0), dst="224.0.0.2")
    for life in (0, 9, 59, 60, 61, 1800, 3599, 3600, 9000, 65535):
        yield icmp(9, 0, u8(1, 2) + u16(life) + v4("10.0.0.254") + u32(0))
    for code in (0, 1, 16, 17):
        yield icmp(9, code, u8(2, 2) + u16(1800) + v4("10.0.0.254") + u32(5) + v4("10.0.0.253") + u32(0x80000000))
    yield icmp(9, 0, u8(1, 3) + u16(1800) + v4("10.0.0.254") + u32(5, 6))
    yield icmp(9, 0, u8(3, 2) + u16(1800) + v4("10.0.0.254") + u32(5))
    yield icmp(9, 0, u8(0, 2) + u16(1800))
    for kind in range(256):
        yield icmp(kind, 0, u32(0) + QUOTES4["udp"])
        yield icmp(kind, 3, u16(1, 2) + bytes(24))
        yield icmp(kind, 0, u32(0))
        yield icmp(kind, 0, b"")
    stack = u16(8, 0x0101) + u32(16004 << 12 | 0x101)
    deep = u16(12, 0x0101) + u32(16004 << 12 | 3 << 9 | 7, 17 << 12 | 0x1ff)
    other = u16(12, 0x0201) + u16(1, 2) + u32(3)
    for kind in (3, 11, 12):
        for units in (32, 0):
            for objects in (stack, deep, stack + other, other, u16(4, 0x0102), u16(3, 0x0101), u16(0, 0), u16(99, 0x0101), b"",
                            u16(8, 0x0102) + u32(5), u16(6, 0x0101) + u16(5)):
                yield extended(kind, 0, units, objects)
        yield extended(kind, 0, 32, stack, wrong=True)
    yield extended(5, 0, 32, stack)
    yield extended(11, 0, 40, stack, pad=160)
    yield extended(11, 0, 255, stack)
    yield icmp(11, 0, u8(0, 32, 0, 0) + QUOTES4["udp"] + bytes(100) + u8(0x10, 0, 0, 0) + stack)
    yield icmp(11, 0, u8(0, 32, 0, 0) + QUOTES4["udp"] + bytes(100) + u8(0x20, 0, 0, 0) + stack)
    long = u16(1, 2) + bytes(64)
    yield ethernet(ipv4(1, u8(8, 0) + u16(1) + long, flags=0x2000))
    yield ethernet(ipv4(1, u8(8, 0) + u16(1) + long, flags=0x2001))


def tlv(kind, body, units=None):
    return u8(kind, (len(body) + 2) // 8 if units is None else units) + body


def nd_options():
    mac = bytes.fromhex("020000000001")
    yield tlv(1, mac)
    yield tlv(2, mac)
    for flags in (0xc0, 0x80, 0x40, 0x20, 0x00, 0xff):
        yield tlv(3, u8(64, flags) + u32(2592000, 604800, 0) + v6("2001:db8::"))
    yield tlv(3, u8(64, 0xc0) + u32(0xffffffff, 0xffffffff, 0) + v6("2001:db8::"))
    yield tlv(3, u8(64, 0xc0) + u32(1, 2, 0) + v6("2001:db8::"), 3)
    yield tlv(4, bytes(6) + QUOTES6["udp"])
    yield tlv(4, bytes(6) + QUOTES6["tcp"] + bytes(4))
    yield tlv(5, u16(0) + u32(1500))
    yield tlv(5, u16(0) + u32(1500) + bytes(8))
    yield tlv(7, u16(0) + u32(1000))
    yield tlv(8, u8(0, 0) + u16(9, 7))
    yield tlv(24, u8(64, 0x08) + u32(1800) + v6("2001:db8:1::")[:8])
    yield tlv(24, u8(0, 0x18) + u32(0xffffffff))
    yield tlv(24, u8(128, 0x10) + u32(60) + v6("2001:db8:1::"))
    yield tlv(24, u8(65, 0x00) + u32(60) + v6("2001:db8:1::")[:8])
    yield tlv(25, u16(0) + u32(600) + v6("2001:db8::53"))
    yield tlv(25, u16(0) + u32(0xffffffff) + v6("2001:db8::53", "fe80::53"))
    yield tlv(25, u16(0) + u32(600) + bytes(8))
    yield tlv(31, u16(0) + u32(600) + b"\7example\3com\0\0\0\0")
    yield tlv(31, u16(0) + u32(0xffffffff) + b"\3lan\0\4home\4arpa\0\0\0")
    yield tlv(31, u16(0) + u32(600) + b"\7exam\1le\3com\0\0\0\0")
    for kind in (0, 6, 9, 10, 13, 14, 15, 23, 26, 32, 34, 37, 38, 39, 253, 255):
        yield tlv(kind, bytes(range(6)))
        yield tlv(kind, bytes(range(22)))
    yield tlv(1, mac, 0)
    yield tlv(1, mac, 2)
    yield tlv(1, mac)[:5]
    yield tlv(1, mac)[:1]


def mld_report(records):
    return u16(0, len(records)) + b"".join(records)


def group6(kind, address, sources, aux=0):
    return u8(kind, aux) + u16(len(sources)) + v6(address, *sources) + bytes(aux * 4)


def icmpv6_packets():
    data = bytes(range(56))
    for kind in (128, 129):
        yield icmpv6(kind, 0, u16(1, 2) + data)
        yield icmpv6(kind, 1, u16(1, 2) + data)
    yield icmpv6(128, 0, u16(1, 2) + data, wrong=True)
    for quote in QUOTES6.values():
        for code in range(10):
            yield icmpv6(1, code, u32(0) + quote)
        for kind in (2, 3, 4):
            for code in range(6):
                yield icmpv6(kind, code, u32(1280) + quote)
    targets = [b""] + list(nd_options())
    for option in targets:
        yield icmpv6(133, 0, u32(0) + option, dst="ff02::2")
        yield icmpv6(134, 0, u8(64, 0) + u16(1800) + u32(0, 0) + option, dst="ff02::1")
        yield icmpv6(135, 0, u32(0) + v6(PEER6) + option, dst="ff02::1:ff00:2")
        yield icmpv6(136, 0, u32(0x60000000) + v6(ME6) + option)
        yield icmpv6(137, 0, u32(0) + v6("fe80::9", FAR6) + option)
    for flags in (0x00, 0x80, 0x40, 0xc0, 0x20, 0x08, 0x18, 0x10, 0xf8, 0x07, 0xff):
        yield icmpv6(134, 0, u8(0, flags) + u16(0) + u32(30000, 1000))
        yield icmpv6(136, 0, u8(flags, 0, 0, 0) + v6(ME6))
    every = b"".join(list(nd_options())[:20])
    yield icmpv6(134, 0, u8(64, 0xc8) + u16(1800) + u32(0, 0) + every, dst="ff02::1")
    yield icmpv6(137, 0, u32(0) + v6(FAR6, FAR6))
    for kind in (130, 131, 132):
        for group in ("::", "ff02::fb"):
            yield icmpv6(kind, 0, u16(1000, 0) + v6(group), dst="ff02::1")
    for delay in (0, 9, 1000, 10000, 0x7fff, 0x8000, 0x8001, 0x9abc, 0xffff):
        for group, sources in (("::", []), ("ff02::fb", []), ("ff3e::1", [FAR6, PEER6])):
            for flags, interval in ((2, 125), (0x0a, 0), (0x0f, 0x80), (7, 0x9f), (0, 255)):
                yield icmpv6(130, 0, u16(delay, 0) + v6(group) + u8(flags, interval) + u16(len(sources)) + v6(*sources))
    yield icmpv6(130, 0, u16(1000, 0) + v6("ff02::fb") + u8(2, 125) + u16(9) + v6(FAR6))
    for kind in range(8):
        for sources in ([], [FAR6], [FAR6, PEER6]):
            yield icmpv6(143, 0, mld_report([group6(kind, "ff02::fb", sources)]), dst="ff02::16")
    yield icmpv6(143, 0, mld_report([]), dst="ff02::16")
    yield icmpv6(143, 0, mld_report([group6(4, "ff02::fb", []), group6(3, "ff02::fc", [FAR6])]), dst="ff02::16")
    yield icmpv6(143, 0, mld_report([group6(4, "ff02::fb", [], 2), group6(3, "ff02::fc", [])]), dst="ff02::16")
    yield icmpv6(143, 0, u16(0, 9) + group6(4, "ff02::fb", []), dst="ff02::16")
    yield icmpv6(143, 0, u16(0, 1) + u8(4, 0) + u16(9) + v6("ff02::fb"), dst="ff02::16")
    for kind in (138, 139, 140, 141, 142, 144, 145, 146, 147, 148, 149, 151, 152, 153, 155, 157, 158, 160, 161):
        for code in (0, 1, 2, 3, 4, 5, 255):
            yield icmpv6(kind, code, u32(1) + bytes(range(20)))
            yield icmpv6(kind, code, u32(0) + bytes(40))
            yield icmpv6(kind, code, bytes(range(12)))
    for qtype in range(6):
        for code in range(4):
            yield icmpv6(139, code, u16(qtype, 0) + bytes(8) + v6(FAR6))
            yield icmpv6(140, code, u16(qtype, 0) + bytes(8) + u32(60) + b"\4host\7example\0\0")
        yield icmpv6(139, 0, u16(qtype, 0) + bytes(8))
        yield icmpv6(139, 1, u16(qtype, 0) + bytes(8))
        yield icmpv6(140, 0, u16(qtype, 0) + bytes(8))
        yield icmpv6(139, 2, u16(qtype, 0) + bytes(8) + v4(ME4))
        for bits in (1, 0x3f):
            yield icmpv6(139, 1, u16(qtype, bits) + bytes(8) + b"\4host\0\0")
            yield icmpv6(140, 0, u16(qtype, bits) + bytes(8) + 2 * (u32(60) + v6(FAR6)))
            yield icmpv6(140, 0, u16(qtype, bits) + bytes(8) + u32(60) + b"\4host\7example\0")
    yield icmpv6(144, 0, u16(7, 0))
    yield icmpv6(145, 0, u16(7, 0) + v6(FAR6))
    yield icmpv6(146, 0, u16(7, 0))
    yield icmpv6(147, 0, u16(7, 0xc000))
    for kind in range(256):
        yield icmpv6(kind, 0, u32(0) + bytes(40))
        yield icmpv6(kind, 3, u32(0))
        yield icmpv6(kind, 0, b"")


def group4(kind, address, sources, aux=0):
    return u8(kind, aux) + u16(len(sources)) + v4(address, *sources) + bytes(aux * 4)


def igmp_packets():
    yield igmp(u8(0x11, 0, 0, 0) + v4("0.0.0.0"))
    for delay in (1, 10, 99, 100, 127, 128, 129, 200, 255):
        for group in ("0.0.0.0", "224.0.0.251"):
            yield igmp(u8(0x11, delay, 0, 0) + v4(group))
            for sources in ([], ["10.0.0.9"], ["10.0.0.9", "10.0.0.8"]):
                for flags, interval in ((2, 125), (0x0a, 0), (0x0f, 0x8f), (7, 255)):
                    yield igmp(u8(0x11, delay, 0, 0) + v4(group) + u8(flags, interval) + u16(len(sources)) + v4(*sources))
    yield igmp(u8(0x11, 100, 0, 0) + v4("224.0.0.251") + u8(2, 125) + u16(9) + v4(FAR4))
    yield igmp(u8(0x11, 100, 0, 0) + v4("224.0.0.251") + u8(2, 125))
    for delay in range(128, 256):
        yield igmp(u8(0x11, delay, 0, 0) + v4("224.0.0.251") + u8(2, 125) + u16(0))
    for kind in (0x12, 0x16, 0x17):
        for arg in (0, 7):
            yield igmp(u8(kind, arg, 0, 0) + v4("224.0.0.251"))
    yield igmp(u8(0x12, 0, 0, 0) + v4("224.0.0.251"), wrong=True)
    yield igmp(u8(0x16, 0, 0, 0) + v4("224.0.0.251") + bytes(4))
    yield igmp(u8(0x16, 0, 0, 0) + v4("224.0.0.251"), options=b"")
    for kind in range(8):
        for sources in ([], [FAR4], [FAR4, ME4]):
            yield igmp(u8(0x22, 0, 0, 0) + u16(0, 1) + group4(kind, "224.0.0.251", sources))
    yield igmp(u8(0x22, 0, 0, 0) + u16(0, 0))
    yield igmp(u8(0x22, 0, 0, 0) + u16(0, 2) + group4(4, "224.0.0.251", []) + group4(3, "224.0.0.252", [FAR4]))
    yield igmp(u8(0x22, 0, 0, 0) + u16(0, 2) + group4(4, "224.0.0.251", [], 2) + group4(3, "224.0.0.252", []))
    yield igmp(u8(0x22, 0, 0, 0) + u16(0, 9) + group4(4, "224.0.0.251", []))
    yield igmp(u8(0x22, 0, 0, 0) + u16(0, 1) + u8(4, 0) + u16(9) + v4("224.0.0.251"))
    yield igmp(u8(0x22, 0, 0, 0) + u16(0, 1) + group4(4, "224.0.0.251", []), wrong=True)
    for kind in range(256):
        for code in (0, 1, 2):
            yield igmp(u8(kind, code, 0, 0) + u32(0))
            yield igmp(u8(kind, code, 0, 0) + u32(0x00020201) + bytes(range(16)))
        yield igmp(u8(kind, 0, 0, 0))
    for code in range(12):
        yield igmp(u8(0x13, code, 0, 0) + u32(0xff03) + bytes(16))
        yield igmp(u8(0x14, code, 0, 0) + u32(0) + bytes(16))


def write_pcap(path, packets, snaplen=262144):
    with open(path, "wb") as file:
        file.write(struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 262144, 1))
        for number, packet in enumerate(packets):
            kept = packet[:snaplen]
            file.write(struct.pack("<IIII", 1000000000, number, len(kept), len(packet)) + kept)


ALL = {"icmp": icmp_packets, "icmpv6": icmpv6_packets, "igmp": igmp_packets}
