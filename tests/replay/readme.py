#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""readme.py [--update] - the screens in the README are those of tests/screens/

Behind a line "<!-- screen NAME -->" or "<!-- screen NAME ROWS -->" (from 1: "1-9,20-24") the indented block has the
rows of tests/screens/NAME.txt. With --update they are put there.
"""
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
README = os.path.join(ROOT, "README.md")
MARK = re.compile(r"^(<!-- screen (\S+)(?: ([\d,-]+))? -->\n\n)((?:(?: {4}.*)?\n)*)(?=\S)", re.M)


def rows(name, which):
    with open(os.path.join(ROOT, "tests/screens", name + ".txt"), encoding="utf-8") as file:
        lines = file.read().split("\n")[:-1]
    chosen = []
    for part in (which or "1-%d" % len(lines)).split(","):
        first, _, last = part.partition("-")
        chosen += lines[int(first) - 1:int(last or first)]
    return "".join(("    " + line).rstrip() + "\n" for line in chosen)


def main():
    with open(README, encoding="utf-8") as file:
        text = file.read()
    found = list(MARK.finditer(text))
    new = MARK.sub(lambda m: m.group(1) + rows(m.group(2), m.group(3)) + "\n", text)
    if sys.argv[1:] == ["--update"]:
        with open(README, "w", encoding="utf-8") as file:
            file.write(new)
        return 0
    wrong = [m.group(2) for m in found if m.group(4).rstrip("\n") != rows(m.group(2), m.group(3)).rstrip("\n")]
    for name in wrong:
        print("# %s: another one is stored; make golden-update takes it over" % name)
    good = len(found) > 4 and not wrong
    print("%s - the README's %d screens are those that are stored" % ("ok" if good else "not ok", len(found)))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
