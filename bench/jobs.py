# SPDX-License-Identifier: MIT
"""The jobs of the benchmark: our command lines, the cells that they must give, and how each output is read.

A cell is named by (question, answer, banner variable, category); banner variable and category are "" in the total
column, the answer is "" for respondents who gave none. Its value is (respondents, sum of weights)."""

import csv
import math
import os
import re

BIN = os.path.abspath(os.environ.get("SONDEO_BIN", os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                                               "../build/release/bin")))
QUESTIONS = "gender q1 m1 m2 m3 m4 m5 l1 l2 l3 l4 l5 l6 l7 l8 nps".split()
BANNER = "country region role size".split()
JOBS = {"j1": "weighted frequency of q1",
        "j2": "q1 by region, weighted",
        "j3": "weighted frequencies of 16 questions",
        "j4": "16 questions by country, region, role and size, weighted (without the kit's age groups, on both sides)",
        "j4a": "the same with age groups, which are derived from the age on both sides",
        "j6": "j2 with standard errors of the column percentages, as both give them",
        "j7": "Rao–Scott test (second order) of q1 by region",
        "j8": "j3 with 80 replicate weights (file `reps`); ours with the standard errors",
        "j5": "raked to gender, region, size and age groups from its weight; id and new weight written"}
TABLES = {"j1": [("q1", "")],
          "j2": [("q1", "region")],
          "j3": [(q, "") for q in QUESTIONS],
          "j4": [(q, b) for q in QUESTIONS for b in [""] + BANNER],
          "j4a": [(q, b) for q in QUESTIONS for b in [""] + BANNER + ["agegrp"]],
          "j8": [(q, "") for q in QUESTIONS]}
AGES = [25, 35, 45, 55, 65]
BANDS = ["0-24"] + [f"{a}-{b - 1}" for a, b in zip(AGES, AGES[1:])] + [f"{AGES[-1]}+"]


