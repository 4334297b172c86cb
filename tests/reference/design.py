# SPDX-License-Identifier: MIT
"""Designs and domains of a case as options of sondeo-estimate."""
import csv
import os

import weights
from cases import Skip, name_of

LONELY = {"fail": "fail", "certainty": "certainty", "remove": "certainty", "adjust": "centered", "average": "scaled"}


def literal(value):
    return repr(value) if isinstance(value, (int, float)) else "'%s'" % str(value).replace("'", "''")


def condition(where):
    """A condition of the schema as an expression."""
    for word in ("and", "or"):
        if word in where:
            return "(%s)" % (" %s " % word).join(condition(each) for each in where[word])
    if "not" in where:
        return "not (%s)" % condition(where["not"])
    name, op, value = name_of(where["var"]), where["op"], where.get("value")
    if op in ("in", "%in%"):
        return "%s in (%s)" % (name, ", ".join(map(literal, value)))
    if op in ("not_missing", "notna", "not_na"):
        return "not missing(%s)" % name
    return "%s %s %s" % (name, {"==": "="}.get(op, op), literal(value))


WEIGHTING = ("poststratify", "rake", "calibrate", "trim", "standardize")


def calibrated(case, folder, work, comparison):
    """The data with the weight that the steps make, and what sondeo-estimate is told of it."""
    case = dict(case, steps=[step for step in case["steps"] if step["op"] in WEIGHTING])
    if weights.run(case, folder.file(case["data"]), weights.options_of(case, folder, work), work, comparison) is None:
        raise ValueError("sondeo-weight refused")
    margins, form = [], "regression"
    for step in case["steps"]:
        if step["op"] == "poststratify":
            margins.append(" × ".join(map(name_of, step["vars"])))
        elif step["op"] == "standardize":
            margins.append(" × ".join(map(name_of, step["over"] + step["by"])))
        elif step["op"] == "rake":
            form = "raking"
            margins += [" × ".join(map(name_of, margin["vars"])) for margin in step["margins"]]
        elif step["op"] == "calibrate":
            margins.append("1")
            for term in step["formula"].lstrip("~").replace(" ", "").split("+"):
                numeric = folder.column(case["data"], term)["type"] == "numeric"
                margins.append("total(%s)" % name_of(term) if numeric else name_of(term))
    if not margins:
        return os.path.join(work, "out.csv"), []  # trimming leaves weights that nothing was met with
    base = case["design"].get("weights")
    return os.path.join(work, "out.csv"), ["--calibrated", " + ".join(margins), "--calibration-form", form,
                                           "--design-weight", name_of(base) if base else "none"]


def prepared(case, folder, work, comparison):
    """The file to read (with replicate weights beside the data), the options of the steps, and the weight."""
    conditions, weighted = [], False
    for step in case.get("steps") or []:
        if step["op"] == "subset":
            conditions.append(condition(step["where"]))
        elif step["op"] in WEIGHTING and case["design"]["type"] == "taylor":
            weighted = True
        else:
            raise Skip("estimates after the step %s: no tool for it yet" % step["op"])
    options = ["--where", " and ".join(conditions)] if conditions else []
    design = case["design"]
    if weighted:
        path, told = calibrated(case, folder, work, comparison)
        return path, options + told, "sondeo.weight"
    if design["type"] != "replicate":
        return folder.file(case["data"]), options, design.get("weights")
    wanted = design["repweights"]["columns"]
    data, reps = folder.rows(case["data"]), folder.rows(design["repweights"]["file"])
    keep = [reps[0].index(name) for name in wanted]
    path = os.path.join(work, "data.csv")
    with open(path, "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(row + [rep[i] for i in keep] for row, rep in zip(data, reps))
    return path, options, design.get("weights")


def design_options(case, weight):
    design = case["design"]
    options = ["-w", name_of(weight)] if weight else []
    if design["type"] == "replicate":
        return options + replicate_options(design)
    if design.get("pps"):
        raise Skip("unequal probabilities without replacement: no tool for it")
    for option, names in (("--cluster", design.get("ids")), ("--strata", design.get("strata"))):
        options += [option, ",".join(map(name_of, names))] if names else []
    fpc = design.get("fpc")
    if fpc:
        kinds = {"popsize": "population", "fraction": "fraction"}
        if fpc["kind"] not in kinds:
            raise Skip("fpc as %s: no tool for it" % fpc["kind"])
        options += ["--fpc", ",".join(map(name_of, fpc["columns"])), "--fpc-kind", kinds[fpc["kind"]]]
    options += ["--nest"] if design.get("nest") else []
    options += ["--ultimate-cluster"] if design.get("ultimate_cluster") else []
    lonely = LONELY[design.get("lonely_psu", "fail")]
    by_domain = design.get("adjust_domain_lonely") and lonely in ("centered", "scaled")
    return options + ["--lonely", lonely + "-domain" * bool(by_domain)]


METHODS = {"brr": "brr", "fay": "fay", "jk1": "jk1", "jkn": "jkn", "jk2": "jk2", "bootstrap": "bootstrap",
           "mrbbootstrap": "other", "subbootstrap": "bootstrap", "acs": "sdr", "successive-difference": "sdr",
           "other": "other"}


def replicate_options(design):
    replicates = design["repweights"]
    options = ["--replicates", ",".join(map(name_of, replicates["columns"])),
               "--replicate-method", METHODS[design["rep_type"].lower()]]
    options += [] if replicates["combined"] else ["--replicates-are", "factors"]
    options += ["--replicate-scale", repr(design["scale"])] if "scale" in design else []
    if design.get("rscales"):
        options += ["--replicate-rscales", ",".join(map(repr, design["rscales"]))]
    options += ["--rho", repr(design["rho"])] if "rho" in design else []
    return options + (["--mse"] if design.get("mse") else [])
