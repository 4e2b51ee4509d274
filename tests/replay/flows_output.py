#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""flows_output.py - what ringtail flows prints, takes and refuses"""
import json
import os
import subprocess
import sys
import tempfile

import captures
import json_objects

ECHO = os.path.join(captures.PCAPS, "tcp_echo.pcap")
LOOPBACK = os.path.join(captures.PCAPS, "loopback.pcap")
REFUSED = os.path.join(captures.PCAPS, "refused.pcap")
json_objects.TYPES["number"] = (int, float)


def flows(*arguments):
    return captures.run(captures.RINGTAIL, "flows", *arguments)


def objects(*arguments):
    done = flows("--json", *arguments)
    assert done.returncode == 0, done.stderr
    return [json.loads(line.decode("ascii")) for line in done.stdout.splitlines()]


def rows(*arguments):
    done = flows("--utc", *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode("ascii").splitlines()


def refused(words, *arguments):
    done = flows(*arguments)
    assert done.returncode == 2 and words in done.stderr.decode() and not done.stdout, done
    assert done.stderr.startswith(b"ringtail: ") and done.stderr.count(b"\n") == 1, done.stderr


def everything():
    return [path for folder in (captures.PCAPS, captures.CORPUS) for path in captures.captures(folder)]


def objects_of_all_captures_fit_the_schema():
    schema = json.loads(flows("--schema").stdout)
    assert not json_objects.fits({"version": 1}, schema, schema)
    seen = 0
    for path in everything():
        done = flows("--json", "-r", path)
        assert done.returncode in (0, 3), done
        for line in done.stdout.splitlines():
            flow = json.loads(line.decode("ascii"), object_pairs_hook=json_objects.unique)
            assert json_objects.fits(flow, schema, schema), line
            seen += 1
    assert seen > 300, seen


def every_packet_of_ip_is_counted():
    """Those of no flow and those of some are all; a packet without tunnel is of one."""
    for path in (ECHO, LOOPBACK, REFUSED, os.path.join(captures.PCAPS, "arp.pcap")):
        packets = captures.run(captures.RINGTAIL, "-r", path, "--fields", "frame.len,frame.protocols").stdout.decode().splitlines()
        of_ip = [int(line.split("\t")[0]) for line in packets if ":ip" in line]
        found = objects("-r", path)
        assert sum(f["client_packets"] + f["server_packets"] for f in found) == len(of_ip)
        assert sum(f["client_bytes"] + f["server_bytes"] for f in found) == sum(of_ip)
        assert flows("-r", path).stderr.decode() == "%d flow%s, 0 evicted; %d packet%s, %d of no flow\n" % (
            len(found), "" if len(found) == 1 else "s", len(packets), "s", len(packets) - len(of_ip))


def a_flow_is_told_whole():
    assert objects("-r", ECHO) == [{
        "version": 1, "flow": 1, "proto": "TCP", "ip_proto": 6, "client": "192.0.2.1", "client_port": 42882, "server": "192.0.2.2",
        "server_port": 7, "state": "closed", "client_packets": 8, "client_bytes": 556, "server_packets": 6, "server_bytes": 424,
        "start": "2026-11-21T03:39:40.294442000Z", "start_ns": "1795232380294442000", "duration": 0.063692,
        "client_again": 0, "server_again": 0, "handshake_us": 43}]


def columns_are_as_wide_as_what_is_in_them():
    for path in everything():
        lines = flows("--utc", "-r", path).stdout.decode("ascii").splitlines()
        if not lines:
            continue
        client, server, state = (lines[0].index(word) for word in ("Client", "Server", "State"))
        for line in lines[1:]:
            assert all(line[at - 1] == " " and line[at] != " " for at in (client, server, state)), (path, line)
            assert len(line[client:server].split()) == 1 == len(line[server:state].split()), (path, line)


def what_is_sorted_is_in_order():
    path = LOOPBACK
    for key, value in (("bytes", lambda f: -f["client_bytes"] - f["server_bytes"]),
                       ("packets", lambda f: -f["client_packets"] - f["server_packets"]),
                       ("start", lambda f: int(f["start_ns"])),
                       ("last", lambda f: int(f["start_ns"]) + round(f["duration"] * 1e9)),
                       ("duration", lambda f: -f["duration"]),
                       ("proto", lambda f: f["ip_proto"])):
        found = [value(flow) for flow in objects("--sort", key, "-r", path)]
        assert len(found) > 2 and found == sorted(found), (key, found)
    order = ["syn", "syn-ack", "established", "fin", "closed", "reset"]
    found = [order.index(f["state"]) for f in objects("--sort", "state", "-r", LOOPBACK, "tcp")]
    assert found == sorted(found)
    for key in ("client", "server"):
        found = [(f["ip_proto"], f[key], f.get(key + "_port", 0)) for f in objects("--sort", key, "-r", REFUSED)]
        assert [v6 for _, v6, _ in found] == ["192.0.2.1" if key == "client" else "192.0.2.2",
                                              "2001:db8::1" if key == "client" else "2001:db8::2"], found
    assert objects("-r", path) == objects("--sort", "bytes", "-r", path)


def the_first_of_them_can_be_asked_for():
    everyone = objects("-r", LOOPBACK)
    assert objects("--limit", "2", "-r", LOOPBACK) == everyone[:2]
    assert objects("--limit", "1000", "-r", LOOPBACK) == everyone


def filters_choose_packets():
    without_number = [{key: flow[key] for key in flow if key != "flow"} for flow in objects("-r", LOOPBACK, "udp")]
    assert objects("-r", LOOPBACK, "-Y", "udp") == without_number != []
    assert {f["proto"] for f in objects("-r", LOOPBACK, "-Y", "udp")} == {"UDP"}
    flow = objects("-r", ECHO, "-c", "3")[0]
    assert flow["state"] == "established" and flow["client_packets"] + flow["server_packets"] == 3


def a_packet_is_known_by_the_number_of_its_flow():
    flows_of = objects("-r", LOOPBACK)
    assert sorted(flow["flow"] for flow in flows_of) == list(range(1, len(flows_of) + 1))
    for flow in flows_of:
        (only,) = objects("-r", LOOPBACK, "-Y", "flow == %d" % flow.pop("flow"))
        assert only == flow
    assert objects("-r", LOOPBACK, "-Y", "flow > %d" % len(flows_of)) == []


def times_are_shown_as_elsewhere():
    assert rows("-r", ECHO)[1].split()[9] == "03:39:40.294442"
    assert rows("-tt", "-r", ECHO)[1].split()[9] == "1795232380.294442"
    assert rows("-tttt", "-r", ECHO)[1].split()[9:11] == ["2026-11-21", "03:39:40.294442"]
    assert rows("-ttttt", "-r", ECHO)[1].split()[9] == "00:00:00.000000"
    assert rows("-t", "-r", ECHO)[1].split()[9] == "0.063692"
    assert rows("--nano", "-r", ECHO)[1].split()[9:] == ["03:39:40.294442000", "0.063692000"]


def names_are_given_where_they_are_asked_for():
    assert "192.0.2.1:42882" in rows("-r", ECHO)[1] and ":echo " in rows("-N", "-r", ECHO)[1], rows("-N", "-r", ECHO)


def evictions_are_told():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "many.pcap")
        with open(path, "wb") as file:
            subprocess.run([os.path.join(captures.BUILD, "tests", "bench", "generate_flows"), "50", "100", "30"],
                           stdout=file, check=True)
        done = flows("--memory", "64K", "--json", "-r", path)
        found = [json.loads(line) for line in done.stdout.splitlines()]
    kept = [f for f in found if f["state"] == "established"]
    assert len(kept) == 50 and sum(f["client_packets"] + f["server_packets"] for f in kept) == 250
    assert done.stderr.decode() == "%d flows, %d evicted (%d unanswered, 0 over, 0 in use); 3250 packets, 0 of no flow\n" % (
        len(found), 3050 - len(found), 3050 - len(found)), done.stderr


