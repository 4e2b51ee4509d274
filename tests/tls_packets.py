# SPDX-License-Identifier: BSD-2-Clause
"""tls_packets.py - TLS records and hellos, whole and lying, for pcaps/ and tests"""
from control_packets import u8, u16
from transport_packets import tcp, udp


def u24(value):
    return u8(value >> 16) + u16(value & 0xffff)


def record(kind, data, version=0x0303, length=None):
    return u8(kind) + u16(version, len(data) if length is None else length) + data


def message(kind, data, length=None):
    return u8(kind) + u24(len(data) if length is None else length) + data


def extension(kind, data, length=None):
    return u16(kind, len(data) if length is None else length) + data


def vector16(data):
    return u16(len(data)) + data


def server_name(host):
    return extension(0, vector16(u8(0) + vector16(host)))


def client_hello(extensions, suites=(0x1301, 0x1302, 0xc02b), session=bytes(range(32)), version=0x0303, methods=b"\1\0"):
    return message(1, u16(version) + bytes(range(32)) + u8(len(session)) + session + vector16(u16(*suites)) + methods +
                   (vector16(b"".join(extensions)) if extensions else b""))


def server_hello(extensions, suite=0x1301):
    return message(2, u16(0x0303) + bytes(range(32)) + u8(0) + u16(suite) + u8(0) + vector16(b"".join(extensions)))


# What a browser sends, as the description of JA4 lists it: GREASE first and last, shuffled.
SUITES = (0x4a4a, 0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc013, 0xc014, 0x009c, 0x009d,
          0x002f, 0x0035)
SIGNATURES = (0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601)
BROWSER = [
    extension(0x3a3a, b""), extension(0x001b, b"\2\0\2"), server_name(b"www.example.org"),
    extension(0x0033, vector16(u16(0xaaaa, 1) + b"\0" + u16(29, 32) + bytes(range(32)))),
    extension(0x0010, vector16(b"\2h2\x08http/1.1")), extension(0x4469, b"\0\3\2h2"), extension(0x0017, b""),
    extension(0x002d, b"\1\1"), extension(0x000d, vector16(u16(*SIGNATURES))), extension(0x0005, b"\1\0\0\0\0"),
    extension(0x0023, b""), extension(0x0012, b""), extension(0x002b, b"\6" + u16(0x8a8a, 0x0304, 0x0303)),
    extension(0xff01, b"\0"), extension(0x000b, b"\1\0"), extension(0x000a, vector16(u16(0xaaaa, 29, 23, 24))),
    extension(0x8a8a, b"\0"), extension(0x0015, bytes(40))]

HELLO = client_hello(BROWSER, SUITES)


def good():
    psk = vector16(vector16(b"ticket") + bytes(4) + vector16(b"second") + b"\1\2\3\4") + vector16(b"\x20" + bytes(32) * 1)
    yield record(22, HELLO, 0x0301)
    yield record(22, server_hello([extension(43, u16(0x0304)), extension(51, u16(29, 32) + bytes(32))])) + record(20, b"\1") + \
        record(23, bytes(40))
    yield record(22, client_hello([server_name(b"xn--exmple-cua.example"), extension(41, psk)]))
    yield record(22, client_hello([], (0x002f,), b"", 0x0301), 0x0301)
    yield record(22, client_hello([extension(16, vector16(b"\1x")), extension(28, u16(0x4001)), extension(44, vector16(b"cookie")),
                                   extension(65037, b"\0" + bytes(20)), extension(1, b"\2"), extension(15, b"\1"),
                                   extension(50, vector16(u16(0x0403)))]))
    yield record(22, server_hello([extension(51, u16(23)), extension(44, vector16(b"cookie")), extension(43, u16(0x0304))]))
    yield record(21, b"\1\0") + record(21, b"\2\x28") + record(21, b"\2\xc8")
    yield record(22, message(0, b"")) + record(22, message(14, b"")) + record(24, b"\1\0\4ping" + bytes(16))
    yield record(22, message(4, bytes(4) + vector16(b"ticket")) + message(22, u8(1) + u24(4) + b"ocsp"))
    yield record(23, b"") + record(23, b"data" * 9)


