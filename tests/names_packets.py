# SPDX-License-Identifier: BSD-2-Clause
"""names_packets.py - packets of DHCP, DHCPv6, mDNS and LLMNR that no program here sends, for pcaps/make.py"""
import socket
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


def option6(code, value):
    return struct.pack("!HH", code, len(value)) + value


def client6(kind, options):
    return struct.pack("!I", kind << 24 | 0xabcdef) + options


def relayed(kind, message, options=b""):
    return struct.pack("!BB", kind, 1) + ip6("2001:db8:1::1") + ip6("fe80::1") + option6(9, message) + options


def ip6(text):
    return socket.inet_pton(socket.AF_INET6, text)


def dhcpv6():
    """Options of every form; the last four are relayed, once and twice."""
    llt, ll = b"\0\1\0\1" + struct.pack("!I", 700000000) + MAC, b"\0\3\0\1" + MAC
    lifetimes = struct.pack("!II", 3600, 7200)
    address = option6(5, ip6("2001:db8::100") + lifetimes + option6(13, b"\0\0fine"))
    prefix = option6(26, lifetimes + b"\x38" + ip6("2001:db8:ff00::"))
    ids = option6(1, llt) + option6(2, ll)
    solicit = client6(1, option6(1, llt) + option6(6, struct.pack("!HHH", 23, 24, 56)) + option6(8, b"\0\x64") + option6(14, b"") +
                      option6(3, b"\0\0\0\1" + bytes(8)) + option6(25, b"\0\0\0\2" + bytes(8)) + option6(15, b"\0\5class") +
                      option6(16, struct.pack("!IH", 32473, 3) + b"abc") + option6(39, b"\1" + name("near.example.org")) + option6(20, b""))
    reply = client6(7, ids + option6(3, b"\0\0\0\1" + lifetimes + address) + option6(25, b"\0\0\0\2" + lifetimes + prefix) +
                    option6(4, b"\0\0\0\3" + address) + option6(7, b"\xff") + option6(12, ip6("2001:db8::2")) +
                    option6(23, ip6("2001:db8::53") + ip6("2001:db8::54")) + option6(24, name("example.org") + name("lab.example.org")) +
                    option6(31, ip6("2001:db8::4")) + option6(32, struct.pack("!I", 86400)) + option6(13, b"\0\0all good") +
                    option6(56, option6(1, ip6("2001:db8::4")) + option6(3, name("ntp.example.org"))) + option6(64, name("aftr.example.org")) +
                    option6(41, b"CET-1CEST") + option6(42, b"Europe/Berlin") + option6(22, ip6("2001:db8::5")) +
                    option6(17, struct.pack("!I", 32473) + option6(1, b"xyz")) + option6(21, name("sip.example.org")))
    agent = option6(18, b"eth0") + option6(37, struct.pack("!I", 32473) + b"line 7") + option6(38, b"subscriber")
    return [solicit, reply, client6(5, option6(1, b"\0\2" + struct.pack("!I", 32473) + b"box") + option6(2, b"\0\4" + bytes(range(16)))),
            client6(10, ids + option6(19, b"\5") + option6(11, bytes((3, 1, 0)) + bytes(8) + b"\2" + bytes(16))),
            client6(11, option6(1, b"\0\x09odd") + option6(61, b"\0\7") + option6(999, b"?")), client6(99, b""),
            relayed(12, solicit, agent), relayed(13, reply, agent), relayed(12, relayed(12, solicit, agent), option6(53, ll)), relayed(13, relayed(13, reply))]


def question(text, kind, of=1):
    return name(text) + struct.pack("!HH", kind, of)


def record(text, kind, data, of=1, ttl=120):
    return name(text) + struct.pack("!HHIH", kind, of, ttl, len(data)) + data


def dns(ident, flags, *sections):
    return struct.pack("!6H", ident, flags, *(len(part) for part in sections)) + b"".join(b"".join(part) for part in sections)


def mdns():
    service, near = "_ipp._tcp.local", "printer._ipp._tcp.local"
    return [
        dns(0, 0, [question(service, 12, 0x8001), question("near.local", 1)], [record(service, 12, name(near))], [], []),
        dns(0, 0x8400, [], [record(service, 12, name(near))], [],
            [record(near, 33, struct.pack("!HHH", 0, 0, 631) + name("near.local"), 0x8001), record(near, 16, b"\x09txtvers=1\0\4rp=a", 0x8001),
             record("near.local", 1, ip("192.0.2.1"), 0x8001), record("near.local", 28, ip6("fe80::1"), 0x8001)]),
        dns(0, 0, [question("near.local", 255, 0x8001)], [], [record("near.local", 1, ip("192.0.2.1"))],
            [b"\0" + struct.pack("!HHIH", 41, 1440, 0x1194, 12) + option6(4, bytes(8))])]


def llmnr():
    return [dns(7, 0, [question("near", 1)], [], [], []), dns(7, 0x8000, [question("near", 1)], [record("near", 1, ip("192.0.2.1"), ttl=30)], [], []),
            dns(8, 0x8500, [question("near", 28)], [], [], [])]


