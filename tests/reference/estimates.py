# SPDX-License-Identifier: MIT
"""Estimates: design, domain and estimator of a case as options of sondeo-estimate, and what comes out."""
import csv
import os

from cases import Skip, name_of, tool
from design import design_options, prepared

INFINITE = float("inf")


def level_of(case):
    return 100 * case.get("level", 0.95)


class Run:
    """The numbers of one run: by table, row, column, the statistic they belong to, and what they are."""

    def __init__(self, case, path, options, comparison):
        options = [*options, "--level", repr(level_of(case))]
        done = tool("sondeo-estimate", path, *options, "-f", "csv", "--raw")
        comparison.command = done.command
        self.numbers, self.flags, self.status, self.err = {}, {}, done.status, done.err
        if done.status != 0:
            comparison.differ("exit status %d: %s" % (done.status, done.err))
            return
        for line in csv.DictReader(done.out.splitlines()):
            key = (line["table"], line["row_id"], line["column_id"], line["of"], line["statistic"])
            self.numbers[key] = float(line["value"]) if line["value"] else None
            if line["flag"] == "infinite":
                self.numbers[key] = INFINITE

    def get(self, table, row, column, statistic, of="", scale=1):
        value = self.numbers.get((table, row, column, of, statistic))
        return value if value is None else value / scale


class Runs:
    """The same request with other degrees of freedom or limits, each run once."""

    def __init__(self, case, folder, work, comparison, options):
        self.case, self.comparison, self.options, self.made = case, comparison, options, {}
        self.path, steps, weight = prepared(case, folder, work, comparison)
        self.options = steps + design_options(case, weight) + options

    def with_(self, *more):
        if more not in self.made:
            options = self.options
            if "--df" in more and "--df" in options:
                at = options.index("--df")
                options = options[:at] + options[at + 2:]
            self.made[more] = Run(self.case, self.path, options + list(more), self.comparison)
        return self.made[more]


def df_options(case):
    return ["--df", str(case["df"])] if "df" in case else []


def deff_options(case):
    return ["--deff", "wr"] if case.get("deff") == "replace" else []


# What a number of the results is here: the statistic, the run it is of, and its tolerance.
FIELDS = {"se": ("se", (), "se"), "cv": ("cv", (), "se"), "df": ("df", (), "estimate"),
          "ci_low": ("ci_low", (), "se"), "ci_high": ("ci_high", (), "se"), "deff": ("deff", (), "deff"),
          "ci_z_low": ("ci_low", ("--df", "inf"), "se"), "ci_z_high": ("ci_high", ("--df", "inf"), "se"),
          "ci_full_low": ("ci_low", ("--df", "design"), "se"),
          "ci_full_high": ("ci_high", ("--df", "design"), "se"), "df_full": ("df", ("--df", "design"), "estimate")}
SCALED = ("se", "ci_low", "ci_high")
KEYS = ("var", "level", "by", "n_used", "est", "method", "n_eff", "n_eff_adj", "nominal_df", "computed_by", "note")


def compare_estimate(comparison, what, runs, place, statistic, reference, scale=1):
    """All numbers of one estimate: the value, and what FIELDS knows."""
    table, row, column = place
    comparison.number(what, runs.with_().get(table, row, column, statistic, scale=scale), reference["est"])
    for field, value in reference.items():
        if field in KEYS:
            continue
        if field == "se_grand_mean_centered":
            continue  # the reference of "se", where there is one
        if field not in FIELDS:
            comparison.differ("%s: nothing here is %s" % (what, field))
            continue
        ours, more, kind = FIELDS[field]
        if field == "se":
            value = reference.get("se_grand_mean_centered", value)
        # Limits and df of the version whose standard error is taken.
        if "se_grand_mean_centered" in reference and field not in ("se", "df"):
            value = recentred(reference, field, runs.case)
            if value is None:
                continue
        if field.startswith("ci_z") or field.startswith("ci_full") or field == "df_full":
            run = runs.with_(*more)
        else:
            run = runs.with_()
        part = scale if ours in SCALED else 1
        comparison.number("%s %s" % (field, what), run.get(table, row, column, ours, statistic, part), value, kind)


