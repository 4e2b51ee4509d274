# SPDX-License-Identifier: BSD-2-Clause
"""tunnel_packets.py - packets in packets: the captures of tunnels, by name

m is the module that has the builders of what carries them and is in them, pcaps/make.py.
"""
import struct


# By a frame's addresses whose maker it knows tshark tells it from a control word.
KNOWN_MAKER = bytes.fromhex("001b21000002001b21000001")


def internet_checksum(data):
    data += b"\0" * (len(data) % 2)
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


def gre(proto, payload, key=None, seq=None, ack=None, checksum=False, route=b"", version=0):
    """Of version 1 the key is the call's, and the length of the payload is in it too."""
    flags = version | (0x8000 if checksum else 0) | (0x4000 if route else 0) | (0x2000 if key is not None else 0) | \
        (0x1000 if seq is not None else 0) | (0x80 if ack is not None else 0)
    if version == 1 and key is not None:
        key |= len(payload) << 16
    rest = b"".join(struct.pack("!I", n) for n in (key, seq, ack) if n is not None)
    summed = struct.pack("!HH", 0, 0) if checksum or route else b""
    head = struct.pack("!HH", flags, proto)
    if checksum:
        summed = struct.pack("!HH", internet_checksum(head + summed + rest + route + payload), 0)
    return head + summed + rest + route + payload


def label(value, bottom, ttl=64, exp=0):
    return struct.pack("!I", value << 12 | exp << 9 | bottom << 8 | ttl)


def vxlan(vni, payload, flags=0x0800, group=0):
    return struct.pack("!HHI", flags, group, vni << 8) + payload


def erspan2(payload, vlan=100, session=5, cos=3, index=77):
    return struct.pack("!HHI", 1 << 12 | vlan, cos << 13 | 3 << 11 | session, index) + payload


def erspan3(payload, sub=b"", frame_type=0):
    return struct.pack("!HHIHH", 2 << 12 | 100, 3 << 13 | 6, 0x12345678, 99,
                       0x8000 | frame_type << 10 | 7 << 4 | 8 | 2 << 1 | (1 if sub else 0)) + sub + payload


def gres(m):
    four, six = m.ip4(17, m.udp(b"hello")), m.ip6(59, b"")
    frame = m.ether(0x0800, four)
    route = struct.pack("!HBB", 0x0800, 4, 8) + m.NEAR4 + m.FAR4
    for payload in (gre(0x0800, four), gre(0x86dd, six), gre(0x0800, four, key=0x28), gre(0x0800, four, seq=7),
                    gre(0x0800, four, key=0xdeadbeef, seq=7, checksum=True), gre(0x6558, frame, key=0x123456),
                    gre(0x0800, four, route=route + bytes(4)),
                    gre(0x8847, label(16, 1) + four), gre(0x88b5, b"an experiment"), gre(0x0800, m.ip4(47, gre(0x0800, four))),
                    gre(0, b"", key=1), gre(0x88be, frame), gre(0x88be, erspan2(frame), seq=1),
                    gre(0x22eb, erspan3(frame), seq=2), gre(0x22eb, erspan3(frame, bytes(8)), seq=3)):
        yield m.ether(0x0800, m.ip4(47, payload))
    yield m.ether(0x86dd, m.ip6(47, gre(0x0800, four, key=5)))


def mplses(m):
    four, six = m.ip4(17, m.udp(b"hello")), m.ip6(59, b"")
    frame = KNOWN_MAKER + b"\x08\0" + four
    for payload in (label(16000, 1, 126) + four, label(16000, 1, 1, 5) + six,
                    label(18, 0, 254) + label(16, 0, 253, 3) + label(17, 1, 255) + four, label(0, 1) + four,
                    label(2, 1) + six, label(3, 1) + four, label(16, 1) + b"\0\0\0\5" + frame, label(16, 1) + frame,
                    label(1, 0) + label(16, 1) + b"\0\0\0\0" + frame, label(13, 1, 1) + b"\x10\0\0\x21" + four):
        yield m.ether(0x8847, payload)
    yield m.ether(0x8848, label(16, 1) + four)


def vxlans(m):
    four = m.ip4(17, m.udp(b"hello"))
    frame = m.ether(0x0800, four)
    tagged = m.ether(0x8100, b"\0\5\x08\0" + four)
    for payload in (vxlan(100, frame), vxlan(0xffffff, tagged), vxlan(100, m.ether(0x86dd, m.ip6(59, b""))),
                    vxlan(0, frame, 0), vxlan(100, frame, 0x8848, 300),
                    vxlan(100, m.ether(0x0800, m.ip4(17, m.udp(vxlan(200, frame), destination=4789))))):
        yield m.ether(0x0800, m.ip4(17, m.udp(payload, source=50000, destination=4789)))


