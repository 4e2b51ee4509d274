# SPDX-License-Identifier: BSD-2-Clause
"""netns.py - what the live tests share: network namespaces, senders, a running ringtail, results

A test is a function; its name is the fact that it proves. It fails by an exception.
"""
import ctypes
import os
import re
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
import traceback

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
RINGTAIL = os.path.join(ROOT, os.environ.get("BUILD", "build"), "ringtail")
CLONE_NEWNET = 0x40000000
SO_RCVBUFFORCE = 33
ETH_P_ALL = 3
LIBC = ctypes.CDLL(None, use_errno=True)
os.environ["SSH_CONNECTION"] = ""	# none: that of who runs the tests is warned of
SANITIZED = bool(os.environ.get("SANITIZED"))
SLOW = 3 if SANITIZED else 1


# The namespace that this process began in, held open.
HOME_FD = os.open("/proc/self/ns/net", os.O_RDONLY | os.O_CLOEXEC)
HOME = "/proc/self/fd/%d" % HOME_FD


def sh(command):
    subprocess.run(command.split(), check=True, stdout=subprocess.DEVNULL)


def setns(path):
    with open(path, "rb") as file:
        if LIBC.setns(file.fileno(), CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), path)


def state_of(ns, interface):
    """As ip(8) says it: UP, DOWN, ..."""
    said = subprocess.run(["ip", "-n", ns, "-o", "link", "show", "dev", interface], stdout=subprocess.PIPE, text=True,
                          check=True).stdout
    return re.search(r" state (\w+) ", said).group(1)


def set_up(*ends):
    """Set the ends of a veth pair up, (namespace, interface) each, and wait until they send: a link that has just got
    its carrier drops all, without an error, until a work queue of the kernel has told its state.
    """
    for ns, interface in ends:
        sh(f"ip -n {ns} link set dev {interface} arp off up")
    for ns, interface in ends:
        wait_until(lambda ns=ns, interface=interface: state_of(ns, interface) == "UP", interface + " is up")


class Skip(Exception):
    """Raised by a test that cannot run here, with the reason."""


class Network:
    """A veth pair, "a" and "b", each in a namespace of its own; silent but for what is sent."""

    def __enter__(self):
        self.a, self.b = ("rt%s%d" % (end, os.getpid()) for end in "ab")
        try:
            self.build()
        except Exception:
            self.__exit__()
            raise
        return self

    def build(self):
        for ns in (self.a, self.b):
            sh("ip netns add " + ns)
            sh(f"ip netns exec {ns} sysctl -qw net.ipv6.conf.all.disable_ipv6=1"
               " net.ipv6.conf.default.disable_ipv6=1")
            sh(f"ip -n {ns} link set dev lo up")
        self.plug()

    def plug(self, one="a", other="b"):
        """A veth pair, one end in either namespace."""
        sh(f"ip -n {self.a} link add name {one} type veth peer name {other} netns {self.b}")
        set_up((self.a, one), (self.b, other))

    def __exit__(self, *_):
        for ns in (self.a, self.b):
            subprocess.run(["ip", "netns", "del", ns], check=False)

    def socket(self, *args, ns=None):
        """A socket in namespace ns (default: a's)."""
        setns("/run/netns/" + (ns or self.a))
        try:
            return socket.socket(*args)
        finally:
            setns(HOME)

    def sender(self, interface="a", ns=None):
        s = self.socket(socket.AF_PACKET, socket.SOCK_RAW, 0, ns=ns)
        s.bind((interface, 0))
        return s

    def witness(self, interface="b", ns=None):
        """A socket that gets what comes in there, with room for 10,000 small frames."""
        s = self.socket(socket.AF_PACKET, socket.SOCK_RAW, 0, ns=ns or self.b)
        s.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 10 << 20)
        s.settimeout(10 * SLOW)
        s.bind((interface, ETH_P_ALL))
        return s


