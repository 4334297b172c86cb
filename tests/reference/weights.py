# SPDX-License-Identifier: MIT
"""Weights: the steps of a case as options of sondeo-weight, and what comes out."""
import csv
import json
import os

from cases import Skip, name_of, tool


def target_rows(step, data, folder):
    """Rows of a targets file (variable, category, target) and options."""
    if step["op"] == "poststratify":
        return margin_rows(step), ["--method", "poststratify", "--targets-are", "counts"]
    if step["op"] == "rake":
        if step.get("epsilon", 1) > 1e-8:
            raise Skip("rake with R's own stopping rule: the tools stop by the relative error of margins")
        rows = [row for margin in step["margins"] for row in margin_rows(margin)]
        return rows, ["--targets-are", "counts", "--tolerance", "1e-12", "--iterations", str(step.get("maxit", 1000))]
    return calibration_rows(step, data, folder)


def standard_rows(step, data, folder):
    """Direct standardisation: the same shares within every category of another variable, whose weights stay as many."""
    if len(step["by"]) != 1 or len(step["over"]) != 1:
        raise Skip("standardize by several variables, or over several")
    by, over = step["by"][0], step["over"][0]
    shares = list(zip(folder.column(data, by)["levels"], step["population"]))
    rows = [(segment, by, level, 100 * share) for segment in folder.column(data, over)["levels"]
            for level, share in shares]
    return (over, "variable", "category", "target"), rows, ["--method", "poststratify", "--within", over]


def margin_rows(margin):
    if margin.get("partial"):
        raise Skip("poststratify with partial cells")
    return [(" × ".join(margin["vars"]), " × ".join(str(cell[v]) for v in margin["vars"]), cell["Freq"])
            for cell in margin["population"]]


def calibration_rows(step, data, folder):
    """Treatment coding turned into totals of all categories: the first level is what the others leave."""
    if step.get("aggregate_stage") or step.get("variance"):
        raise Skip("calibrate with aggregate_stage or variance")
    terms = step["formula"].lstrip("~").replace(" ", "").split("+")
    population = dict(step["population"])
    everybody = population.pop("(Intercept)", None)
    rows = []
    for term in terms:
        column = folder.column(data, term)
        if column is None or everybody is None:
            raise Skip("calibrate to %s" % step["formula"])
        if column["type"] == "numeric":
            rows.append((term, "", population.pop(term)))
            continue
        others = [(level, population.pop(term + level)) for level in column["levels"][1:]]
        rows.append((term, column["levels"][0], everybody - sum(total for _, total in others)))
        rows += [(term, level, total) for level, total in others]
    if population:
        raise Skip("calibrate to %s" % step["formula"])
    if all(category == "" for _, category, _ in rows):
        rows.insert(0, ("", "", everybody))
    options = ["--targets-are", "counts", "--tolerance", "1e-11",
               "--method", {"raking": "rake"}.get(step["calfun"], step["calfun"])]
    if "bounds" in step:
        options += ["--bounds", "%r,%r" % tuple(step["bounds"])]
    return rows, options


