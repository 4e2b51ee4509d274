#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""golden.py [--update] - every capture in pcaps/ prints what stands in the files beside it

NAME.txt is the short form, NAME.v.txt the long one, and of some there are NAME.tree, NAME.json, NAME.flows and
NAME.info too; --update writes them, to be reviewed as code. Under valgrind it needs longer. timeout: 300
"""
import difflib
import os
import sys

import captures

FORMS = {".txt": ["-nn", "--utc"], ".v.txt": ["-nn", "-e", "-v", "--utc"]}


# Forms of many lines: only where there is a file already.
CHOSEN = {".tree": ["-nn", "-V", "--utc"], ".json": ["--json"], ".flows": ["flows", "--utc"], ".info": ["info", "--utc"]}


def output(name, arguments):
    done = captures.run(captures.RINGTAIL, *arguments, "-r", name, cwd=captures.PCAPS)
    text = done.stdout.decode("utf-8", "backslashreplace")
    for line in done.stderr.decode("utf-8", "backslashreplace").splitlines():
        text += "stderr: %s\n" % line
    if done.returncode != 0:
        text += "exit status: %d\n" % done.returncode
    return text


def main():
    failed = False
    for path in captures.captures(captures.PCAPS):
        name = os.path.basename(path)
        for form, arguments in {**FORMS, **CHOSEN}.items():
            golden = os.path.splitext(path)[0] + form
            if form in CHOSEN and not os.path.exists(golden):
                continue
            text = output(name, arguments)
            if sys.argv[1:] == ["--update"]:
                with open(golden, "w", encoding="utf-8") as file:
                    file.write(text)
                continue
            expected = ""
            if os.path.exists(golden):
                with open(golden, encoding="utf-8") as file:
                    expected = file.read()
            wrong = list(difflib.unified_diff(expected.split("\n"), text.split("\n"), "golden", "ringtail",
                                              n=0, lineterm=""))
            failed |= captures.report("%s prints what %s says" % (name, os.path.basename(golden)), wrong)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
