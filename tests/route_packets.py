# SPDX-License-Identifier: BSD-2-Clause
"""route_packets.py - NTP, SNMP and other small protocols of routers and hosts, for pcaps/ and tests"""
from control_packets import u8, u16, u32
from transport_packets import udp


def ntp(first, stratum=2, refid=bytes((192, 0, 2, 123)), times=(0xd9500000 << 32, 0, 0x10000000ffffffff, 0xe0000000 << 32 | 1)):
    return u8(first, stratum, 6, 0xe9) + u32(0x120, 0x340) + refid + b"".join(u32(t >> 32, t & 0xffffffff) for t in times)


def ntp_messages():
    """Every mode, versions 1 to 4, signatures, extensions, control messages."""
    unique, cookie = u16(0x0104, 36) + bytes(range(32)), u16(0x0204, 16) + bytes(range(12))
    yield from (ntp(first) for first in (0x23, 0x1b, 0x12, 0x09, 0x25, 0xe0, 0x21))
    yield ntp(0x24, 1, b"GPS\0")
    yield from (ntp(0x23) + u32(11) + bytes(range(n)) for n in (0, 16, 20, 32))
    yield from (ntp(0x23) + extra for extra in (unique, unique + cookie, cookie + u32(5) + bytes(16), cookie + u32(5) + bytes(20)))
    yield ntp(0x1b) + cookie
    yield u8(0x16, 2) + u16(1, 0, 0, 0, 0)
    yield u8(0x16, 0x82) + u16(1, 0x0618, 4660, 0, 16) + b"stratum=2, a=b\r\n"
    yield u8(0x17, 2, 3, 42) + bytes(44)
    yield ntp(0x23) + u16(0x0104, 300) + bytes(32)
    yield ntp(0x23) + u16(0x0104, 2) + bytes(32)


def over_udp(port, messages):
    return [udp(data, ports=(40000, port), back=n % 2 == 1, six=n % 3 == 2) for n, data in enumerate(messages)]


TFTP = (b"\0\1boot.img\0octet\0", b"\0\2up.txt\0netascii\0tsize\x001234\0blksize\x001428\0timeout\x005\0foo\0bar\0",
        b"\0\3\0\1" + b"data" * 10, b"\0\4\0\1", b"\0\5\0\1File not found\0", b"\0\6tsize\x001234\0blksize\x001428\0",
        b"\0\7abc", b"\0\3\0\1", b"\0\5\0\0\0", b"\0\6")

SYSLOG = (b"<34>Oct 11 22:14:15 mymachine su: 'su root' failed for lonvick on /dev/pts/8", b"<191>Use the BFG!", b"<0>hello",
          b"<13>Oct  1 22:14:15 myhost prog[77]: text", b"<14>1 2003-10-11T22:14:15.003Z host app 77 - - text",
          b'<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog - ID47 [exampleSDID@32473 iut="3" '
          b'eventID="1011"] An application event log entry...', b"<7> a b", b"<192>x", b"<13>2016-01-01 x", b"hello")


def tlv(tag, *content):
    data = b"".join(content)
    return u8(tag) + (u8(len(data)) if len(data) < 128 else u8(0x82) + u16(len(data))) + data


def integer(value, tag=2):
    size = 1
    while not -(1 << (8 * size - 1)) <= value < 1 << (8 * size - 1):
        size += 1
    return tlv(tag, value.to_bytes(size, "big", signed=True))


def oid(text):
    numbers = [int(part) for part in text.split(".")]
    data = b""
    for value in [numbers[0] * 40 + numbers[1]] + numbers[2:]:
        part = u8(value & 127)
        while value > 127:
            value >>= 7
            part = u8(value & 127 | 128) + part
        data += part
    return tlv(6, data)


def variable(name, value=tlv(5)):
    return tlv(0x30, oid(name), value)


def snmp(kind, variables, version=1, community=b"public", status=(0, 0), ident=0x12345678):
    return tlv(0x30, integer(version), tlv(4, community),
               tlv(kind, integer(ident), *(integer(n) for n in status), tlv(0x30, *variables)))


def snmp_messages():
    """Every type, every kind of value; of version 3 only the version is told."""
    system, up = "1.3.6.1.2.1.1.1.0", "1.3.6.1.2.1.1.3.0"
    answers = [variable(system, tlv(4, b"Linux host")), variable(up, integer(123456, 0x43))]
    values = (oid("1.3.6.1.4.1.8072.3.2.10"), tlv(0x40, bytes((10, 0, 0, 1))), integer(0xfffffff0, 0x41), integer(10 ** 9, 0x42),
              integer(2 ** 63 + 5, 0x46), integer(-5), tlv(5), tlv(0x44, b"opq"), tlv(4, b"\0\1\xff"), tlv(0x80), tlv(0x81), tlv(0x82))
    yield snmp(0xa0, [variable(system)], 0)
    yield snmp(0xa1, [variable(system), variable(up)])
    yield snmp(0xa2, answers + [variable("1.3.6.1.4.1.1.%d" % n, value) for n, value in enumerate(values)], ident=-7)
    yield snmp(0xa3, answers[:1], 0, b"private")
    yield tlv(0x30, integer(0), tlv(4, b"public"), tlv(0xa4, oid("1.3.6.1.4.1.8072.3.2.10"), tlv(0x40, bytes((10, 0, 0, 1))), integer(6),
                                                       integer(17), integer(500, 0x43), tlv(0x30, answers[0])))
    yield snmp(0xa5, [variable(system)], status=(0, 10))
    yield from (snmp(kind, answers) for kind in (0xa6, 0xa7, 0xa8))
    yield snmp(0xa2, [variable(system)], 0, status=(2, 1))
    yield snmp(0xa2, [], 0)
    yield tlv(0x30, integer(3), tlv(0x30, integer(821490644), integer(65507), tlv(4, b"\4"), integer(3)), tlv(4, tlv(0x30)), tlv(0x30))


LYING = (
    (123, (ntp(0x23)[:30], u8(0xe3))),
    (69, (b"\0\5\0\x08no", b"\0\1x", b"\0\1a\0b", b"\0", b"\0\6windowsize\x0064\0x\0", b"\0\1\x1b[2J\x9b\0\7\0")),
    (514, (b"<13>1 x", b"<7> a\x1b[2Jb\n", b"<1234>hello", b"<13", b"<13>", b"<>x")),
    (161, (list(snmp_messages())[2][:60], b"\x30\x82\xff\xff\2\1\0", b"hello", tlv(0x30, integer(1), tlv(4, b"\x1b[2J"), tlv(0xa0, tlv(6, b"\xff" * 30))))),
)


def captures():
    """Names of captures, each with its frames; of those called cut, the first is cut at many lengths."""
    yield "ntp", over_udp(123, ntp_messages())
    yield "cut_ntp", over_udp(123, [ntp(0x23) + u16(0x0204, 16) + bytes(range(12)) + u32(5) + bytes(16)])
    yield "tftp", over_udp(69, TFTP)
    yield "cut_tftp", over_udp(69, TFTP[1:])
    yield "syslog", over_udp(514, SYSLOG)
    yield "cut_syslog", over_udp(514, SYSLOG)
    yield "snmp", over_udp(161, snmp_messages())
    yield "cut_snmp", over_udp(161, list(snmp_messages())[2:])
    yield "lying_route", [frame for port, messages in LYING for frame in over_udp(port, messages)]
