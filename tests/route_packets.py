# SPDX-License-Identifier: BSD-2-Clause
"""route_packets.py - NTP, SNMP and other small protocols of routers and hosts, for pcaps/ and tests"""
from control_packets import checksum, ethernet, ipv4, ipv6, u8, u16, u32, v4, v6
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


def vrrp(vrid, prio, addresses, version=2, auth=0, data=bytes(8), wrong=0, count=None, kind=1):
    """An advertisement; of version 3 over IPv6 where its addresses are."""
    six = version == 3 and ":" in addresses[0]
    src, dst = ("fe80::1", "ff02::12") if six else ("192.0.2.1", "224.0.0.18")
    head = u8(version << 4 | kind, vrid, prio, len(addresses) if count is None else count)
    head += u8(auth, 1) if version == 2 else u16(100)
    body = (v6 if six else v4)(*addresses) + (data if version == 2 else b"")
    pseudo = b"" if version == 2 else (v6(src, dst) + u32(8 + len(body), 112) if six else v4(src, dst) + u16(112, 8 + len(body)))
    message = head + u16(checksum(pseudo + head + u16(0) + body) ^ wrong) + body
    return ethernet(ipv6(112, message, src=src, dst=dst) if six else ipv4(112, message, src=src, dst=dst, ttl=255))


def vrrp_messages():
    one, two, six = ["192.0.2.254"], ["192.0.2.254", "192.0.2.253"], ["fe80::1", "2001:db8::1"]
    yield vrrp(51, 200, one)
    yield vrrp(51, 255, two, auth=1, data=b"secret\0\0")
    yield vrrp(51, 0, one, auth=2, data=bytes(range(8)))
    yield vrrp(51, 100, one, wrong=1)
    yield vrrp(7, 200, two, 3)
    yield vrrp(7, 200, two, 3, wrong=3)
    yield vrrp(9, 150, six, 3)


def crc32c(data):
    crc = 0xffffffff
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82f63b78 if crc & 1 else 0)
    return u32(int.from_bytes(u32(crc ^ 0xffffffff), "little"))


def chunk(kind, value=b"", flags=0, length=None):
    return u8(kind, flags) + u16(4 + len(value) if length is None else length) + value + bytes(-len(value) % 4)


def parameter(kind, value=b"", length=None):
    return u16(kind, 4 + len(value) if length is None else length) + value + bytes(-len(value) % 4)


def sctp(*chunks, back=False, six=False, tag=0x12345678, wrong=0):
    ports = u16(5001, 40000) if back else u16(40000, 5001)
    data = b"".join(chunks)
    crc = crc32c(ports + u32(tag) + bytes(4) + data)
    data = ports + u32(tag) + u8(crc[0] ^ wrong) + crc[1:] + data
    return ethernet((ipv6 if six else ipv4)(132, data))


def sctp_messages():
    """A handshake with every parameter, data, gaps, every other chunk; the last with a wrong checksum."""
    init = u32(0xdeadbeef, 106496) + u16(10, 65535) + u32(1000)
    yield sctp(chunk(1, init + parameter(5, v4("192.0.2.1")) + parameter(6, v6("2001:db8::1")) + parameter(9, u32(7)) +
                     parameter(12, u16(5, 6)) + parameter(0x8000) + parameter(0xc000) + parameter(0x8008, u8(0xc1, 0x80)) +
                     parameter(0xc006, u32(9))), tag=0)
    yield sctp(chunk(2, init + parameter(7, bytes(range(40))) + parameter(11, b"host.example.org\0") + parameter(0x8002, bytes(32)) +
                     parameter(0x8003, u8(0xc0, 0x80)) + parameter(0x8004, u16(3, 1))), back=True)
    yield sctp(chunk(10, bytes(range(40))))
    yield sctp(chunk(11), back=True)
    yield sctp(chunk(0, u32(1000) + u16(1, 0) + u32(46) + b"hello world", 3))
    yield sctp(chunk(3, u32(1000, 106000) + u16(0, 0)), back=True)
    yield sctp(chunk(3, u32(1000, 106000) + u16(2, 1) + u16(2, 3, 5, 5) + u32(999)), six=True)
    yield sctp(chunk(4, parameter(1, bytes(range(24)))))
    yield sctp(chunk(5, parameter(1, bytes(range(24)))), back=True)
    yield sctp(chunk(9, u16(1, 8, 7, 0) + u16(3, 8) + u32(90) + u16(4, 4)))
    yield sctp(chunk(6, u16(12, 8) + b"done"), chunk(6, b"", 1))
    yield sctp(chunk(7, u32(1003)))
    yield sctp(chunk(8), back=True)
    yield sctp(chunk(14, b"", 1))
    yield sctp(chunk(12, u32(1001)), chunk(13, u32(1001)), chunk(0x3f, b"abc"))
    yield sctp(chunk(7, u32(1003)), wrong=1)


