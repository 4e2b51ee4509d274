#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Flows of an interface: counted until it is stopped, printed then."""
import json
import os
import signal

from netns import Folder, Running, main, send


def run_flows(network, folder, work, *args, end=None):
    """The flows that are printed, and the run."""
    path = os.path.join(folder, "out")
    with open(path, "wb") as out:
        run = Running(network.b, "flows", "--json", "-i", "b", *args, stdout=out)
        work()
        counts = run.stop(end) if end else (run.wait(), run.counts())[1]
    with open(path, "rb") as out:
        return [json.loads(line) for line in out], counts, run.text()


def what_was_sent_before_the_end_is_counted(network):
    sender = network.sender()

    def work():
        send(sender, 300)
        send(sender, 200, port=53, size=300)
    with Folder() as folder:
        for end in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            for how in ([], ["--no-ring"], ["--immediate-mode"], ["--cooked"]):
                flows, counts, text = run_flows(network, folder, work, *how, end=end)
                found = {f["server_port"]: (f["client_packets"], f["server_packets"]) for f in flows}
                assert found == {9: (300, 0), 53: (200, 0)}, (end, how, flows)
                assert counts["captured"] == 500, counts
                assert "2 flows, 0 evicted; 500 packets, 0 of no flow\n" in text, text


def a_number_of_packets_ends_it(network):
    sender = network.sender()
    with Folder() as folder:
        flows, counts, _ = run_flows(network, folder, lambda: send(sender, 100), "-c", "40")
    assert [f["client_packets"] for f in flows] == [40] and counts["captured"] == 40, flows


def filters_choose_what_is_counted(network):
    sender = network.sender()

    def work():
        send(sender, 30)
        send(sender, 20, port=53)
    with Folder() as folder:
        for choice in (["udp port 53"], ["-Y", "udp.port == 53"]):
            flows, _, _ = run_flows(network, folder, work, *choice, end=signal.SIGINT)
            assert [(f["server_port"], f["client_packets"]) for f in flows] == [(53, 20)], (choice, flows)


main([
    what_was_sent_before_the_end_is_counted,
    a_number_of_packets_ends_it,
    filters_choose_what_is_counted,
])
