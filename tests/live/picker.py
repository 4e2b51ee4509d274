#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""picker.py - an interface is chosen on a terminal; what comes on it then is counted in tables"""
import os
import shutil

import netns
from netns import Folder, send
from view import View, with_file

REDRAW = b"\x0c"


def chosen(net, *args):
    return View(net.b, *args, shows="Choose an interface")


def an_interface_is_chosen_and_captured(net, path):
    view = chosen(net, "-w", path)
    screen = view.until("nothing is captured until Enter", key=REDRAW)
    for words in ("any", "lo", "Ethernet", "loopback", "CAP_NET_RAW: yes", path):
        assert words in screen, words
    send(net.sender(), 200)
    view.until("in 200 packets", key=REDRAW)	# of the kernel's
    view.type(b"/port\r")
    view.until("BAD", key=b"")
    view.type(b" 9\r")
    view.until("valid", key=REDRAW)
    view.type(b"\r")
    view.until("LIVE", key=b"")
    send(net.sender(), 40)
    send(net.sender(), 10, first=40, port=10)
    view.until("packets 40 ", key=REDRAW)
    view.type(b"q")
    assert view.end()[0] == 0
    assert netns.numbers_in(path) == list(range(40))


def several_are_captured_at_once(net, path):
    path += "ng"
    view = chosen(net, "-w", path)
    for _ in range(100):	# until b has its link, and stands first; any behind it, lo last
        screen = view.until("nothing is captured until Enter", key=REDRAW)
        if screen.index("Ethernet") < screen.index("any"):
            break
    view.type(b"gj G g ")
    screen = view.until("*lo", key=REDRAW)
    assert "*b" in screen and "*any" not in screen, screen
    view.type(b"\r")
    view.until("2 interfaces LIVE", key=b"")
    send(net.sender(), 40)
    view.until("packets 40 ", key=REDRAW)
    view.type(b"5")
    screen = view.until("* 2 interfaces: captured 40 packets", key=REDRAW)
    assert "*b" in screen and "*lo" in screen, screen
    view.type(b"q")
    assert view.end()[0] == 0
    assert os.path.getsize(path) > 0


def without_a_choice_nothing_is_captured(net, path):
    for keys in (b"q", b"\x1b", b"\x03"):
        view = chosen(net, "-w", path)
        view.type(keys)
        assert view.end()[0] == 0
        assert not os.path.exists(path) and b"captured" not in view.text.split(b"until Enter")[-1], view.text[-500:]


def who_may_not_capture_is_told_what_helps(net, _path):
    with Folder() as folder:
        os.chmod(folder, 0o755)
        program = shutil.copy(netns.RINGTAIL, folder)
        view = View(net.b, program=("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", program),
                    shows="Choose an interface")
        view.until("setcap cap_net_raw+ep " + program, key=REDRAW)
        view.type(b"\r")
        view.until("b: no permission to capture", key=REDRAW)	# and it may be tried again
        view.type(b"q")
        assert view.end()[0] == 0


def live_talkers_and_statistics_are_those_of_the_last_seconds(net, _path):
    view = View(net.b, "-i", "b")
    sender = net.sender()
    send(sender, 50)
    view.until("packets 50 ", key=REDRAW)
    view.type(b"3")
    view.until("Talkers: 2 hosts", key=REDRAW)
    send(sender, 2000, rate=1000, size=1000)
    screen = view.until("100%", key=REDRAW)
    assert "10.0.0.2" in screen and ("kb/s" in screen or "Mb/s" in screen), screen
    view.type(b"g")
    assert "udp/9" in view.until("Talkers: 2 ports", key=REDRAW)
    view.type(b"\r")
    view.until("udp.port == ", key=REDRAW)
    view.until("2050 match", key=REDRAW)
    view.type(b"\x1b")
    view.until("Talkers: 2 ports", key=REDRAW)
    view.type(b"4")
    view.until("Drops: kernel 0", key=REDRAW)
    assert "User Datagram Protocol" in view.until("2.0k  100.0", key=REDRAW)
    view.type(b"5")
    view.until("* b: captured 2050 packets, dropped 0", key=REDRAW)
    view.type(b"q")
    assert view.end()[0] == 0


TESTS = (an_interface_is_chosen_and_captured, several_are_captured_at_once, without_a_choice_nothing_is_captured,
         who_may_not_capture_is_told_what_helps, live_talkers_and_statistics_are_those_of_the_last_seconds)

if __name__ == "__main__":
    netns.main([with_file(test) for test in TESTS])