def ospf2(kind, body, auth=0, proof=bytes(8), version=2, length=None):
    head = u8(version, kind) + u16(24 + len(body) if length is None else length) + v4("10.0.0.1", "0.0.0.0")
    value = checksum(head + u16(0, auth) + body)
    return ethernet(ipv4(89, head + u16(value, auth) + proof + body, src="192.0.2.1", dst="224.0.0.5"))


def ospf3(kind, body):
    head = u8(3, kind) + u16(16 + len(body)) + v4("10.0.0.1", "0.0.0.1")
    value = checksum(v6("fe80::1", "ff02::5") + u32(16 + len(body), 89) + head + u16(0, 0) + body)
    return ethernet(ipv6(89, head + u16(value, 0) + body, src="fe80::1", dst="ff02::5"))


def ospf_messages():
    """Every type of both versions, every proof of who sent it."""
    ends = v4("10.0.0.1", "10.0.0.2", "10.0.0.5", "10.0.0.6")
    hello = v4("255.255.255.0") + u16(10) + u8(2, 1) + u32(40)
    lsa2 = u16(3600) + u8(2, 1) + v4("10.0.0.1", "10.0.0.1") + u32(0x80000001) + u16(0x1234, 36)
    lsa3 = u16(1, 0x2001) + v4("0.0.0.7", "10.0.0.1") + u32(0x80000001) + u16(0x1234, 36)
    yield ospf2(1, hello + ends)
    yield ospf2(1, hello + ends[:8], 1, b"secret\0\0")
    yield ospf2(1, hello + ends[:8], 2, u16(0) + u8(7, 16) + u32(99))
    yield ospf2(2, u16(1500) + u8(0x42, 7) + u32(99) + lsa2 * 2)
    yield ospf2(3, u32(1) + v4("10.0.0.1", "10.0.0.1"))
    yield ospf2(5, lsa2 * 2)
    yield ospf3(1, u32(5, 0x01000013) + u16(10, 40) + ends)
    yield ospf3(2, u32(0x13) + u16(1500, 7) + u32(99) + lsa3 * 2)
    yield ospf3(5, lsa3 * 2)
    yield ospf2(4, u32(1) + lsa2 + bytes(16))
    yield ospf3(4, u32(1) + lsa3 + bytes(16))


SSDP = (b"M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: \"ssdp:discover\"\r\nMX: 2\r\nST: ssdp:all\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=1800\r\nLOCATION: http://192.0.2.9:80/d.xml\r\nST: upnp:rootdevice\r\n\r\n",
        b"NOTIFY * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nNT: upnp:rootdevice\r\nNTS: ssdp:alive\r\n\r\n")