def weighting_files(file):
    """A study with the age groups and the targets of j5, made once, as the kit's query makes them: sums of weights by
    category, each times a factor, in the proportions of the margin."""
    study, targets = file[:-4] + ".toml", file[:-4] + "-targets.csv"
    if os.path.exists(targets):
        return study, targets
    factors = {"gender": lambda v: 1.05 if v == "Male" else 0.96,
               "region": lambda v: 1.1 if len(v) % 2 == 0 else 0.92,
               "size": lambda v: 1.07 if len(v) % 2 == 0 else 0.95,
               "agegrp": lambda v: 0.85 + 0.05 * v}
    sums = {name: {} for name in factors}
    with open(file, newline="", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            row["agegrp"] = 1 + sum(int(row["age"]) >= cut for cut in AGES)
            for name, cells in sums.items():
                cells[row[name]] = cells.get(row[name], 0.0) + float(row["weight"])
    with open(study, "w", encoding="utf-8") as out:
        out.write(f'[study]\nname = "bench"\ndata = "{os.path.basename(file)}"\n')
        for name in ("gender", "region", "size"):
            out.write(f'[[question]]\nname = "{name}"\nopen_codes = true\n')
        out.write('[[question]]\nname = "age"\nkind = "number"\n')
        out.write(f'[[question]]\nname = "agegrp"\nbands = {{ of = "age", cuts = {[0] + AGES} }}\n')
    with open(targets + ".part", "w", newline="", encoding="utf-8") as out:
        rows = csv.writer(out)
        rows.writerow(["variable", "category", "target"])
        for name, cells in sums.items():
            wanted = {v: w * factors[name](v) for v, w in cells.items()}
            total = math.fsum(wanted.values())
            for v, w in wanted.items():
                rows.writerow([name, BANDS[v - 1] if name == "agegrp" else v, repr(100 * w / total)])
    os.rename(targets + ".part", targets)
    return study, targets


def command(bin_dir, job, file, threads):
    """Our command for a job."""
    if job == "j5":
        study, targets = weighting_files(file)
        return [f"{bin_dir}/sondeo-weight", study, "--targets", targets, "-w", "weight", "--name", "w", "--keep", "id",
                "--threads", str(threads)]
    rest = ["-w", "weight", "-f", "csv", "--threads", str(threads)]
    if job == "j1":
        return [f"{bin_dir}/sondeo-freq", file, "q1"] + rest
    if job in ("j2", "j6"):  # standard errors are always given
        return [f"{bin_dir}/sondeo-tab", file, "q1", "--by", "total + region"] + rest
    if job == "j7":
        return [f"{bin_dir}/sondeo-estimate", file, "--chisq", "q1 * region"] + rest
    if job == "j3":
        return [f"{bin_dir}/sondeo-freq", file] + QUESTIONS + rest
    if job == "j8":
        return [f"{bin_dir}/sondeo-freq", file] + QUESTIONS + ["--replicates", "r1-r80", "--replicate-method", "sdr",
                                                               "--mse"] + rest
    banner = ["--by", " + ".join(["total"] + BANNER + (["agegrp"] if job == "j4a" else []))]
    source = weighting_files(file)[0] if job == "j4a" else file
    return [f"{bin_dir}/sondeo-tab", source] + QUESTIONS + banner + rest


def our_cells(job, path):
    """The cells of our csv output that belong to the job and hold respondents."""
    if job == "j5":
        return read_weights(path)
    if job in ("j6", "j7", "j8r"):
        return dict(read_estimates(job, path))
    counts, weights = {}, {}
    with open(path, newline="", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if row["row_id"] == "_base" or row["of"] or row["statistic"] not in ("n", "count"):
                continue
            banner, _, category = ("", "", "") if row["column_id"] == "_total" else row["column_id"].partition("=")
            if banner == "agegrp":
                category = str(1 + BANDS.index(category))
            if (row["table"], banner) in TABLES[job]:
                name = (row["table"], "" if row["row_id"] == "_missing" else row["row_id"], banner, category)
                (counts if row["statistic"] == "n" else weights)[name] = row["value"]
    return {name: (int(n), float(weights[name])) for name, n in counts.items() if int(n)}


def read_estimates(job, path):
    """Shares of categories and their standard errors, or the parts of a test: each a cell that stands for nobody."""
    with open(path, newline="", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if job == "j7" and row["row_id"] == "_second_order":
                yield ("q1", row["statistic"], "", ""), (0, float(row["value"]))
            banner, _, category = row["column_id"].partition("=")
            share = "column_percent" in (row["of"], row["statistic"]) and row["statistic"] in ("column_percent", "se")
            if job != "j7" and share and row["value"] and (job == "j8r" or banner == "region"):
                name = (row["table"], row["row_id"] + " " + row["statistic"], banner, category)
                yield name, (0, float(row["value"]) / 100)


def read_weights(path):
    """One cell a respondent: the weight."""
    with open(path, newline="", encoding="utf-8") as lines:
        return {(row["id"], "", "", ""): (1, float(row["w"])) for row in csv.DictReader(lines)}


def read_r(job, path):
    """What write.csv() printed of svyby(), svychisq() and svymean(), as read_estimates() names it."""
    statistics = {"": "column_percent", "se.": "se"}
    with open(path, newline="", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if job == "j7":
                yield from ((("q1", name, "", ""), (0, float(row[name]))) for name in ("test", "df", "denominator_df", "p"))
            elif job == "j6":
                for column, value in row.items():
                    part = re.fullmatch(r"(se\.|)q1(.+)", column)
                    if part:
                        name = ("q1", f"{part[2]} {statistics[part[1]]}", "region", row["region"])
                        yield name, (0, float(value))
            elif row[""]:  # a frame for each question, with a header of its own
                question = next(q for q in sorted(QUESTIONS, key=len, reverse=True) if row[""].startswith(q))
                for column, statistic in (("mean", "column_percent"), ("SE", "se")):
                    yield (question, f"{row[''][len(question):]} {statistic}", "_total", ""), (0, float(row[column]))


def number(fields):
    return int(fields[-1]), float(fields[-2])


def read_queries(job, path, ours):
    """One query per table of the job, in order: answer, [category,] sum, count. Lines carry no table; each query gets as
    many as we have cells, so a cell too many or too few shifts the rest and fails the comparison. The one number that
    making a temporary table prints is passed over."""
    size = {}
    for q, _, b, _ in ours:
        size[q, b] = size.get((q, b), 0) + 1
    lines = [line.split("\t") for line in open(path, encoding="utf-8").read().splitlines() if "\t" in line]
    cells, at = [], 0
    for q, b in TABLES[job]:
        for line in lines[at:at + size.get((q, b), 0)]:
            cells.append(((q, line[0], b, line[1] if b else ""), number(line)))
        at += size.get((q, b), 0)
    if at != len(lines):
        raise ValueError(f"{len(lines)} cells, ours has {at}")
    return cells


def read_grouping_sets(job, path):
    """Grouping sets: one column a question and one a banner variable, all but one or two empty, then sum and count.
    Those who gave no answer have an empty cell for every question, so their question is not known: it is None."""
    banner = {"j4": BANNER, "j4a": BANNER + ["agegrp"]}.get(job, [])
    cells = []
    for line in open(path, encoding="utf-8").read().splitlines():
        fields = line.split("\t")
        q = [(name, value) for name, value in zip(QUESTIONS, fields) if value]
        numbers = len(QUESTIONS) + len(banner)  # j8 has more after the two
        b = [(name, value) for name, value in zip(banner, fields[len(QUESTIONS):numbers]) if value]
        if len(q) > 1 or len(b) > 1:
            raise ValueError(f"a line with two answers: {line}")
        name = (q or [(None, "")])[0] + (b or [("", "")])[0]
        cells.append((name, number(fields[:numbers + 2])))
    return cells


def difference(ours, theirs, rounded=0.0):
    """What differs first, or "" if both have the same cells with the same numbers: counts exactly, sums to 1e-9, and to
    `rounded` where the peer rounds."""
    if any(name[0] is None for name, _ in theirs):
        ours = [((name[0] if name[1] else "",) + name[1:], value) for name, value in ours.items()]
        theirs = [((name[0] or "",) + name[1:], value) for name, value in theirs]
    else:
        ours = ours.items()
    ours, theirs = sorted(ours), sorted(theirs)
    if len(ours) != len(theirs):
        return f"{len(ours)} cells in ours, {len(theirs)} in the peer's"
    for (name, (n, weight)), (their_name, (their_n, their_weight)) in zip(ours, theirs):
        if name != their_name or n != their_n or abs(weight - their_weight) > rounded + 1e-9 * max(abs(weight), abs(their_weight)):
            return f"{name}: n = {n}, sum = {weight!r}; the peer has {their_name}: {their_n}, {their_weight!r}"
    return ""