def signed():
    """Types of DNSSEC and others, and EDNS with its options."""
    parameters = b"".join(option6(key, value) for key, value in (
        (0, b"\0\1"), (1, b"\2h2\2h3"), (2, b""), (3, b"\x20\xfb"), (4, ip("192.0.2.1", "192.0.2.2")), (5, b"echconfig"),
        (6, ip6("2001:db8::1")), (7, b"/dns-query{?dns}"), (99, b"other")))
    options = b"".join(option6(code, value) for code, value in (
        (3, b"ns1"), (5, b"\x08\x0d"), (6, b"\2"), (7, b"\1"), (8, b"\0\1\x18\0\xc0\0\2"), (8, b"\0\2\x20\0\x20\1\x0d\xb8"),
        (10, bytes(range(24))), (11, b"\0\x64"), (12, bytes(9)), (13, name("org")), (15, b"\0\x16no answer"), (99, b"?")))
    opt = b"\0" + struct.pack("!HHIH", 41, 1232, 0x8000, len(options)) + options
    answers = [
        record("example.org", 43, struct.pack("!HBB", 4660, 13, 2) + bytes(range(32))),
        record("example.org", 48, struct.pack("!HBB", 257, 3, 13) + bytes(range(64))),
        record("example.org", 47, name("a.example.org") + b"\0\1\x40"), record("example.org", 51, bytes((1, 0, 0, 10, 2, 0xab, 0xcd))),
        record("example.org", 52, bytes((3, 1, 1)) + bytes(32)), record("example.org", 44, bytes((4, 2)) + bytes(32)),
        record("example.org", 13, b"\3CPU\2OS"), record("example.org", 17, name("me.example.org") + name("t.example.org")),
        record("example.org", 18, b"\0\1" + name("afs.example.org")), record("example.org", 36, b"\0\x0a" + name("kx.example.org")),
        record("example.org", 39, name("example.net")), record("example.org", 64, b"\0\0" + name("svc.example.org")),
        record("example.org", 65, b"\0\1\0" + parameters), record("example.org", 257, b"\x80\5issueca.example.net"),
        record("example.org", 256, struct.pack("!HH", 10, 1) + b"https://example.org/"), record("example.org", 99, b"\6v=spf1")]
    return [dns(1, 0x8180, [question("example.org", 255)], answers, [], [opt]),
            dns(2, 0x2800, [question("example.org", 6)], [record("a.example.org", 1, b"", 254, 0)],
                [record("a.example.org", 1, ip("192.0.2.9"))], [])]


def captures():
    """(name, frames) of each capture; the first of cut_NAME is cut after every third byte."""
    both = [udp(data, ports=(68, 67)) for data in requests()] + [udp(data, ports=(67, 68)) for data in replies()]
    yield "dhcp_options", both
    yield "cut_dhcp", [udp(dhcp(1, option(82, option(1, b"eth0")), file=b"f")[:236] + COOKIE + option(50, ip("192.0.2.9")), ports=(68, 67))]
    yield "lying_dhcp", [udp(data, ports=(68, 67)) for data in (
        dhcp(1, option(50, b"")[:1] + b"\xf0"), dhcp(1, option(82, b"\1\xff")), dhcp(1, option(121, b"\xff")),
        dhcp(1, option(52, b"\3"), server=option(52, b"\3") + b"\xc8", file=b"\x0c\xff"), dhcp(1, b"", op=9, cookie=b"none"),
        dhcp(1, option(125, bytes(4) + b"\xff\1\xff")), dhcp(1, option(119, b"\xc0\0\x3fa")), dhcp(1, b"")[:100], b"\1")]
    messages = dhcpv6()
    yield "dhcpv6_options", [udp(data, ports=(546, 547), six=True) for data in messages]
    yield "cut_dhcpv6", [udp(relayed(12, client6(1, option6(3, bytes(12) + option6(5, ip6("2001:db8::1") + bytes(8))))), ports=(547, 547), six=True)]
    yield "lying_dhcpv6", [udp(data, ports=(546, 547), six=True) for data in (
        b"", b"\1", b"\x0c\0", client6(1, b"\0\1\xff\xff\0"), client6(1, option6(3, b"\0")), client6(7, option6(56, b"\0\1\0\xff")),
        client6(7, option6(24, b"\x3fabc")), client6(7, option6(5, bytes(24) + b"\0\5\0")), messages[-1][:60])]
    yield "mdns", [udp(data, ports=(5353, 5353), six=n == 1) for n, data in enumerate(mdns())]
    yield "llmnr", [udp(data, ports=(40000, 5355), back=n > 0) for n, data in enumerate(llmnr())]
    yield "dns_types", [udp(data, ports=(53, 40000)) for data in signed()]
    yield "cut_mdns", [udp(mdns()[1][:200], ports=(5353, 5353))]
    yield "lying_dns", [udp(data, ports=(53, 40000)) for data in (
        dns(1, 0x8180, [], [record("a", 65, b"\0\1\0\0\1\xff\xff")], [], []), dns(1, 0x8180, [], [], [], [b"\0" + struct.pack("!HHIH", 41, 1, 0, 3) + b"\0\x0a\0"]),
        dns(1, 0x8180, [], [record("a", 46, b"\0\1")], [], []), dns(1, 0x8180, [], [record("a", 16, b"\xff")], [], []), dns(1, 0x8180, [], [record("a", 250, name("x") + bytes(8) + b"\xff\xff")], [], []))]
