# SPDX-License-Identifier: MIT
"""Tests from sums alone: respondents are made whose sums these are, and sondeo-tab is asked for their table."""
import csv
import math
import os
import re
import tempfile
from statistics import NormalDist

from survey import toml
from table import Comparison, Failed, Skipped, run_tool


class Found:
    def __init__(self):
        self.passed, self.failed, self.skipped, self.lines = 0, 0, {}, []


def check(content, only):
    found = Found()
    jobs = [(test["id"], check_test, test) for test in content["tests"]]
    jobs += [(family["id"], check_family, family) for family in content["adjustments"]]
    for name, job, arguments in jobs:
        if not re.search(only, name):
            continue
        with tempfile.TemporaryDirectory() as work:
            try:
                comparison = job(arguments, work)
            except Skipped as reason:
                found.skipped[str(reason)] = found.skipped.get(str(reason), 0) + 1
                continue
            except Failed as failure:
                comparison = Comparison({}, failure.command)
                comparison.differences.append(str(failure))
        if not comparison.differences:
            found.passed += 1
            continue
        found.failed += 1
        found.lines.append("FAILED %s (%d differences)" % (name, len(comparison.differences)))
        found.lines += ["    " + difference for difference in comparison.differences[:8]] + ["    " + comparison.command]
    return found


# Respondents. Each is (in column a, in column b, answer, weight).

def uneven(w, q):
    """As few weights as have the sum w and the sum of squares q: all alike but one."""
    if w <= 1e-12:
        return []
    count = max(1, math.ceil(w * w / q * (1 - 1e-12)))
    if count == 1:
        return [w]
    mean = w / count
    less = math.sqrt(max(0.0, q - count * mean * mean) / (count * (count - 1)))
    return [mean - less] * (count - 1) + [mean + less * (count - 1)]


