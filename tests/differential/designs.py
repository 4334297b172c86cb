# SPDX-License-Identifier: MIT
"""Random sampling designs with their data: small, and as awkward as real ones."""
import csv
import os

FIELDS = ["design", "file", "strata", "clusters", "fpc", "nest", "lonely", "where", "replicates", "scale", "mse"]


def value(random, share_missing, number):
    return "" if random.random() < share_missing else number


def units(random, shape):
    """(stratum, psu, ssu, population of psus, population of ssus) of every respondent."""
    rows = []
    label = 0
    for stratum in range(shape["strata"]):
        psus = random.randint(1 if shape["lonely"] and stratum else 2, 6)
        population = psus + random.choice([0, 1, 3, 20])
        for psu in range(psus):
            label += 1
            ssus = random.randint(2, 4)
            within = ssus + random.choice([0, 2, 9])
            name = "p%d" % (psu if shape["nest"] else label)
            for ssu in range(ssus):
                for _ in range(random.randint(1, 4)):
                    rows.append(("s%d" % stratum, name, "u%d" % ssu, population, within))
    random.shuffle(rows)
    return rows


def element_units(random, shape):
    rows = []
    for stratum in range(shape["strata"]):
        size = random.randint(1 if shape["lonely"] and stratum else 2, 40)
        rows += [("s%d" % stratum, "", "", size + random.choice([0, 5, 500]), "")] * size
    random.shuffle(rows)
    return rows


def make(random, number, folder):
    """Writes the data of one design and gives its row of the list."""
    kind = random.choice(["elements", "one stage", "one stage", "two stages", "replicates"])
    shape = {"strata": random.randint(1, 6), "lonely": kind != "replicates" and random.random() < 0.4,
             "nest": random.random() < 0.5}
    rows = element_units(random, shape) if kind == "elements" else units(random, shape)
    spread = random.choice([0, 1, 3])
    zeros = random.choice([0, 0, 0.1])
    missing = random.choice([0, 0.05, 0.3])
    answers = "abcde"[:random.randint(2, 5)]
    replicates = 2 * random.randint(4, 12) if kind == "replicates" else 0
    name = "design%03d.csv" % number
    with open(os.path.join(folder, name), "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["stratum", "psu", "ssu", "npsu", "nssu", "w", "y", "x", "big", "cat", "grp", "dom"] +
                     ["rw%d" % (r + 1) for r in range(replicates)])
        for stratum, psu, ssu, npsu, nssu in rows:
            w = 0 if random.random() < zeros else round(random.uniform(0.2, 0.3 + spread) * 10, 4)
            y = round(random.gauss(len(psu + stratum) * 3 + int(stratum[1:]), 4), 3)
            row = [stratum, psu, ssu, npsu, nssu, w, value(random, missing, y),
                   value(random, missing / 2, round(random.uniform(1, 9), 2)),
                   value(random, missing / 3, round(1e9 + 10 * random.gauss(0, 1), 2)),
                   value(random, missing, random.choice(answers)), random.choice("pqr"), int(random.random() < 0.4)]
            out.writerow(row + [round(w * random.choice([0.3, 0.5, 1, 1.5, 2]), 4) for _ in range(replicates)])
    finite = kind != "replicates" and random.random() < 0.5
    stages = {"elements": ("", "npsu"), "one stage": ("psu", "npsu"), "two stages": ("psu,ssu", "npsu,nssu"),
              "replicates": ("psu", "")}[kind]
    stratified = shape["strata"] > 1 or random.random() < 0.5
    if not stratified and stages[0]:
        finite = False  # populations differ from stratum to stratum
    if kind == "elements" and not stratified:
        finite = False
    return {"design": str(number), "file": name,
            "strata": "stratum" if stratified or shape["nest"] else "", "clusters": stages[0],
            "fpc": stages[1] if finite and stratified else "", "nest": "yes" if shape["nest"] and stages[0] else "",
            # The mean of all PSU totals as the centre came after survey 4.1; it changes totals alone.
            "lonely": random.choice(["certainty", "adjust", "average"]) if shape["lonely"] else "fail",
            "where": random.choice(["", "", "yes"]), "replicates": "yes" if replicates else "",
            "scale": "%.17g" % random.choice([1 / replicates, 4 / replicates, 1 / (replicates - 1)]) if replicates else "",
            "mse": random.choice(["", "yes"]) if replicates else ""}


def write(random, count, folder):
    rows = [make(random, number, folder) for number in range(1, count + 1)]
    path = os.path.join(folder, "designs.csv")
    with open(path, "w", newline="", encoding="utf-8") as file:
        out = csv.DictWriter(file, FIELDS)
        out.writeheader()
        out.writerows(rows)
    return rows, path
