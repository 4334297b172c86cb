# SPDX-License-Identifier: MIT
"""One case: sondeo-tab is asked for its table, and every number is compared."""
import collections
import json
import math
import os
import shlex
import subprocess

from survey import Survey, code

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BIN = os.path.abspath(os.environ.get("SONDEO_BIN", os.path.join(ROOT, "build/release/bin")))
SECONDS = 300
COMPARE = {"pairs": "pairs", "previous": "previous", "vs_total": "total", "vs_rest": "rest"}
TOLERANCE = {"p": 1e-7, "p_adjusted": 1e-7}  # where cases.json does not say; others 1e-9
SMALLEST_P = 1e-300


class Failed(Exception):
    def __init__(self, what, command=""):
        super().__init__(what)
        self.command = command


class Skipped(Exception):
    """No tool can be asked for this."""


class Comparison:
    def __init__(self, tolerance, command):
        self.tolerance, self.command = tolerance, command
        self.compared, self.left_out, self.differences = collections.Counter(), collections.Counter(), []

    def number(self, kind, what, ours, reference, scale=1, absolute=0):
        """`scale` times the reference is what we print; differences of numbers have an absolute tolerance."""
        self.compared[kind] += 1
        if reference is None or ours is None:
            if ours is not reference:
                self.differences.append("%s: ours %r, reference %r" % (what, ours, reference))
            return
        relative = self.tolerance.get("p" if kind == "p_adjusted" else kind, TOLERANCE.get(kind, 1e-9))
        if kind in ("p", "p_adjusted") and reference < SMALLEST_P:
            close = 0 <= ours < SMALLEST_P
        else:
            close = math.isfinite(ours) and abs(ours - scale * reference) <= relative * abs(scale * reference) + absolute
        if not close:
            self.differences.append("%s: ours %r, reference %r" % (what, ours, scale * reference))

    def same(self, kind, what, ours, reference):
        self.compared[kind] += 1
        if ours != reference:
            self.differences.append("%s: ours %r, reference %r" % (what, ours, reference))


class Table:
    """A table of `sondeo.tables/1`: cells by row and column id, comparisons by row, column and what it is against."""

    def __init__(self, table):
        self.columns = {column["id"]: column for column in table["columns"]}
        ids = list(self.columns)
        self.cells = {(row["id"], ids[j]): {(v["statistic"], v["of"]): v for v in cell}
                      for row in table["rows"] for j, cell in enumerate(row["cells"])}
        self.comparisons = {(each["row"], each["a"], each["b"]): each for each in table["comparisons"]}

    def number(self, row, column, statistic, of=""):
        value = self.cells.get((row, column), {}).get((statistic, of))
        return value and value["value"]

    def letters(self, row, column, of):
        value = self.cells.get((row, column), {}).get(("letters", of))
        return value and value["value"]


def run_tool(arguments):
    command = [os.path.join(BIN, "sondeo-tab"), *arguments]
    shown = shlex.join(["sondeo-tab", *arguments])
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8", timeout=SECONDS)
    if done.returncode:
        raise Failed("exit %d: %s" % (done.returncode, " / ".join(done.stderr.strip().splitlines()[:2])), shown)
    return Table(json.loads(done.stdout)["tables"][0]), shown


def arguments_of(case, survey):
    levels = ",".join("%g" % (100 * level) for level in sorted(case["levels"], reverse=True))
    least = case["min_base"]
    banner = " + ".join(["total"] + ["g%d" % i for i in range(len(case["banner"]))])
    result = [survey.study, "row", "--by", banner, "--base", "all", "--weight", "w" if survey.weight else "none",
              "--test", case["dialect"], "--levels", levels, "--compare", COMPARE[case["compare"]],
              "--adjust", case["adjust"], "-f", "json", "--no-provenance",
              "--low-base", "%g,%g" % (least["flagged_below"], least["not_tested_below"])]
    where = survey.where()
    return result + (["--where", where] if where else [])


def row_ids(case):
    """By place: answers, then nets; a mean is the only row."""
    row = case["row"]
    if row["kind"] == "mean":
        return ["_mean"]
    answers = row.get("options") or row["categories"]
    return [code(i) for i in range(len(answers))] + ["n%d" % i for i in range(len(row.get("nets", [])))]


def column_ids(case):
    """By the case's letter."""
    ids = ["g%d=%s" % (g, code(i)) for g, group in enumerate(case["banner"])
           for i in range(len(group.get("options") or group["categories"]))]
    columns = case["results"]["columns"]
    if len(ids) != len(columns):
        raise Failed("the case has %d columns and results for %d" % (len(ids), len(columns)))
    return {column["letter"]: name for column, name in zip(columns, ids)}


def check(case, meta, data_folder, work):
    if case["min_base"]["statistic"] != "effective_n":
        raise Skipped("small bases by %s" % case["min_base"]["statistic"])
    survey = Survey(case, data_folder, work)
    table, shown = run_tool(arguments_of(case, survey))
    comparison = Comparison(meta.get("tolerance", {}), shown)
    rows, columns = row_ids(case), column_ids(case)
    compare_bases(case, table, columns, comparison)
    compare_cells(case, table, rows, columns, comparison)
    compare_tests(case, table, rows, columns, comparison)
    return comparison


