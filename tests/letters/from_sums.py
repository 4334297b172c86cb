# SPDX-License-Identifier: MIT
"""Tests that are given by sums alone: respondents are made up that have these sums, and the tool is run on them.

A group of n rows with weights m + d and m - d, half of each, m = W/n, has the sum W and the sum of squares
n (m^2 + d^2): any Q between W^2/n and twice that. For a mean, half of the rows of each weight lie above the group's
mean and half below.
"""
import csv
import math
import os

import check
import tool


def untested(test):
    """Why a dialect does not test what the file asks of its formula alone, or ""."""
    if test["measure"] != "proportion":
        return ""
    sides = [(test["r1"], test["w1"]), (test["r2"], test["w2"])]
    if test["dialect"] == "spss" and any(r in (0, w) for r, w in sides):
        return "the formula alone; spss does not test shares of 0 and 1 (zero_or_one)"
    if test["dialect"] == "askia" and test["w0"] == 0:
        row = sum(r for r, _ in sides) / sum(w for _, w in sides)
        if any(w * row < 5 for _, w in sides):
            return "the formula alone; askia does not test where fewer than 5 are expected (expected_below_5)"
    return ""


def weights(total, squares, multiple):
    """Weights with these sums, a number of them that is a multiple of `multiple`, half of each size."""
    if total == 0:
        return []
    n = multiple * math.ceil(total * total / squares / multiple - 1e-12)
    mean = total / n
    spread = squares / n - mean * mean
    if spread > mean * mean * (1 + 1e-12):
        raise ValueError("no weights have the sums %g, %g" % (total, squares))
    d = min(mean, math.sqrt(max(0, spread)))
    return [mean + d] * (n // 2) + [mean - d] * (n // 2)


def split(total, squares, part):
    """The sums of squares of a part and of the rest, in proportion."""
    share = part / total if total else 0
    return squares * share, squares * (1 - share)


def share_rows(test):
    """(in column a, in column b, answer, weight), as few in both and in the row as need be."""
    w0, q0 = test["w0"], test["q0"]
    alone = [(test["w1"] - w0, test["q1"] - q0, test["r1"]), (test["w2"] - w0, test["q2"] - q0, test["r2"])]
    # Of those in both columns, as many are in the row as leaves room for the rest of either.
    low = max(0, *(r - w for w, _, r in alone))
    high = min(w0, test["r1"], test["r2"])
    both = high if any(w == 0 for w, _, _ in alone) else (low + high) / 2
    parts = [((1, 1), w0, q0, both)] + [(place, w, q, r - both) for place, (w, q, r) in zip(((1, 0), (0, 1)), alone)]
    for (a, b), total, squares, inside in parts:
        inside_squares, outside_squares = split(total, squares, inside)
        for weight in weights(inside, inside_squares, 2):
            yield a, b, 1, weight
        for weight in weights(total - inside, outside_squares, 2):
            yield a, b, 0, weight


def mean_rows(test):
    """Those in both columns have the value m1; the others make up for it."""
    w0, q0, m1 = test["w0"], test["q0"], test["m1"]
    for weight in weights(w0, q0, 4):
        yield 1, 1, m1, weight
    for place, which in (((1, 0), "1"), ((0, 1), "2")):
        w, m = test["w" + which] - w0, test["m" + which]
        centre = (test["w" + which] * m - w0 * m1) / w
        squares = test["s" + which] - w0 * (m1 - m) ** 2 - w * (centre - m) ** 2
        d = math.sqrt(squares / w)
        for i, weight in enumerate(weights(w, test["q" + which] - q0, 4)):
            yield (*place, centre + (d if i % 2 else -d), weight)


def run_test(number, test, folder):
    """The reason why it was skipped, or the differences."""
    share = test["measure"] == "proportion"
    if untested(test):
        return untested(test), []
    path = os.path.join(folder, "sums%d.csv" % number)
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["ba", "bb", "y", "w"])
        writer.writerows((a, b, repr(y), repr(w)) for a, b, y, w in (share_rows if share else mean_rows)(test))
    command = [path, "y", "--multi", "b=ba, bb", "--ticked", "1", "--by", "total + b", "-w", "w",
               "--test", test["dialect"], "--low-base", "0,0"]
    try:
        table = tool.table(command + ([] if share else ["--mean"]))
    except tool.Failed as error:
        return "", [str(error)]
    found = check.Differences()
    each = table.comparisons.get(("1" if share else "_mean", "b=ba", "b=bb"))
    if each is None or each["p"] is None:
        found.add("comparison", each and each["reason"], "a test")
        return "", found.list
    scale, expect = 100 if share else 1, test["expect"]
    found.number("se", each["se"], scale * expect["se"])
    found.number("statistic", each["statistic"], expect["stat"])
    found.number("df", each["df"], expect["df"])
    if not check.same_p(each["p"], expect["p"]):
        found.add("p", each["p"], expect["p"])
    return "", found.list
