# SPDX-License-Identifier: MIT
"""Runs sondeo-tab and reads its json."""
import json
import os
import shlex
import subprocess

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BIN = os.path.abspath(os.environ.get("SONDEO_BIN", os.path.join(ROOT, "build/release/bin")))
SECONDS = 120


class Failed(Exception):
    pass


class Table:
    """One table of sondeo.tables/1: columns and rows by id, comparisons by row and columns."""

    def __init__(self, table):
        self.columns = {column["id"]: column for column in table["columns"]}
        self.rows = {}
        for row in table["rows"]:
            cells = zip(table["columns"], row["cells"])
            self.rows[row["id"]] = {
                column["id"]: {(v["statistic"], v["of"]): v["value"] for v in cell} for column, cell in cells}
        self.comparisons = {(each["row"], each["a"], each["b"]): each for each in table["comparisons"]}

    def value(self, row, column, statistic, of=""):
        return self.rows[row][column].get((statistic, of))


def table(command):
    """The one table that a command line of sondeo-tab makes."""
    command = [os.path.join(BIN, "sondeo-tab"), *command, "-f", "json", "--no-provenance", "--threads", "1"]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    if ran.returncode != 0:
        raise Failed("status %d of %s: %s" % (ran.returncode, shlex.join(command), ran.stderr.strip()))
    tables = json.loads(ran.stdout)["tables"]
    if len(tables) != 1:
        raise Failed("%d tables of %s" % (len(tables), shlex.join(command)))
    return Table(tables[0])