def recentred(reference, field, case):
    """Limits and cv follow from the standard error: those given are of another version of it."""
    factor = reference["se_grand_mean_centered"] / reference["se"]
    if field == "cv":
        return reference["cv"] * factor
    if field.startswith("ci_"):
        return reference["est"] + (reference[field] - reference["est"]) * factor
    return reference[field] * factor * factor if field == "deff" else None


def after_weighting(case, folder, work, comparison):
    """Means and totals of numbers under the weights that a case makes."""
    results = case["results"]
    for stat in ("mean", "total"):
        exact = results.get(stat + "_se_exact_projection")
        for at, each in enumerate(results.get(stat, [])):
            runs = Runs(case, folder, work, comparison, ["--" + stat, name_of(each["var"])])
            if exact:  # of the converged projection; cv and limits follow from the standard error
                each = dict(each, se_grand_mean_centered=exact[at])
            compare_estimate(comparison, "%s of %s" % (stat, each["var"]), runs,
                             (each["var"], "_" + stat, "_total"), stat, each)
            if stat == "mean" and "df" in results:
                comparison.number("df", runs.with_().get(each["var"], "_base", "_total", "df"), results["df"])


def compare_base(comparison, runs, table, column, results):
    run = runs.with_()
    for name, statistic in (("n_used", "n_positive"), ("sum_weights", "weighted_n"), ("df", "df")):
        if name in results:
            comparison.number(name, run.get(table, "_base", column, statistic), results[name])


def is_category(case, folder, name):
    column = folder.column(case["data"], name)
    return column is not None and column["type"] == "categorical"


def listwise(case, names):
    """Whoever lacks one of the variables lacks all: one option takes numbers, another categories."""
    return [] if len(names) < 2 else [" and ".join("not missing(%s)" % name_of(name) for name in names)]


def statistic_options(case, folder, stat, names):
    numbers = [name for name in names if not is_category(case, folder, name)]
    categories = [name for name in names if is_category(case, folder, name)]
    options = []
    if numbers:
        options += ["--" + stat, ",".join(map(name_of, numbers))]
    if categories:
        options += ["--proportion", ",".join(map(name_of, categories))]
    return options


def place_of(case, folder, stat, reference):
    """Row and statistic of an estimate, and by how much it is larger here."""
    if not is_category(case, folder, reference["var"]):
        return "_" + stat, stat, 1
    if stat == "total":
        return reference["level"], "count", 1
    return reference["level"], "column_percent", 100


def moments(case, folder, work, comparison):
    """mean and total."""
    stat = case["estimator"]
    if not case.get("na_rm") and any((folder.column(case["data"], name) or {}).get("n_missing") for name in case["vars"]):
        raise Skip("a missing value that makes the result missing: the tools leave such rows out, and say so")
    options = statistic_options(case, folder, stat, case["vars"]) + ["--interval", "mean"]
    options += df_options(case) + deff_options(case)
    mixed = listwise(case, case["vars"]) if "--proportion" in options and "--" + stat in options else []
    runs = Runs(case, folder, work, comparison, options)
    runs.options = with_where(runs.options, mixed)
    for each in case["results"]["estimates"]:
        row, statistic, scale = place_of(case, folder, stat, each)
        what = "%s of %s %s" % (stat, each["var"], each.get("level", ""))
        compare_estimate(comparison, what, runs, (each["var"], row, "_total"), statistic, each, scale)
    compare_base(comparison, runs, case["vars"][0], "_total", case["results"])


