# SPDX-License-Identifier: BSD-2-Clause
"""net_packets.py - well-formed packets of every link and network layer, by name and link type"""
import random
import socket
import struct

A, B = bytes.fromhex("020000000001"), bytes.fromhex("020000000002")
SNAP = b"\xaa\xaa\x03"
RAW, SLL, SLL2, NULL = 101, 113, 276, 0


def v4(text):
    return socket.inet_pton(socket.AF_INET, text)


def v6(text):
    return socket.inet_pton(socket.AF_INET6, text)


def checksum(data):
    data += b"\0" * (len(data) % 2)
    total = sum(struct.unpack(">%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total >> 16) + (total & 0xffff)
    return ~total & 0xffff


def udp(data, pseudo):
    length = 8 + len(data)
    head = struct.pack(">HHHH", 1000, 2000, length, 0)
    total = checksum(pseudo + struct.pack(">II", length, 17) + head + data) or 0xffff
    return head[:6] + struct.pack(">H", total) + data


def udp4(data=b"hello"):
    return udp(data, v4("10.0.0.1") + v4("10.0.0.2"))


def udp6(data=b"hello", dst="2001:db8::2"):
    return udp(data, v6("2001:db8::1") + v6(dst))


def ip4(payload, proto=17, options=b"", tos=0, ident=1, fragment=0, ttl=64, wrong=False):
    options += b"\0" * (-len(options) % 4)
    head = struct.pack(">BBHHHBBH", 0x45 + len(options) // 4, tos, 20 + len(options) + len(payload), ident, fragment, ttl,
                       proto, 0) + v4("10.0.0.1") + v4("10.0.0.2") + options
    total = checksum(head) ^ (0x1234 if wrong else 0)
    return head[:10] + struct.pack(">H", total) + head[12:] + payload


def ip6(payload, following=17, tclass=0, flow=0, hops=64):
    return (struct.pack(">IHBB", 6 << 28 | tclass << 20 | flow, len(payload), following, hops) +
            v6("2001:db8::1") + v6("2001:db8::2") + payload)


def ethernet(kind, payload, tags=()):
    for tpid, tci in reversed(tags):
        payload = struct.pack(">HH", tci, kind) + payload
        kind = tpid
    return B + A + struct.pack(">H", kind) + payload


def length_frame(payload):
    return ethernet(len(payload), payload)


def sll(payload, kind=0, protocol=0x800):
    return struct.pack(">HHH8sH", kind, 1, 6, A, protocol) + payload


def sll2(payload, kind=0, protocol=0x800, index=1):
    return struct.pack(">HHIHBB8s", protocol, 0, index, 1, kind, 6, A) + payload


def arp(operation=1, hardware=1, sender=A, target=b"\0" * 6, protocol=0x800):
    return (struct.pack(">HHBBH", hardware, protocol, len(sender), 4, operation) + sender + v4("10.0.0.1") + target +
            v4("10.0.0.2"))


def arps():
    for operation in (0, 1, 2, 3, 4, 5, 8, 9, 10, 77):
        yield ethernet(0x806, arp(operation))
        yield ethernet(0x806, arp(operation, target=B) + b"\0" * 18)
        yield ethernet(0x8035, arp(operation, target=B), ((0x8100, 5),))
    for hardware in (0, 2, 6, 7, 24, 0x1234):
        yield ethernet(0x806, arp(2, hardware))
    yield ethernet(0x806, arp(2, 32, bytes(range(20)), b"\0" * 20))
    yield ethernet(0x806, arp(1, protocol=0x86dd))
    yield ethernet(0x806, arp(2, protocol=0x1234))


def links():
    for kind, packet in ((0x800, ip4(udp4())), (0x86dd, ip6(udp6())), (0x1234, b"abc" * 20), (0x88b5, b""), (0x5ff, b"x" * 46)):
        yield ethernet(kind, packet)
        yield ethernet(kind, packet, ((0x8100, 5),))
        yield ethernet(kind, packet, ((0x8100, 0xbfff),))
        for outer in (0x8100, 0x88a8, 0x9100, 0x9200):
            yield ethernet(kind, packet, ((outer, 0x7005), (0x8100, 9)))
    for kind, packet in ((0x800, ip4(udp4())), (0x86dd, ip6(udp6())), (0x806, arp()), (0x1234, b"abcd" * 8)):
        yield length_frame(SNAP + struct.pack(">3xH", kind) + packet)
        yield length_frame(SNAP + struct.pack(">3xH", kind) + packet) + b"trailer"
        inner = SNAP + struct.pack(">3xH", kind) + packet
        yield ethernet(len(inner), inner, ((0x8100, 5),))
    yield length_frame(SNAP + b"\0\0\x0c\x12\x34" + b"abcd" * 8)
    yield length_frame(SNAP + b"\x12\x34\x56\x12\x34" + b"abcd" * 8)
    for sap in (0x02, 0x04, 0x0e, 0x12, 0x4e, 0x7e, 0x8e, 0xf0):
        for control in list(range(3, 256, 4)):
            yield length_frame(bytes((sap, sap | 1, control)) + b"12345")
        for control in (0x0001, 0x0105, 0x0a09, 0xff0d, 0x0400, 0xffe2):
            yield length_frame(bytes((sap, 0x34)) + struct.pack("<H", control) + b"12345")


OPTIONS = (b"\1", b"\x94\4\0\0", b"\x94\4\0\1", b"\x88\4\0\5", b"\x86\6abcd", b"\x82\x0b123456789", b"\x52\x0c0123456789")


def options(rand):
    text = b""
    for _ in range(rand.randrange(4)):
        count = rand.randrange(1, 4)
        route = b"".join(v4("9.8.7.%d" % n) for n in range(count))
        stamps = b"".join(struct.pack(">I", n * 1000) for n in range(count))
        pointer = 4 * rand.randrange(count)
        text += rand.choice(OPTIONS + (
            bytes((7, 3 + 4 * count, 4 + pointer)) + route, bytes((131, 3 + 4 * count, 4 + pointer)) + route,
            bytes((137, 3 + 4 * count, 4 + pointer)) + route,
            bytes((68, 4 + 4 * count, 5 + pointer, 16 * rand.randrange(3))) + stamps,
            bytes((68, 12, rand.choice((5, 13)), 1)) + v4("1.2.3.4") + b"\0\0\1\0"))
    return text if len(text) <= 40 else b"\1"


def ip4s():
    rand = random.Random(4)
    for _ in range(600):
        proto, payload = rand.choice(((17, udp4()), (17, udp4()), (99, b"abcd"), (255, b""), (50, b"\0\0\0\1\0\0\0\2" + b"z" * 20),
                                      (4, ip4(udp4(), options=options(rand))), (41, ip6(udp6())),
                                      (51, struct.pack(">BBHII", 17, 4, 0, 5, 6) + bytes(12) + udp4())))
        fragment = rand.choice((0, 0, 0, 0x4000, 0x8000, 0x2000, 0x20b9, 0x00b9, 0x6001))
        yield ip4(payload, proto, options(rand), rand.getrandbits(8), rand.getrandbits(16), fragment, rand.randrange(256),
                  rand.random() < .2)


def extension(following, body):
    body = bytes((following, 0)) + body
    body += b"\0" * (-len(body) % 8)
    return bytes((following, len(body) // 8 - 1)) + body[2:]


def options6(rand):
    text = b"".join(rand.choice((b"\0", b"\1\2\0\0", b"\5\2\0\0", b"\4\1\5", b"\xc9\x10" + v6("2001:db8::99"), b"\x1e\4abcd",
                                 b"\x63\4\0\1\2\3", b"\x26\6abcdef")) for _ in range(rand.randrange(3)))
    return text + bytes((1, -len(text) % 8 + 4)) + b"\0" * (-len(text) % 8 + 4)


def chain(rand, depth):
    if depth == 0:
        return rand.choice(((17, udp6()), (17, udp6()), (99, b"abcd"), (50, b"\0\0\0\1\0\0\0\2" + b"z" * 20), (4, ip4(udp4())),
                            (41, ip6(udp6()))))
    following, payload = chain(rand, depth - 1)
    kind = rand.randrange(6)
    if kind == 0:
        address = v6("2001:db8::2")
        return 43, extension(following, bytes((rand.choice((0, 2)), 1)) + bytes(4) + address) + payload
    if kind == 1:
        return 43, extension(following, b"\4\1\1\x20\0\7" + v6("2001:db8::2") + v6("2001:db8::9")) + payload
    if kind == 2 and following != 44:
        return 44, struct.pack(">BBHI", following, 0, rand.choice((1, 1, 9, 0xff8)), rand.getrandbits(32)) + payload
    if kind == 3 and following not in (43, 44, 60):
        size = rand.choice((4, 12, 20))
        return 51, struct.pack(">BBHII", following, size // 4 + 1, 0, rand.getrandbits(32), 9) + bytes(size) + payload
    return 60, extension(following, options6(rand)) + payload


def mobility(kind, body):
    return ip6(extension(59, bytes((kind, 0, 0, 0)) + body), 135)


def ip6s():
    rand = random.Random(6)
    for _ in range(600):
        following, payload = chain(rand, rand.randrange(4))
        if rand.random() < .3:
            following, payload = 0, extension(following, options6(rand)) + payload
        yield ip6(payload, following, rand.choice((0, 3, 184)), rand.choice((0, 5, 0xfffff)), rand.randrange(1, 255))
    yield ip6(b"", 59)
    yield mobility(0, b"\0\0")
    yield mobility(1, b"\0\0" + b"12345678")
    yield mobility(2, b"\0\0" + b"12345678")
    yield mobility(3, b"\0\5" + b"12345678abcdefgh")
    yield mobility(4, b"\0\5" + b"12345678abcdefgh")
    yield mobility(7, b"\1\0" + v6("2001:db8::7"))
    yield mobility(8, b"\0\0abcd")
    for kind in (3, 5, 253):	# routes that nobody can print, and reserved bits that are not zero
        yield ip6(extension(17, bytes((kind, 1)) + bytes(20)) + udp6(), 43)
    yield ip6(extension(17, bytes((0, 1, 0, 0, 5, 0)) + v6("2001:db8::2")) + udp6(), 43)
    for following in (0, 60):	# hop-by-hop options that are not the first header
        yield ip6(extension(0, bytes((1, 4)) + bytes(4)) + extension(17, bytes((1, 4)) + bytes(4)) + udp6(), following)
    yield ip6(extension(17, bytes((30, 40)) + bytes(4)) + udp6(), 0)
    yield ip6(b"\x80\0\0\0\0\1\0\1", 58)[:-4]
    yield ip6(struct.pack(">BBHI", 17, 0, 1, 7) + udp6(), 44)[:-4]


def nested():
    """Packets in packets, some of which claim more than the outer one has; empty messages of DNS."""
    for inner in (ip4(udp4(b"x" * 60)), ip4(ip4(udp4(b"x" * 60)), 4), ip6(udp6(b"x" * 60)), ip6(ip4(udp4(b"x" * 60)), 4)):
        for cut in (0, 20, 60):
            for fragment in (0, 0x2000):
                payload = inner[:len(inner) - cut]
                yield ip4(payload, 4 if inner[0] >> 4 == 4 else 41, fragment=fragment)
    yield ip4(ip4(udp4(), 58), 4)
    yield ip4(b"\x80\0\0\0\0\1\0\1", 58)
    for port in (53, 5353, 5355, 137):
        yield ip4(struct.pack(">HHHH", port, 40000, 8, 0))


def inside(packets, wrap):
    return [wrap(packet) for packet in packets]


def everything():
    """name, link type, packets"""
    fours, sixes = list(ip4s()), list(ip6s())
    yield "link", 1, list(links())
    yield "arp", 1, list(arps())
    yield "ipv4", 1, inside(fours, lambda p: ethernet(0x800, p))
    yield "ipv6", 1, inside(sixes, lambda p: ethernet(0x86dd, p, ((0x8100, 77),)))
    yield "nested", 1, inside(nested(), lambda p: ethernet(0x800, p))
    yield "raw", RAW, fours[:50] + sixes[:50]
    yield "null", NULL, inside(fours[:20], lambda p: b"\2\0\0\0" + p) + inside(sixes[:20], lambda p: b"\0\0\0\x1e" + p)
    yield "sll", SLL, [sll(p, n % 6) for n, p in enumerate(fours[:50])] + [sll(arp(), 1, 0x806), sll(b"abcd", 2, 0x1234)]
    yield "sll2", SLL2, [sll2(p, n % 6) for n, p in enumerate(fours[:50])] + [sll2(arp(), 1, 0x806), sll2(b"abcd", 2, 0x1234)]


def write_pcap(path, linktype, packets):
    with open(path, "wb") as out:
        out.write(struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 262144, linktype))
        for number, packet in enumerate(packets):
            out.write(struct.pack("<IIII", 1600000000 + number, 0, len(packet), len(packet)) + packet)
