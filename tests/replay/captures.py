# SPDX-License-Identifier: BSD-2-Clause
"""captures.py - where the stored captures are, and how the programs that read them are run"""
import contextlib
import functools
import hashlib
import os
import pickle
import shutil
import subprocess
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.path.join(ROOT, os.environ.get("BUILD", "build"))
RINGTAIL = os.path.join(BUILD, "ringtail")
PCAPS = os.path.join(ROOT, "pcaps")
SHARED = os.path.join(os.path.dirname(ROOT), "shared")	# more captures than the project keeps
CORPUS = os.path.join(SHARED, "corpus", "pcap")
ENV = dict(os.environ, TZ="UTC", LC_ALL="C.UTF-8")
ANSWERS = os.path.join(ROOT, "build", "answers")	# of tshark, which takes long: once for all builds of ringtail
ANSWERS_DAYS = 2

# What ringtail decodes. tshark is told to know no more, but for a few that it is to name.
PROTOCOLS = """frame eth ethertype llc vlan ieee8021ad null loop raw sll arp ip ipv6 ipv6.hopopts ipv6.dstopts
ipv6.routing ipv6.fraghdr icmp icmpv6 igmp tcp mptcp udp udplite tls quic dns mdns llmnr ah
http ssh gre erspan vxlan mpls pwach pwethcw pwethnocw pwethheuristic""".split()
ROUTE = "ntp tftp syslog snmp vrrp sctp dccp ssdp ospf".split()
WEB = "http2 resp mqtt pgsql mysql sip rtp rtcp".split()
LINKS = "stp lldp slow lacp marker pppoed pppoes ppp lcp ipcp geneve gtp wg".split()
PROTOCOLS += ["resp", "sip"] + LINKS
NAMES = "dhcp dhcpv6".split()
NAMED = ROUTE + WEB + NAMES + ["data", "esp", "_ws.malformed", "_ws.short"]
ALONE = "ip.defragment:FALSE ipv6.defragment:FALSE tcp.desegment_tcp_streams:FALSE".split()
# Captures of what is found here by its bytes, and how tshark is told to look for it there.
FOUND = {name: ["--enable-heuristic", "rtp_udp"] for name in ("rtp.made.pcap", "cut_rtp.made.pcap")}
TOGETHER = "tcp.reassemble_out_of_order:TRUE http.desegment_body:FALSE".split()
PREFERENCES = """tcp.relative_sequence_numbers:FALSE tcp.analyze_sequence_numbers:FALSE eth.padding:Never eth.fcs:Never
ip.check_checksum:TRUE tcp.check_checksum:TRUE udp.check_checksum:TRUE udp.ignore_ipv6_zero_checksum:FALSE
ip.tso_support:FALSE""".split() + ["sctp.checksum:CRC 32c", "dccp.relative_sequence_numbers:FALSE"]


def captures(folder):
    names = os.listdir(folder) if os.path.isdir(folder) else []
    return [os.path.join(folder, name) for name in sorted(names) if name.endswith((".pcap", ".pcapng"))]


def run(*command, cwd=None, **variables):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL,
                          env=dict(ENV, **variables), cwd=cwd, timeout=60, check=False)


def content(word):
    """What a word of a command stands for: of a path, or KEY:PATH, what is there; else the word."""
    path = word if os.path.exists(word) else word.partition(":")[2]
    if os.path.isdir(path):
        return b"".join(content(os.path.join(path, name)) for name in sorted(os.listdir(path)))
    if not os.path.isfile(path):
        return word.encode()
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).digest()


@functools.lru_cache(maxsize=1)
def answers_folder():
    """Where answers are kept; those that nobody asked for lately go."""
    os.makedirs(ANSWERS, exist_ok=True)
    for entry in os.scandir(ANSWERS):
        with contextlib.suppress(FileNotFoundError):	# another test was quicker
            if entry.stat().st_mtime < time.time() - ANSWERS_DAYS * 86400:
                os.unlink(entry.path)
    return ANSWERS


def answer(*command, **variables):
    """As run(), of a program that says the same of the same files: it is asked once."""
    program = shutil.which(command[0])
    if not program:
        return run(*command, **variables)
    status = os.stat(program)
    key = hashlib.sha256(b"%d %d" % (status.st_size, status.st_mtime_ns))
    for word in command + tuple(word for pair in sorted(variables.items()) for word in pair):
        key.update(b"\0" + content(word))
    path = os.path.join(answers_folder(), key.hexdigest())
    try:
        with open(path, "rb") as file:
            done = pickle.load(file)
        os.utime(path)
    except (OSError, EOFError, pickle.UnpicklingError):
        done = run(*command, **variables)
        if done.returncode < 0:		# killed: that says nothing of the files
            return done
        with tempfile.NamedTemporaryFile(dir=answers_folder(), delete=False) as file:
            pickle.dump(done, file)
        os.replace(file.name, path)
    return done


@functools.lru_cache(maxsize=1)
def tshark_configuration():
    """A folder that tells tshark which protocols to leave alone; it goes with the program."""
    folder = tempfile.TemporaryDirectory()
    known = [line.split("\t")[2] for line in answer("tshark", "-G", "protocols").stdout.decode().splitlines()]
    with open(os.path.join(folder.name, "disabled_protos"), "w", encoding="utf-8") as file:
        file.write("".join(name + "\n" for name in known if name not in PROTOCOLS + NAMED))
    return folder


def tshark(path, fields, occurrence="f", together=False):
    """A dictionary for each packet of the file at path: field name -> its value as text, the first; with
    occurrence "a" all values, with commas between them. Each packet is decoded alone; together: with what
    it completes.
    """
    command = ["tshark", "-n"] + FOUND.get(os.path.basename(path), []) + ["-r", path, "-T", "fields", "-E", "occurrence=" + occurrence]
    for preference in PREFERENCES + (TOGETHER if together else ALONE):
        command += ["-o", preference]
    for field in fields:
        command += ["-e", field]
    done = answer(*command, WIRESHARK_CONFIG_DIR=tshark_configuration().name)
    if b"aren't valid" in done.stderr:
        raise ValueError(done.stderr.decode())
    lines = done.stdout.decode("utf-8", "backslashreplace").split("\n")
    return [dict(zip(fields, line.split("\t"))) for line in lines if line]


def report(fact, wrong):
    """Prints the fact's line, what is wrong before it; returns whether something is."""
    for line in wrong[:100]:
        print("# " + line)
    print("%s - %s" % ("not ok" if wrong else "ok", fact))
    return bool(wrong)
