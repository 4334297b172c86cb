# SPDX-License-Identifier: MIT
"""A large survey and the plan of its book: 200 questions by a banner of 40 columns, the same bytes every time."""

import os
import random

SEED = 20
SINGLES, SCALES, MULTIPLES, OPTIONS = 120, 60, 20, 8
BANNER = {  # variable: its categories; with the total 40 columns
    "sex": 2, "age": 6, "region": 12, "education": 5, "size": 5, "job": 5, "children": 2, "voted": 2}
LIKERT = ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"]


def answers_of(single):
    """How many answers a single-choice question has: 4 to 12."""
    return 4 + single % 9


def codes(random_bytes, count, leaning, missing):
    """Random bytes as codes 1 ... count, the later ones rarer the more it leans; 0 stands for no answer."""
    weights = [1 / (1 + leaning * code) for code in range(count)]
    share, table, at = sum(weights), bytearray(), 0.0
    for code, weight in enumerate(weights, 1):
        at += weight / share * (256 - missing)
        table += bytes([code]) * (round(at) - len(table))
    return random_bytes.translate(bytes(table) + bytes(256 - len(table)))


def write_data(path, rows):
    """One line a respondent: weight, banner, then singles s1 ..., scales a1 ..., and columns m1_1 ... of 0 and 1."""
    chance = random.Random(SEED)
    texts = [str(code).encode() for code in range(64)]
    columns, names = [], []
    weights = [b"%d.%03d" % divmod(400 + code * 7, 1000) for code in range(256)]
    columns.append([weights[byte] for byte in chance.randbytes(rows)])
    names.append("w")

    def add(name, count, leaning, missing=0, empty=b""):
        words = [empty] + texts[1:]
        columns.append([words[code] for code in codes(chance.randbytes(rows), count, leaning, missing)])
        names.append(name)

    for name, count in BANNER.items():
        add(name, count, 0.2)
    for single in range(1, SINGLES + 1):
        add(f"s{single}", answers_of(single), 0.3, missing=8 * (single % 3))
    for scale in range(1, SCALES + 1):
        add(f"a{scale}", 5, 0.1, missing=6)
    for multiple in range(1, MULTIPLES + 1):
        for option in range(1, OPTIONS + 1):
            add(f"m{multiple}_{option}", 1, 0, missing=128 + 10 * option, empty=b"0")
    with open(path + ".part", "wb") as out:
        out.write(",".join(names).encode() + b"\n")
        for row in zip(*columns):
            out.write(b",".join(row) + b"\n")
    os.rename(path + ".part", path)


def questions():
    """Names of the 200 questions, in the order of the book."""
    return ([f"s{i}" for i in range(1, SINGLES + 1)] + [f"a{i}" for i in range(1, SCALES + 1)]
            + [f"m{i}" for i in range(1, MULTIPLES + 1)])


def write_study(path, data):
    """The study of that file with its book in it: letters at two levels, nets, boxes, means, sections."""
    def code(value, label, more=""):
        return f'  {{ code = {value}, label = "{label}"{more} }},'

    text = ["[study]", 'name = "book"', 'title = "A large book"', f'data = "{data}"', 'weight = "w"', "[[weight]]", 'name = "w"']
    for name, count in BANNER.items():
        text += ["[[question]]", f'name = "{name}"', f'label = "{name.capitalize()}"', "codes = ["]
        text += [code(i, f"{name.capitalize()} {i}") for i in range(1, count + 1)] + ["]"]
    for single in range(1, SINGLES + 1):
        count = answers_of(single)
        text += ["[[question]]", f'name = "s{single}"', f'label = "Question {single}: which of these applies?"', "codes = ["]
        text += [code(i, f"Answer {i} of question {single}") for i in range(1, count + 1)]
        text += ["]", f'nets = [ {{ name = "first", label = "The first two", of = [1, 2] }} ]']
    for scale in range(1, SCALES + 1):
        text += ["[[question]]", f'name = "a{scale}"', 'kind = "scale"', f'label = "Statement {scale}"', "codes = ["]
        text += [code(i, label, f", score = {i}") for i, label in enumerate(LIKERT, 1)]
        text += ["]", 'boxes = ["top2", "bottom2"]']
    for multiple in range(1, MULTIPLES + 1):
        text += ["[[question]]", f'name = "m{multiple}"', 'kind = "multiple"', f'label = "List {multiple}: all that apply"', "codes = ["]
        text += [code(i, f"Option {i} of list {multiple}", f', column = "m{multiple}_{i}"') for i in range(1, OPTIONS + 1)]
        text += ["]", 'nets = [ { name = "any", label = "Any of the first three", of = [1, 2, 3] } ]']
    text += ["[book]", 'title = "A large book"', f'by = "total + {" + ".join(BANNER)}"', 'test = "effective"',
             "levels = [95, 90]"]
    for title, pattern in (("Facts", "s*"), ("Statements", "a?, a??"), ("Lists", "m*")):
        names = [name for name in questions() if name[0] == pattern[0]]
        text += ["[[book.section]]", f'title = "{title}"', "[[book.section.table]]", f"questions = {names}".replace("'", '"')]
    with open(path, "w", encoding="utf-8") as out:
        out.write("\n".join(text) + "\n")
