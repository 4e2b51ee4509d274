# SPDX-License-Identifier: BSD-2-Clause
"""link_packets.py - what switches say to each other: the captures of spanning trees, LLDP and link aggregation

m is the module that has the builders of what carries them, pcaps/make.py.
"""
import struct

BRIDGES = bytes.fromhex("0180c2000000")
BRIDGE, ROOT = bytes.fromhex("8001020000000001"), bytes.fromhex("1000020000000009")


def llc(m, payload, header=bytes.fromhex("424203")):
    payload = header + payload
    return BRIDGES + m.NEAR + struct.pack("!H", len(payload)) + payload


def bpdu(version, kind, flags, tail=b""):
    return (struct.pack("!HBBB", 0, version, kind, flags) + ROOT + struct.pack("!I", 20000) + BRIDGE + b"\x80\x02" +
            struct.pack("!HHHH", 256, 20 * 256, 2 * 256, 15 * 256) + tail)


def region(instances):
    text = struct.pack("!HB", 64 + 16 * instances, 0) + b"region".ljust(32, b"\0") + struct.pack("!H", 1) + bytes(range(16))
    text += struct.pack("!I", 200) + bytes.fromhex("8000020000000007") + b"\x14"
    return b"\0" + text + (b"\x7c" + bytes.fromhex("8001020000000005") + struct.pack("!IBBB", 10, 0x80, 0x80, 19)) * instances


def trees(m):
    yield llc(m, bpdu(0, 0, 0x81)) + bytes(8)
    yield llc(m, struct.pack("!HBB", 0, 0, 0x80)) + bytes(39)
    yield llc(m, bpdu(2, 2, 0x7e, b"\0"))
    yield llc(m, bpdu(3, 2, 0x7c, region(0)))
    yield llc(m, bpdu(3, 2, 0x7d, region(2)))
    yield llc(m, bpdu(0, 0, 0) + b"\0" + struct.pack("!HHH", 0, 2, 100), bytes.fromhex("aaaa0300000c010b"))
    yield llc(m, bpdu(2, 2, 0x3c, b"\0") + struct.pack("!HHH", 0, 2, 100), bytes.fromhex("aaaa0300000c010b"))


def tlv(kind, value):
    return struct.pack("!H", kind << 9 | len(value)) + value


def of_organisation(oui, subtype, value):
    return tlv(127, bytes.fromhex(oui) + bytes([subtype]) + value)


def lldp(m, *tlvs):
    return m.ether(0x88cc, b"".join(tlvs) + b"\0\0")


def lldps(m):
    one, three, media = "0080c2", "00120f", "0012bb"
    life = tlv(3, struct.pack("!H", 120))
    yield lldp(m, tlv(1, b"\4" + m.NEAR), tlv(2, b"\5eth0"), life, tlv(4, b"uplink"), tlv(5, b"switch1"), tlv(6, b"a switch"),
               tlv(7, b"\0\x1c\0\x14"), tlv(8, b"\5\1" + m.NEAR4 + b"\2\0\0\0\7\0"),
               tlv(8, b"\x11\2" + m.NEAR6 + b"\3\0\0\0\7\0"), of_organisation(one, 1, b"\0\5"),
               of_organisation(one, 2, b"\6\0\7"), of_organisation(one, 3, b"\0\x64\4data"),
               of_organisation(one, 4, b"\2\x88\x8e"), of_organisation(one, 7, b"\3\0\0\0\1"),
               of_organisation(three, 1, b"\3\x6c\x01\0\x1e"), of_organisation(three, 2, b"\7\1\4"),
               of_organisation(three, 3, b"\3\0\0\0\1"), of_organisation(three, 4, b"\x05\xf2"),
               of_organisation(three, 5, struct.pack("!HHHHH", 1, 2, 3, 4, 5)), of_organisation(media, 1, b"\0\x3f\1"),
               of_organisation("00aabb", 1, b"xyz"), tlv(9, b"abc")) + bytes(4)
    yield lldp(m, tlv(1, b"\5\1" + m.NEAR4), tlv(2, b"\4\1" + m.NEAR4), tlv(3, b"\0\0"))
    yield lldp(m, tlv(1, b"\7chassis"), tlv(2, b"\3" + m.NEAR), life)
    yield lldp(m, tlv(1, b"\5\2" + m.NEAR6), tlv(2, b"\7\x31"), life)


def information(kind, state):
    return struct.pack("!BBH6sHHHB3x", kind, 20, 32768, b"\2\0\0\0\0\1", 17, 255, 3, state)