def what_means_nothing_here_is_refused():
    for option in (["-w", "x"], ["--count"], ["-V"], ["-x"], ["-X"], ["-A"], ["--fields", "ip.src"]):
        refused(option[0], "-r", ECHO, *option)
    refused("'weight' is not one of bytes, packets", "--sort", "weight", "-r", ECHO)
    refused("--limit", "--limit", "0", "-r", ECHO)
    refused("--memory", "--memory", "64Q", "-r", ECHO)
    for option in (["--sort", "bytes"], ["--limit", "1"], ["--memory", "1M"]):
        done = captures.run(captures.RINGTAIL, *option, "-r", ECHO)
        assert done.returncode == 2 and option[0] in done.stderr.decode(), done


def what_is_good_of_a_damaged_file_is_counted():
    with open(ECHO, "rb") as file:
        data = file.read(700)
    with tempfile.NamedTemporaryFile(suffix=".pcap") as file:
        file.write(data)
        file.flush()
        done = flows("-r", file.name)
    assert done.returncode == 3 and b"192.0.2.1:42882" in done.stdout and b"cut at byte" in done.stderr, done


def nobody_who_reads_is_a_quiet_end_and_a_full_disk_is_none():
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run([captures.RINGTAIL, "flows", "-r", ECHO], stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert done.returncode == 0 and b"ringtail:" not in done.stderr, done
    with open("/dev/full", "wb") as full:
        done = subprocess.run([captures.RINGTAIL, "flows", "-r", ECHO], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 6 and b"ringtail: standard output: " in done.stderr, done


FACTS = (objects_of_all_captures_fit_the_schema, every_packet_of_ip_is_counted, a_flow_is_told_whole,
         columns_are_as_wide_as_what_is_in_them, what_is_sorted_is_in_order, the_first_of_them_can_be_asked_for,
         filters_choose_packets, a_packet_is_known_by_the_number_of_its_flow, times_are_shown_as_elsewhere, names_are_given_where_they_are_asked_for, evictions_are_told,
         what_means_nothing_here_is_refused, what_is_good_of_a_damaged_file_is_counted,
         nobody_who_reads_is_a_quiet_end_and_a_full_disk_is_none)


def main():
    failed = False
    for fact in FACTS:
        wrong = []
        try:
            fact()
        except (AssertionError, ValueError, IndexError, KeyError) as error:
            wrong = ["%s: %s" % (type(error).__name__, str(error)[:1000])]
        failed |= captures.report(fact.__name__.replace("_", " "), wrong)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
