# SPDX-License-Identifier: MIT
"""Letters that others have published for their own data: the `published.json` of a data set, tests by `mimic`."""
import glob
import json
import os
import re
import tempfile

from survey import read
from table import Comparison, Failed, Survey, arguments_of, column_ids, row_ids, run_tool, translated

DIALECTS = {"Dimensions": "effective", "askia": "askia"}


def check(data_folder, only):
    """By name: what was compared."""
    results = {}
    for path in sorted(glob.glob(os.path.join(data_folder, "*", "published.json"))):
        with open(path, encoding="utf-8") as file:
            items = json.load(file).get("items", [])
        folder = os.path.dirname(path)
        for item in items:
            if item.get("mimic") not in DIALECTS or not re.search(only, name_of(folder, item)):
                continue
            with tempfile.TemporaryDirectory() as work:
                try:
                    results[name_of(folder, item)] = compare(item, folder, data_folder, work)
                except Failed as failure:
                    comparison = Comparison({}, failure.command)
                    comparison.differences.append(str(failure))
                    results[name_of(folder, item)] = comparison
    return results


def name_of(folder, item):
    return "%s, %s: %s by %s" % (os.path.basename(folder), item["mimic"], item["variable"], item["banner"])


def compare(item, folder, data_folder, work):
    data = next(iter(glob.glob(os.path.join(folder, "*.csv"))))
    header, rows = read(data)

    def texts(column, codes=None):
        """The cells' texts; those of codes, which may be written 1 or 1.0."""
        place = header.index(column)
        found = sorted({row[place] for row in rows})
        if codes is None:
            return found
        return [next(text for text in found if text and float(text) == float(code)) for code in codes]

    column = item["variable"].split(" ")[0]
    mean = "row_codes" not in item
    answers = [] if mean else texts(column, item["row_codes"])
    missing = [text for text in texts(column) if not text.strip()]
    row = {"kind": "mean", "column": column, "missing": missing} if mean else \
        {"kind": "single", "column": column, "missing": missing, "categories": answers}
    columns = texts(item["banner"], item["banner_codes"])
    case = {"data": os.path.relpath(data, data_folder), "weight": item["weight"], "filter": [], "row": row,
            "banner": [{"kind": "single", "column": item["banner"], "categories": columns}],
            "measure": "mean" if mean else "proportion", "dialect": DIALECTS[item["mimic"]], "compare": "pairs",
            "adjust": "none", "levels": [1 - item["level"]], "min_base": {"flagged_below": 0, "not_tested_below": 0},
            "results": {"columns": [{"letter": chr(ord("A") + i)} for i in range(len(columns))]}}
    table, shown = run_tool(arguments_of(case, Survey(case, data_folder, work)))
    comparison = Comparison({}, shown)
    names = column_ids(case)
    published = [item["published"]] if mean else item["published"]
    for row_id, cells in zip(row_ids(case), published, strict=True):
        for (letter, name), codes in zip(names.items(), cells, strict=True):
            # A cell lists the codes of the columns that it is higher than.
            expected = "".join(list(names)[item["banner_codes"].index(code)] for code in codes.split())
            ours = table.letters(row_id, name, "mean" if mean else "column_percent")
            comparison.same("published letters", "letters of %s in %s" % (row_id, letter), translated(ours, table, names), expected)
    return comparison