def slows(m):
    collector = struct.pack("!BBH12x", 3, 16, 32768)
    yield m.ether(0x8809, b"\1\1" + information(1, 0x3d) + information(2, 0xc7) + collector + bytes(52))
    yield m.ether(0x8809, b"\2\1" + struct.pack("!BBH6sIH", 1, 16, 3, m.NEAR, 77, 0) + bytes(92))
    yield m.ether(0x8809, b"\2\1" + struct.pack("!BBH6sIH", 2, 16, 3, m.NEAR, 77, 0) + bytes(92))
    yield m.ether(0x8809, b"\3" + bytes(45))


def discovery(m, code, session, *tags, length=None):
    payload = b"".join(struct.pack("!HH", kind, len(value)) + value for kind, value in tags)
    return m.ether(0x8863, struct.pack("!BBHH", 0x11, code, session, len(payload) if length is None else length) + payload)


def session(m, payload, length=None):
    return m.ether(0x8864, struct.pack("!BBHH", 0x11, 0, 17, len(payload) if length is None else length) + payload)


def control(protocol, code, rest, length=None):
    return struct.pack("!HBBH", protocol, code, 1, 4 + len(rest) if length is None else length) + rest


def pppoes(m):
    four = m.ip4(17, m.udp(b"hello"))
    yield discovery(m, 9, 0, (0x101, b""), (0x103, b"\1\2\3\4"))
    yield discovery(m, 7, 0, (0x102, b"concentrator"), (0x101, b"service"), (0x104, b"cookie"), (0x120, b"\5\xdc"))
    yield discovery(m, 0x19, 0, (0x101, b""), (0x110, b"\0\1\2"))
    yield discovery(m, 0x65, 17, (0x101, b""))
    yield discovery(m, 0xa7, 17, (0x203, b"bye"))
    yield session(m, control(0xc021, 1, b"\1\4\5\xd4\5\6\1\2\3\4\3\4\xc0\x23\2\6\0\0\0\0"))
    yield session(m, control(0xc021, 9, b"\1\2\3\4"))
    yield session(m, control(0xc021, 8, b"\x80\x57abc"))
    yield session(m, control(0xc021, 5, b"bye"))
    yield session(m, control(0x8021, 1, b"\3\6\xc0\0\2\1\x81\6\0\0\0\0\x83\6\0\0\0\0"))
    yield session(m, control(0x8021, 2, b"\2\6\0\x2d\x0f\1"))
    yield session(m, b"\0\x21" + four) + bytes(4)
    yield session(m, b"\x21" + four)
    yield session(m, b"\0\x57" + m.ip6(59, b""))


def lying(m):
    yield discovery(m, 9, 0, (0x101, b""), length=900)
    yield m.ether(0x8863, struct.pack("!BBHH", 0x11, 7, 0, 8) + struct.pack("!HH", 0x102, 200) + b"name")
    yield discovery(m, 7, 0, (0x102, b"\x1b]0;title\x07"))
    yield session(m, control(0xc021, 1, b"\5\0abc"))
    yield session(m, control(0xc021, 1, b"\5\6\1\2", length=2))
    yield session(m, control(0x8021, 77, b"\3"))
    yield session(m, b"\0")
    yield session(m, b"")

    yield llc(m, b"\0\1" + bpdu(0, 0, 0)[2:])
    yield llc(m, bpdu(0, 0, 0)[:20])
    yield llc(m, bpdu(3, 2, 0x7c, region(2)[:50]))
    yield llc(m, bpdu(9, 9, 0))
    yield lldp(m, tlv(1, b"\4" + m.NEAR), struct.pack("!H", 2 << 9 | 300) + b"\5eth0")
    yield lldp(m, tlv(1, b"\7chassis"), tlv(2, b"\7\x31"), tlv(3, b"\0\x78"), tlv(5, b"\x1b]0;title\x07"))
    yield m.ether(0x88cc, tlv(1, b"") + tlv(2, b"") + tlv(8, b"\xff\1") + tlv(127, b"\0\x80"))
    yield m.ether(0x8809, b"\1\1" + b"\1\0" + b"\2\xff" + bytes(40))
    yield m.ether(0x8809, b"\2\1\1")
    yield m.ether(0x8809, b"")


def captures():
    """name, packets; of a name that begins with cut_ one packet, to be cut"""
    import make
    yield "spanning_tree", list(trees(make))
    yield "lldp", list(lldps(make))
    yield "link_aggregation", list(slows(make))
    yield "pppoe", list(pppoes(make))
    yield "cut_pppoe_discovery", [list(pppoes(make))[1]]
    yield "cut_pppoe_session", [list(pppoes(make))[5]]
    yield "lying_switches", list(lying(make))
    yield "cut_spanning_tree", [llc(make, bpdu(3, 2, 0x7d, region(2)))]
    yield "cut_lldp", [next(lldps(make))]
    yield "cut_link_aggregation", [next(slows(make))]
