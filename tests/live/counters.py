#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The counters while the capture runs: on standard error, among objects, for Prometheus; and loss as an exit status."""
import json
import os
import re
import signal
import sys

from netns import RINGTAIL, Folder, Running, main, numbers_in, send, sh, udp_frame, wait_until

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "replay"))
from json_objects import fits  # noqa: E402
import captures  # noqa: E402


def metrics_of(text):
    """A parser of the text format: each sample's value, by name and label; types by name."""
    types, values, helped = {}, {}, set()
    for line in text.splitlines():
        if line.startswith("# HELP "):
            name, words = line[7:].split(" ", 1)
            assert words and name not in helped, line
            helped.add(name)
        elif line.startswith("# TYPE "):
            name, kind = line[7:].split(" ")
            assert name in helped and name not in types and kind in ("counter", "gauge"), line
            types[name] = kind
        else:
            found = re.fullmatch(r'([a-zA-Z_:][a-zA-Z0-9_:]*)\{interface="((?:[^"\\\n]|\\[\\"n])*)"\} (\S+)', line)
            assert found and found.group(1) in types, line
            assert not found.group(1).endswith("_total") or types[found.group(1)] == "counter", line
            assert found.groups()[:2] not in values, line
            values[found.groups()[:2]] = float(found.group(3))
    assert text.endswith("\n") and values and helped == set(types)
    return values


def loss_is_an_exit_status_where_it_was_asked_for(network):
    sender = network.sender()
    for options, status in ((["--fail-on-loss"], 5), ([], 0)):
        run = Running(network.b, "-i", "b", "-B", "512", "-w", "/dev/null", *options)
        run.kill(signal.SIGSTOP)
        send(sender, 10000, size=500)
        run.kill(signal.SIGCONT)
        run.kill()
        assert run.wait() == status, run.text()
        lost = run.counts()["dropped"]
        assert lost > 0 and run.counts()["captured"] + lost == 10000
        assert (f"ringtail: {lost} packets were lost (--fail-on-loss)\n" in run.text()) == bool(options)


def without_loss_the_status_is_zero(network):
    sender = network.sender()
    run = Running(network.b, "-i", "b", "-w", "/dev/null", "--fail-on-loss")
    send(sender, 100)
    assert run.stop()["captured"] == 100 and "lost" not in run.text()


def counters_are_said_at_each_interval(network):
    sender = network.sender()
    run = Running(network.b, "-i", "b", "-w", "/dev/null", "--stats-interval", "50ms")
    run.wait_for("ringtail: 0 packets captured, 0 packets received by filter, 0 packets dropped by kernel\n")
    send(sender, 7)
    run.wait_for("ringtail: 7 packets captured, 7 packets received by filter, 0 packets dropped by kernel\n")
    run.stop()


def counters_are_objects_among_those_of_packets(network):
    sender = network.sender()
    schema = json.loads(captures.run(RINGTAIL, "--schema").stdout)
    with Folder() as folder, open(os.path.join(folder, "lines"), "w+") as out:
        run = Running(network.b, "-i", "b", "--json", "--stats-interval", "50ms", stdout=out)
        wait_until(lambda: os.path.getsize(out.name) > 0, "something is said")
        send(sender, 20)
        wait_until(lambda: open(out.name).read().count('"captured":20,') > 1, "20 packets are told twice")
        send(sender, 5, first=20)
        assert run.stop()["captured"] == 25 and "ringtail:" not in run.text(), run.text()
        out.seek(0)
        lines = [json.loads(line) for line in out]
    assert all(fits(line, schema, schema) for line in lines)
    counts = [line["statistics"] for line in lines if "statistics" in line]
    assert len(lines) - len(counts) == 25
    captured = [record["captured"] for record in counts]
    assert captured == sorted(captured) and captured[0] == 0 and {20, 25} <= set(captured)
    assert "statistics" in lines[-1] and counts[-1]["interface"] == "b" and counts[-1]["received"] == 25
    assert counts[-1]["bytes"] == 25 * 60


