#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""info_vs_capinfos.py - ringtail info tells of each capture what capinfos tells, and what that passes over"""
import datetime
import json
import os
import random
import shutil
import struct
import subprocess
import sys
import tempfile

import captures
import json_objects
import mutated

COUNT = int(os.environ.get("MUTATIONS", "300"))
SEED = int(os.environ.get("SEED", "1"))
TOLD = os.path.join(captures.PCAPS, "told.made.pcapng")
ECHO = os.path.join(captures.PCAPS, "tcp_echo.pcap")
CUT = os.path.join(captures.PCAPS, "cut_file.made.pcap")
json_objects.TYPES["number"] = (int, float)
# Wireshark's names of file types and link types, and ours. The third is its guess where the first record is damaged.
FORMATS = {"pcap": "pcap", "nsecpcap": "pcap", "nokiapcap": "pcap", "modpcap": "modified pcap", "pcapng": "pcapng"}
LINKTYPES = {"ether": [1], "null": [0], "rawip": [12, 101], "loop": [108], "rawip4": [228], "rawip6": [229],
             "linux-sll": [113], "linux-sll2": [276]}
INTERFACE = {"Name": "name", "Description": "description", "Hardware": "hardware", "Filter string": "filter",
             "Operating system": "os", "Speed": "speed", "BPF filter length": "filter_instructions",
             "Timestamp offset": "time_offset"}


def info(*arguments, **more):
    return subprocess.run([captures.RINGTAIL, "info", *arguments], capture_output=True, env=captures.ENV, timeout=30,
                          check=False, **{"stdin": subprocess.DEVNULL, **more})


def objects(*arguments, **more):
    done = info("--json", *arguments, **more)
    return done, [json.loads(line.decode("ascii"), object_pairs_hook=json_objects.unique,
                             parse_constant=json_objects.no_constant) for line in done.stdout.splitlines()]


def judged(path):
    """What capinfos says: KEY -> VALUE of the file, and such a dictionary for each interface."""
    done = captures.answer("capinfos", "-M", path)
    facts, interfaces = {}, []
    for line in done.stdout.decode("utf-8", "backslashreplace").splitlines():
        if line.startswith("Section ") and interfaces:		# it lists all interfaces for each
            break
        key, colon, value = line.partition(":")
        if line.startswith("Interface #"):
            interfaces.append({})
        elif interfaces and line.startswith(" ") and " = " in line:
            key, _, value = line.strip().partition(" = ")
            interfaces[-1].setdefault(key, value)
        elif colon and not line.startswith(" "):
            facts.setdefault(key, value.strip())
    return done, facts, interfaces


def nanoseconds(text):
    whole, _, part = text.partition(".")
    seconds = datetime.datetime.strptime(whole + "+0000", "%Y-%m-%d %H:%M:%S%z").timestamp()
    return int(seconds) * 10**9 + int(part.ljust(9, "0"))


def first_word(text):
    return text.split()[0]


def agrees(key, value, told):
    """Is capinfos' value of the key what we told? None: it is of no such thing."""
    unit = 1000 if told.get("units_per_second") == "1000000" else 1
    if key == "File type":
        return FORMATS.get(value, "?") == told["format"]
    if key == "File encapsulation":
        kinds = [kind["number"] for kind in told["link_types"]]
        return len(kinds) > 1 if value == "per-packet" else len(kinds) == 1 and kinds[0] in LINKTYPES.get(value, kinds)
    if key == "Packet size limit":
        limit = value.removeprefix("file hdr: ")
        return told.get("snaplen", 0) == (0 if limit == "(not set)" else int(first_word(limit)))
    if key in ("First packet time", "Last packet time"):
        ours = int(told[key.split()[0].lower() + "_ns"])
        return ours - ours % unit == nanoseconds(value) or "." in value and abs(ours - nanoseconds(value)) < 10**(9 - len(value.split(".")[1]))
    if key == "Strict time order":
        return (value == "True") == (told.get("in_order", True) and not told.get("timeless_packets"))
    numbers = {"Number of packets": "packets", "File size": "file_size", "Data size": "bytes"}
    if key in numbers:
        return int(first_word(value)) == told[numbers[key]]
    # It divides by a difference of times that it had rounded to a quarter of a microsecond; the count of digits is its own.
    slack = 1e-6 + (1e-6 / told["duration"] if told.get("duration") else 0)
    rates = {"Capture duration": ("duration", 1e-6), "Data byte rate": ("bytes_per_second", 0.01), "Data bit rate": ("bits_per_second", 0.01),
             "Average packet size": ("mean_size", 0.01), "Average packet rate": ("packets_per_second", 0.01)}
    if key in rates:
        name, digit = rates[key]
        if value == "n/a" or name not in told:
            return name not in told and (value == "n/a" or float(first_word(value)) == 0)
        return abs(float(first_word(value)) - told[name]) <= digit + slack * told[name]
    return None


