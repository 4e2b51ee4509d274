#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""view.py FILE [FILTER] - how fast the view of a large capture is, and what it takes"""
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
RINGTAIL = os.path.join(ROOT, os.environ.get("BUILD", "build"), "ringtail")
PATIENCE = 120	# seconds


class View:
    def __init__(self, path):
        self.start = time.monotonic()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="vt100", LC_ALL="C.UTF-8")
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
            os.execv(RINGTAIL, [RINGTAIL, "-r", path])

    def until(self, pattern):
        """Milliseconds until what is written has it."""
        begin, text = time.monotonic(), b""
        while time.monotonic() - begin < PATIENCE:
            if select.select([self.fd], [], [], 0.5)[0]:
                text = text[-4096:] + os.read(self.fd, 65536)
                if re.search(pattern, text):
                    return (time.monotonic() - begin) * 1e3
        raise SystemExit("no %s in %d s" % (pattern, PATIENCE))

    def type(self, keys):
        os.write(self.fd, keys)

    def status(self, word):
        with open("/proc/%d/status" % self.pid, encoding="ascii") as file:
            return int(re.search(word + r":\s+(\d+)", file.read()).group(1))

    def cpu(self):
        with open("/proc/%d/stat" % self.pid, encoding="ascii") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")

    def drain(self):
        while select.select([self.fd], [], [], 0.3)[0]:
            os.read(self.fd, 65536)


def main():
    path, expression = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "tcp.dstport == 443"
    view = View(path)
    print("first screen     %8.1f ms" % view.until(rb"Frame 1"))
    view.type(b"j")
    print("key, meanwhile   %8.1f ms" % view.until(rb">"))
    view.until(rb"100%|ok")
    print("index            %8.1f ms" % ((time.monotonic() - view.start) * 1e3))
    view.drain()
    print("memory           %8d KiB" % view.status("VmRSS"))
    view.type(b"G")
    print("to the end       %8.1f ms" % view.until(rb">"))
    view.drain()
    view.type(b"g/" + expression.encode() + b"\r")
    print("filter           %8.1f ms" % view.until(rb"match in"))
    view.drain()
    print("memory           %8d KiB" % view.status("VmRSS"))
    before = view.cpu()
    time.sleep(1)
    print("idle, in 1 s     %8.1f ms of CPU" % (view.cpu() - before))
    os.kill(view.pid, signal.SIGTERM)
    os.waitpid(view.pid, 0)


if __name__ == "__main__":
    main()
