# SPDX-License-Identifier: BSD-2-Clause
"""track_packets.py - what spans packets, for pcaps/ and tests: fragments in any order, messages over segments"""
from control_packets import ethernet, ipv4, ipv6, u8, u16, u32
from transport_packets import tcp, udp

MORE = 0x2000


def question(ident, name):
    labels = b"".join(u8(len(label)) + label for label in name.split(b"."))
    message = u16(ident, 0x0100, 1, 0, 0, 0) + labels + b"\0" + u16(1, 1)
    return u16(len(message)) + message


def parts(frame, six, ident, *ranges):
    """Fragments of the datagram in frame: its bytes [from, to)."""
    payload = frame[14 + (40 if six else 20):]
    for first, last in ranges:
        more, piece = last < len(payload), payload[first:last]
        if six:
            head = u8(17, 0) + u16(first | more) + u32(ident)
            yield ethernet(ipv6(44, head + piece))
        else:
            yield ethernet(ipv4(17, piece, ident=ident, flags=first // 8 | (MORE if more else 0)))


def turned(frame):
    return frame[:-4] + b"\xff" * 4


def fragments():
    """Backwards, twice, overlapping, overlapping with other bytes, within the first, too long, never whole."""
    for six in (False, True):
        frame = udp(bytes(range(72)), six=six)
        yield from parts(frame, six, 1, (64, 80), (32, 64), (0, 32))
        yield from parts(frame, six, 2, (0, 32), (0, 32), (32, 80))
        yield from parts(frame, six, 3, (0, 48), (32, 64), (56, 80))
        first, second, third = parts(frame, six, 4, (0, 48), (40, 64), (64, 80))
        yield from (first, turned(second), third)
        first, second = parts(frame, six, 5, (0, 48), (24, 80))
        within = ethernet(ipv6(44, u8(17, 0) + u16(24) + u32(5) + b"teardrop") if six else
                          ipv4(17, b"teardrop", ident=5, flags=3))
        yield from (first, within, second)
        yield from parts(frame, six, 6, (0, 32), (40, 80))
    yield ethernet(ipv4(17, bytes(16), ident=7, flags=0x1fff))
    yield ethernet(ipv6(44, u8(17, 0) + u16(0xfff8) + u32(7) + bytes(16)))


def over_tcp(cuts, port, start=1000, last="P."):
    """Segments of two questions: their bytes [from, to)."""
    stream = question(0x1234, b"example.com") + question(0x1235, b"www.there.org")
    for first, end in cuts:
        yield tcp(last if end == len(stream) else ".", start + first, 1, stream[first:end], ports=(port, 53))


def segments():
    """In order, not in order, with the next behind it, both at once, twice."""
    yield from over_tcp(((0, 10), (10, 20), (20, 31), (31, 64)), 40001)
    yield from over_tcp(((0, 10), (20, 31), (10, 20), (31, 64)), 40002)
    yield from over_tcp(((0, 1), (1, 40), (40, 64)), 40003)
    yield from over_tcp(((0, 64),), 40004)
    yield from over_tcp(((0, 20), (0, 20), (15, 31), (31, 64)), 40005)


def ends():
    """Across the end of the numbers; a message that FIN cuts off, one that SYN forgets."""
    yield from over_tcp(((0, 20), (20, 64)), 40006, start=0xfffffff0)
    yield from over_tcp(((0, 31), (31, 50)), 40007)
    yield tcp("F.", 1050, 1, ports=(40007, 53))
    yield from over_tcp(((0, 20),), 40008)
    yield tcp("S", 5000, 0, ports=(40008, 53))


def captures():
    """Names of captures, each with its frames; of those called cut, the first is cut at many lengths."""
    yield "fragments_overlap", list(fragments())
    yield "dns_segments", list(segments())
    yield "segments_end", list(ends())
    yield "cut_segments", [next(over_tcp(((0, 31),), 40001))]
