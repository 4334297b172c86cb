# SPDX-License-Identifier: MIT
"""Designs and domains of a case as options of sondeo-estimate."""
import csv
import os

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


def prepared(case, folder, work, comparison):
    """The file to read (with replicate weights beside the data), and the options of the steps."""
    options = []
    for step in case.get("steps") or []:
        if step["op"] != "subset":
            raise Skip("estimates after the step %s: no tool for it yet" % step["op"])
        options.append(condition(step["where"]))
    options = ["--where", " and ".join(options)] if options else []
    design = case["design"]
    if design["type"] != "replicate":
        return folder.file(case["data"]), options
    wanted = design["repweights"]["columns"]
    data, reps = folder.rows(case["data"]), folder.rows(design["repweights"]["file"])
    keep = [reps[0].index(name) for name in wanted]
    path = os.path.join(work, "data.csv")
    with open(path, "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(row + [rep[i] for i in keep] for row, rep in zip(data, reps))
    return path, options


def design_options(case, folder):
    design = case["design"]
    options = ["-w", name_of(design["weights"])] if design.get("weights") else []
    if design["type"] == "replicate":
        return options + replicate_options(design)
    if design.get("pps"):
        raise Skip("unequal probabilities without replacement: no tool for it")
    if design.get("adjust_domain_lonely"):
        raise Skip("strata with one unit in the domain treated as lonely")
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
    return options + ["--lonely", LONELY[design.get("lonely_psu", "fail")]]


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
