# SPDX-License-Identifier: MIT
"""A folder of reference cases, running the tools, and comparing numbers."""
import csv
import json
import math
import os
import shlex
import subprocess

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BIN = os.path.abspath(os.environ.get("SONDEO_BIN", os.path.join(ROOT, "build/release/bin")))


class Skip(Exception):
    """The case asks for what no tool can be asked for."""


class Folder:
    def __init__(self, path):
        self.path = path
        with open(os.path.join(path, "cases.json"), encoding="utf-8") as file:
            content = json.load(file)
        self.datasets, self.cases = content["datasets"], content["cases"]

    def file(self, name):
        return os.path.join(self.path, name)

    def column(self, data, name):
        """What the dataset says about a column, or None."""
        return next((c for c in self.datasets[data]["columns"] if c["name"] == name), None)

    def rows(self, name):
        with open(self.file(name), newline="", encoding="utf-8") as file:
            return list(csv.reader(file))


def name_of(column):
    """A column as the tools take it whatever signs it has."""
    return "`%s`" % column.replace("`", "``")


class Done:
    def __init__(self, command, status, out, err):
        self.command, self.status, self.out, self.err = command, status, out, err


def tool(name, *arguments):
    command = [os.path.join(BIN, name), *arguments]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8")
    return Done(" ".join(map(shlex.quote, [name, *arguments])), done.returncode, done.stdout, done.stderr.strip())


class Comparison:
    """Compares by the rule of the folder's README: relative for estimates, ten times that for standard errors and
    limits, a hundred times for p values, design effects and variances."""

    FACTORS = {"estimate": 1, "se": 10, "deff": 100}

    def __init__(self, case):
        self.rel = case["tolerance"]["rel"]
        self.rel_se = case["tolerance"].get("rel_se")  # of raked designs, whose errors R approaches in ten sweeps
        self.compared, self.differences, self.left_out, self.command = 0, [], {}, ""

    def differ(self, what):
        self.differences.append(what)

    def number(self, what, ours, reference, kind="estimate"):
        self.compared += 1
        if isinstance(reference, str):
            reference = float(reference.replace("NA", "nan"))
        if ours is not None and (ours == reference or math.isnan(reference) and math.isnan(ours)):
            return
        rel = self.rel_se if kind == "se" and self.rel_se else self.rel * self.FACTORS[kind]
        if ours is None or not abs(ours - reference) <= rel * abs(reference) + 1e-10:
            self.differ("%s: ours %r, reference %r" % (what, ours, reference))

    def leave_out(self, reason, results):
        """The numbers of these results are not compared."""
        count = sum(1 for _ in numbers_in(results))
        if count:
            self.left_out[reason] = self.left_out.get(reason, 0) + count


def numbers_in(value):
    if isinstance(value, dict):
        for each in value.values():
            yield from numbers_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from numbers_in(each)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield value
