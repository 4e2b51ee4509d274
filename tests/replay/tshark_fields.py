#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""tshark_fields.py - the fields of the protocols' tables have tshark's names and values

Over pcaps/ with the installed tshark, in one file for each link type; over the corpus with what tshark said of it, by oracle.py there.
"""
# timeout: 300
import concurrent.futures
import json
import os
import shutil
import sys
import tempfile

import captures
import merged

FIELDS = """frame.number frame.time_epoch frame.len frame.cap_len
eth.dst eth.src eth.type eth.len vlan.id vlan.priority vlan.dei vlan.etype llc.dsap llc.ssap
arp.hw.type arp.proto.type arp.opcode arp.src.hw_mac arp.src.proto_ipv4 arp.dst.hw_mac arp.dst.proto_ipv4
ip.version ip.hdr_len ip.dsfield ip.dsfield.dscp ip.dsfield.ecn ip.len ip.id ip.flags.rb ip.flags.df ip.flags.mf
ip.frag_offset ip.ttl ip.proto ip.checksum ip.checksum.status ip.src ip.dst
ipv6.version ipv6.tclass ipv6.flow ipv6.plen ipv6.nxt ipv6.hlim ipv6.src ipv6.dst
ipv6.fraghdr.nxt ipv6.fraghdr.offset ipv6.fraghdr.more ipv6.fraghdr.ident
tcp.srcport tcp.dstport tcp.seq_raw tcp.ack_raw tcp.hdr_len tcp.flags tcp.flags.ae tcp.flags.cwr tcp.flags.ece
tcp.flags.urg tcp.flags.ack tcp.flags.push tcp.flags.reset tcp.flags.syn tcp.flags.fin tcp.window_size_value
tcp.checksum tcp.checksum.status tcp.urgent_pointer tcp.options.mss_val tcp.options.wscale.shift
tcp.options.timestamp.tsval tcp.options.timestamp.tsecr tcp.options.sack_le tcp.options.sack_re
udp.srcport udp.dstport udp.length udp.checksum udp.checksum.status
icmp.type icmp.code icmp.checksum icmp.checksum.status icmp.ident icmp.seq icmp.mtu
icmpv6.type icmpv6.code icmpv6.checksum icmpv6.checksum.status icmpv6.echo.identifier icmpv6.echo.sequence_number
icmpv6.nd.ns.target_address icmpv6.nd.na.target_address icmpv6.mtu
igmp.type igmp.maddr
dns.id dns.flags dns.flags.response dns.flags.opcode dns.flags.truncated dns.flags.recdesired
dns.count.queries dns.count.answers dns.count.auth_rr dns.count.add_rr
dns.qry.name dns.qry.type dns.qry.class""".split()
TOLD_APART = ["frame.protocols", "_ws.malformed", "_ws.short"]
LEAST = 99.9	# percent
# Captures of which tshark has a lawful view of its own.
NOT_COMPARED = {
    "damaged_length.made.pcap": "taken for a pcap of another kind because of the length",
    "sections.made.pcapng": "an unknown block counts as a packet there",
    "lying.made.pcap": "where a header lies, tshark stops later or earlier",
    "dns_segments.made.pcap": "each packet is decoded alone here: fields_vs_tshark.py puts segments together",
    "segments_end.made.pcap": "the same",
}

# Captures of whose packets the stored values know less, and how ours ends where they do. What is behind that is
# compared by fields_vs_tshark.py.
STORED_SHORT = {
    "ppp__MplsPackets.pcap": "ethertype==0x8847,data",
    "ppp__sip_reqs.pcap": "ethertype==0x8864,data",	# PPP over Ethernet
    "sv__llmnr_llmnr-tcp_input.pcap": "tcp.port==5355,data",	# DNS on a port where tshark looks for none
}


def number(text):
    """One spelling of a number: tshark's changes with its version between hexadecimal and decimal."""
    try:
        return str(int(text, 0))
    except ValueError:
        return text.replace("True", "1").replace("False", "0")


