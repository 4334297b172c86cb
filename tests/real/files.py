# SPDX-License-Identifier: MIT
"""The data file of a check, as the tools are told about it: its options and its column names."""
import csv
import itertools
import os

csv.field_size_limit(1 << 30)
BLANKS = " \t\u00a0"


class Unsupported(Exception):
    """The tools cannot express this (yet): the check is skipped, and this is the reason."""


def find(folder, dataset, spec):
    """In the set's folder, or that of the set it names; then in $DATA_DIR/<set>, $SONDEO_SHARED/data/<set>."""
    own = spec.get("set", dataset)
    beside = os.path.dirname(os.path.abspath(folder))
    shared = os.environ.get("SONDEO_SHARED")
    places = [folder if own == dataset else os.path.join(beside, own)]
    places += [os.path.join(pool, own) for pool in (os.environ.get("DATA_DIR"), beside) if pool]
    places += [os.path.join(shared, "data", own)] if shared else []
    for place in places:
        path = os.path.join(place, spec["path"])
        if os.path.isfile(path):
            return path
    raise FileNotFoundError("no file %s" % spec["path"])


class DataFile:
    def __init__(self, folder, dataset, spec):
        if spec.get("layout") in ("sav", "dta", "triple-s"):
            raise Unsupported("layout %s" % spec["layout"])
        self.path = find(folder, dataset, spec)
        self.trim = spec.get("trim", False)
        self.encoding = spec.get("encoding", "utf-8")
        self.delimiter = spec.get("delimiter", ",")
        codec = self.encoding.replace("windows-", "cp").replace("-", "_")
        codec = "utf_8_sig" if codec == "utf_8" else codec
        self.codec = codec
        with self.open() as file:
            records = (row for row in csv.reader(file, delimiter=self.delimiter) if row)
            self.rows = list(itertools.islice(records, spec.get("header_rows", 1)))
        self.header = self.rows[0]
        self.counted = None  # a column to ask for where only the base is wanted

    def open(self):
        return open(self.path, encoding=self.codec, newline="")

    def texts(self, column):
        """The distinct cells of a column."""
        k = self.position(column) - 1
        with self.open() as file:
            rows = (row for row in csv.reader(file, delimiter=self.delimiter) if row)
            return {row[k] for row in itertools.islice(rows, len(self.rows), None)}

    def reading(self):
        """Options that say how to read the file."""
        options = ["--delimiter", "tab" if self.delimiter == "\t" else self.delimiter]
        options += [] if self.encoding == "utf-8" else ["--encoding", self.encoding]
        return options + ([] if len(self.rows) == 1 else ["--header-rows", str(len(self.rows))])

    def position(self, column):
        """Counted from 1. A column is a text of the first header row or else the last, unique there, or {"index": k}."""
        if isinstance(column, dict):
            return column["index"]
        cut = str.strip if self.trim else str
        places = lambda row: [i for i, text in enumerate(row, 1) if cut(text) == cut(column)]
        hits = places(self.header) or places(self.rows[-1])
        if len(hits) != 1:
            raise ValueError("header %r found %d times" % (column, len(hits)))
        return hits[0]

    def name(self, column):
        """The column as the tools know it: its name in backquotes if that is plain and unique, else #k."""
        k = self.position(column)
        text, row = self.header[k - 1], self.header
        if len(self.rows) > 1:
            if "" in self.header[k:k + 1]:
                return "#%d" % k  # the text is that of a question of several columns
            if not text and self.rows[-1][k - 1] not in self.header:
                text, row = self.rows[-1][k - 1], self.rows[-1]
        if not text or text != text.strip() or row.count(text) > 1:
            return "#%d" % k
        return "`%s`" % text.replace("`", "``")

    def ids(self, column):
        """What the column may be called as the option of a select-all question."""
        k = self.position(column)
        texts = [row[k - 1] for row in reversed(self.rows[:2])]
        return [name for text in texts for name in (text, text.strip(BLANKS)) if name] + ["#%d" % k]
