# SPDX-License-Identifier: BSD-2-Clause
"""merged.py - many captures in few files, so that a program is started once for them all"""
import concurrent.futures
import os
import struct

import captures

HEADER, RECORD = struct.Struct("=IHHiIII"), struct.Struct("=IIII")	# of a pcap file, and of each packet in it
SNAPLEN = 262144


def as_pcap(path):
    """The capture as tcpdump reads it, up to where it is damaged; of pcapng, only where all interfaces are alike."""
    return captures.run("tcpdump", "-r", path, "-w", "-").stdout


def by_link(paths, folder):
    """For each link type of the captures a pcap file in folder with all their packets: its path, and of each
    packet the capture and the number there.
    """
    # TFTP's servers answer from any port, and HTTP/2 lasts as long as its connection: tshark would see them
    # in later packets of the same addresses.
    paths = sorted(paths, key=lambda path: "tftp" in path or "http2" in path)
    texts, origins = {}, {}
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for path, text in zip(paths, pool.map(as_pcap, paths)):
            if len(text) < HEADER.size:
                continue
            magic, major, minor, zone, _, _, link = HEADER.unpack_from(text)
            begin = HEADER.pack(magic, major, minor, zone, 0, SNAPLEN, link)
            texts.setdefault(link, [begin]).append(text[HEADER.size:])
            at, number = HEADER.size, 1
            while at < len(text):
                origins.setdefault(link, []).append((path, number))
                at += RECORD.size + RECORD.unpack_from(text, at)[2]
                number += 1
    files = []
    for link, pieces in texts.items():
        files.append((os.path.join(folder, "%d.pcap" % link), origins.get(link, [])))
        with open(files[-1][0], "wb") as file:
            file.write(b"".join(pieces))
    return files