def compare_bases(case, table, columns, comparison):
    named = [("_total", {**case["results"]["total"], "flag": None})]
    named += [(columns[column["letter"]], column) for column in case["results"]["columns"]]
    for name, reference in named:
        if name not in table.columns:
            if reference["n"]:
                comparison.differences.append("column %s: absent" % name)
            else:
                comparison.left_out["columns without respondents, which a table does not show"] += 1
            continue
        for statistic in ("n", "weighted_n", "effective_n"):
            comparison.number("bases", "%s of %s" % (statistic, name), table.number("_base", name, statistic), reference[statistic])
        if reference["flag"] is not None:
            comparison.same("flags", "flag of %s" % name, table.columns[name]["mark"], reference["flag"])


def compare_cells(case, table, rows, columns, comparison):
    of = "mean" if case["measure"] == "mean" else "column_percent"
    for cell in case["results"]["cells"]:
        row, column = rows[cell["row"]], columns[cell["col"]]
        if column not in table.columns:
            continue
        what = "%%s of %s in %s" % (row, column)
        if case["measure"] == "mean":
            comparison.number("means", what % "mean", table.number(row, column, "mean"), cell["mean"])
        else:
            comparison.number("counts", what % "n", table.number(row, column, "n"), cell["n"])
            comparison.number("counts", what % "count", table.number(row, column, "count"), cell["weighted_n"])
            comparison.number("percent", what % "percent", table.number(row, column, "column_percent"), cell["percent"])
        if "letters" in cell:
            ours = translated(table.letters(row, column, of), table, columns)
            comparison.same("letters", what % "letters", ours, cell["letters"])
        elif "direction" in cell:
            mark = mark_of(cell, max(case["levels"]))
            comparison.same("directions", what % "mark", table.letters(row, column, of), mark)


def mark_of(cell, strictest):
    """What stands in the place of letters where a column is compared with the total, the rest or the one before."""
    if cell["direction"] is None:
        return ""
    return {("higher", True): "▲", ("lower", True): "▼", ("higher", False): "△", ("lower", False): "▽"}[
        cell["direction"], cell["level"] == strictest]


def translated(letters, table, columns):
    """Our letters as those of the case: a column without respondents has none of ours. More than 26 stand apart."""
    if not letters:
        return letters
    named = {column["letter"]: name for name, column in table.columns.items() if column.get("letter")}
    theirs = {name: letter for letter, name in columns.items()}
    result = ""
    for letter in letters.split(" ") if len(named) > 26 else letters:
        found = theirs[named[letter.upper()]]
        result += found if letter.isupper() else found.lower()
    return result


def compare_tests(case, table, rows, columns, comparison):
    against = {"TOTAL": "_total", "REST": "_rest", **columns}
    scale = 1 if case["measure"] == "mean" else 100  # ours are percentage points
    for pair in case["results"]["pairs"]:
        row, a, b = rows[pair["row"]], columns[pair["a"]], against[pair["b"]]
        what = "%%s of %s, %s against %s" % (row, a, b)
        if a not in table.columns or not (b in table.columns or b.startswith("_")):
            comparison.left_out["tests of columns without respondents"] += 1
            continue
        ours, sign = table.comparisons.get((row, a, b)), 1
        if ours is None:
            ours, sign = table.comparisons.get((row, b, a)), -1
        if ours is None:
            comparison.differences.append((what % "test") + ": absent")
            continue
        one, two = (pair.get("m1"), pair.get("m2")) if case["measure"] == "mean" else (pair.get("p1"), pair.get("p2"))
        if one is not None and two is not None:
            comparison.number("difference", what % "difference", signed(ours["difference"], sign), one - two, scale,
                              absolute=1e-9 * scale * max(abs(one), abs(two)))
        # What a minimum difference hides was tested all the same; here there is none.
        comparison.same("reasons", what % "reason", ours["reason"], "" if pair["tested"] else pair["reason"])
        comparison.number("se", what % "se", ours["se"], pair.get("se"), scale)
        comparison.number("stat", what % "statistic", signed(ours["statistic"], sign), pair.get("stat"))
        comparison.number("df", what % "df", ours["df"], pair.get("df"))
        comparison.number("p", what % "p", ours["p"], pair.get("p"))
        if "p_adjusted" in pair:
            comparison.number("p_adjusted", what % "p_adjusted", ours["p_adjusted"], pair["p_adjusted"])
        if pair["tested"]:
            comparison.same("levels", what % "level", ours["level"] and round(ours["level"] / 100, 12), pair["level"])
        compare_direction(case, pair, ours, what, comparison)
    expected = {(rows[pair["row"]], columns[pair["a"]], against[pair["b"]]) for pair in case["results"]["pairs"]}
    for row, a, b in table.comparisons:
        if row in rows and (row, a, b) not in expected and (row, b, a) not in expected:
            comparison.differences.append("test of %s, %s against %s: the case has none" % (row, a, b))


def compare_direction(case, pair, ours, what, comparison):
    """Of a comparison with the total, the rest or the column before: its cell says which way, and how surely."""
    cell = next(c for c in case["results"]["cells"] if (c["row"], c["col"]) == (pair["row"], pair["a"]))
    if "direction" not in cell:
        return
    found = None if ours["level"] is None else "higher" if ours["difference"] > 0 else "lower"
    comparison.same("directions", what % "direction", found, cell["direction"])


def signed(number, sign):
    return None if number is None else sign * number
