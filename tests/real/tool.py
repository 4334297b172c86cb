# SPDX-License-Identifier: MIT
"""Runs sondeo-freq and sondeo-tab for many asks at once and reads their csv."""
import csv
import io
import os
import shlex
import subprocess
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BIN = os.path.abspath(os.environ.get("SONDEO_BIN", os.path.join(ROOT, "build/release/bin")))
HEADER = "table,weight,row_id,row,column_id,column,against_id,of,statistic,value,unit,flag"
SECONDS = 120


class Answer:
    """One column of one table: numbers by row, statistic and what the statistic is of."""

    def __init__(self, run):
        self.run, self.values, self.rows = run, {}, set()

    def number(self, names, statistic, of="", absent=None):
        """The number of the first row that has one of the names; `absent` if there is no such row."""
        for name in names:
            if name in self.rows:
                value, flag = self.values.get((name, statistic, of), ("", "not printed"))
                if value == "":
                    raise ValueError("no %s of %s (%s)" % (statistic, name, flag))
                return float(value)
        if absent is None:
            raise ValueError("no row %s" % names[0])
        return absent

    def total(self, statistic):
        """The sum over the answers."""
        return sum(float(value) for (row, what, _), (value, _) in self.values.items()
                   if what == statistic and not row.startswith("_"))


class Run:
    """One run of a tool: questions that agree in everything else, under all the columns that are wanted."""

    def __init__(self, asks):
        self.questions = list(dict.fromkeys(ask.question for ask in asks))
        self.declare = [part for pair in dict.fromkeys(a.declare for a in asks) for part in pair]
        self.banner = list(dict.fromkeys(a.column[0] for a in asks if a.column))
        self.interval = next((a.interval for a in asks if a.interval), None)
        self.ask, self.tables, self.error = asks[0], [], ""

    def command(self, where):
        ask = self.ask
        command = ["sondeo-tab" if self.banner else "sondeo-freq", *ask.data.reading(), *self.declare, *ask.options]
        if self.interval:
            command += ["--level", "%g" % self.interval.level, "--interval", "wald", "--df", self.interval.df]
        if where:
            command += ["--where", where]
        if self.banner:
            command += ["--by", " + ".join(["total"] + self.banner)]
        return command + ["-f", "csv", "--raw", "--no-provenance", "--", ask.data.path, *self.questions]

    def execute(self):
        done = self.attempt(self.ask.where)
        if done.returncode and "--weight" in self.ask.options and b"weight" in done.stderr:
            weight = self.ask.options[self.ask.options.index("--weight") + 1]  # rows without one are left out
            weighted = "text(%s) <> ''" % weight
            done = self.attempt("(%s) and %s" % (self.ask.where, weighted) if self.ask.where else weighted)
        if done.returncode:
            words = done.stderr.decode("utf-8", "replace").strip().splitlines() or [""]
            self.error = "exit %d: %s" % (done.returncode, words[0])
        else:
            self.read(done.stdout.decode("utf-8"))

    def attempt(self, where):
        self.shown = shlex.join(self.command(where))
        command = self.command(where)
        return subprocess.run([os.path.join(BIN, command[0])] + command[1:], stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=SECONDS)

    def read(self, text):
        lines = csv.DictReader(io.StringIO(text, newline=""))
        if ",".join(lines.fieldnames or []) != HEADER:
            self.error = "not the header of the csv contract: %s" % lines.fieldnames
            return
        table = None
        for line in lines:
            if line["table"] != table:
                table = line["table"]
                self.tables.append(defaultdict(lambda: Answer(self)))
            answer = self.tables[-1][line["column_id"]]
            answer.rows.add(line["row_id"])
            answer.values[line["row_id"], line["statistic"], line["of"]] = (line["value"], line["flag"])
        if len(self.tables) != len(self.questions):
            self.error = "%d tables for %d questions" % (len(self.tables), len(self.questions))

    def answer(self, ask):
        if self.error:
            raise ValueError(self.error)
        table = self.tables[self.questions.index(ask.question)]
        column = "%s=%s" % (ask.column[0][1:-1].replace("``", "`"), ask.column[1]) if ask.column else "_total"
        if column not in table:
            raise ValueError("no column %s" % column)
        return table[column]


def run_all(asks):
    """The run that answers each ask, after as few runs as will do."""
    alike = defaultdict(list)
    for ask in dict.fromkeys(asks):
        alike[ask.data, ask.kind, ask.options, ask.where, bool(ask.column)].append(ask)
    groups = defaultdict(list)
    for key, members in alike.items():
        any_interval = next((a.interval for a in members if a.interval), None)
        for ask in members:
            groups[key, ask.interval or any_interval].append(ask)
    runs = {ask: run for members in groups.values() for run in [Run(members)] for ask in members}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(Run.execute, dict.fromkeys(runs.values())))
    return runs
