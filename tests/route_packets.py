# SPDX-License-Identifier: BSD-2-Clause
"""route_packets.py - NTP and other small protocols of routers and hosts, for pcaps/ and tests"""
from control_packets import u8, u16, u32
from transport_packets import udp


def ntp(first, stratum=2, refid=bytes((192, 0, 2, 123)), times=(0xd9500000 << 32, 0, 0x10000000ffffffff, 0xe0000000 << 32 | 1)):
    return u8(first, stratum, 6, 0xe9) + u32(0x120, 0x340) + refid + b"".join(u32(t >> 32, t & 0xffffffff) for t in times)


def ntp_messages():
    """Every mode, versions 1 to 4, signatures, extensions, control messages; the last four lie."""
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
    yield ntp(0x23)[:30]
    yield u8(0xe3)


def over_udp(port, messages):
    return [udp(data, ports=(40000, port), back=n % 2 == 1, six=n % 3 == 2) for n, data in enumerate(messages)]


def captures():
    """Names of captures, each with its frames; of those called cut, the first is cut at many lengths."""
    yield "ntp", over_udp(123, ntp_messages())
    yield "cut_ntp", over_udp(123, [ntp(0x23) + u16(0x0204, 16) + bytes(range(12)) + u32(5) + bytes(16)])