def fourfold(w, q):
    """The same, a multiple of four: one half alike, and the other."""
    if w <= 1e-12:
        return []
    count = max(4, 4 * math.ceil(w * w / q / 4 * (1 - 1e-12)))
    mean = w / count
    spread = math.sqrt(max(0.0, q / count - mean * mean))
    if spread > mean:
        raise Skipped("sums that need fewer than four respondents")
    return [mean + spread] * (count // 2) + [mean - spread] * (count // 2)


def share_rows(w, q, r, columns):
    """Respondents of these columns, of whom r answer 1."""
    if w <= 1e-12:
        return []
    # A part of the sum of squares; no part can have more than one respondent would.
    low, high = q - (w - r) ** 2, r * r
    if low > high * (1 + 1e-12):
        raise Skipped("sums that nobody has")
    part = min(max(q * r / w, low), high)
    return ([(*columns, "1", weight) for weight in uneven(r, part)]
            + [(*columns, "0", weight) for weight in uneven(w - r, q - part)])


def shares(test):
    w0, q0 = test["w0"], test["q0"]
    own = [(test["w%d" % i] - w0, test["q%d" % i] - q0) for i in (1, 2)]
    # Who is in both columns answers 1 in such a share that the others of either column can make up the rest.
    low = max([0.0] + [test["r%d" % i] - own[i - 1][0] for i in (1, 2)])
    high = min([w0, test["r1"], test["r2"]])
    if low > high + 1e-9:
        raise Skipped("sums that nobody has")
    r0 = min(max(w0 * (test["r1"] + test["r2"]) / (test["w1"] + test["w2"]), low), high)
    return (share_rows(w0, q0, r0, ("1", "1")) + share_rows(*own[0], test["r1"] - r0, ("1", "0"))
            + share_rows(*own[1], test["r2"] - r0, ("0", "1")))


def means(test):
    w0, q0 = test["w0"], test["q0"]
    # Who is in both columns gives the same value, which lies between the means.
    common = (test["m1"] + test["m2"]) / 2
    rows = [("1", "1", repr(common), weight) for weight in fourfold(w0, q0)]
    for i, columns in ((1, ("1", "0")), (2, ("0", "1"))):
        w, q, m = test["w%d" % i] - w0, test["q%d" % i] - q0, test["m%d" % i]
        made = fourfold(w, q)
        center = (test["w%d" % i] * m - w0 * common) / w
        squares = test["s%d" % i] - w0 * (common - m) ** 2 - w * (center - m) ** 2
        if squares < 0:
            raise Skipped("sums that nobody has")
        spread = math.sqrt(squares / w)
        for place, weight in enumerate(made):  # of each weight, half above and half below
            rows.append((*columns, repr(center + spread if place % 2 else center - spread), weight))
    return rows


# Tables.

def write_study(work, header, rows, kind, groups):
    with open(os.path.join(work, "sums.csv"), "w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([header] + rows)
    lines = ["[study]", 'name = "sums"', 'data = "sums.csv"', 'weight = "w"', "[[weight]]", 'name = "w"',
             "[[question]]", 'name = "y"']
    lines += ['kind = "number"'] if kind == "mean" else ['codes = [{ code = "0" }, { code = "1" }]']
    lines += ["[[question]]", 'name = "g"'] + groups
    path = os.path.join(work, "study.toml")
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    return path


def ask(path, dialect, compare, adjust):
    return run_tool([path, "y", "--by", "total + g", "--base", "all", "--test", dialect, "--compare", compare,
                     "--adjust", adjust, "--low-base", "0,0", "-f", "json", "--no-provenance"])


def check_test(test, work):
    mean = test["measure"] == "mean"
    rows = means(test) if mean else shares(test)
    columns = 'codes = [{ code = "a", column = "a" }, { code = "b", column = "b" }]'
    path = write_study(work, ["a", "b", "y", "w"], [[*row[:3], repr(row[3])] for row in rows], test["measure"],
                       ['kind = "multiple"', 'ticked = ["1"]', columns])
    table, shown = ask(path, test["dialect"], "pairs", "none")
    row, scale = ("_mean", 1) if mean else ("1", 100)
    comparison = Comparison({}, shown)
    ours = table.comparisons.get((row, "g=a", "g=b"))
    if ours is None:
        raise Failed("no comparison of %s" % row, shown)
    if ours["reason"] and ours["reason"] == refused(test, rows):
        raise Skipped("the formula alone; the dialect itself does not test it: %s" % ours["reason"])
    expect = test["expect"]
    one, two = (expect["m1"], expect["m2"]) if mean else (expect["p1"], expect["p2"])
    for name, value in (("a", one), ("b", two)):
        statistic = "mean" if mean else "column_percent"
        comparison.number("means" if mean else "percent", name, table.number(row, "g=" + name, statistic), value, scale)
    comparison.same("reasons", "reason", ours["reason"], "")
    comparison.number("se", "se", ours["se"], expect["se"], scale)
    comparison.number("stat", "statistic", ours["statistic"], expect["stat"])
    comparison.number("df", "df", ours["df"], expect["df"])
    comparison.number("p", "p", ours["p"], expect["p"])
    return comparison


def refused(test, rows):
    """The reason for which a dialect leaves a test out that its formula could do."""
    if test["measure"] == "mean":
        return ""
    sides = [(test["r%d" % i], test["w%d" % i]) for i in (1, 2)]
    if test["dialect"] == "spss" and any(r in (0, w) for r, w in sides):
        return "zero_or_one"
    share = sum(row[3] for row in rows if row[2] == "1") / sum(row[3] for row in rows)
    return "expected_below_5" if test["dialect"] == "askia" and any(w * share < 5 for _, w in sides) else ""


def check_family(family, work):
    """Columns whose neighbours differ by just so much that SPSS' test has the family's p-values."""
    base, smallest = 1000.0, 5e-12
    counts = [base / 2]
    for i, p in enumerate(family["p"]):
        z = -NormalDist().inv_cdf(p / 2)
        # Back and forth, so that the shares stay in the middle.
        upwards = counts[-1] <= base / 2
        low, high = base * smallest, base / 2 * 0.98
        for _ in range(200):
            step = (low + high) / 2
            found = spss(counts[-1], counts[-1] + step if upwards else counts[-1] - step, base)
            low, high = (step, high) if found < z else (low, step)
        counts.append(counts[-1] + step if upwards else counts[-1] - step)
    rows = [[str(i), answer, repr(w)] for i, r in enumerate(counts) for answer, w in (("1", r), ("0", base - r))]
    codes = "codes = [%s]" % ", ".join("{ code = %s }" % toml(str(i)) for i in range(len(counts)))
    path = write_study(work, ["g", "y", "w"], rows, "proportion", [codes])
    comparison = Comparison({}, "")
    for adjust in ("bonferroni", "holm", "bh"):
        table, comparison.command = ask(path, "spss", "previous", adjust)
        for i, p in enumerate(family["p"]):
            ours = table.comparisons.get(("1", "g=%d" % (i + 1), "g=%d" % i))
            if ours is None:
                raise Failed("no comparison of column %d" % (i + 1), comparison.command)
            comparison.number("p", "p of column %d" % (i + 1), ours["p"], p)
            comparison.number("p_adjusted", "%s of column %d" % (adjust, i + 1), ours["p_adjusted"], family[adjust][i])
    return comparison


def spss(one, two, base):
    p = (one + two) / (2 * base)
    return abs(one - two) / base / math.sqrt(p * (1 - p) * 2 / base)
