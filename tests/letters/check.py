# SPDX-License-Identifier: MIT
"""What a case expects against what the tool says."""
import math

import study

NUMBER, P, TINY = 1e-9, 1e-7, 1e-300
MARKS = {"higher": ("▲", "△"), "lower": ("▼", "▽")}


def same(found, expected, tolerance=NUMBER):
    if expected is None or found is None:
        return found is None and expected is None
    if expected == 0:
        return abs(found) <= 1e-12
    return math.isclose(found, expected, rel_tol=tolerance, abs_tol=0)


def same_p(found, expected):
    if expected is None or found is None:
        return found is expected
    return found < TINY if expected < TINY else same(found, expected, P)


class Differences:
    def __init__(self):
        self.list = []

    def add(self, what, found, expected):
        self.list.append("%s: %r, expected %r" % (what, found, expected))

    def number(self, what, found, expected):
        if not same(found, expected):
            self.add(what, found, expected)

    def equal(self, what, found, expected):
        if found != expected:
            self.add(what, found, expected)


class Ids:
    """The names of a case's rows and columns in the tool's table."""

    def __init__(self, case):
        results = case["results"]
        row = case["row"]
        answers = len(row.get("categories", row.get("options", [])))
        self.rows = {}
        for each in results["rows"]:
            place = each["row"]
            if case["measure"] == "mean":
                self.rows[place] = "_mean"
            else:
                self.rows[place] = study.code_name(place) if place < answers else study.net_name(place - answers)
        self.columns = {"TOTAL": "_total", "REST": "_rest"}
        places = {}
        for column in results["columns"]:
            group = column["group"]
            names = self.names(case["banner"][group])
            places[group] = places.get(group, 0) + 1
            place = places[group] - 1
            self.columns[column["letter"]] = "%s=%s" % (
                study.banner_name(group), names.get(column["label"], study.code_name(place)))

    @staticmethod
    def names(group):
        labels = group.get("categories") or [option["label"] for option in group["options"]]
        if len(set(labels)) != len(labels):
            return {}
        return {label: study.code_name(i) for i, label in enumerate(labels)}


def compare(case, table):
    """The differences, in words."""
    found, ids, results = Differences(), Ids(case), case["results"]
    pairs = case["compare"] == "pairs"
    of = "mean" if case["measure"] == "mean" else "column_percent"
    for key, expected in results["total"].items():
        found.number("total %s" % key, table.value("_base", "_total", key), expected)
    for column in results["columns"]:
        name = ids.columns[column["letter"]]
        if name not in table.columns:
            found.add("column", None, name)
            return found.list
        for key in ("n", "weighted_n", "effective_n"):
            found.number("%s of %s" % (key, column["letter"]), table.value("_base", name, key), column[key])
        found.equal("flag of " + column["letter"], table.columns[name]["mark"], column["flag"])
        found.equal("letter of " + name, table.columns[name]["letter"], column["letter"] if pairs else "")
    for cell in results["cells"]:
        row, name = ids.rows[cell["row"]], ids.columns[cell["col"]]
        where = " in row %s, column %s" % (row, cell["col"])
        if row not in table.rows:
            found.add("row", None, row)
            return found.list
        if case["measure"] == "mean":
            found.number("mean" + where, table.value(row, name, "mean"), cell["mean"])
        else:
            found.number("n" + where, table.value(row, name, "n"), cell["n"])
            found.number("count" + where, table.value(row, name, "count"), cell["weighted_n"])
            found.number("percent" + where, table.value(row, name, of), cell["percent"])
        letters = table.value(row, name, "letters", of)
        if pairs:
            found.equal("letters" + where, letters, cell["letters"])
        elif "direction" in cell:
            place = 0 if cell["level"] is None else case["levels"].index(cell["level"])
            found.equal("mark" + where, letters or None,
                        MARKS[cell["direction"]][place] if cell["direction"] else None)
    compare_pairs(case, table, ids, found)
    return found.list


def compare_pairs(case, table, ids, found):
    results = case["results"]
    expected_keys = set()
    for pair in results["pairs"]:
        key = (ids.rows[pair["row"]], ids.columns[pair["a"]], ids.columns[pair["b"]])
        expected_keys.add(key)
        where = " of %s, %s against %s" % key
        each = table.comparisons.get(key)
        if each is None:
            found.add("comparison" + where, None, "one")
            continue
        scale, names = (1, ("m1", "m2")) if case["measure"] == "mean" else (100, ("p1", "p2"))
        if not pair["tested"]:
            found.equal("reason" + where, each["reason"], pair["reason"])
            found.equal("p" + where, each["p"], None)
            continue
        found.equal("reason" + where, each["reason"], "")
        # Two shares that are nearly the same have few digits of a difference: these are the test's.
        found.number("difference" + where, each["difference"], scale * pair["stat"] * pair["se"])
        difference = scale * (pair[names[0]] - pair[names[1]])
        if abs(each["difference"] - difference) > scale * 1e-11 * max(1, abs(pair[names[0]])):
            found.add("difference of values" + where, each["difference"], difference)
        found.number("se" + where, each["se"], scale * pair["se"])
        found.number("statistic" + where, each["statistic"], pair["stat"])
        found.number("df" + where, each["df"], pair["df"])
        if not same_p(each["p"], pair["p"]):
            found.add("p" + where, each["p"], pair["p"])
        if not same_p(each["p_adjusted"], pair.get("p_adjusted")):
            found.add("adjusted p" + where, each["p_adjusted"], pair.get("p_adjusted"))
        level = None if pair["level"] is None else round(100 * pair["level"], 10)
        found.equal("level" + where, each["level"], level)
    rows = set(ids.rows.values())
    for key in table.comparisons:
        if key[0] in rows and key not in expected_keys:
            found.add("comparison of %s, %s against %s" % key, "one", None)
