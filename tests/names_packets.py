# SPDX-License-Identifier: BSD-2-Clause
"""names_packets.py - packets of DHCP, DHCPv6, mDNS and LLMNR that no program here sends, for pcaps/make.py"""
import struct

from transport_packets import udp

COOKIE = bytes.fromhex("63825363")
MAC = bytes.fromhex("020000000001")


def option(code, value):
    return struct.pack("!BB", code, len(value)) + value


def dhcp(kind, options, op=1, server=b"", file=b"", flags=0x8000, addresses=(0, 0, 0, 0), cookie=COOKIE, end=b"\xff"):
    head = struct.pack("!BBBBIHH4I", op, 1, 6, 0, 0x12345678, 3, flags, *addresses) + MAC.ljust(16, b"\0")
    if kind:
        options = option(53, bytes((kind,))) + options
    return head + server.ljust(64, b"\0") + file.ljust(128, b"\0") + cookie + options + end


def name(text):
    return b"".join(bytes((len(label),)) + label.encode() for label in text.split(".") if label) + b"\0"


def ip(*parts):
    return b"".join(bytes(int(n) for n in text.split(".")) for text in parts)


def requests():
    """What clients say."""
    return [
        dhcp(1, option(61, b"\1" + MAC) + option(50, ip("192.0.2.100")) + option(12, b"near") + option(60, b"udhcp 1.35.0") +
             option(55, bytes((1, 3, 6, 12, 15, 28, 42, 121, 119))) + option(57, b"\2\x40") + option(51, struct.pack("!I", 3600)) +
             option(77, b"\5class") + option(81, b"\5\0\0" + name("near.example.org")) + option(93, b"\0\7") +
             option(94, b"\1\3\x10") + option(97, b"\0" + bytes(range(16))) + option(116, b"\1") + option(145, b"\1") +
             option(80, b"") + b"\0\0"),
        dhcp(3, option(61, b"\xff\1\2\3\4\0\1\0\1" + struct.pack("!I", 700000000) + MAC) + option(54, ip("192.0.2.2")) +
             option(118, ip("192.0.2.0")) + option(124, struct.pack("!IB", 32473, 5) + b"hello") +
             option(125, struct.pack("!IB", 32473, 4) + option(1, b"ab")) + option(90, b"\1\1\0" + bytes(8) + bytes(20)) +
             option(82, option(1, b"eth0:7") + option(2, MAC) + option(5, ip("192.0.2.0")) + option(6, b"me") +
                    option(10, b"\x80") + option(11, ip("192.0.2.1")) + option(12, b"relay") + option(151, b"\0red") + option(200, b"x")), flags=0),
        dhcp(4, option(56, b"in use") + option(61, b"\0some")), dhcp(7, option(61, b"\xff\1\2\3\4\0\3\0\1" + MAC)),
        dhcp(8, option(61, b"\xff\1\2\3\4\0\2" + struct.pack("!I", 32473) + b"abcd")),
        dhcp(0, b"", file=b"boot.img", end=b"\xff" + bytes(59)),
    ]


def replies():
    """What servers say; the fourth has options in place of names."""
    usual = option(54, ip("192.0.2.2")) + option(51, struct.pack("!I", 3600)) + option(58, struct.pack("!I", 1800)) + \
        option(59, struct.pack("!I", 3150))
    you = (0, 0xc0000264, 0xc0000202, 0)
    return [
        dhcp(2, usual + option(1, ip("255.255.255.0")) + option(3, ip("192.0.2.2", "192.0.2.3")) + option(6, ip("192.0.2.2", "192.0.2.3")) +
             option(28, ip("192.0.2.255")) + option(15, b"example.org") + option(42, ip("192.0.2.4")) +
             option(121, b"\x18\xc6\x33\x64" + ip("192.0.2.3") + b"\0" + ip("192.0.2.2")) +
             option(119, name("example.org") + name("lab.example.org")) + option(26, b"\5\xdc") + option(43, b"\1\4abcd") +
             option(66, b"tftp.example.org") + option(67, b"pxelinux.0") + option(150, ip("192.0.2.5")) +
             option(2, struct.pack("!i", -3600)) + option(44, ip("192.0.2.6")) + option(46, b"\x08") + option(33, ip("198.51.100.1", "192.0.2.2")) +
             option(100, b"CET-1CEST") + option(101, b"Europe/Berlin") + option(108, struct.pack("!I", 1800)) +
             option(114, b"https://example.org/api") + option(120, b"\1" + ip("192.0.2.7")) + option(120, b"\0" + name("sip.example.org")),
             op=2, server=b"boothost", file=b"pxelinux.0", addresses=you),
        dhcp(5, usual + option(249, b"\x18\xc6\x33\x64" + ip("192.0.2.3")) + option(252, b"http://192.0.2.2/wpad.dat\0") + option(224, b"\1\2\3"), op=2, addresses=you),
        dhcp(6, option(54, ip("192.0.2.2")) + option(56, b"address in use"), op=2),
        dhcp(5, usual + option(52, b"\3"), op=2, addresses=you, file=option(12, b"far") + option(67, b"a.img") + b"\xff",
             server=option(66, b"host") + option(15, b"example.net") + b"\xff"),
    ]


def captures():
    """(name, frames) of each capture; the first of cut_NAME is cut after every third byte."""
    both = [udp(data, ports=(68, 67)) for data in requests()] + [udp(data, ports=(67, 68)) for data in replies()]
    yield "dhcp_options", both
    yield "cut_dhcp", [udp(dhcp(1, option(82, option(1, b"eth0")), file=b"f")[:236] + COOKIE + option(50, ip("192.0.2.9")), ports=(68, 67))]
    yield "lying_dhcp", [udp(data, ports=(68, 67)) for data in (
        dhcp(1, option(50, b"")[:1] + b"\xf0"), dhcp(1, option(82, b"\1\xff")), dhcp(1, option(121, b"\xff")),
        dhcp(1, option(52, b"\3"), server=option(52, b"\3") + b"\xc8", file=b"\x0c\xff"), dhcp(1, b"", op=9, cookie=b"none"),
        dhcp(1, option(125, bytes(4) + b"\xff\1\xff")), dhcp(1, option(119, b"\xc0\0\x3fa")), dhcp(1, b"")[:100], b"\1")]
