# SPDX-License-Identifier: MIT
"""What to ask the tools for a check, and where its number stands in their answer."""
from dataclasses import dataclass, replace
from typing import NamedTuple, Optional

from conditions import both, either, expression, joined, leaf, quote
from files import BLANKS, DataFile, Unsupported

BASES = {"base_n": "n", "weighted_base": "weighted_n", "effective_base": "effective_n"}
LIMITS = ("se", "ci_low", "ci_high")


class Interval(NamedTuple):
    level: float
    df: str


@dataclass(frozen=True)
class Ask:
    """One table: a question with everything that changes its numbers."""
    data: DataFile
    question: str                        # as a positional argument
    kind: str                            # questions of one kind share runs
    declare: tuple = ()                  # options that make this question
    options: tuple = ()                  # options that all questions of a run have in common
    where: str = ""
    column: Optional[tuple] = None       # (name, value): a banner column instead of a filter
    interval: Optional[Interval] = None  # None: any


class Plan:
    """`asks` by name; `value` takes their answers, by name, and returns the number of the check."""

    def __init__(self, value, **asks):
        self.value, self.asks = value, asks


def plan(check, data):
    if check.get("calibrate"):
        raise Unsupported("calibrated weights")
    if check["statistic"] in LIMITS:
        if check.get("design"):
            raise Unsupported("a sampling design")
        method = (check.get("ci") or {}).get("method", "wald-t")
        if (method, check.get("of") == "median") not in (("wald-t", False), ("woodruff", True)):
            raise Unsupported("%s limits of a %s" % (method, check.get("of", "percent")))
    if not check.get("question"):
        return base_plan(everyone(check, data), check["statistic"])
    if check["question"]["kind"] == "number":
        return number_plan(check, data)
    return category_plan(check, data)


# ---------------------------------------------------------------- where the number stands

def base_plan(ask, statistic):
    if statistic not in BASES:
        raise Unsupported("%s of all rows" % statistic)
    return Plan(lambda main: main.number(["_base"], BASES[statistic]), main=replace(ask, interval=None))


def frequency_sd(main):
    """The checks divide by the sum of weights less one, the tools (as R's svyvar) by it times (n-1)/n."""
    base = lambda statistic: main.number(["_base"], statistic)
    n, w = base("n_positive"), base("weighted_n")
    return main.number(["_sd"], "sd") * ((n - 1) / n * w / (w - 1)) ** 0.5


def number_plan(check, data):
    statistic, of = check["statistic"], check.get("of")
    if "denominator" in check["question"]:
        raise Unsupported("a ratio of two columns")
    ask = number_ask(check, data)
    if statistic in BASES or statistic == "mentions":
        return base_plan(ask, "weighted_base" if statistic == "mentions" else statistic)
    if statistic == "sd":
        return Plan(frequency_sd, main=ask)
    if statistic in ("mean", "median"):
        return Plan(lambda main: main.number(["_" + statistic], statistic), main=ask)
    if statistic in ("total", "count"):
        return Plan(lambda main: main.number(["_mean"], "mean") * main.number(["_base"], "weighted_n"), main=ask)
    if statistic in LIMITS and of in ("mean", "median"):
        return Plan(lambda main: main.number(["_" + of], statistic, of), main=ask)
    raise Unsupported("%s of a %s" % (statistic, of or "number"))