def options_of(case, folder, work):
    """The options of sondeo-weight for design and steps."""
    options = []
    if case["design"].get("weights"):
        options += ["-w", name_of(case["design"]["weights"])]
    steps = case.get("steps") or []
    if len(steps) > 1:
        raise Skip("several weighting steps one after the other")
    for step in steps:
        if step["op"] == "trim":
            for end in ("lower", "upper"):
                options += ["--trim-" + end, repr(step[end])] if end in step else []
            options += ["--trim-strictly"] if step.get("strict") else []
            continue
        if step["op"] not in ("poststratify", "rake", "calibrate", "standardize"):
            raise Skip("step %s: no tool for it yet" % step["op"])
        header = ("variable", "category", "target")
        if step["op"] == "standardize":
            header, rows, more = standard_rows(step, case["data"], folder)
        else:
            rows, more = target_rows(step, case["data"], folder)
        path = os.path.join(work, "targets.csv")
        with open(path, "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([header, *rows])
        options += ["--targets", path, *more]
    return options


def run(case, data, options, work, comparison, names=("sondeo.weight",)):
    """The new columns, row by row, and the report; None after a refusal, which is told."""
    out, report = os.path.join(work, "out.csv"), os.path.join(work, "report.json")
    done = tool("sondeo-weight", data, *options, "--name", names[0], "-o", out, "--report", report, "--force")
    comparison.command = done.command
    if done.status != 0:
        comparison.differ("exit status %d: %s" % (done.status, done.err))
        return None
    with open(out, newline="", encoding="utf-8") as file:
        columns = [[float(row[name]) for name in names] for row in csv.DictReader(file)]
    with open(report, encoding="utf-8") as file:
        return columns, json.load(file)


def compare_summary(comparison, summary, report):
    ours = report["weights"]
    n = ours["n"]
    values = {"n_nonzero": n, "n_zero": ours["zero"], "sum": ours["sum"], "min": ours["min"], "max": ours["max"],
              "mean": ours["mean"], "cv_pop": ours["cv"], "cv_sample": ours["cv"] * (n / (n - 1)) ** 0.5,
              "kish_deff": ours["deff"], "kish_n_eff": ours["effective_n"], "median": ours["median"],
              "g_min": ours["ratio"]["min"], "g_max": ours["ratio"]["max"], "g_mean": ours["ratio"]["mean"]}
    for name, reference in summary.items():
        comparison.number("summary " + name, values.get(name), reference,
                          "deff" if name in ("kish_deff", "cv_pop", "cv_sample") else "estimate")


def compare_weights(case, folder, comparison, column, report):
    results = case["results"]
    with open(folder.file(results["weights_file"]), newline="", encoding="utf-8") as file:
        references = [float(row["weight"]) for row in csv.DictReader(file)]
    if len(references) != len(column):
        comparison.differ("%d rows, reference %d" % (len(column), len(references)))
        return
    for row, (ours, reference) in enumerate(zip(column, references), 1):
        comparison.number("weight of row %d" % row, ours, reference)
    comparison.number("weight_checksum", sum(i * w for i, w in enumerate(column, 1)), results["weight_checksum"])
    compare_summary(comparison, results["summary"], report)


def weights(case, folder, work, comparison):
    got = run(case, folder.file(case["data"]), options_of(case, folder, work), work, comparison)
    if got is None:
        return
    columns, report = got
    results = case["results"]
    compare_weights(case, folder, comparison, [row[0] for row in columns], report)
    for name, reference in results.items():
        if name == "summary_v42":
            compare_summary(comparison, reference, report)
    for margin, reference in zip(report["segments"][0]["margins"] if report["segments"] else [],
                                 results.get("achieved", [])):
        ours = {cell["category"]: cell["weighted"] for cell in margin["cells"]}
        for cell in reference:
            category = " × ".join(str(cell[v]) for v in margin["margin"].split(" × "))
            comparison.number("achieved %s" % category, ours.get(category), cell["count"])


def kish(case, folder, work, comparison):
    report = os.path.join(work, "report.json")
    done = tool("sondeo-weight", folder.file(case["data"]), *options_of(case, folder, work), "--report", report)
    comparison.command = done.command
    if done.status != 0:
        comparison.differ("exit status %d: %s" % (done.status, done.err))
        return
    with open(report, encoding="utf-8") as file:
        compare_summary(comparison, case["results"]["summary"], json.load(file))


def nonresponse(case, folder, work, comparison):
    options = options_of(case, folder, work) + [
        "--respondent", "`%s` = 1" % case["respondent"], "--classes", ",".join(map(name_of, case["classes"]))]
    got = run(case, folder.file(case["data"]), options, work, comparison)
    if got is None:
        return
    columns, report = got
    compare_weights(case, folder, comparison, [row[0] for row in columns], report)
    ours = {each["class"].replace(" × ", "."): each["factor"] for each in report["classes"]}
    for each in case["results"]["factors"]:
        comparison.number("factor of " + each["class"], ours.get(each["class"]), each["factor"])


def refusal(case, folder, work, comparison):
    """The tool must refuse, and write nothing."""
    steps = case.get("steps") or []
    if not steps or any(step["op"] not in ("poststratify", "rake", "calibrate", "trim") for step in steps):
        raise Skip("estimator %s: no tool for it yet" % case["estimator"])
    out = os.path.join(work, "out.csv")
    done = tool("sondeo-weight", folder.file(case["data"]), *options_of(case, folder, work), "-o", out)
    comparison.command = done.command
    comparison.compared = 1
    if done.status not in (1, 2) or os.path.exists(out) or "error:" not in done.err:
        comparison.differ("not refused: exit status %d" % done.status)


def replicates_recalibrated(case):
    return case["design"]["type"] == "replicate" and case["estimator"] == "mean" and any(
        step["op"] in ("poststratify", "rake", "calibrate") for step in case.get("steps") or [])


class ReplicateRuns:
    """Runs of estimates that differ in a few options."""

    def __init__(self, run, case):
        self.run, self.case = run, case

    def with_(self, *more):
        return self.run(list(more))


def replicates(case, folder, work, comparison):
    """Replicate weights calibrated one by one: the mean and its standard error from what was written."""
    design = case["design"]
    wanted = design["repweights"]["columns"]
    data, reps = folder.rows(case["data"]), folder.rows(design["repweights"]["file"])
    keep = [reps[0].index(name) for name in wanted]
    path = os.path.join(work, "data.csv")
    with open(path, "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(row + [rep[i] for i in keep] for row, rep in zip(data, reps))
    options = options_of(case, folder, work) + ["--replicates", ",".join(map(name_of, wanted))]
    options += [] if design["repweights"]["combined"] else ["--replicates-are", "factors"]
    names = ["new"] + ["new_%d" % (i + 1) for i in range(len(wanted))]
    got = run(case, path, options, work, comparison, names)
    if got is None:
        return
    from estimates import compare_estimate, Run  # which needs the weights of this module for its steps
    design = dict(design, repweights=dict(design["repweights"], columns=names[1:], combined=True))
    from design import design_options
    options = design_options(dict(case, design=design), names[0])
    for estimate in case["results"]["estimates"]:
        runs = ReplicateRuns(lambda more: Run(case, os.path.join(work, "out.csv"), [
            *options, "--mean", name_of(estimate["var"]), *more], comparison), case)
        compare_estimate(comparison, "mean of " + estimate["var"], runs, (estimate["var"], "_mean", "_total"), "mean",
                         estimate)
        comparison.number("df", runs.with_().get(estimate["var"], "_base", "_total", "df"), case["results"]["df"])
    comparison.number("sum_weights", got[1]["weights"]["sum"], case["results"]["sum_weights"])
    comparison.number("n_used", got[1]["weights"]["n"], case["results"]["n_used"])
