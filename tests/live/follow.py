#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""follow.py - what a client and a server say to each other is followed while they do"""
import os
import socket
import subprocess

import netns
from view import View

PEERS = os.path.join(os.path.dirname(netns.RINGTAIL), "tests", "peers")


def words_are_shown_as_they_are_said(net):
    server = subprocess.Popen(["ip", "netns", "exec", net.a, os.path.join(PEERS, "echo_server"), "-n", "1", "127.0.0.1", "7"],
                              stdout=subprocess.PIPE)
    try:
        assert server.stdout.readline() == b"ready\n"
        view = View(net.a, "-i", "lo", "tcp")
        with net.socket(socket.AF_INET, socket.SOCK_STREAM) as client:
            client.connect(("127.0.0.1", 7))
            client.sendall(b"first words\n")
            assert client.recv(100) == b"first words\n"
            view.until(" > 7 [P.], seq 1:13, ack 1, ", key=b"\x0c")	# its handshake is rows before
            view.type(b"gf")
            assert "first words" in view.until("12B >  12B <", key=b"\x0c")
            for number in range(40):		# more than a screen: the last row stays in sight
                client.sendall(b"number %d\n" % number)
                assert client.recv(100) == b"number %d\n" % number
            screen = view.until("402B >  402B <", key=b"\x0c")
            assert screen.count("number 39") >= 2 and "[gap" not in screen
            view.type(b"dg")
            assert "first words" in view.until("text client", key=b"\x0c")
        view.type(b"\x1b2")
        view.until("CLOSED", key=b"\x0c")
        view.until("active 0", key=b"\x0c")
        view.type(b"f")
        view.until("number 39", key=b"\x0c")
        view.type(b"i")
        view.until("packets dropped by kernel", key=b"\x0c")
        view.type(b"q")
        assert view.end()[0] == 0
    finally:
        server.kill()
        server.wait()


TESTS = (words_are_shown_as_they_are_said,)

if __name__ == "__main__":
    netns.main(TESTS)