def sees(witness, count):
    """Wait until it has got so many frames: then all have. What is still queued when an interface goes away is lost."""
    for _ in range(count):
        witness.recv(65536)


def udp_frame(number, size=60, tags=b"", port=9):
    """An Ethernet frame of size bytes, tags not counted, with number in its payload."""
    payload = struct.pack("!I", number) + bytes(max(0, size - 46))
    udp = struct.pack("!HHHH", 1024, port, 8 + len(payload), 0) + payload
    head = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(udp), number & 0xffff, 0, 64, 17, 0,
                       b"\x0a\0\0\1", b"\x0a\0\0\2")
    total = sum(struct.unpack("!10H", head))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    head = head[:10] + struct.pack("!H", total ^ 0xffff) + head[12:]
    return b"\2\0\0\0\0\x99\2\0\0\0\0\1" + tags + b"\x08\0" + head + udp


def number_of(frame):
    """What udp_frame() was called with, by the last IPv4 header's payload."""
    at = frame.index(b"\x0a\0\0\1\x0a\0\0\2") + 8 + 8
    return struct.unpack_from("!I", frame, at)[0]


def send(sock, count, first=0, rate=0, **how):
    """count frames, numbered from first on, at most rate a second (0: no pause)."""
    begin = time.monotonic()
    for i in range(count):
        sock.send(udp_frame(first + i, **how))
        if rate and i % 32 == 31:
            time.sleep(max(0, begin + i / rate - time.monotonic()))


def wait_until(holds, fact, seconds=10):
    end = time.monotonic() + seconds * SLOW
    while not holds():
        assert time.monotonic() < end, "not so: " + fact
        time.sleep(0.01)


def is_quick(seconds, takes):
    """Does what takes() does and measures take less? Others may have the machine for so long: one of five tries counts."""
    for _ in range(5):
        if (last := takes()) < seconds:
            return
    raise AssertionError("it takes %.1f s, not %.1f" % (last, seconds))


def children(pid):
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
        return [int(word) for word in file.read().split()]


def is_full(pipe):
    """Would who writes into the pipe, of which this is the end to read from, have to wait?"""
    end = os.open(f"/proc/self/fd/{pipe}", os.O_WRONLY | os.O_NONBLOCK)
    try:
        return not select.select([], [end], [], 0)[1]
    finally:
        os.close(end)


class Running:
    """A ringtail in a namespace; ready when it says that it listens."""

    def __init__(self, ns, *args, stdout=subprocess.DEVNULL, prefix=(), wait=True,
                 binary=RINGTAIL):
        # Its end of the file is its own: what is read here must not move it.
        self.errors = tempfile.NamedTemporaryFile("r")
        errors = os.open(self.errors.name, os.O_WRONLY | os.O_APPEND)
        self.process = subprocess.Popen(
            ["ip", "netns", "exec", ns, *prefix, binary, *args],
            stdin=subprocess.DEVNULL, stdout=stdout, stderr=errors)
        os.close(errors)
        self.pid = self.process.pid
        if wait:
            self.wait_for("listening on")

    def text(self):
        self.errors.seek(0)
        return self.errors.read()

    def wait_for(self, words, seconds=5):
        end = time.monotonic() + seconds * SLOW
        while words not in self.text():
            if self.process.poll() is not None and words not in self.text():
                raise AssertionError("ended with %d: %s" % (self.process.returncode, self.text()))
            if time.monotonic() > end:
                raise AssertionError("no '%s' in: %s" % (words, self.text()))
            time.sleep(0.01)

    def viewer(self):
        """The pid of its child."""
        return children(self.pid)[0]

    def captured(self):
        """What it says that it has captured so far; -1 where it has not said anything yet."""
        self.kill(signal.SIGUSR1)
        time.sleep(0.02)
        said = re.findall(r"^ringtail: (\d+) packets? captured, ", self.text(), re.M)
        return int(said[-1]) if said else -1

    def kill(self, number=signal.SIGTERM):
        self.process.send_signal(number)

    def wait(self, seconds=20):
        try:
            return self.process.wait(seconds * SLOW)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError("did not end: " + self.text())

    def stop(self, number=signal.SIGTERM, seconds=20):
        """End it by a signal. Returns its counts."""
        self.kill(number)
        status = self.wait(seconds)
        assert status == 0, "status %d: %s" % (status, self.text())
        return self.counts()

    def counts(self):
        text = self.text()
        assert "do not add up" not in text, text
        assert "Sanitizer" not in text, text
        return counts_in(text)