def with_where(options, conditions):
    """The options with more conditions in --where."""
    if not conditions:
        return options
    if "--where" not in options:
        return options + ["--where", " and ".join(conditions)]
    at = options.index("--where") + 1
    return options[:at] + ["(%s) and %s" % (options[at], " and ".join(conditions))] + options[at + 1:]


def ratio(case, folder, work, comparison):
    names = name_of(case["numerator"]), name_of(case["denominator"])
    runs = Runs(case, folder, work, comparison, ["--ratio", "/".join(names)] + deff_options(case))
    table = "%s/%s" % (case["numerator"], case["denominator"])
    for each in case["results"]["estimates"]:
        compare_estimate(comparison, "ratio", runs, (table, "_ratio", "_total"), "ratio", each)
    compare_base(comparison, runs, table, "_total", case["results"])


def variance(case, folder, work, comparison):
    runs = Runs(case, folder, work, comparison, ["--variance", ",".join(map(name_of, case["vars"]))])
    table = ",".join(case["vars"])
    run = runs.with_()
    order = {name: i for i, name in enumerate(case["vars"])}
    for each in case["results"]["estimates"]:
        pair = sorted((each["var"], each["var2"]), key=order.get)
        row = pair[0] if pair[0] == pair[1] else ",".join(pair)
        what = "variance of " + row
        comparison.number(what, run.get(table, row, "_total", "variance"), each["est"], "deff")
        comparison.number("se of " + what, run.get(table, row, "_total", "se", "variance"), each["se"], "deff")
        if "correlation" in each and pair[0] != pair[1]:
            comparison.number("correlation of " + row, run.get(table, row, "_total", "correlation"),
                              each["correlation"])
    compare_base(comparison, runs, table, "_total", case["results"])


def degrees(case, folder, work, comparison):
    run = Runs(case, folder, work, comparison, []).with_()
    results = case["results"]
    comparison.number("df", run.get("design", "_design", "_total", "df"), results["df"])
    for name, statistic in (("n_rows", "n"), ("n_positive_weight", "n_positive"), ("sum_weights", "weighted_n")):
        comparison.number(name, run.get("design", "_base", "_total", statistic), results[name])


def column_of(case, by):
    return ">".join("%s=%s" % (name, by[name]) for name in case["by"])


def by_domain(case, folder, work, comparison):
    stat, results = case["stat"], case["results"]
    by = ["--by", " > ".join(map(name_of, case["by"]))]
    if stat in ("mean", "total"):
        names = case["vars"]
        options = statistic_options(case, folder, stat, names) + ["--interval", "mean"]
    elif stat == "ratio":
        table = "%s/%s" % (case["numerator"], case["denominator"])
        options = ["--ratio", "%s/%s" % (name_of(case["numerator"]), name_of(case["denominator"]))]
    elif stat == "ciprop":
        return shares_by_domain(case, folder, work, comparison, by)
    else:
        raise Skip("by with %s: no tool for it yet" % stat)
    if case.get("contrasts"):
        for contrast in case["contrasts"]:
            options += ["--contrast", " + ".join("%r * %s" % (c, name_of(n)) for n, c in contrast["coef"].items())]
    if results.get("vcov"):
        options += ["--covariance"]
    runs = Runs(case, folder, work, comparison, options + by + deff_options(case))
    tables = []
    for each in results["estimates"]:
        if stat == "ratio":
            place, statistic, scale = (table, "_ratio"), "ratio", 1
        else:
            row, statistic, scale = place_of(case, folder, stat, each)
            place = (each["var"], row)
        tables.append(place[0])
        column = column_of(case, each["by"])
        what = "%s in %s %s" % (stat, column, each.get("level", ""))
        compare_estimate(comparison, what, runs, (*place, column), statistic, each, scale)
        comparison.number("n_used " + what, runs.with_().get(place[0], "_base", column, "n_positive"), each["n_used"])
    compare_contrasts(case, comparison, runs, tables[0], results)
    full = runs.with_("--df", "design")
    column = column_of(case, results["estimates"][0]["by"])
    comparison.number("df_full", full.get(tables[0], "_base", column, "df"), results["df_full"])


