#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""colours.py - coloured output is the plain one with escapes of ours between, and only where it is wanted

Over all captures: a file for each link type, where tcpdump is there to gather them.
"""
# timeout: 300
import concurrent.futures
import os
import pty
import re
import shutil
import subprocess
import sys
import tempfile

import captures
import merged

FORMS = ([], ["-e", "-vv"], ["-X"], ["-V"], ["-V", "-x", "-v", "-#", "-tttt"])
ESCAPE = re.compile(rb"\033\[(?:0|1|2|36|1;31)m")
ONE = os.path.join(captures.PCAPS, "tcp_echo.pcap")


def wrong_with(path, form):
    plain, coloured = (captures.run(captures.RINGTAIL, "-nn", "--color=" + when, *form, "-r", path).stdout
                       for when in ("never", "always"))
    if b"\033" in plain or ESCAPE.sub(b"", coloured) != plain or len(plain) >= len(coloured):
        return ["%s %s" % (os.path.basename(path), " ".join(form))]
    return []


def on_a_terminal(*arguments, **variables):
    """What is printed there, standard output being a terminal of its own."""
    leader, follower = pty.openpty()
    env = {name: value for name, value in captures.ENV.items() if name != "NO_COLOR"}
    with subprocess.Popen([captures.RINGTAIL, "-r", ONE, "-c", "1", *arguments], stdin=subprocess.DEVNULL,
                          stdout=follower, env={**env, "TERM": "xterm", **variables}):
        os.close(follower)
        text = b""
        try:
            while data := os.read(leader, 65536):
                text += data
        except OSError:		# EIO: the other side is closed
            pass
    os.close(leader)
    return text


def main():
    paths = [path for folder in (captures.PCAPS, captures.CORPUS) for path in captures.captures(folder)]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool, tempfile.TemporaryDirectory() as folder:
        files = [path for path, _ in merged.by_link(paths, folder)] if shutil.which("tcpdump") else paths
        wrong = [text for form in FORMS for found in pool.map(wrong_with, files, [form] * len(files)) for text in found]
    failed = captures.report("without escapes, %d captures print the same in colour" % len(paths), wrong)
    for fact, coloured, arguments, variables in (
            ("a terminal has colours", True, [], {}), ("a tree too", True, ["-V"], {}),
            ("JSON has none", False, ["--json", "--color=always"], {}),
            ("columns have none", False, ["--fields", "ip.src", "--color=always"], {}),
            ("NO_COLOR is honoured", False, [], {"NO_COLOR": "1"}), ("empty it says nothing", True, [], {"NO_COLOR": ""}),
            ("--color=always wins over it", True, ["--color=always"], {"NO_COLOR": "1"}),
            ("--color=never has none", False, ["--color=never"], {}), ("a dumb terminal has none", False, [], {"TERM": "dumb"})):
        text = on_a_terminal(*arguments, **variables)
        failed |= captures.report(fact, [] if (b"\033" in text) == coloured and text else [repr(text[:200])])
    pipe = captures.run(captures.RINGTAIL, "-r", ONE, "-c", "1").stdout
    failed |= captures.report("a pipe has none", [repr(pipe)] if b"\033" in pipe else [])
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
