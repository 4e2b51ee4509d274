#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""seeds.py OUT FOLDER... - inputs for fuzz_packet from the captures in FOLDERs; --pcap INPUT makes one of an input

seeds.py --match OUT EXPRESSIONS CAPTURE: inputs for fuzz_match, each expression with a packet.
seeds.py --payloads OUT FUZZER FOLDER: inputs for a fuzzer of one protocol, what its ports carry.

An input that was found to crash becomes a capture: seeds.py --pcap INPUT >pcaps/NAME.pcap
"""
import hashlib
import os
import re
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


def payload(body):
    """(protocol, ports, payload) of an Ethernet frame with UDP or TCP right behind IP; None else."""
    ethertype, at = body[12:14], 14
    if ethertype == b"\x08\0" and len(body) > 34:
        protocol, at = body[23], at + (body[14] & 15) * 4
    elif ethertype == b"\x86\xdd" and len(body) > 54:
        protocol, at = body[20], at + 40
    else:
        return None
    if protocol not in (6, 17) or len(body) < at + 14:
        return None
    ports = struct.unpack("!HH", body[at:at + 4])
    return protocol, ports, body[at + (8 if protocol == 17 else (body[at + 12] >> 4) * 4):]


def save_payloads(out, fuzzer, folder):
    with open(fuzzer, encoding="utf-8") as file:
        carriers = [({"UDP": 17, "TCP": 6}[name], int(port)) for name, port in
                    re.findall(r"{ (UDP|TCP), (\d+) }", file.read())]
    for name in os.listdir(folder):
        if not name.endswith(".pcap"):
            continue
        with open(os.path.join(folder, name), "rb") as file:
            found = [payload(body) for linktype, body in packets(file.read()) if linktype == 1]
        for n, (protocol, ports, data) in enumerate(filter(None, found)):
            for i, (transport, port) in enumerate(carriers):
                if transport == protocol and port in ports and data:
                    save(out, bytes((i, n * 37 % 256, 0)) + data)


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
    if sys.argv[1] == "--payloads":
        save_payloads(*sys.argv[2:5])
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
