#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""fields_vs_tshark.py [--show] - all values of all fields that tshark knows too are tshark's

Over pcaps/ and the corpus, each field of --list-fields, all its values in a packet. fields_differences.txt
names the fields with other values, why, and in which captures; --show prints all differences. tshark is started for
several captures at once, where it cannot take conversations of one for those of another.
"""
# timeout: 300
import collections
import concurrent.futures
import difflib
import os
import shutil
import sys
import tempfile

import captures
import merged

LEAST = 99.5	# percent of the values, the listed fields counted too
DIFFERENCES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "fields_differences.txt")
TOLD_APART = ["frame.protocols", "_ws.malformed", "_ws.short", "frame.len", "frame.cap_len"]
# Captures of which tshark has a lawful view of its own.
NOT_COMPARED = ("damaged_length.made.pcap", "sections.made.pcapng", "lying.made.pcap", "tcpdump__ipv4_tcp_http_xml_tso.pcap",
                "segments_end.made.pcap",
                "told.made.pcapng",	# tshark shows a journal entry as a packet
                "sv__llmnr_llmnr-tcp_input.pcap",	# DNS on a port where tshark looks for none
                "sv__sip-tcp-method_sip-tcp.pcap")	# told to mind the order, tshark shows a request before its end
# Fields that are not compared in a capture.
SEALED = {"quic.pcap": ("tls.", "frame.protocols")}	# of what is sealed, only what a client asks for is told
LAYERS_MAX = 20		# tshark goes no deeper into tags
KNOWN = frozenset("""eth ethertype llc vlan ieee8021ad sll null raw arp ip ipv6 ipv6.hopopts ipv6.dstopts ipv6.routing
ipv6.fraghdr icmp icmpv6 igmp tcp mptcp udp dns mdns llmnr ah data
http ssh gre erspan vxlan mpls pwach pwethcw pwethnocw pwethheuristic tls quic""".split() + captures.ROUTE + captures.WEB + captures.NAMES + captures.LINKS)


def is_compared(path):
    name = os.path.basename(path)
    return name not in NOT_COMPARED and not name.startswith("lying_")


def stands_alone(path):
    return os.path.basename(path) in captures.FOUND or os.path.basename(path) in SEALED


def listed():
    """Of each field: the captures in which it differs for the reason that is given; none: in any."""
    places = {}
    with open(DIFFERENCES, encoding="utf-8") as file:
        for line in file:
            if line.strip() and not line.startswith("#"):
                field, _, *names = line.rstrip("\n").split("\t")
                places[field] = names[0].split(" ") if names else []
    return places


def is_listed(difference, places):
    name, _, text = difference
    return name in places and (not places[name] or text.split(" ")[0] in places[name])


def fields():
    ours = [line.split("\t")[0] for line in captures.run(captures.RINGTAIL, "--list-fields").stdout.decode().splitlines()]
    known = {line.split("\t")[2] for line in captures.run("tshark", "-G", "fields").stdout.decode().splitlines()
             if line.startswith("F\t")}
    return [name for name in ours if name in known]


def values(name, text):
    """A field of no bytes is one that is missing; so is, in pcapng, the name of an interface that has none."""
    missing = ("<MISSING>", "<none>") + (("unknown",) if name == "frame.interface_name" else ())
    return [value for value in text.split(",") if value not in missing] if text else []


def well_formed(packet):
    """Do both see the same protocols in it? Damage, and what is quoted in or carried by a second header of
    the same kind, are shown in tshark's own way; of a fragment that was cut tshark shows nothing.
    """
    layers = packet["frame.protocols"].split(":")
    if "ipv6.fraghdr" in layers[-2:] and packet["frame.cap_len"] != packet["frame.len"]:
        return False
    return not packet["_ws.malformed"] and not packet["_ws.short"] and KNOWN.issuperset(layers) and \
        "ieee8021ad" not in layers and len([name for name in layers if name != "ethertype"]) < LAYERS_MAX


def guessed(theirs, mine):
    """Of a cut packet, only what is before the cut can prove what it is: then the two may see another
    highest protocol, or one of them none.
    """
    a, b = (packet["frame.protocols"].split(":") for packet in (theirs, mine))
    return theirs["frame.cap_len"] != theirs["frame.len"] and a != b and \
        len(os.path.commonprefix([a, b])) >= max(len(a), len(b)) - 1


def ours(path, names):
    done = captures.run(captures.RINGTAIL, "--fields", ",".join(names), "-r", path)
    lines = done.stdout.decode("utf-8", "backslashreplace").split("\n")
    return [dict(zip(names, line.split("\t"))) for line in lines if line]


def origins(paths, folder):
    """Of each packet of the captures in one file the capture and its number there."""
    copies = [merged.copy_of(number, folder) for number in range(len(paths))]
    counts = captures.run("capinfos", "-T", "-r", "-c", "-M", *copies).stdout.decode().splitlines()
    return [(path, number + 1) for path, line in zip(paths, counts) for number in range(int(line.split("\t")[1]))]


def ask(paths, names):
    """Where each packet is from, tshark's values, and ringtail's."""
    asked = names + [name for name in TOLD_APART if name not in names]
    mine = names if "frame.protocols" in names else names + ["frame.protocols"]
    if len(paths) == 1:
        theirs = captures.tshark(paths[0], asked, "a", True)
        return [(paths[0], n + 1) for n in range(len(theirs))], theirs, ours(paths[0], mine)
    with tempfile.TemporaryDirectory() as folder:
        path = merged.in_one(paths, folder)
        return origins(paths, folder), captures.tshark(path, asked, "a", True), ours(path, mine)


def compare(paths, names):
    agree, wrong = collections.Counter(), []
    names = [name for name in names if not name.startswith(SEALED.get(os.path.basename(paths[0]), "?"))]
    for (path, number), theirs, mine in zip(*ask(paths, names)):
        if not well_formed(theirs) or guessed(theirs, mine):
            continue
        for name in names:
            a, b = theirs[name], mine[name]
            if a == b:
                if a:
                    agree[name] += len(values(name, a))
                continue
            a, b = values(name, a), values(name, b)
            same = sum(block.size for block in difflib.SequenceMatcher(None, a, b, False).get_matching_blocks())
            agree[name] += same
            if a == b:
                continue
            wrong.append((name, max(len(a), len(b)) - same, "%s packet %d: %s is %r, tshark says %r" % (
                os.path.basename(path), number, name, mine[name][:120], theirs[name][:120])))
    return agree, wrong


def superfluous(places, wrong, here):
    """What is listed and does not differ, of captures that are here: the corpus may be missing."""
    differ = {(name, text.split(" ")[0]) for name, _, text in wrong}
    anywhere = {name for name, _ in differ}
    return [name for name in places if not places[name] and name not in anywhere] + \
        [name + " in " + place for name in places for place in places[name]
         if place in here and (name, place) not in differ]


def main():
    if not shutil.which("tshark") or not shutil.which("mergecap"):
        print("skip - the values of --fields are tshark's: tshark or mergecap is not installed")
        return 0
    captures.tshark_configuration()
    names, places = fields(), listed()
    paths = [path for folder in (captures.PCAPS, captures.CORPUS) for path in captures.captures(folder)
             if is_compared(path)]
    lists = merged.strangers([path for path in paths if not stands_alone(path)]) + \
        [[path] for path in paths if stands_alone(path)]
    agree, wrong = collections.Counter(), []
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for counts, found in pool.map(lambda some: compare(some, names), lists):
            agree, wrong = agree + counts, wrong + found
    right, off = sum(agree.values()), sum(count for _, count, _ in wrong)
    share = 100.0 * right / (right + off)
    rest = sum(count for name, count in agree.items() if name not in places)
    unlisted = [difference[2] for difference in wrong if not is_listed(difference, places)]
    if "--show" in sys.argv:
        for difference in wrong:
            print(is_listed(difference, places), difference[2])
    failed = captures.report("%d of %d values of %d fields are tshark's, %.2f %%; %.1f %% must be" %
                             (right, right + off, len(agree), share, LEAST), [] if share >= LEAST else ["too few"])
    print("# of fields without a known difference: %d values" % rest)
    failed |= captures.report("each difference is of a field that is listed with a reason", unlisted)
    failed |= captures.report("each field that is listed has a difference, in each capture that is named",
                              superfluous(places, wrong, {os.path.basename(path) for path in paths}))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