def each_of_several_interfaces_has_counters_of_its_own(network):
    network.plug("c", "d")
    sender, other = network.sender(), network.sender("c")
    with Folder() as folder, open(os.path.join(folder, "lines"), "w+") as out:
        path = os.path.join(folder, "ringtail.prom")
        run = Running(network.b, "-i", "b", "-i", "d", "--json", "--stats-interval", "50ms", "--metrics", path, stdout=out)
        send(sender, 7)
        send(other, 4)
        wait_until(lambda: open(out.name).read().count('"number":') == 11, "there are 11 objects")
        run.stop()
        out.seek(0)
        lines = [json.loads(line) for line in out]
        with open(path) as file:
            values = metrics_of(file.read())
    last = {line["statistics"]["interface"]: line["statistics"] for line in lines if "statistics" in line}
    assert last["b"]["captured"] == 7 and last["d"]["captured"] == 4 and len(last) == 2, last
    assert last["b"]["bytes"] == 7 * 60
    for interface, count in (("b", 7), ("d", 4)):
        assert values["ringtail_captured_packets_total", interface] == count, values
        assert not {"printed", "skipped", "unwritten"} & set(last[interface]), last
        assert ("ringtail_printed_packets_total", interface) not in values, values
    assert values["ringtail_printed_packets_total", "all"] == 11, values


def the_bytes_of_a_file_are_those_of_all_interfaces(network):
    with Folder() as folder:
        path, file = os.path.join(folder, "ringtail.prom"), os.path.join(folder, "x.pcap")
        run = Running(network.b, "-i", "b", "-i", "lo", "-w", file, "--metrics", path)
        send(network.sender(), 10)
        wait_until(lambda: os.path.getsize(file) > 24, "packets are in the file")
        run.stop()
        with open(path) as metrics:
            values = metrics_of(metrics.read())
        bytes_in_file = {label: value for (name, label), value in values.items() if name == "ringtail_file_bytes_total"}
        assert bytes_in_file == {"all": os.path.getsize(file)}, bytes_in_file


def what_a_full_disk_has_not_is_written_for_nobody(network):
    network.plug("e", "f")
    with Folder(size=64) as small, Folder() as folder:
        path, file = os.path.join(folder, "ringtail.prom"), os.path.join(small, "x.pcap")
        run = Running(network.b, "-i", "b", "-i", "f", "-w", file, "--metrics", path)
        for sender in (network.sender(), network.sender("e")):
            send(sender, 40, size=1400)
        assert run.wait() == 6
        with open(path) as metrics:
            values = metrics_of(metrics.read())
        in_file = len(numbers_in(file))
    written = {label: value for (name, label), value in values.items() if name == "ringtail_written_packets_total"}
    assert 40 <= in_file < 80 and written == {"all": in_file}, (in_file, written)
    assert values["ringtail_unwritten_packets_total", "all"] == values["ringtail_captured_packets_total", "b"] + \
        values["ringtail_captured_packets_total", "f"] - in_file


def a_full_ring_and_what_the_card_missed_are_told_everywhere(network):
    sender = network.sender()
    with Folder() as folder, open(os.path.join(folder, "lines"), "w+") as out:
        card, path, file = (os.path.join(folder, name) for name in ("card", "ringtail.prom", "x.pcapng"))
        with open(card, "w") as f:
            f.write("5\n")
        # No interface here has a card: its file in sysfs is another one.
        prefix = ("sh", "-c", 'mount --bind "$0" /sys/class/net/b/statistics/rx_missed_errors && exec "$@"', card)
        run = Running(network.b, "-i", "b", "-B", "512", "-w", file, "--metrics", path, "--json", "--print",
                      "--stats-interval", "50ms", stdout=out, prefix=prefix)
        run.kill(signal.SIGSTOP)
        send(sender, 10000, size=500)
        with open(card, "w") as f:
            f.write("12\n")
        run.kill(signal.SIGCONT)
        lost = run.stop()["dropped"]
        with open(path) as f:
            values = metrics_of(f.read())
        out.seek(0)
        last = [json.loads(line) for line in out][-1]["statistics"]
        told = json.loads(captures.run(RINGTAIL, "info", "--json", file).stdout)
    full = last["ring_freezes"]
    words = ["7 packets missed by the network card", "the ring was full %d time%s" % (full, "" if full == 1 else "s")]
    assert lost > 0 and full > 0 and last["missed"] == 7 and last["dropped"] == lost, last
    assert values["ringtail_missed_packets_total", "b"] == 7 and values["ringtail_ring_freezes_total", "b"] == full, values
    assert all("\n" + line + "\n" in run.text() for line in words), run.text()
    assert told["interfaces"][0]["statistics"]["dropped"] == 7, told
    assert [comment for comment in told["comments"] if all(line in comment["text"] for line in words)], told