def category_plan(check, data):
    statistic, of = check["statistic"], check.get("of", "percent")
    kind, categories = check["question"]["kind"], check.get("category") or []
    if statistic in BASES:
        return base_plan(category_ask(check, data), statistic)
    if statistic == "mentions":
        return Plan(lambda main: main.total("count"), main=category_ask(check, data))
    if statistic not in ("percent", "count") + LIMITS or statistic in LIMITS and of != "percent":
        raise Unsupported("%s of a %s" % (statistic, of if statistic in LIMITS else "category"))
    silent = "" in categories and check["base"] != "answered" and bool(check.get("missing"))
    if silent and (kind != "single" or statistic in LIMITS):
        raise Unsupported("%s of those who did not answer" % statistic)

    one_of_each = kind in ("single", "expanded_single") and not silent
    names = data.ids if kind == "multiple_columns" else lambda c: [str(c), str(c).strip(BLANKS), str(c).strip()]
    rows = [names(c) for c in categories]
    if statistic in LIMITS:
        if len(rows) > 1 and kind != "single":
            raise Unsupported("%s of a union of answers" % statistic)
        ask = union_ask(check, data) if len(rows) > 1 else category_ask(check, data)
        row = data.ids(check["question"]["column"]) if len(rows) > 1 else rows[0]
        return Plan(lambda main: main.number(row, statistic, "column_percent", absent=0), main=ask)
    if len(rows) == 1 and not silent or one_of_each:
        printed = "column_percent" if statistic == "percent" else "count"
        return Plan(lambda main: sum(main.number(row, printed, absent=0) for row in rows), main=category_ask(check, data))
    if statistic == "count":
        return Plan(lambda net: net.number(["_base"], "weighted_n"), net=net_ask(check, data))
    return Plan(lambda main, net: 100 * net.number(["_base"], "weighted_n") / main.number(["_base"], "weighted_n"),
                main=category_ask(check, data), net=net_ask(check, data))


# ---------------------------------------------------------------- asks

def category_ask(check, data):
    """The table of the question's answers."""
    question, kind = check["question"], check["question"]["kind"]
    more, declare, missing = (), (), listed(check)
    keep_empty = "" not in (check.get("missing") or [])
    if kind in ("single", "multiple_joined"):
        name = data.name(question["column"])
    elif kind in ("multiple_columns", "multiple_spread", "expanded_single"):
        name, declare = made_of_columns(question, data)
    else:
        raise Unsupported("question kind %s" % kind)
    if kind == "multiple_columns":
        missing, (more, keep_empty) = [], ticks(question["ticked"])
    more += ("--keep-empty",) if keep_empty else ()
    ask = Ask(question=name, kind=kind, declare=declare, **common(check, data, missing))
    return replace(ask, options=ask.options + more + base_options(check, data))


def number_ask(check, data):
    question = check["question"]
    codes = ["%g" % code for code in question.get("missing_codes") or []]
    ask = Ask(question=data.name(question["column"]), kind="number",
              **common(check, data, sorted({*listed(check), *codes})))
    if check["base"] == "asked":
        ask = filtered_too(ask, check, asked(check, data))
    return replace(ask, options=ask.options + ("--mean", "--base", "answered"))


def everyone(check, data, also=""):
    """All rows of the filter for which `also` holds; only the base of the table is wanted."""
    column = data.counted or {"index": 1}
    ask = Ask(question=data.name(column), kind="base", **common(check, data, listed(check)))
    ask = filtered_too(ask, check, also) if also else ask
    return replace(ask, interval=None, options=ask.options + ("--base", "all"))


def net_ask(check, data):
    """The rows of the base with any answer of the category, each once."""
    return everyone(check, data, both(chosen(check, data), asked(check, data)))


def union_ask(check, data):
    """Any of several answers of one column, with its error: a select-all question of one option."""
    column = check["question"]["column"]
    name = "union_%d" % data.position(column)
    ticked = tuple(part for c in check["category"] if c not in check["missing"] for part in ("--ticked", str(c)))
    answered = expression({"var": column, "op": "not_in", "value": check["missing"]}, data)
    base = ("--base", "asked", "--asked", answered) if check["base"] == "answered" else base_options(check, data)
    ask = Ask(question=name, kind="union", declare=("--multi", "%s=%s" % (name, data.name(column))),
              **common(check, data, listed(check)))
    keep = ("--keep-empty",) if "" in check["category"] else ()
    return replace(ask, options=ask.options + ticked + keep + base)


def filtered_too(ask, check, also):
    where = expression(check.get("where"), ask.data, lists(check, ask.data))
    return replace(ask, column=None, where=both(where, also))


def listed(check):
    return sorted(m for m in check.get("missing") or [] if m)