def ours(path, fields):
    done = captures.run(os.path.join(captures.BUILD, "tests", "fields"), path, *fields)
    lines = done.stdout.decode("utf-8", "backslashreplace").split("\n")[1:]
    return [dict(zip(fields, line.split("\t"))) for line in lines if line]


def told_apart(packet):
    """Are there two views of the packet? Quotations, tunnels and damage are shown in tshark's own way;
    an 802.1ad tag is a protocol of its own there, and UDP-Lite none.
    """
    layers = packet["frame.protocols"].split(":")
    return packet["_ws.malformed"] or packet["_ws.short"] or layers.count("ip") + layers.count("ipv6") > 1 or \
        "ieee8021ad" in layers or "udplite" in layers or packet["ip.hdr_len"] not in ("", "20")


def compared():
    return [path for path in captures.captures(captures.PCAPS) if os.path.basename(path) not in NOT_COMPARED]


def compare(path, origins):
    agree, wrong = 0, []
    packets, mine = captures.tshark(path, FIELDS + TOLD_APART), ours(path, FIELDS)
    if not len(packets) == len(mine) == len(origins):
        wrong.append("%s: tshark sees %d packets, ringtail %d of %d" %
                     (os.path.basename(path), len(packets), len(mine), len(origins)))
    for origin, theirs, mine in zip(origins, packets, mine):
        for field in FIELDS:
            a, b = number(theirs[field]), number(mine[field])
            if told_apart(theirs) or (a == "" and b == ""):
                continue
            if a == b:
                agree += 1
            else:
                wrong.append("%s packet %d: %s is %r, tshark says %r" %
                             (os.path.basename(origin[0]), origin[1], field, b, a))
    return agree, wrong


def corpus_differences():
    """What oracle.py says of our tables of the whole corpus, core tier."""
    sys.path.insert(0, os.path.join(captures.SHARED, "oracle"))
    import oracle
    import tsv
    expect = os.path.join(captures.SHARED, "corpus", "expect")
    agree, total, wrong = 0, 0, []
    with tempfile.TemporaryDirectory() as folder:
        for path in captures.captures(captures.CORPUS):
            name = os.path.basename(path)
            words = ["--decode-as", STORED_SHORT[name]] if name in STORED_SHORT else []
            table = os.path.join(folder, name + ".tsv")
            done = captures.run(os.path.join(captures.BUILD, "tests", "fields"), *words, path, *tsv.FIELDS)
            with open(table, "wb") as file:
                file.write(done.stdout)
            result = oracle.compare(os.path.join(expect, name + ".tsv"), table, show=3)
            for counts in result["fields"]["core"].values():
                agree, total = agree + counts["agree"], total + counts["of"]
            if result["diffs"]:
                wrong.append("%s: %s" % (name, json.dumps(result["diffs"])))
    return agree, total, wrong


def main():
    if not shutil.which("tshark") or not shutil.which("tcpdump"):
        print("skip - fields are tshark's: tshark or tcpdump is not installed")
        return 0
    captures.tshark_configuration()
    agree, wrong = 0, []
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool, tempfile.TemporaryDirectory() as folder:
        for count, found in pool.map(compare, *zip(*merged.by_link(compared(), folder))):
            agree, wrong = agree + count, wrong + found
    failed = captures.report("pcaps: %d values of %d fields are tshark's" % (agree, len(FIELDS)), wrong)
    if not os.path.isdir(captures.CORPUS):
        print("skip - fields are tshark's on the corpus: there is no %s" % captures.CORPUS)
        return 1 if failed else 0
    agree, total, wrong = corpus_differences()
    for line in wrong:
        print("# " + line)
    share = 100.0 * agree / total
    failed |= captures.report("corpus: %d of %d values are tshark's, %.1f %% must be" % (agree, total, LEAST),
                              ["only %.3f %%" % share] if share < LEAST else [])
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
