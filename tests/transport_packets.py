# SPDX-License-Identifier: BSD-2-Clause
"""transport_packets.py - TCP with every option, UDP, DNS and lines of text, for tests"""
import struct

from control_packets import checksum, ethernet, ipv4, ipv6, v4, v6, ME4, ME6, PEER4, PEER6

BITS = {"F": 1, "S": 2, "R": 4, "P": 8, ".": 16, "U": 32, "E": 64, "W": 128}


def packet(proto, make, six, back):
    """An Ethernet frame of make(checksum), whose checksum is worked out over the pseudo header."""
    ends = (PEER6, ME6) if six else (PEER4, ME4)
    src, dst = ends if back else ends[::-1]
    segment = make(0)
    tail = struct.pack(">II", len(segment), proto)
    value = checksum((v6(src, dst) if six else v4(src, dst)) + tail + segment)
    return ethernet((ipv6 if six else ipv4)(proto, make(value or 0xffff), src=src, dst=dst))


def tcp(flags, seq, ack, data=b"", options=b"", six=False, back=False, ports=(40000, 2000), urgent=0):
    bits = sum(BITS[letter] for letter in flags)
    options += bytes(-len(options) % 4)
    first, second = ports[::-1] if back else ports

    def make(value):
        return struct.pack(">HHIIBBHHH", first, second, seq & 0xffffffff, ack & 0xffffffff,
                           (5 + len(options) // 4) << 4, bits, 512, value, urgent) + options + data
    return packet(6, make, six, back)


def udp(data, ports=(40000, 2000), six=False, back=False):
    first, second = ports[::-1] if back else ports

    def make(value):
        return struct.pack(">HHHH", first, second, 8 + len(data), value) + data
    return packet(17, make, six, back)


def conversations():
    sack = bytes((1, 1, 5, 18)) + struct.pack(">IIII", 1010, 1020, 1030, 1040)
    for six in (False, True):
        for start in (1000, 0xfffffff0):
            yield tcp("S", start, 0, six=six)
            yield tcp("S", start, 0, six=six)
            yield tcp("S.", 7000, start + 1, six=six, back=True)
            yield tcp(".", start + 1, 7001, six=six)
            yield tcp("P.", start + 1, 7001, b"abc", six=six)
            yield tcp(".", 7001, start + 4, b"", sack, six=six, back=True)
            yield tcp("P", start + 4, 0, b"abc", six=six)
            yield tcp("PU.", start + 4, 7001, b"abc", urgent=2, six=six)
            yield tcp("F.", start + 7, 7001, six=six)
            yield tcp("R", start + 8, 0, six=six)
            yield tcp("R.", start + 8, 7001, b"no reason", six=six)
        yield tcp(".", 500, 600, b"x", sack, ports=(7, 7), six=six)
        yield tcp(".", 600, 501, b"x", sack, ports=(7, 7), six=six, back=True)
        yield tcp("", 500, 600, b"x", ports=(7, 8), six=six)
        yield tcp("EW", 500, 600, ports=(7, 8), six=six)


def option(kind, body=b""):
    return bytes((kind, 2 + len(body))) + body


def mptcp(subtype, nibble, body):
    return option(30, bytes((subtype << 4 | nibble,)) + body)


def tcp_options():
    some = bytes(range(1, 41))
    plain = [b"\0\0\0\0", b"\1\1\1\1", option(2, some[:2]), option(3, b"\7"), option(4),
             option(8, some[:8]), option(19, some[:16]), option(6, some[:4]), option(7, some[:4]),
             option(11, some[:4]), option(12, some[:4]), option(34), option(254, b"\xf9\x89"),
             option(254, b"\xf9\x89" + some[:4]), option(254, b"\x12\x34\x56"), option(253, some[:4])]
    plain += [option(34, some[:n]) for n in range(4, 18, 2)]
    plain += [option(29, some[:n]) for n in (2, 3, 14)]
    plain += [option(5, some[:n]) for n in (8, 16, 24, 32)]
    plain += [option(kind, some[:n]) for kind in (9, 18, 31, 69, 255) for n in range(4)]
    for body in plain:
        yield tcp("S", 100, 0, options=body)
        yield tcp(".", 101, 200, options=body)
    for version in (0, 1):
        for flags, n in (("S", 1), ("S", 9), ("S.", 9), (".", 17), (".", 19)):
            yield tcp(flags, 100, 200, options=mptcp(0, version, b"\x81" + some[:n - 1]))
    for nibble in (0, 1):
        for flags, n in (("S", 9), ("S.", 13), (".", 21)):
            yield tcp(flags, 100, 200, options=mptcp(1, nibble, b"\7" + some[:n - 1]))
    for flags in range(32):
        n = ((8 if flags & 2 else 4) if flags & 1 else 0) + ((8 if flags & 8 else 4) + 6 if flags & 4 else 0)
        for more in (0, 2) if flags & 4 else (0,):
            yield tcp(".", 100, 200, options=mptcp(2, 0, bytes((flags,)) + some[:n + more]))
    for version in (0, 1, 4, 6):
        for n in (4, 6, 12, 14, 16, 18, 24, 26):
            yield tcp(".", 100, 200, options=mptcp(3, version, b"\3" + some[:n]))
    for subtype, nibble, n in ((4, 0, 1), (4, 0, 3), (5, 1, 0), (5, 0, 1), (6, 0, 9), (7, 0, 9), (8, 1, 1), (9, 0, 3)):
        yield tcp(".", 100, 200, options=mptcp(subtype, nibble, some[:n]))


TEXTS = (b"GET / HTTP/1.1\r\nHost: a\r\nX: \tb\r\n\r\nbody", b"GET / HTTP/1.1\nHost: a\n\n", b"HTTP/1.1 200 OK\r\nA: b\r\n\r\n",
         b"get / HTTP/1.0\r\n", b"garbage\r\n", b"NOTIFY * HTTP/1.1\r\n\r\n", b"220-hello\r\n220 x\r\n", b"EHLO a\r\n",
         b"\x16\x03\x01", b"GET / \x1b[2J\r\n", b"OPTIONS", b"DESCRIBE rtsp://x RTSP/1.0\r\nCSeq: 1\r\n\r\n", b".\r\n",
         b"RTSP/1.0 200 OK\r\n", b"SSH-2.0-OpenSSH_9\r\n", b"x" * 300, b"\r\n", b"GETX /\r\n", b"\0\1\2\3")


def texts():
    for port in (21, 22, 25, 43, 80, 554, 8080, 8554, 2000):
        for text in TEXTS:
            yield tcp("P.", 1, 2, text, ports=(40000, port))
            yield tcp("P.", 3, 4, text, ports=(40000, port), back=True, six=True)


def name(text):
    return b"".join(bytes((len(label),)) + label.encode() for label in text.split(".") if label) + b"\0"


def question(text="example.com", kind=1, group=1):
    return name(text) + struct.pack(">HH", kind, group)


def record(owner, kind, data, group=1, ttl=60):
    return owner + struct.pack(">HHIH", kind, group, ttl, len(data)) + data


def message(flags, questions=(), answers=(), authorities=(), additionals=(), ident=12345):
    sections = (questions, answers, authorities, additionals)
    return struct.pack(">HHHHHH", ident, flags, *map(len, sections)) + b"".join(b"".join(s) for s in sections)


BACK = b"\xc0\x0c"	# to the name of the first question
RECORDS = (
    (1, b"\1\2\3\4"), (2, name("ns.a")), (5, b"\3www" + BACK), (6, name("a.b") + name("c.d") + bytes(20)), (12, name("x.y")),
    (13, b"\3cpu\2os"), (15, b"\0\x0a" + name("mx.a")), (16, b"\5hello\6w or\\d"), (16, b"\0"), (28, bytes(range(16))),
    (33, struct.pack(">HHH", 1, 2, 443) + name("srv.a")), (35, b"\0\1\0\2\1s\0\0" + name("x.a")), (39, name("d.n")),
    (43, b"\0\1\5\2hash"), (46, bytes(18) + name("a.b")), (47, name("b.c") + b"\0\1@"), (64, b"\0\1\0"), (65, b"\0\1\0\0\1\0\3\2h2"),
    (99, b"\3spf"), (250, name("hmac") + struct.pack(">HIHH", 0, 5, 300, 4) + b"mmmm" + struct.pack(">HHH", 7, 0, 0)),
    (256, b"\0\1\0\2http://a"), (257, b"\0\5issueca.org"), (9999, b"xyz"))


def edns(data=b"", ttl=0):
    return record(b"\0", 41, data, 1232, ttl)


EDNS = ((3, b"id"), (5, b"\5\7\x08\x0d"), (6, b"\1\2"), (7, b"\1"), (8, b"\0\1\x18\0\1\2\3"), (8, b"\0\2\x38\0\x20\1\x0d\xb8\0\0\1"),
        (9, b""), (9, b"\0\0\0\5"), (10, b"12345678"), (10, b"1234567812345678"), (11, b""), (11, b"\1\xf5"), (12, bytes(40)),
        (13, name("a.b")), (14, b"\0\1\0\2"), (15, b"\0\7"), (65001, b"a"))


def dns_messages():
    ask, answer = question(), record(BACK, 1, b"\1\2\3\4")
    yield from (message(flags, [ask]) for flags in (0, 0x100, 0x110, 0x120, 0x200, 0x580, 0x1100, 0x2000, 0x2800, 0x7800))
    yield from (message(0x8000 | flags, [ask], [answer]) for flags in (0, 0x180, 0x580, 0x400, 0x700, 0x1a0, 0x2580, 0x2980))
    yield from (message(0x8180 | rcode, [ask]) for rcode in range(16))
    yield from (message(0x100, [question("a.b", kind)]) for kind in range(300))
    yield from (message(0x100, [question("a.b", 1, group)]) for group in (2, 3, 4, 254, 255))
    yield from (message(0x8180, [ask], [record(BACK, kind, data)]) for kind, data in RECORDS)
    yield from (message(0x8180, [ask], [record(BACK, 1, b"\1\2\3\4", 3, ttl)]) for ttl in (0, 59, 3661, 700000, 2 ** 31))
    yield from (message(0x100, [ask], (), (), [edns(struct.pack(">HH", code, len(data)) + data)]) for code, data in EDNS)
    yield message(0x8180, [ask], [answer], (), [edns(b"", 1 << 24 | 1 << 15)])
    yield message(0x8180, [ask], [answer] * 3, [record(BACK, 2, name("n.s"))] * 2, [edns()])
    yield message(0x100, [ask] * 2, [answer], [answer], [answer])
    yield message(0x8180, [ask] * 2, [answer])
    yield message(0x100, [question("")])
    yield message(0x100, [b"\3a\xc3\xb6\0\0\1\0\1"])
    yield message(0x8400, (), [record(name("a b.local"), 1, b"\1\2\3\4", 0x8001)] * 2)
    yield message(0, [question("_x._tcp.local", 12), question("b.c", 28, 0x8001)], [record(BACK, 12, b"\1a" + BACK)])


def dns():
    for text in dns_messages():
        for ports in ((53, 2000), (5353, 5353), (40000, 5355)):
            yield udp(text, ports)
            yield udp(text, ports, six=True)
        yield tcp("P.", 1, 2, struct.pack(">H", len(text)) + text, ports=(53, 2000))
    yield tcp("P.", 1, 2, b"\0\x40part of a message", ports=(53, 2000))
    yield from (udp(bytes(n)) for n in range(5))


ALL = {"conversation": conversations, "tcp_option": tcp_options, "text": texts, "dns": dns}