def common(check, data, missing):
    """Weight, missing texts, joined cells, interval and filter: what does not depend on the kind of question."""
    options = ["--weight", data.name(check["weight"])] if check.get("weight") else []
    for text in missing:
        options += ["--missing", text]
    question = check.get("question") or {}
    if question.get("kind") == "single" and data.name(question["column"]) in lists(check, data):
        raise Unsupported("a column read in two ways")
    for name in lists(check, data):
        options += ["--joined", name]
    for separator in {separator for _, separator in joined_columns(check)}:
        options += ["--separator", separator]
    for option in question.get("options") or []:
        options += ["--option", option]
    ci = check.get("ci")
    return dict(data=data, options=tuple(options), interval=ci and Interval(ci["level"], ci["df"]),
                **filtered(check, data, missing))


def joined_columns(check):
    """(column, separator) wherever the check looks into joined cells."""
    question = check.get("question") or {}
    pairs = joined(check.get("where")) + joined(check.get("asked_where"))
    if question.get("kind") == "multiple_joined":
        pairs.append((question["column"], question["separator"]))
    if len({separator for _, separator in pairs}) > 1:
        raise Unsupported("two separators in one run")
    return pairs


def lists(check, data):
    return sorted({data.name(column) for column, _ in joined_columns(check)})


def filtered(check, data, missing):
    """A filter `column is value` is a column of a banner; others are expressions."""
    where = check.get("where")
    if where and where.get("op") == "==" and not where.get("numeric"):
        name, value = data.name(where["var"]), str(where["value"]).strip(BLANKS)
        if value and value not in missing and name.startswith("`") and name not in lists(check, data):
            return dict(column=(name, value))
    return dict(where=expression(where, data, lists(check, data)))


def asked(check, data):
    """Who was asked, as an expression; "" for everybody, or where the base is another."""
    return expression(check.get("asked_where"), data, lists(check, data)) if check["base"] == "asked" else ""


def base_options(check, data):
    if asked(check, data):
        return ("--base", "asked", "--asked", asked(check, data))
    return ("--base", "all" if check["base"] == "asked" else check["base"])


def made_of_columns(question, data):
    """A name for the question, after the places of its columns, and the option that declares it."""
    places = [data.position(c) for c in question["columns"]]
    in_a_row = places == list(range(places[0], places[-1] + 1))
    name = "columns_%d_to_%d" % (places[0], places[-1]) if in_a_row else "_".join(["columns", *map(str, places)])
    option = "--multi" if question["kind"] == "multiple_columns" else "--spread"
    return name, (option, "%s=%s" % (name, ",".join(data.name(c) for c in question["columns"])))


def ticks(test):
    """--ticked and --unticked for a test of a cell, and whether an empty cell is looked at."""
    op, value = test["op"], test.get("value")
    values = {"==": [value], "in": value, "!=": [value], "not_in": value, "not_empty": [""], "empty": [""]}.get(op)
    if values is None or test.get("numeric"):
        raise Unsupported("options ticked by a number")
    option = "--ticked" if op in ("==", "in", "empty") else "--unticked"
    keep_empty = op == "empty" or option == "--unticked" and "" not in values
    return tuple(part for v in values for part in (option, str(v))), keep_empty


def chosen(check, data):
    """True where a row has at least one answer of the category."""
    question, categories = check["question"], check["category"]
    if question["kind"] == "multiple_joined":
        name = data.name(question["column"])
        return "not missing(%s) and any(%s, %s)" % (name, name, ", ".join(map(quote, categories)))
    if question["kind"] == "multiple_columns":
        return either([leaf(data.name(c), question["ticked"], data.trim) for c in categories])
    if question["kind"] == "single":  # also those who did not answer
        return leaf("#%d" % data.position(question["column"]), {"op": "in", "value": categories + check["missing"]}, data.trim)
    wanted = {"op": "in", "value": [c for c in categories if c not in check["missing"]]}
    return either([leaf(data.name(c), wanted, data.trim) for c in question["columns"]])
