# SPDX-License-Identifier: MIT
"""A case as a study and a command line."""
import csv
import os
from dataclasses import dataclass

ROW = "row"
COMPARE = {"pairs": "pairs", "previous": "previous", "vs_rest": "rest", "vs_total": "total"}


class Unusable(Exception):
    pass


@dataclass
class Made:
    command: list


def files(case):
    return [wave["data"] for wave in case["waves"]] if "waves" in case else [case["data"]]


def has_data(case, data):
    return all(os.path.exists(os.path.join(data, name)) for name in files(case))


def banner_name(group):
    return "banner%d" % (group + 1)


def code_name(place):
    """The code of a category: ours, so that it needs no quoting and collides with nothing."""
    return "c%d" % (place + 1)


def net_name(place):
    return "n%d" % (place + 1)


def quoted(text):
    escapes = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    return '"' + "".join(escapes.get(sign, sign) for sign in text) + '"'


def listed(texts):
    return "[" + ", ".join(quoted(text) for text in texts) + "]"


def read(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        header = next(rows)
        return header, list(rows)


def joined_waves(case, data, to):
    """The files of the waves under each other, with the column `wave`, and one for their weights."""
    parts = [(wave, *read(os.path.join(data, wave["data"]))) for wave in case["waves"]]
    names = list(dict.fromkeys(name for _, header, _ in parts for name in header))
    with open(to, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names + ["wave", "wave weight"])
        for wave, header, rows in parts:
            places = {name: i for i, name in enumerate(header)}
            column = case["row"].get("column")
            for row in rows:
                cells = {name: row[i] for name, i in places.items()}
                if column and wave.get("column"):
                    cells[column] = cells[wave["column"]]
                weight = cells[wave["weight"]] if wave.get("weight") else "1"
                writer.writerow([cells.get(name, "") for name in names] + [wave["label"], weight])
    return to


def in_words(condition):
    texts = condition.get("in", condition.get("not_in"))
    words = ", ".join("'%s'" % text.replace("'", "''") for text in texts)
    return "`%s` %s (%s)" % (condition["column"], "in" if "in" in condition else "not in", words)


class Question:
    """The lines of one question of the study."""

    def __init__(self, name, source, header, rows, is_row):
        self.source, self.is_row = source, is_row
        self.rows, self.places = rows, {column: i for i, column in enumerate(header)}
        self.lines = ["[[question]]", "name = " + quoted(name)]
        self.missing = []  # texts that are no answer in any question
        getattr(self, source["kind"])()

    def put(self, key, value):
        self.lines.append("%s = %s" % (key, value))

    def texts(self, columns, separator=None):
        """The distinct texts of the columns."""
        found = {}
        for row in self.rows:
            for column in columns:
                cell = row[self.places[column]]
                for text in cell.split(separator) if separator else [cell]:
                    found[text] = True
        return list(found)

    def codes(self, parts):
        self.put("codes", "[%s]" % ", ".join("{ %s }" % part for part in parts))

    def nets(self, key, names):
        nets = self.source.get("nets", [])
        if not nets:
            return
        places = {name: code_name(i) for i, name in enumerate(names)}
        self.put("nets", "[%s]" % ", ".join(
            "{ name = %s, label = %s, of = %s }"
            % (quoted(net_name(i)), quoted(net["label"]), listed(places[name] for name in net[key]))
            for i, net in enumerate(nets)))

    def categories(self, columns, absent, separator=None):
        """The categories, then texts of the file that are none, which are no answer."""
        named = self.source["categories"]
        parts = ["code = %s, values = [%s], label = %s" % (quoted(code_name(i)), quoted(text), quoted(text))
                 for i, text in enumerate(named)]
        others = [text for text in self.texts(columns, separator) if text not in named and text.strip()]
        if self.is_row and absent is not None:
            unknown = [text for text in others if text not in absent]
            if unknown:
                raise Unusable("%s holds %r, which is neither a category nor missing" % (columns[0], unknown[0]))
        parts += ["code = %s, values = [%s], missing = \"skipped\"" % (quoted("m%d" % i), quoted(text))
                  for i, text in enumerate(others)]
        self.codes(parts)

    def single(self):
        column = self.source["column"]
        self.put("column", quoted(column))
        self.categories([column], self.source.get("missing", []))
        self.nets("codes", self.source["categories"])

    def select_all(self):
        options = self.source["options"]
        self.put("kind", quoted("multiple"))
        self.put("ticked", listed(dict.fromkeys(text for option in options for text in option["ticked"])))
        self.codes("code = %s, column = %s, label = %s"
                   % (quoted(code_name(i)), quoted(option["column"]), quoted(option["label"]))
                   for i, option in enumerate(options))
        self.asked_or_not()
        self.nets("columns", [option["column"] for option in options])

    def asked_or_not(self):
        self.missing += self.source.get("not_asked", [])
        self.put("empty", quoted("not_asked" if self.source.get("not_asked") else "skipped"))
        self.put("base", quoted(self.source.get("base", "asked")))

    def delimited(self):
        column, separator = self.source["column"], self.source["separator"]
        self.put("kind", quoted("multiple"))
        self.put("column", quoted(column))
        self.put("separator", quoted(separator))
        self.categories([column], None, separator)
        self.asked_or_not()
        self.nets("codes", self.source["categories"])

    def code_columns(self):
        columns = self.source["columns"]
        self.put("kind", quoted("multiple"))
        self.put("form", quoted("spread"))
        self.put("columns", listed(columns))
        self.categories(columns, None)
        self.asked_or_not()
        self.nets("codes", self.source["categories"])

    def mean(self):
        column, scores = self.source["column"], self.source.get("scores")
        absent = [text for text in self.source.get("missing", []) if text]
        self.put("column", quoted(column))
        self.put("kind", quoted("scale" if scores else "number"))
        parts = ["code = %s, values = [%s], score = %r" % (quoted(code_name(i)), quoted(text), score)
                 for i, (text, score) in enumerate((scores or {}).items())]
        if scores:
            absent += [text for text in self.texts([column]) if text not in scores and text not in absent
                       and text.strip()]
        parts += ["code = %s, values = [%s], missing = \"skipped\"" % (quoted("m%d" % i), quoted(text))
                  for i, text in enumerate(absent)]
        if parts:
            self.codes(parts)


def write(case, data, folder):
    """Writes the study of a case into the folder, which it makes."""
    os.makedirs(folder)
    waves = "waves" in case
    path = os.path.abspath(os.path.join(data, files(case)[0]))
    if waves:
        path = joined_waves(case, data, os.path.join(folder, "waves.csv"))
    header, rows = read(path)
    questions = [Question(ROW, case["row"], header, rows, True)]
    questions += [Question(banner_name(i), group, header, rows, False) for i, group in enumerate(case["banner"])]
    missing = list(dict.fromkeys(text for each in questions for text in each.missing if text))
    lines = ["[study]", "name = \"case\"", "data = " + quoted(path)]
    if missing:
        lines += ["[format]", "missing = " + listed(missing)]
    for question in questions:
        lines += [""] + question.lines
    study = os.path.join(folder, "study.toml")
    with open(study, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    low = case["min_base"]
    weight = "wave weight" if waves else case["weight"]
    command = [study, ROW, "--by", " + ".join(["total"] + [banner_name(i) for i in range(len(case["banner"]))]),
               "--weight", weight or "none", "--test", case["dialect"], "--compare", COMPARE[case["compare"]],
               "--adjust", case["adjust"], "--levels", ",".join("%.10g" % (100 * level) for level in case["levels"]),
               "--low-base", "%g,%g" % (low["flagged_below"], low["not_tested_below"])]
    if case["filter"]:
        command += ["--where", " and ".join(in_words(condition) for condition in case["filter"])]
    design = case.get("design") or {}
    strata = design.get("strata") or ("wave" if waves and case["dialect"] == "design" else None)
    if strata:
        command += ["--strata", strata]
    if design.get("psu"):
        command += ["--cluster", design["psu"], "--nest"]
    return Made(command)
