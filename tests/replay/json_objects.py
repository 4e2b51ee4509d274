#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""json_objects.py - --json prints objects that fit --schema, whatever the packets say

Over pcaps/, the corpus, and $MUTATIONS (300) captures damaged at random from a seed: each line is JSON in ASCII,
no key comes twice in an object, and there is an object for every packet.
"""
# timeout: 600
import json
import os
import random
import re
import subprocess
import sys
import tempfile

import captures
import mutated

COUNT = int(os.environ.get("MUTATIONS", "300"))
SEED = int(os.environ.get("SEED", "1"))
TYPES = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool}


def unique(pairs):
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        raise ValueError("a key comes twice in %s" % keys)
    return dict(pairs)


def no_constant(text):
    raise ValueError("%s is no JSON" % text)


def is_type(value, name):
    return isinstance(value, TYPES[name]) and (name != "integer" or not isinstance(value, bool))


def fits(value, rule, root):
    """Does value fit the rule? As much of JSON Schema as --schema uses; what is unknown does not pass."""
    if "$ref" in rule:
        rule = root["$defs"][rule["$ref"].rsplit("/", 1)[1]]
    for key, asked in rule.items():
        if key == "type":
            good = any(is_type(value, name) for name in ([asked] if isinstance(asked, str) else asked))
        elif key == "const":
            good = value == asked
        elif key == "enum":
            good = value in asked
        elif key == "pattern":
            good = bool(re.search(asked, value))
        elif key in ("minimum", "maximum"):
            good = value >= asked if key == "minimum" else value <= asked
        elif key == "required":
            good = all(name in value for name in asked)
        elif key == "properties":
            good = all(name not in value or fits(value[name], inner, root) for name, inner in asked.items())
        elif key == "additionalProperties":
            others = [inner for name, inner in value.items() if name not in rule.get("properties", {})]
            good = not others if asked is False else all(fits(inner, asked, root) for inner in others)
        elif key == "items":
            good = all(fits(inner, asked, root) for inner in value)
        elif key == "anyOf":
            good = any(fits(value, inner, root) for inner in asked)
        else:
            good = key in ("$schema", "$defs", "title", "version", "description")
        if not good:
            return False
    return True


def wrong_with(path, schema, *options):
    done = subprocess.run([captures.RINGTAIL, "--json", *options, "-r", path], stdin=subprocess.DEVNULL,
                          capture_output=True, env=captures.ENV, timeout=30, check=False)
    if done.returncode not in (0, 2, 3):
        return "%s: exit status %d: %s" % (path, done.returncode, done.stderr[-300:])
    if done.stdout and not done.stdout.endswith(b"\n"):
        return "%s: the last line has no end" % path
    for number, line in enumerate(done.stdout.split(b"\n")[:-1], 1):
        try:
            packet = json.loads(line.decode("ascii"), object_pairs_hook=unique, parse_constant=no_constant)
        except (ValueError, UnicodeDecodeError) as error:
            return "%s line %d: %s: %s" % (path, number, error, line[:300])
        if not fits(packet, schema, schema) or packet["number"] != number:
            return "%s line %d does not fit: %s" % (path, number, line[:300])
    return None


def main():
    schema = json.loads(captures.run(captures.RINGTAIL, "--schema").stdout)
    assert not fits({"version": 1}, schema, schema)
    paths = [path for folder in (captures.PCAPS, captures.CORPUS) for path in captures.captures(folder)]
    failed = captures.report("objects of %d captures fit the schema" % len(paths),
                             [text for path in paths if (text := wrong_with(path, schema))])
    failed |= captures.report("they do with -e -vvv too",
                              [text for path in paths if (text := wrong_with(path, schema, "-e", "-vvv"))])
    inputs = [data for data in mutated.sources() if len(data) > 30]
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        for n in range(COUNT):
            rng = random.Random("json %d/%d" % (SEED, n))
            path = os.path.join(folder, "%06d.pcap" % n)
            with open(path, "wb") as file:
                file.write(mutated.mutate(rng, rng.choice(inputs)))
            text = wrong_with(path, schema)
            if text:
                wrong.append(text)
            os.unlink(path)
    failed |= captures.report("objects of %d mutated captures fit the schema (seed %d)" % (COUNT, SEED), wrong)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