def lying():
    """Lengths beyond the end, too short and too long; names that would write on a terminal; encrypted bytes."""
    ahead = u16(0x0303) + bytes(32)
    yield record(22, message(1, ahead + b"\xff" + bytes(20)))
    yield record(22, message(1, ahead + b"\0" + u16(400) + bytes(20)))
    yield record(22, message(1, ahead + b"\0" + u16(2, 0x1301) + b"\xff\0"))
    yield record(22, message(1, ahead + b"\0" + u16(2, 0x1301) + b"\1\0" + u16(9) + extension(0, b"", 500)))
    yield record(22, message(1, ahead + b"\0" + u16(3) + b"\x13\1\2" + b"\1\0" + u16(4) + extension(16, b"")))
    yield record(22, client_hello([server_name(b"\x1b]0;title\x07\x9b.org"), extension(16, vector16(b"\4\x1b[2J"))]))
    yield record(22, client_hello([extension(0, u16(3) + b"\0" + u16(900) + b"short"), extension(16, u16(9) + b"\xffh2"),
                                   extension(43, b"\xff\3"), extension(51, u16(2) + u16(29, 99) + b"key"), extension(10, b"\1")]))
    yield record(22, message(11, u24(900) + u24(700) + bytes(20)))
    yield record(22, message(1, bytes(2)))
    yield record(22, message(2, bytes(30)))
    yield record(22, HELLO[:200])
    yield record(22, HELLO + b"\1\2")
    yield record(22, bytes.fromhex("0000000000000000") + bytes(range(32)))
    yield record(21, bytes(range(26)))
    yield record(21, b"\7\7")
    yield record(22, b"\1")
    yield record(22, b"") + b"rest"
    yield record(23, b"data" * 5, length=16384 + 2049)
    yield record(23, b"data" * 5) + b"GET / HTTP/1.1\r\n"
    yield record(22, HELLO, 0x0404)
    yield b"".join(record(23, b"\0") for _ in range(40))
    yield record(22, b"".join(message(14, b"") for _ in range(40)))


def quic(first, version, rest, dcid=bytes(range(8)), scid=b"\xaa\xbb"):
    return u8(first) + u16(version >> 16, version & 0xffff) + u8(len(dcid)) + dcid + u8(len(scid)) + scid + rest


def sealed(length, claimed=None):
    return u16(0x4000 | (length if claimed is None else claimed)) + bytes(n & 255 for n in range(7, 7 + length))


def quic_messages():
    """Every header of versions 1 and 2, several in a datagram; what is sealed is noise."""
    yield quic(0xc3, 1, u8(0) + sealed(60)) + quic(0xe1, 1, sealed(40)) + u8(0x41) + bytes(range(30))
    yield quic(0xc0, 1, u8(5) + b"token" + sealed(40))
    yield quic(0xd0, 1, sealed(30)) + bytes(12)
    yield quic(0xf0, 1, b"a token" + bytes(range(16)))
    yield quic(0xd0, 0x6b3343cf, u8(0) + sealed(60)) + quic(0xf0, 0x6b3343cf, sealed(40))
    yield quic(0xc0, 0x6b3343cf, b"a token" + bytes(range(16)))
    yield quic(0xc0, 0xfaceb00c, bytes(30), bytes(30), bytes(25))
    yield u8(0x5c) + bytes(range(40))


def quic_lying():
    yield quic(0xc0, 1, u8(0) + sealed(30, 4000))
    yield quic(0xc0, 1, b"\xff" * 20)
    yield quic(0xc0, 1, u8(0x3f) + b"short")
    yield quic(0xc0, 1, b"", bytes(255))
    yield u8(0xc0, 0, 0, 0, 1, 255, 1, 2)
    yield quic(0xf0, 1, b"tag")
    yield quic(0xc7, 0, u16(0, 1, 0x6b33, 0x43cf, 0x1a2a, 0x3a4a))
    yield quic(0xc7, 0, b"\0\0\0")
    yield quic(0xc0, 1, u8(0) + sealed(19))
    yield quic(0xe0, 1, b"\x00") * 40
    yield u8(0xc0, 0)
    yield u8(0)


def over_udp(port, messages):
    return [udp(data, ports=(40000 + n, port), six=n % 3 == 2) for n, data in enumerate(messages)]


def over_tcp(port, messages):
    return [tcp("P.", 1000, 2000, data, ports=(40000 + n, port), six=n % 3 == 2) for n, data in enumerate(messages)]


def captures():
    """Names of captures, each with its frames; of those called cut, the first is cut at many lengths."""
    yield "tls_hellos", over_tcp(443, good()) + over_tcp(8443, list(good())[:6])
    yield "cut_tls", over_tcp(443, [record(22, client_hello(BROWSER[8:9] + BROWSER[2:5], (0x1301,), b""))])
    yield "lying_tls", over_tcp(443, lying())
    yield "quic_headers", over_udp(443, quic_messages()) + over_udp(8443, list(quic_messages())[:3])
    yield "cut_quic", over_udp(443, [quic(0xc0, 1, u8(5) + b"token" + sealed(40))])
    yield "lying_quic", over_udp(443, quic_lying())