def dccp(kind, middle=b"", options=b"", data=b"", short=False, back=False, six=False, offset=None, cover=0, wrong=0):
    """middle: what the type has behind the sequence number."""
    ports = u16(5001, 40000) if back else u16(40000, 5001)
    number = u8(kind << 1) + u32(1000)[1:] if short else u8(kind << 1 | 1, 0) + u16(0) + u32(1000)
    options += bytes(-len(options) % 4)
    size = 8 + len(number + middle + options)
    head = ports + u8(size // 4 if offset is None else offset, 0x30 | cover)
    rest = number + middle + options + data
    covered = rest[:size - 8 + 4 * (cover - 1)] if cover else rest
    ends = (v6("fe80::1", "fe80::2") if six else v4("10.0.0.1", "10.0.0.2")) + u32(8 + len(rest), 33)
    value = checksum(ends + head + u16(0) + covered) ^ wrong
    return ethernet((ipv6 if six else ipv4)(33, head + u16(value) + rest))


def dccp_messages():
    """A call with every type and option, both lengths of sequence numbers; the last with a wrong checksum."""
    def option(kind, *value):
        return u8(kind, 2 + len(b"".join(value))) + b"".join(value)
    ack, service = u32(0, 999), b"VOIP"
    yield dccp(0, service, option(32, u8(1, 3, 2)) + option(34, u8(6, 1)) + option(41, u32(77)))
    yield dccp(1, ack + service, option(33, u8(1, 3)) + option(35, u8(6, 1)) + option(36, bytes(range(9))) +
               option(42, u32(77), u16(9)), back=True)
    yield dccp(3, ack, option(37, u8(5)) + option(37, u8(1, 2, 3)) + option(42, u32(77)) + option(42, u32(77), u32(9)))
    yield dccp(2, data=b"voice", short=True)
    yield dccp(4, u32(999), option(38, u8(0x45, 0xc2)) + option(43, u16(5)) + option(43, u32(6)), b"voice", short=True, back=True)
    yield dccp(3, u32(999), option(39, u8(1)) + option(40, u8(0x91)) + option(44, u32(0xdeadbeef)), short=True, six=True)
    yield dccp(4, ack, u8(1, 2, 3, 31) + option(45, b"ab") + option(192, u32(100)) + option(193, bytes(range(10))) +
               option(194, u32(200)) + option(130, b"x"), b"voice", cover=1)
    yield dccp(5, ack)
    yield dccp(6, ack, back=True)
    yield dccp(7, ack + u8(11, 1, 2, 3))
    yield dccp(8, ack, back=True, six=True)
    yield dccp(9, ack)
    yield dccp(12, b"")
    yield dccp(2, data=b"voice", short=True, wrong=1)


LYING = (
    (123, (ntp(0x23)[:30], u8(0xe3))),
    (69, (b"\0\5\0\x08no", b"\0\1x", b"\0\1a\0b", b"\0", b"\0\6windowsize\x0064\0x\0", b"\0\1\x1b[2J\x9b\0\7\0")),
    (514, (b"<13>1 x", b"<7> a\x1b[2Jb\n", b"<1234>hello", b"<13", b"<13>", b"<>x")),
    (161, (list(snmp_messages())[2][:60], b"\x30\x82\xff\xff\2\1\0", b"hello", tlv(0x30, integer(1), tlv(4, b"\x1b[2J"), tlv(0xa0, tlv(6, b"\xff" * 30))))),
)


LYING_FRAMES = [
    ospf2(1, bytes(20), version=9), ospf2(1, bytes(20), length=900), ospf2(4, u32(9) + bytes(30)), ospf2(9, b"abcd"),
    ospf2(1, b"", length=3),
    vrrp(51, 200, ["192.0.2.254"], count=9), vrrp(51, 200, ["192.0.2.254"], 4), vrrp(51, 200, ["192.0.2.254"], kind=2),
    sctp(chunk(7, u32(1), length=300)), sctp(chunk(7, u32(1), length=3)), sctp(chunk(1, bytes(16) + parameter(7, b"ab", 900))),
    dccp(0, b"VOIP", offset=2), dccp(2, data=b"ab", offset=9), dccp(0, b"VOIP", u8(32, 1, 9, 9)), dccp(0, b"VOIP", u8(41, 40)),
    dccp(3, b""), dccp(0, b"VOIP", u8(41, 3, 1)), dccp(2, data=b"voice", cover=9), dccp(0, b"VOIP", bytes(200)),
    sctp(chunk(3, u32(1, 2) + u16(900, 900) + u32(4))), sctp(u8(0, 3)), sctp(chunk(0, u32(1))), sctp(*[chunk(11)] * 30),
]


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
    yield "vrrp", list(vrrp_messages())
    yield "cut_vrrp", list(vrrp_messages())[1:]
    yield "sctp", list(sctp_messages())
    yield "cut_sctp", list(sctp_messages())
    yield "dccp", list(dccp_messages())
    yield "cut_dccp", list(dccp_messages())[1:]
    yield "ssdp", over_udp(1900, SSDP)
    yield "cut_ssdp", over_udp(1900, SSDP)
    yield "ospf", list(ospf_messages())
    yield "cut_ospf", list(ospf_messages())
    yield "lying_route", LYING_FRAMES + [frame for port, messages in LYING for frame in over_udp(port, messages)]