def contrast(case, folder, work, comparison):
    options = ["--mean", ",".join(map(name_of, case["vars"])), "--covariance"]
    for each in case["contrasts"]:
        terms = ["%r * %s" % (c, name_of(n)) for n, c in each.get("coef", {}).items()]
        options += ["--contrast", each.get("expr") or " + ".join(terms)]
    runs, results = Runs(case, folder, work, comparison, options), case["results"]
    run, table = runs.with_(), ",".join(case["vars"])
    for name, value in zip(results["coef_names"], results["coef"]):
        comparison.number("mean of " + name, run.get(name, "_mean", "_total", "mean"), value)
    for a, row in zip(results["coef_names"], results["vcov"]):
        for b, value in zip(results["coef_names"], row):
            comparison.number("covariance of %s and %s" % (a, b), run.get(table + ":covariance", a, b, "covariance"),
                              value, "deff")
    for i, each in enumerate(results["estimates"]):
        place = (table + ":contrasts", "contrast%d" % (i + 1), "_total")
        comparison.number("contrast " + each["name"], run.get(*place, "difference"), each["est"])
        comparison.number("se of contrast " + each["name"], run.get(*place, "se", "difference"), each["se"], "se")
    compare_base(comparison, runs, case["vars"][0], "_total", results)


def compare_contrasts(case, comparison, runs, table, results):
    run = runs.with_()
    for i, row in enumerate(results.get("vcov", [])):
        names = results["coef_order"]
        for j, value in enumerate(row):
            ours = run.get(table + ":covariance", column_of(case, dict(zip(case["by"], names[i].split(".")))),
                           column_of(case, dict(zip(case["by"], names[j].split(".")))), "covariance")
            comparison.number("covariance of %s and %s" % (names[i], names[j]), ours, value, "deff")
    for i, each in enumerate(results.get("contrasts", [])):
        place = (table + ":contrasts", "contrast%d" % (i + 1), "_total")
        for field, statistic, of, kind in (("est", "difference", "", "estimate"), ("se", "se", "difference", "se"),
                                           ("df", "df", "difference", "estimate"), ("t", "test", "difference", "se"),
                                           ("p", "p", "difference", "deff")):
            comparison.number("%s of contrast %s" % (field, each["name"]), run.get(*place, statistic, of),
                              each[field], kind)


def shares_by_domain(case, folder, work, comparison, by):
    return proportions(case, folder, work, comparison, by)


def proportions(case, folder, work, comparison, by=()):
    """Intervals of the share of one value; methods that R lacks or does coarsely have their own fields."""
    variable, results = case["vars"][0], case["results"]
    runs = Runs(case, folder, work, comparison, ["--proportion", name_of(variable), *by])
    row = str(case["value"])
    for each in results["estimates"]:
        column = column_of(case, each["by"]) if by else "_total"
        # R's logit takes the variance of the replicates' logits.
        own = each["method"] == "logit" and case["design"]["type"] == "replicate"
        run = runs.with_("--interval", "logit-replicates" if own else each["method"])
        what = "%s %s in %s" % (each["method"], row, column)
        get = lambda statistic, of="", scale=100: run.get(variable, row, column, statistic, of, scale)
        comparison.number("share by " + what, get("column_percent"), each["est"])
        comparison.number("se by " + what, get("se", "column_percent"), each["se"], "se")
        comparison.number("df by " + what, get("df", "column_percent", 1), each["df"])
        low = each.get("ci_exact_low", each["ci_low"])
        high = each.get("ci_exact_high", each["ci_high"])
        comparison.number("low by " + what, get("ci_low", "column_percent"), low, "se")
        comparison.number("high by " + what, get("ci_high", "column_percent"), high, "se")
        if "n_used" in each:
            comparison.number("n_used by " + what, run.get(variable, "_base", column, "n_positive"), each["n_used"])
        comparison.leave_out("effective sizes within an interval: the tools give the interval",
                             {k: v for k, v in each.items() if k in ("n_eff", "n_eff_adj", "nominal_df")})
    if "n_used" in results:
        comparison.number("n_used", runs.with_().get(variable, "_base", "_total", "n_positive"), results["n_used"])
    if "nrow_design" in results:
        comparison.number("nrow_design", runs.with_().get(variable, "_base", "_total", "n"), results["nrow_design"])


