#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""layers.py - the floors of the house: who may include, call and read what"""
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FLOORS = ("ui", "capture", "decode")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.S)
STRING = re.compile(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'')
# What decode/ may have of the C library: it does no I/O and allocates nothing.
DECODE_HEADERS = {"stdbool.h", "stddef.h", "stdint.h", "string.h", "limits.h", "assert.h", "endian.h"}
CRYPTO_HEADERS = {"nettle/sha2.h", "nettle/gcm.h", "nettle/hkdf.h", "nettle/hmac.h"}	# of decode/crypto.c: arithmetic over what it is given, nothing else
DATE_HEADERS = {"time.h"}	# of decode/date.c, for the calendar; what the time is now, nobody asks there
FORBIDDEN_CALL = re.compile(r"\b(malloc|calloc|realloc|free|alloca|strdup|v?f?s?n?printf|puts|putchar|fwrite"
                            r"|fopen|open|read|write|exit|abort|longjmp|setjmp)\s*\(")
# A packet's bytes are reached through slice.ptr only; those who may pass it on do not look behind it.
DEREFERENCE = re.compile(r"(\*\s*\(?\s*[\w.>()-]*(?:\.|->)ptr\b|(?:\.|->)ptr\s*\[|(?:\.|->)ptr\s*\+"
                         r"|\(\s*(?:const\s+)?struct\s+\w+\s*\*\s*\)\s*[\w.>-]*(?:\.|->)ptr\b)")
MAY_DEREFERENCE = {"decode/slice.h"}


def sources():
    for floor in FLOORS:
        for folder, _, names in os.walk(os.path.join(ROOT, floor)):
            for name in sorted(names):
                if name.endswith((".c", ".h")):
                    path = os.path.join(folder, name)
                    with open(path, encoding="utf-8") as file:
                        yield os.path.relpath(path, ROOT), file.read()


def ours(text):
    return [name for mark, name in INCLUDE.findall(text) if mark == '"']


def system(text):
    return [name for mark, name in INCLUDE.findall(text) if mark == "<"]


def code(text):
    """The text without its comments and strings."""
    return STRING.sub('""', COMMENT.sub(lambda m: "\n" * m.group().count("\n"), text))


def lines_with(pattern, path, text):
    return ["%s:%d: %s" % (path, n, line.strip()) for n, line in enumerate(code(text).split("\n"), 1)
            if pattern.search(line)]


def no_include_goes_upward(files):
    allowed = {"ui": ("ui/", "capture/", "decode/"), "capture": ("capture/",), "decode": ("decode/",)}
    return ["%s includes %s" % (path, name) for path, text in files.items() for name in ours(text)
            if not name.startswith(allowed[path.split("/")[0]])
            and not (path.startswith("capture/") and name == "decode/slice.h")]


def only_the_screen_includes_curses(files):
    return ["%s includes %s" % (path, name) for path, text in files.items() for name in system(text)
            if "curses" in name and not path.startswith("ui/screen/")]


def decode_uses_nothing_but_strings_and_numbers(files):
    return ["%s includes <%s>" % (path, name) for path, text in files.items()
            if path.startswith("decode/") for name in system(text)
            if name not in DECODE_HEADERS and (path != "decode/crypto.c" or name not in CRYPTO_HEADERS) and (path != "decode/date.c" or name not in DATE_HEADERS)]


def decode_neither_allocates_nor_prints(files):
    return [line for path, text in files.items() if path.startswith("decode/")
            for line in lines_with(FORBIDDEN_CALL, path, text)]


def only_slice_h_dereferences_packet_bytes(files):
    return [line for path, text in files.items()
            if not path.startswith("capture/") and path not in MAY_DEREFERENCE
            for line in lines_with(DEREFERENCE, path, text)]


def only_main_exits(files):
    return [line for path, text in files.items() if path != "ui/main.c"
            for line in lines_with(re.compile(r"(?<![\w>.])(exit|abort)\s*\("), path, text)]


def no_circle_of_includes(files):
    state, circles = {}, []

    def visit(path, way):
        if path not in files or state.get(path) == "done":
            return
        if path in way:
            circles.append(" > ".join(way[way.index(path):] + [path]))
            return
        for name in ours(files[path]):
            visit(name, way + [path])
        state[path] = "done"

    for path in files:
        visit(path, [])
    return circles


def no_two_modules_call_each_other(files):
    """A module is NAME.c with NAME.h; to include the other's header is to call it."""
    module = {path: re.sub(r"\.[ch]$", "", path) for path in files}
    uses = {}
    for path, text in files.items():
        uses.setdefault(module[path], set()).update(re.sub(r"\.h$", "", name) for name in ours(text))
    return ["%s and %s include each other's header" % (a, b)
            for a in sorted(uses) for b in sorted(uses[a]) if a < b and a in uses.get(b, ())]


def every_file_says_licence_and_purpose(files):
    head = re.compile(r"/\* SPDX-License-Identifier: BSD-2-Clause \*/\n/\* (\S+) - ")
    return [path for path, text in files.items()
            if not (head.match(text) and head.match(text).group(1) == os.path.basename(path))]


FACTS = (no_include_goes_upward, only_the_screen_includes_curses, decode_uses_nothing_but_strings_and_numbers,
         decode_neither_allocates_nor_prints, only_slice_h_dereferences_packet_bytes, only_main_exits,
         no_circle_of_includes, no_two_modules_call_each_other, every_file_says_licence_and_purpose)

# What each fact must find, so that none of them passes by looking at nothing.
BROKEN = {
    "decode/a.h": '#include "ui/line.h"\n#include "decode/b.h"\n#include <stdio.h>\nx = s.ptr[3];\nexit(1);\n',
    "decode/b.h": '#include "decode/a.h"\nvoid *p = malloc(3);\n',
    "ui/c.c": "#include <ncurses.h>\ny = *(a->ptr);\n",
}


def main():
    files = dict(sources())
    failed = False
    for fact in FACTS:
        for what, wrong in (("", fact(files)), ("_is_noticed", [] if fact(BROKEN) else ["finds nothing"])):
            if what and not wrong:
                continue
            for line in wrong:
                print("# " + line)
            print("%s - %s%s" % ("not ok" if wrong else "ok", fact.__name__, what))
            failed |= bool(wrong)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
