#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""tmux.py - the view in a real terminal multiplexer: three sizes, each drawn whole, and left as it was found"""
import os
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
RINGTAIL = os.path.abspath(os.environ.get("RINGTAIL", os.path.join(ROOT, "build/ringtail")))
PATIENCE = 20	# seconds, for what comes in a few milliseconds


class Tmux:
    """A server of its own, which ends with its session."""

    def __init__(self, folder, width, height):
        self.socket = os.path.join(folder, "%dx%d" % (width, height))
        self.run("-f", "/dev/null", "new-session", "-d", "-x", str(width), "-y", str(height), "sh")
        self.run("set-option", "-g", "status", "off")
        self.run("resize-window", "-x", str(width), "-y", str(height))

    def run(self, *args):
        return subprocess.run(["tmux", "-u", "-S", self.socket, *args], capture_output=True, text=True,
                              check=True).stdout

    def type(self, text):
        self.run("send-keys", "-l", text)

    def screen(self):
        return [line.rstrip() for line in self.run("capture-pane", "-p").split("\n")[:-1]]

    def until(self, fits):
        end = time.monotonic() + PATIENCE
        while not fits(lines := self.screen()):
            if time.monotonic() > end:
                raise AssertionError("\n".join(lines))
            time.sleep(0.02)
        return lines

    def close(self):
        subprocess.run(["tmux", "-S", self.socket, "kill-server"], capture_output=True, check=False)


def check(folder, width, height):
    tmux = Tmux(folder, width, height)
    try:
        tmux.type("%s --utc -r pcaps/dns.pcap; echo status $?\n" % RINGTAIL)
        lines = tmux.until(lambda seen: len(seen) == height and "?Help" in seen[-1] and "index 100%" in seen[0])
        if (width, height) == (80, 24):
            with open("tests/screens/list_80x24.txt", encoding="utf-8") as file:
                assert lines == file.read().split("\n")[:-1], "\n".join(lines)
        assert lines[3].startswith(">     1") and "qqqq" not in "".join(lines), "\n".join(lines)
        tmux.type("G")
        tmux.until(lambda seen: any(line.startswith(">    68") for line in seen))
        tmux.type("?")
        tmux.until(lambda seen: "Help: packets" in seen[0] and "close" in "".join(seen[-2:]))
        tmux.type("x")
        tmux.type("q")
        lines = tmux.until(lambda seen: any(line == "status 0" for line in seen))
        assert not any("Detail" in line for line in lines), "\n".join(lines)
    finally:
        tmux.close()


def main():
    if not shutil.which("tmux"):
        print("skip - tmux shows the view: there is no tmux")
        return 0
    os.environ.update(LC_ALL="C.UTF-8", XDG_CONFIG_HOME="/dev/null", XDG_STATE_HOME="/dev/null")
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for width, height in ((80, 24), (120, 40), (200, 50)):
            try:
                check(folder, width, height)
                print("ok - tmux of %d by %d shows the view" % (width, height))
            except (AssertionError, subprocess.CalledProcessError) as e:
                print("not ok - tmux of %d by %d shows the view\n%s" % (width, height, e))
                failed = 1
    return failed


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())