def crosstab(case, folder, work, comparison):
    rows, columns, results = case["row"], case["col"], case["results"]
    runs = Runs(case, folder, work, comparison, ["--crosstab", "%s * %s" % (name_of(rows), name_of(columns))])
    run, table = runs.with_(), "%s * %s" % (rows, columns)
    parts = {"prop": "total_percent", "row_prop": "row_percent", "col_prop": "column_percent", "count": "count"}

    def compare(reference, row, column, names):
        for field, value in reference.items():
            if field in ("row", "col", "var", "level", "row_df", "col_df"):
                continue
            what = "%s of %s, %s" % (field, row, column)
            if field == "n":
                comparison.number(what, run.get(table, row, column, "n"), value)
                continue
            part = max((p for p in names if field.startswith(p)), key=len, default=None)
            statistic = names.get(part)
            tail = field[len(part):] if part else None
            ours = {"": (statistic, ""), "_se": ("se", statistic), "_ci_logit_low": ("ci_low", statistic),
                    "_ci_logit_high": ("ci_high", statistic), "_df": ("df", statistic)}.get(tail)
            if ours is None:
                comparison.differ("nothing here is " + what)
                continue
            scale = 1 if statistic == "count" or tail == "_df" else 100
            comparison.number(what, run.get(table, row, column, *ours, scale), value,
                              "se" if tail else "estimate")
        for field, statistic in (("row_df", "row_percent"), ("col_df", "column_percent")):
            if field in reference:
                comparison.number("%s of %s, %s" % (field, row, column),
                                  run.get(table, row, column, "df", statistic), reference[field])

    for cell in results["cells"]:
        compare(cell, cell["row"], "%s=%s" % (columns, cell["col"]), parts)
    for margin in results.get("row_margin", []):
        compare(margin, margin.get("row", margin.get("level")), "_total", {k: parts[k] for k in ("prop", "count")})
    for margin in results.get("col_margin", []):
        compare(margin, "_total", "%s=%s" % (columns, margin.get("col", margin.get("level"))),
                {k: parts[k] for k in ("prop", "count")})
    compare_base(comparison, runs, table, "_total", results)


def table_of_counts(case, folder, work, comparison):
    first, *others = case["vars"]
    runs = Runs(case, folder, work, comparison,
                ["--proportion", name_of(first), "--by", " > ".join(map(name_of, others))])
    for cell in case["results"]["cells"]:
        column = ">".join("%s=%s" % (name, cell[name]) for name in others)
        ours = runs.with_().get(first, cell[first], column, "count")
        comparison.number("count of %s, %s" % (cell[first], column), ours, cell["count"])


def refusal(case, folder, work, comparison):
    """The tool must refuse, and print no number."""
    comparison.compared = 1
    path, steps, weight = prepared(case, folder, work, comparison)
    done = tool("sondeo-estimate", path, *steps, *design_options(case, weight), "--" + case["estimator"],
                ",".join(map(name_of, case["vars"])), "-f", "csv")
    comparison.command = done.command
    if done.status != 2 or done.out or "error:" not in done.err:
        comparison.differ("not refused: exit status %d" % done.status)


ESTIMATORS = {"mean": moments, "total": moments, "ratio": ratio, "var": variance, "degf": degrees, "by": by_domain,
              "ciprop": proportions, "contrast": contrast, "crosstab": crosstab, "table": table_of_counts}