def interface_differs(number, theirs, ours, sections):
    wrong = ["%s: %r, not %r" % (key, ours.get(name), theirs[key]) for key, name in INTERFACE.items()
             if str(ours.get(name)) != theirs.get(key, "None")]
    wrong += ["%s: %s" % (key, ours) for key, value in (
        ("Capture length", ours.get("snaplen", 0)), ("Time ticks per second", ours["units_per_second"]),
        ("Number of stat entries", ours.get("statistics", {}).get("blocks", 0))) if theirs[key] != str(value)]
    if not sections and theirs["Number of packets"] != str(ours["packets"]):	# it mixes those of several sections up
        wrong.append("%s packets" % ours["packets"])
    return ["interface %d: %s" % (number, text) for text in wrong]


def wrong_with(path, schema, counts):
    done, (told,) = objects(path)
    judge, facts, interfaces = judged(path)
    if not json_objects.fits(told, schema, schema):
        return ["%s does not fit the schema: %s" % (path, told)]
    wrong = []
    for key, value in facts.items():
        verdict = agrees(key, value, told)
        counts[key] = counts.get(key, 0) + (verdict is not None)
        if verdict is False:
            wrong.append("%s: %s" % (key, value))
    damaged = judge.returncode != 0
    if len(interfaces) != len(told.get("interfaces", interfaces)) and (interfaces or not damaged):
        wrong.append("%d interfaces" % len(interfaces))
    if told["format"] == "pcapng":
        counts["interfaces"] = counts.get("interfaces", 0) + len(interfaces)
        for number, (theirs, ours) in enumerate(zip(interfaces, told["interfaces"])):
            wrong += interface_differs(number, theirs, ours, len(told["sections"]) > 1)
        for key, name in (("Capture hardware", "hardware"), ("Capture oper-sys", "os"), ("Capture application", "application")):
            if len(told["sections"]) == 1 and facts.get(key) != told["sections"][0].get(name):
                wrong.append("%s: %r" % (key, facts.get(key)))
    if (done.returncode, "damage" in told, bool(done.stderr)) != ((3, True, True) if damaged else (0, False, False)):
        wrong.append("status %d, and capinfos' %d: %s" % (done.returncode, judge.returncode, judge.stderr.decode()))
    return ["%s: %s: %s" % (path, text, json.dumps(told)[:600]) for text in wrong]


def every_capture_has_the_facts_that_capinfos_tells(schema):
    paths = [path for folder in (captures.PCAPS, captures.CORPUS) for path in captures.captures(folder)]
    counts = {}
    wrong = [text for path in paths for text in wrong_with(path, schema, counts)]
    assert not wrong, "\n".join(wrong)
    assert min(counts[key] for key in ("Data size", "First packet time", "Average packet rate", "interfaces")) >= 8, counts


def cut_captures_too(schema):
    """At every sixteenth byte: what is good is told, and where the file ends."""
    for source in (ECHO, os.path.join(captures.PCAPS, "tcp_echo6.pcapng")):
        with open(source, "rb") as file:
            data = file.read()
        with tempfile.NamedTemporaryFile(suffix=".pcap") as file:
            for size in range(len(data) - 161, len(data), 16):
                file.seek(0)
                file.truncate()
                file.write(data[:size])
                file.flush()
                wrong = wrong_with(file.name, schema, {})
                assert not wrong, "\n".join(wrong)
                done, (told,) = objects(file.name)
                assert done.returncode in (0, 3)
                assert told.get("damage", {"byte": size})["byte"] == size, told