def geneve(proto, payload, options=b"", flags=0, vni=5, version=0):
    return struct.pack("!BBHI", version << 6 | len(options) // 4, flags, proto, vni << 8) + options + payload


def gtp(message, payload, flags=0x30, teid=77, length=None):
    return struct.pack("!BBHI", flags, message, len(payload) if length is None else length, teid) + payload


def over_udp(m, port, payload):
    return m.ether(0x0800, m.ip4(17, m.udp(payload, source=50000, destination=port)))


def geneves(m):
    four = m.ip4(17, m.udp(b"hello"))
    frame = m.ether(0x0800, four)
    options = b"\1\2\x83\1abcd" + b"\1\3\1\2" + bytes(8)
    for payload in (geneve(0x6558, frame), geneve(0x6558, frame, options, 0x40), geneve(0x0800, four, flags=0x80),
                    geneve(0x86dd, m.ip6(59, b""), vni=0xabcdef), geneve(0x88b5, b"an experiment")):
        yield over_udp(m, 6081, payload)


def gtps(m):
    four = m.ip4(17, m.udp(b"hello"))
    down, up, number, port = b"\1\0\x09\0", b"\1\x10\x09\0", b"\1\0\7\0", b"\1\x10\x68\0"
    for payload in (gtp(255, four), gtp(255, m.ip6(59, b"")), gtp(255, b"\0\0\0\x85" + down + four, 0x34),
                    gtp(255, b"\0\0\0\x85" + up + four, 0x34), gtp(255, b"\0\x08\0\xc0" + number + four, 0x36),
                    gtp(255, b"\0\x08\5\x40" + port[:3] + b"\xc0" + number + four, 0x37),
                    gtp(1, b"\0\x09\0\0", 0x32, 0), gtp(254, b"")):
        yield over_udp(m, 2152, payload)


def wireguards(m):
    for kind, length in ((1, 144), (2, 88), (3, 60), (4, 44), (4, 28)):
        yield over_udp(m, 51820, bytes((kind, 0, 0, 0)) + bytes(range(length)))
        if kind < 4:
            yield over_udp(m, 40000, bytes((kind, 0, 0, 0)) + bytes(range(length)))


def ip_in_ip(m):
    four, six = m.ip4(17, m.udp(b"hello")), m.ip6(17, b"\4\0\0\7\0\x0d\0\0hello")
    tcp = m.ip4(6, m.tcp(b"hello"))
    yield m.ether(0x0800, m.ip4(4, four))
    yield m.ether(0x0800, m.ip4(4, tcp))
    yield m.ether(0x0800, m.ip4(41, six))
    yield m.ether(0x86dd, m.ip6(4, four))
    yield m.ether(0x86dd, m.ip6(41, six))
    yield m.ether(0x86dd, m.ip6(4, m.ip4(4, m.ip4(41, six))))


def deep(m):
    """More packets in packets than are decoded."""
    packet = m.ip4(17, m.udp(b"hello"))
    for _ in range(30):
        packet = m.ip4(4, packet)
    return m.ether(0x0800, packet)


def lying(m):
    four = m.ip4(17, m.udp(b"hello"))
    frame = m.ether(0x0800, four)
    for payload in (gre(0x0800, four, version=2), gre(0x0800, gre(0x0800, b"")), gre(0x0800, b"", key=1)[:-2], gre(0x0800, four, route=b"\0\1\0\xff"),
                    gre(0x88be, b"\x50" + erspan2(frame)[1:], seq=1), gre(0x22eb, erspan3(b"", bytes(4)), seq=1)):
        yield m.ether(0x0800, m.ip4(47, payload))
    for payload in (label(16, 0), label(16, 0) * 40, label(16, 1) + four[:20], label(16, 1) + b"\0\0"):
        yield m.ether(0x8847, payload)
    for payload in (vxlan(1, b""), vxlan(1, frame[:13]), vxlan(1, frame)[:7]):
        yield m.ether(0x0800, m.ip4(17, m.udp(payload, destination=4789)))
    four = m.ip4(17, m.udp(b"hello"))
    for payload in (geneve(0x0800, four, version=1), geneve(0x0800, b"", bytes(16))[:12], geneve(0x0800, b""),
                    geneve(0x0800, four, b"\1\2\3\x1f")):
        yield over_udp(m, 6081, payload)
    for payload in (gtp(255, four, 0x50), gtp(255, four, length=900), gtp(255, b"\0\0\0\x85\xff\0\0\0", 0x34),
                    gtp(255, b"\0\0\0\x85\0\0\0\0", 0x34), gtp(200, b"what")):
        yield over_udp(m, 2152, payload)
    for payload in (b"\1\0\0\0" + bytes(100), b"\4\0\0\0" + bytes(29), b"\7\0\0\0" + bytes(60)):
        yield over_udp(m, 51820, payload)
    yield deep(m)


def damaged(m):
    four = m.ip4(17, m.udp(b"hello"))
    frame = m.ether(0x0800, four)
    yield "gre", m.ether(0x0800, m.ip4(47, gre(0x6558, frame, key=5, seq=6, checksum=True)))
    yield "erspan", m.ether(0x0800, m.ip4(47, gre(0x22eb, erspan3(frame, bytes(8)), seq=6)))
    yield "mpls", m.ether(0x8847, label(16, 0) + label(17, 1) + b"\0\0\0\7" + KNOWN_MAKER + frame[12:])
    yield "vxlan", m.ether(0x0800, m.ip4(17, m.udp(vxlan(5, frame), destination=4789)))


def more_damaged(m):
    four = m.ip4(17, m.udp(b"hello"))
    yield "geneve", over_udp(m, 6081, geneve(0x0800, four, b"\1\2\x83\1abcd"))
    yield "gtp", over_udp(m, 2152, gtp(255, b"\0\x08\5\x85" + b"\1\0\x09\0" + four, 0x37))
    yield "wireguard", over_udp(m, 51820, b"\2\0\0\0" + bytes(range(88)))


def captures():
    """name, packets; of a name that begins with cut_ one packet, to be cut"""
    import make
    yield "gre", list(gres(make))
    yield "mpls", list(mplses(make))
    yield "vxlan_forms", list(vxlans(make))
    yield "ip_in_ip", list(ip_in_ip(make))
    yield "geneve", list(geneves(make))
    yield "gtp", list(gtps(make))
    yield "wireguard", list(wireguards(make))
    yield "lying_tunnels", list(lying(make))
    for name, packet in list(damaged(make)) + list(more_damaged(make)):
        yield "cut_" + name, [packet]
