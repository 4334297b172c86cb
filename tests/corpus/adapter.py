#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""adapter.py VERB FILE [OPTIONS_JSON]: the corpus's neutral verbs as commands of sondeo.

The tools' messages and exit status pass through. Status 77 says that no tool does this yet; the
reason is appended to $SKIP_REASONS. SONDEO_BIN is the directory of the tools.
"""
import csv
import io
import json
import os
import signal
import subprocess
import sys
import tempfile

from codebook import study_of

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BIN = os.path.abspath(os.environ.get("SONDEO_BIN", os.path.join(ROOT, "build/release/bin")))
LONGEST_ARGUMENT = 131071  # of Linux
FORMATS = {"terminal": "text", "csv": "csv", "tsv": "tsv", "json": "json", "markdown": "md", "html": "html",
           "xlsx": "xlsx"}
READING = ("delimiter", "encoding", "ragged", "decimal", "thousands")


def skip(reason):
    if "SKIP_REASONS" in os.environ:
        with open(os.environ["SKIP_REASONS"], "a", encoding="utf-8") as file:
            file.write(reason + "\n")
    sys.exit(77)


def tool(name, *options):
    """The tool's stdout; a refusal ends this program as the tool ended."""
    done = subprocess.run([os.path.join(BIN, name), *options], stdin=subprocess.DEVNULL, capture_output=True)
    sys.stderr.buffer.write(done.stderr)
    sys.stderr.flush()
    if done.returncode < 0:
        os.kill(os.getpid(), -done.returncode)
        signal.pause()
    if done.returncode:
        sys.stdout.buffer.write(done.stdout)
        sys.exit(done.returncode)
    return done.stdout


def freq(path, options, question, *more):
    """Numbers of a topline: {(row_id, statistic): number or None}, rows in the order of the table."""
    out = tool("sondeo-freq", *options, *more, "-f", "csv", "--raw", "--no-provenance", "--", path, question)
    lines = csv.DictReader(io.StringIO(out.decode("utf-8"), newline=""))
    return {(line["row_id"], line["statistic"]): float(line["value"]) if line["value"] else None
            for line in lines if not line["of"]}


def raked(path, options, o):
    """The new weights, row by row, with a mean of 1."""
    given = o["targets"]
    if isinstance(given, str):
        with open(os.path.join(os.path.dirname(path), given), encoding="utf-8") as file:
            given = json.load(file)
    with tempfile.NamedTemporaryFile("w", suffix=".csv", newline="", encoding="utf-8") as targets:
        rows = csv.writer(targets)
        rows.writerow(["variable", "category", "target"])
        rows.writerows((v, category, target) for v, cells in given.items() for category, target in cells.items())
        targets.flush()
        for key, option in (("max_iter", "--iterations"), ("tol", "--tolerance")):
            options += [option, str(o[key])] if o.get(key) else []
        out = tool("sondeo-weight", *options, "--targets", targets.name, "--scale-to", "n", "--name", "sondeo.weight",
                   "--keep", "#1", "--", path)
    return [float(row["sondeo.weight"]) for row in csv.DictReader(io.StringIO(out.decode("utf-8"), newline=""))]


def column(name):
    return "`%s`" % name.replace("`", "``")


def main(scratch):
    verb, path = sys.argv[1:3]
    o = json.loads(sys.argv[3]) if len(sys.argv) > 3 else {}
    for key, value in o.items():  # what is too long for a command line comes as a file
        if isinstance(value, str) and value.startswith("@file:"):
            with open(value[6:], encoding="utf-8", errors="surrogateescape") as file:
                o[key] = file.read()
            if len(o[key].encode("utf-8", "surrogateescape")) > LONGEST_ARGUMENT:
                skip("%s: longer than a command line may be" % verb)
    if verb not in ("dump", "freq", "mean", "filter", "rake", "render"):
        skip("%s: no tool for it yet" % verb)
    folder = os.path.dirname(path)
    options = [part for key in READING if o.get(key)
               for part in ("--" + key, "tab" if o[key] == "\t" else o[key])]
    options += ["--strict-quotes"] if o.get("strict_quotes") else []
    if o.get("weight"):
        options += ["--weight", column(o["weight"])]
    if o.get("weights_file"):
        options += ["--weight-file", os.path.join(folder, o["weights_file"]), "--id", column(o["id"])]

    if "codebook" in o:  # the study in its place, which names no data
        with open(os.path.join(folder, o["codebook"]), "rb") as file:
            study = study_of(file.read())
        options += ["--data", path]
        path = os.path.join(scratch, "study.toml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(study)

    if verb == "dump":
        sys.stdout.buffer.write(tool("sondeo-ingest", *options, "-f", "json", "--", path))
    elif verb == "render":
        if o["format"] not in FORMATS:
            skip("render %s: no such format yet" % o["format"])
        guard = ["--raw"] if o.get("guard") is False else []
        sys.stdout.buffer.write(tool("sondeo-freq", *options, *guard, "-f", FORMATS[o["format"]], "--", path,
                                     column(o["var"])))
    elif verb == "freq":
        x = freq(path, options, column(o["var"]))
        pair = lambda row, n, w: {"n": x.get((row, n), 0), "w": x.get((row, w), 0)}
        rows = dict.fromkeys(row for row, statistic in x if row not in ("_base", "_missing"))
        json.dump({"counts": {row: pair(row, "n", "count") for row in rows},
                   "missing": pair("_missing", "n", "count"), "base": pair("_base", "n", "weighted_n")}, sys.stdout)
    elif verb == "mean":
        x = freq(path, options, column(o["var"]), "--mean")
        json.dump({"n": x["_base", "n"], "w": x["_base", "weighted_n"], "mean": x.get(("_mean", "mean")),
                   "sd": x.get(("_sd", "sd"))}, sys.stdout)
    elif verb == "rake":
        json.dump({"weights": raked(path, options, o)}, sys.stdout)
    elif verb == "filter":
        x = freq(path, options, "#1", "--base", "all", "--where", o["expr"])
        json.dump({"n": x["_base", "n"]}, sys.stdout)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch_folder:
        main(scratch_folder)