def what_capinfos_passes_over_is_told(_):
    done, (told,) = objects(TOLD)
    assert done.returncode == 0 and not done.stderr
    assert (told["dropped"], told["lost"]) == (7, 12)
    assert [i.get("lost") for i in told["interfaces"]] == [7, 5]
    assert told["interfaces"][0]["statistics"] == {"blocks": 2, "received": 20, "dropped": 3, "accepted": 15, "os_dropped": 4, "delivered": 3}
    assert told["interfaces"][1]["statistics"] == {"blocks": 1, "received": 2}
    assert told["interfaces"][0]["mac"] == "02:00:00:00:00:01"
    assert told["sections"][0]["application"] == "Gr\u00fcn \u4e2d\U0001f600 \u202e"
    assert told["comments"] == [
        {"section": 0, "text": "first line\nsecond: \x1b[31m"}, {"section": 0, "text": "not UTF-8: \xff"},
        {"interface": 1, "text": "of the interface"}, {"packet": 1, "text": "of the packet"}, {"packet": 3, "text": "one"},
        {"packet": 3, "text": "two"}]
    assert [told[kind + "_blocks"] for kind in ("name", "secrets", "journal", "custom", "unknown")] == [1] * 5
    assert (told["in_order"], told["backward_packets"], told["backward_first"]) == (False, 2, 3)
    assert (told["duration"], told["silence"], told["silence_end"]) == (4, 2.5, 5)


def comments_that_editcap_wrote_are_told(_):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "x.pcapng")
        done = captures.run("editcap", "--capture-comment", "of all", "-a", "2:of this: \u00e9", ECHO, path)
        assert done.returncode == 0, done.stderr
        _, (told,) = objects(path)
    assert told["comments"] == [{"section": 0, "text": "of all"}, {"packet": 2, "text": "of this: \u00e9"}]


def block(kind, body):
    body += bytes(-len(body) % 4)
    return struct.pack("<II", kind, len(body) + 12) + body + struct.pack("<I", len(body) + 12)


def option(code, value):
    return struct.pack("<HH", code, len(value)) + value + bytes(-len(value) % 4)


def what_has_no_bound_is_held_in_bounded_memory(schema):
    head = block(0x0a0d0d0a, struct.pack("<IHHq", 0x1a2b3c4d, 1, 0, -1) + option(3, b"s"))
    text = bytes(range(1, 256)) * 250
    interface = block(1, struct.pack("<HHI", 1, 0, 0) + option(2, b"x"))
    packet = block(6, struct.pack("<IIIII", 1999, 0, 0, 4, 4) + bytes(4) + option(1, b"y") + option(4, b"\xff" * 8))
    data = head * 100 + interface * 2000 + packet * 5000 + block(0x1234, bytes(2000000))
    data += block(5, struct.pack("<III", 0xffffffff, 0, 0)) + block(5, b"")
    data += block(1, struct.pack("<HHI", 1, 0, 0) + option(3, text)) * 20 + block(6, packet[8:32] + option(1, text) * 7) * 20
    done, (told,) = objects("-", input=data, stdin=None)
    assert done.returncode == 0, done
    assert json_objects.fits(told, schema, schema)
    assert (told["packets"], told["unknown_blocks"], told["lost"]) == (5020, 1, 2**64 - 1), told["lost"]
    assert (len(told["sections"]), told["sections_left_out"]) == (64, 36)
    assert (len(told["interfaces"]), told["interfaces_left_out"]) == (1024, 996)
    assert (len(told["comments"]), told["comments_left_out"]) == (4096, 1044)
    text_form = info("-", input=data, stdin=None)
    assert text_form.returncode == 0
    assert not [byte for byte in set(text_form.stdout) if byte < 32 and byte != 10]
    # 16 texts of 64 KB and what is beside them do not fit.
    data = head + block(1, struct.pack("<HHI", 1, 0, 0) + option(1, text)) * 20
    _, (told,) = objects("-", input=data, stdin=None)
    assert told["texts_left_out"] == 4 and len(told["comments"]) == 16, told.get("texts_left_out")
    assert told["comments"][0]["text"] == text.decode("latin-1")


