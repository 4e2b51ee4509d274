# SPDX-License-Identifier: BSD-2-Clause
"""merged.py - many captures in few files, so that a program is started once for them all"""
import concurrent.futures
import os
import struct
import subprocess

import captures

HEADER, RECORD = struct.Struct("=IHHiIII"), struct.Struct("=IIII")	# of a pcap file, and of each packet in it
SNAPLEN = 262144
CHOSEN_PORTS = 32768	# from here on systems choose those of clients
GENERATED = (40000, 3000)	# packets, hosts
# What tshark counts as packets: it passes over what is malformed or cut, and counts a datagram with its last fragment.
WHOLE = "not (_ws.malformed or _ws.short or ip.flags.mf == 1 or ip.frag_offset > 0 or ipv6.fraghdr or ipv6.routing)"


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


def speakers(path):
    """Whose conversations tshark could take for those of another capture."""
    names = "ip.src,ipv6.src,tcp.srcport,udp.srcport,ip.dst,ipv6.dst,tcp.dstport,udp.dstport".split(",")
    found = set()
    for line in captures.run(captures.RINGTAIL, "--fields", ",".join(names), "-r", path).stdout.decode().splitlines():
        value = line.split("\t")
        found.update(tuple(end) for end in (value[:4], value[4:])
                     if int("".join(end[2:]).split(",")[0] or 0) >= CHOSEN_PORTS)
        if "".join(value[2:4]):
            found.add(frozenset((tuple(value[:4]), tuple(value[4:]))))
    return found


def strangers(paths):
    """Lists of the captures; in none of them do two have the same speakers."""
    lists = []
    for path in paths:
        here = speakers(path)
        for there, some in lists:
            if not there & here:
                there |= here
                some.append(path)
                break
        else:
            lists.append((here, [path]))
    return [some for _, some in lists]


def copy_of(number, folder):
    """Where in_one() has a capture of its own, as pcapng: captures may have one name."""
    return os.path.join(folder, "%d.pcapng" % number)


def in_one(paths, folder):
    """A pcapng file in folder with all packets of the captures, each with its own link type and options."""
    whole = []
    for number, path in enumerate(paths):		# mergecap stops at a damaged one
        copy = copy_of(number, folder)
        captures.run("editcap", path, copy)
        if os.path.exists(copy):
            whole.append(copy)
    found = os.path.join(folder, "all.pcapng")
    done = captures.run("mergecap", "-a", "-w", found, *whole)
    if done.returncode != 0:
        raise ValueError(done.stderr.decode())
    return found


def whole_in_one(paths, folder):
    """As in_one(), of the packets that tshark counts."""
    found = os.path.join(folder, "whole.pcapng")
    done = captures.run("tshark", "-n", "-r", in_one(paths, folder), "-Y", WHOLE, "-w", found,
                        WIRESHARK_CONFIG_DIR=captures.tshark_configuration().name)
    if done.returncode != 0:
        raise ValueError(done.stderr.decode())
    return found


def generated(folder):
    """A pcap file in folder with conversations of many hosts."""
    found = os.path.join(folder, "generated.pcap")
    with open(found, "wb") as file:
        subprocess.run([os.path.join(captures.BUILD, "tests", "bench", "generate"), *map(str, GENERATED)],
                       stdout=file, check=True)
    return found
