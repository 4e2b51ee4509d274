#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""slowest.py - no packet takes longer than a millisecond, through all outputs together

$MUTATIONS (300) captures made as replay/mutated.py makes them, and those that they are made of.
"""
import os
import random
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "replay"))
import captures
import mutated

LIMIT = 1000	# microseconds
BATCH = 200	# captures


def slowest(paths):
    done = subprocess.run([os.path.join(captures.BUILD, "tests", "slowest")] + paths, stdout=subprocess.PIPE,
                          text=True, env=captures.ENV, check=True)
    time, rest = done.stdout.split(" ", 1)
    return int(time), rest.strip()


def main():
    worst = slowest([path for folder in (captures.PCAPS, captures.CORPUS) for path in captures.captures(folder)])
    inputs = [data for data in mutated.sources() if len(data) > 30]
    for first in range(0, mutated.COUNT, BATCH):
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for n in range(first, min(first + BATCH, mutated.COUNT)):
                rng = random.Random("%d/%d" % (mutated.SEED, n))
                paths.append(os.path.join(folder, "%06d.pcap" % n))
                with open(paths[-1], "wb") as file:
                    file.write(mutated.mutate(rng, rng.choice(inputs)))
            worst = max(worst, slowest(paths))
    failed = captures.report("no packet of %d mutated captures takes longer than %d us: at most %d (%s)" %
                             (mutated.COUNT, LIMIT, *worst), ["too slow"] if worst[0] > LIMIT else [])
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