def damaged_captures_have_as_many_packets_as_can_be_read(schema):
    """From a seed, as mutated.py makes them; pcapng files, where they end in the middle of nowhere."""
    inputs = []
    for path in captures.captures(captures.PCAPS):
        with open(path, "rb") as file:
            inputs += [file.read()[:20000]] if path.endswith("ng") else []
    assert len(inputs) > 8
    damaged = 0
    with tempfile.NamedTemporaryFile(suffix=".pcapng") as file:
        for n in range(COUNT):
            rng = random.Random("info %d/%d" % (SEED, n))
            file.seek(0)
            file.truncate()
            file.write(mutated.mutate(rng, rng.choice(inputs)))
            file.flush()
            done, told = objects(file.name)
            counted = captures.run(captures.RINGTAIL, "--count", "-r", file.name)
            assert done.returncode == counted.returncode and done.stderr == counted.stderr, (n, done, counted)
            assert [one["packets"] for one in told] == [int(line.split()[0]) for line in counted.stdout.splitlines()], n
            assert all(json_objects.fits(one, schema, schema) for one in told), (n, told)
            damaged += any("damage" in one for one in told)
    assert damaged * 10 > COUNT, damaged


def several_files_come_in_turn_and_the_worst_ends_the_run(_):
    done, told = objects(ECHO, CUT, "/nowhere", TOLD)
    assert done.returncode == 3 and [one["file"] for one in told] == [ECHO, CUT, TOLD], done
    assert [line.split(b": ")[1].decode() for line in done.stderr.splitlines()] == [CUT, "/nowhere"]
    assert info("/nowhere", ECHO).returncode == 2
    done = info("--utc", ECHO, TOLD)
    assert done.stdout.count(b"\n\nFile ") == 1 and done.stdout.startswith(b"File "), done
    with open(ECHO, "rb") as file:
        done, (told,) = objects("-", stdin=file)
    assert done.returncode == 0 and told["file"] == "-" and told["file_size"] == os.path.getsize(ECHO)
    assert info("-r", ECHO).stdout == info(ECHO).stdout


def what_is_of_packets_is_refused(_):
    for arguments in ([], ["-w", "x", ECHO], ["-c", "1", ECHO], ["-Y", "ip", ECHO], ["-V", ECHO], ["-r", ECHO, ECHO], ["-i", "lo"]):
        done = info(*arguments)
        assert done.returncode == 2 and not done.stdout and done.stderr.count(b"\n") == 1, (arguments, done)
    assert info(captures.PCAPS + "/make.py").returncode == 3		# no capture


def what_cannot_be_written_is_said(_):
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run([captures.RINGTAIL, "info", ECHO, ECHO], stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b""), done
    with open("/dev/full", "wb") as full:
        done = subprocess.run([captures.RINGTAIL, "info", ECHO], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 6 and done.stderr.startswith(b"ringtail: standard output: "), done


def main():
    judged_by = (every_capture_has_the_facts_that_capinfos_tells, cut_captures_too, comments_that_editcap_wrote_are_told)
    schema = json.loads(info("--schema").stdout)
    assert not json_objects.fits({"version": 1}, schema, schema)
    failed = False
    for fact in judged_by + (what_capinfos_passes_over_is_told, what_has_no_bound_is_held_in_bounded_memory,
                             damaged_captures_have_as_many_packets_as_can_be_read, several_files_come_in_turn_and_the_worst_ends_the_run, what_is_of_packets_is_refused,
                             what_cannot_be_written_is_said):
        name = fact.__name__.replace("_", " ")
        if fact in judged_by and not (shutil.which("capinfos") and shutil.which("editcap")):
            print("skip - %s: there is no capinfos" % name)
            continue
        try:
            fact(schema)
            failed |= captures.report(name, [])
        except AssertionError as error:
            failed |= captures.report(name, str(error)[:6000].splitlines() or ["line %d" % error.__traceback__.tb_next.tb_lineno])
    if not os.path.isdir(captures.CORPUS):
        print("skip - captures of the corpus: there is no %s" % captures.CORPUS)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
