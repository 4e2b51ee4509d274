#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""seeds.py OUT FOLDER... - inputs for fuzz_packet from the captures in FOLDERs; --pcap INPUT makes one of an input

seeds.py --match OUT EXPRESSIONS CAPTURE: inputs for fuzz_match, each expression with a packet.

An input that was found to crash becomes a capture: seeds.py --pcap INPUT >pcaps/NAME.pcap
"""
import hashlib
import os
import struct
import sys

LINKTYPES = (1, 0, 101, 108, 113, 228, 229, 276)	# the order of fuzz_packet.c


def packets(data):
    """(link type, bytes) of each packet of a little-endian pcap."""
    if data[:4] not in (b"\xd4\xc3\xb2\xa1", b"\x4d\x3c\xb2\xa1"):
        return
    linktype = struct.unpack("<I", data[20:24])[0]
    at = 24
    while at + 16 <= len(data):
        length = struct.unpack("<I", data[at + 8:at + 12])[0]
        yield linktype, data[at + 16:at + 16 + length]
        at += 16 + length


def save(folder, data):
    with open(os.path.join(folder, hashlib.sha1(data).hexdigest()), "wb") as file:
        file.write(data)


def main():
    if sys.argv[1] == "--pcap":
        with open(sys.argv[2], "rb") as file:
            data = file.read()
        if data[0] & 1:
            sys.stdout.buffer.write(data[1:])
            return
        body = data[4:]
        sys.stdout.buffer.write(struct.pack("<IHHIIII", 0xa1b2c3d4, 2, 4, 0, 0, 262144, LINKTYPES[data[1] % 8]) +
                                struct.pack("<IIII", 1, 0, len(body), len(body) + 1000 * (data[2] & 1)) + body)
        return
    if sys.argv[1] == "--match":
        with open(sys.argv[4], "rb") as file:
            body = next(packets(file.read()))[1]
        with open(sys.argv[3], "rb") as file:
            for line in file.read().splitlines():
                save(sys.argv[2], line + b"\0" + body)
        return
    for folder in sys.argv[2:]:
        for name in os.listdir(folder):
            if not name.endswith((".pcap", ".pcapng")):
                continue
            with open(os.path.join(folder, name), "rb") as file:
                data = file.read()
            if len(data) < 16000:
                save(sys.argv[1], b"\x01" + data)
            for n, (linktype, body) in enumerate(packets(data)):
                if linktype in LINKTYPES and len(body) < 2000:
                    save(sys.argv[1], bytes((0, LINKTYPES.index(linktype), 0, n * 37 % 256)) + body)


if __name__ == "__main__":
    main()