def an_interface_that_is_back_has_one_value_of_each_metric(network):
    with Folder() as folder:
        path = os.path.join(folder, "ringtail.prom")
        run = Running(network.b, "-i", "b", "--follow-interfaces", "-w", "/dev/null", "--metrics", path)
        send(network.sender(), 3)
        wait_until(lambda: run.captured() == 3, "they are captured")
        sh(f"ip -n {network.b} link del dev b")
        run.wait_for("b: the interface was removed")
        network.plug()
        run.wait_for("b: joins the capture")
        send(network.sender(), 4)
        assert run.stop()["captured"] == 7
        with open(path) as file:
            values = metrics_of(file.read())
    assert values["ringtail_captured_packets_total", "b"] == 7 and values["ringtail_captured_bytes_total", "b"] == 7 * 60, values


def metrics_of_a_run_that_no_interface_has_joined_yet(network):
    with Folder() as folder:
        path = os.path.join(folder, "ringtail.prom")
        run = Running(network.b, "-i", "later*", "--follow-interfaces", "-w", "/dev/null", "--metrics", path, wait=False)
        run.wait_for("listening for")
        with open(path) as file:
            values = metrics_of(file.read())
        run.stop()
    assert values["ringtail_file_bytes_total", "all"] == 0 and len({label for _, label in values}) == 1, values


def metrics_are_a_file_that_is_whole_at_any_time(network):
    sender = network.sender()
    with Folder() as folder:
        path = os.path.join(folder, "ringtail.prom")
        run = Running(network.b, "-i", "b", "-w", "/dev/null", "--metrics", path, "--stats-interval", "10ms")
        first = os.stat(path).st_ino
        for number in range(200):
            sender.send(udp_frame(number))
            with open(path) as file:
                metrics_of(file.read())
        wait_until(lambda: os.stat(path).st_ino != first, "it was replaced")
        run.stop()
        assert os.listdir(folder) == ["ringtail.prom"]
        assert os.stat(path).st_mode & 0o777 == 0o644
        with open(path) as file:
            values = metrics_of(file.read())
    for name, value in (("captured", 200), ("received", 200), ("dropped", 0), ("written", 200)):
        assert values[f"ringtail_{name}_packets_total", "b"] == value, values
    assert values["ringtail_captured_bytes_total", "b"] == 200 * 60


def metrics_that_cannot_be_written_are_said_before_capturing(network):
    run = Running(network.b, "-i", "b", "-w", "/dev/null", "--metrics", "/no/such/folder/x", wait=False)
    assert run.wait() == 6
    assert run.text() == "ringtail: /no/such/folder/x.tmp: No such file or directory\n", run.text()


main([
    loss_is_an_exit_status_where_it_was_asked_for,
    without_loss_the_status_is_zero,
    counters_are_said_at_each_interval,
    counters_are_objects_among_those_of_packets,
    each_of_several_interfaces_has_counters_of_its_own,
    the_bytes_of_a_file_are_those_of_all_interfaces,
    what_a_full_disk_has_not_is_written_for_nobody,
    a_full_ring_and_what_the_card_missed_are_told_everywhere,
    an_interface_that_is_back_has_one_value_of_each_metric,
    metrics_of_a_run_that_no_interface_has_joined_yet,
    metrics_are_a_file_that_is_whole_at_any_time,
    metrics_that_cannot_be_written_are_said_before_capturing,
])
