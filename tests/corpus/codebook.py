#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""codebook.py CODEBOOK.json: the corpus's neutral codebooks as study files of sondeo.

What is wrong with a codebook stays wrong: names and codes that stand twice do so in the study, an
empty one becomes an empty study, one that is cut off a study that is cut off.
"""
import json
import re
import sys

KINDS = {"single": "single", "multiple": "multiple", "number": "number", "numeric": "number", "text": "text"}


def quoted(text):
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def first(pairs, key, otherwise=None):
    return next((value for name, value in pairs if name == key), otherwise)


def question(pairs):
    lines = ["[[question]]"]
    for key, value in pairs:
        if key == "name":
            lines.append("name = %s" % quoted(value))
        elif key == "type":
            lines.append("kind = %s" % quoted(KINDS.get(value, value)))
        elif key == "label":
            lines.append("text = %s" % quoted(value))
        elif key == "codes":
            codes = ["  { code = %s, label = %s }," % (quoted(code), quoted(label)) for code, label in value]
            codes += ['  { code = %s, missing = "refused" },' % quoted(code)
                      for code in first(pairs, "missing", [])]
            lines += ["codes = [", *codes, "]"]
        elif key != "missing":
            lines.append("%s = %s" % (key, quoted(str(value))))
    return "\n".join(lines) + "\n"


def cut_off(text):
    """What can be read of a codebook that ends too early, ending too early."""
    lines = ["[[question]]"]
    for key, value, end in re.findall(r'"(name|type|label)": "([^"]*)("?)', text):
        lines.append("%s = %s" % ({"name": "name", "type": "kind", "label": "text"}[key],
                                  quoted(value)[:None if end else -1]))
    return "\n".join(lines)


def study_of(codebook):
    """The text of a study file with the content of a codebook (bytes)."""
    text = codebook.decode("utf-8-sig")
    if not text.strip():
        return text
    try:
        book = json.loads(text, object_pairs_hook=list)
    except json.JSONDecodeError:
        return cut_off(text)
    return "\n".join(question(variable) for variable in first(book, "variables"))


if __name__ == "__main__":
    with open(sys.argv[1], "rb") as file:
        sys.stdout.write(study_of(file.read()))