WORDS = {
    "captured": "captured$", "received": "received by filter", "dropped": "dropped by kernel",
    "doubled": "seen twice on lo", "direction": "of the other direction",
    "filtered": "refused by the filter", "late": "after the end", "skipped": "skipped by the viewer",
    "unwritten": "captured, but not written",
}


def counts_in(text):
    found = {}
    for name, words in WORDS.items():
        m = re.findall(r"^(\d+) packets? " + words, text, re.M)
        found[name] = int(m[-1]) if m else 0
    assert re.search("^\\d+ packets? captured$", text, re.M), "no counts: " + text
    return found


class Packet:
    def __init__(self, sec, fraction, wire, data):
        self.sec, self.fraction, self.wire, self.data = sec, fraction, wire, data


def read_pcap(path):
    """The link type and the whole packets of a pcap file of this machine's byte order."""
    with open(path, "rb") as file:
        data = file.read()
    magic, *_, linktype = struct.unpack_from("=IHHiIII", data)
    assert magic in (0xa1b2c3d4, 0xa1b23c4d), hex(magic)
    at, packets = 24, []
    while at + 16 <= len(data):
        sec, fraction, cap, wire = struct.unpack_from("=IIII", data, at)
        if at + 16 + cap > len(data):
            break
        packets.append(Packet(sec, fraction, wire, data[at + 16:at + 16 + cap]))
        at += 16 + cap
    return linktype, packets


def numbers_in(path):
    return [number_of(p.data) for p in read_pcap(path)[1]]


class Folder:
    """A directory in memory that goes away; with size (KiB) a file system of its own."""

    def __init__(self, size=0):
        self.size = size

    def __enter__(self):
        base = "/dev/shm" if os.path.isdir("/dev/shm") else None
        self.path = tempfile.mkdtemp(prefix="rt", dir=base)
        if self.size:
            sh(f"mount -t tmpfs -o size={self.size}k none {self.path}")
        return self.path

    def __exit__(self, *_):
        if self.size:
            subprocess.run(["umount", "-l", self.path], check=False)
        shutil.rmtree(self.path, ignore_errors=True)


def why_not():
    """Why no live test can run here; None where they can."""
    if os.geteuid() != 0:
        return "needs root"
    if not shutil.which("ip"):
        return "needs ip of iproute2"
    if subprocess.run(["unshare", "-n", "true"], capture_output=True).returncode:
        return "no network namespaces here"
    return None


def main(tests):
    """Run the tests (functions of a Network), or those that the command line names, and exit."""
    failed = False
    why = why_not()
    unknown = set(sys.argv[1:]) - {test.__name__ for test in tests}
    if unknown:
        sys.exit("no such tests: " + ", ".join(sorted(unknown)))
    for test in [test for test in tests if test.__name__ in sys.argv[1:] or not sys.argv[1:]]:
        fact = test.__name__.replace("_", " ")
        if why:
            print(f"skip - {fact}: {why}", flush=True)
            continue
        try:
            with Network() as network:
                test(network)
            print(f"ok - {fact}", flush=True)
        except Skip as reason:
            print(f"skip - {fact}: {reason}", flush=True)
        except Exception:
            failed = True
            print(f"not ok - {fact}", flush=True)
            traceback.print_exc(file=sys.stdout)
    sys.exit(1 if failed else 0)
