# SPDX-License-Identifier: MIT
"""A case as the tools take it: its data, a study of its questions, and who is the base."""
import csv
import json
import os

# Columns of files put one under the other.
WAVE, VALUE, WEIGHT, STRATUM = "wave", "wave value", "wave weight", "wave stratum"


def read(path):
    with open(path, newline="", encoding="utf-8-sig") as file:
        rows = list(csv.reader(file))
    return rows[0], rows[1:]


def columns_of(question):
    """The data columns that a question stands in."""
    if question["kind"] == "select_all":
        return [option["column"] for option in question["options"]]
    return question.get("columns") or [question["column"]]


class Survey:
    """The files of a case in the folder `work`: `data`, `study`; `where`, the condition of the base."""

    def __init__(self, case, data_folder, work):
        self.case, self.work = case, work
        self.row, self.groups = dict(case["row"]), case["banner"]
        self.weight = case.get("weight")
        if case.get("waves"):
            self.stack(data_folder)
        else:
            self.data = os.path.join(data_folder, case["data"])
            self.header, self.rows = read(self.data)
        self.study = os.path.join(work, "study.toml")
        with open(self.study, "w", encoding="utf-8") as file:
            file.write(self.text())

    def stack(self, data_folder):
        """Puts the waves' files one under the other. The row question and the weight have a name in each."""
        files = [(wave, *read(os.path.join(data_folder, wave["data"]))) for wave in self.case["waves"]]
        self.header = list(dict.fromkeys(name for _, header, _ in files for name in header)) + [WAVE, VALUE, WEIGHT, STRATUM]
        strata = (self.case.get("design") or {}).get("strata")
        self.rows = []
        for wave, header, rows in files:
            places = {name: i for i, name in enumerate(header)}
            column = wave.get("column") or self.row.get("column")
            for row in rows:
                cells = [row[places[name]] if name in places else "" for name in self.header[:-4]]
                value = row[places[column]] if column else ""
                weight = row[places[wave["weight"]]] if wave.get("weight") else "1"
                label = str(wave["label"])
                stratum = "%s, %s" % (label, row[places[strata]]) if strata else label
                self.rows.append(cells + [label, value, weight, stratum])
        if any(wave.get("column") for wave in self.case["waves"]):
            self.row["column"] = VALUE
        if any(wave.get("weight") for wave in self.case["waves"]):
            self.weight = WEIGHT
        self.data = os.path.join(self.work, "waves.csv")
        with open(self.data, "w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows([self.header] + self.rows)

    def texts(self, column):
        place = self.header.index(column)
        return list(dict.fromkeys(row[place] for row in self.rows))

    # The base: rows that pass the filter and are valid for the row question.

    def where(self):
        parts = [condition(each) for each in self.case["filter"]]
        question, kind = self.row, self.row["kind"]
        if kind in ("single", "mean"):
            parts.append(not_in(question["column"], question["missing"]))
        elif kind == "code_columns":
            parts.append(not_in(question["columns"][0], question["not_asked"]))
        elif kind == "delimited":
            parts.append(not_in(question["column"], question["not_asked"]))
        else:
            parts += [not_in(column, question["not_asked"]) for column in columns_of(question)]
            if question["base"] == "answered":
                parts.append(" or ".join("(%s)" % one_of(o["column"], o["ticked"]) for o in question["options"]))
        return " and ".join("(%s)" % part for part in parts if part)

    # The study.

    def text(self):
        lines = ["[study]", 'name = "case"', "data = %s" % toml(self.data)]
        design = self.case.get("design") or {}
        strata = [design["strata"]] if design.get("strata") else []
        if self.case.get("waves") and "design" in self.case:
            strata = [STRATUM]  # waves are independent samples
        if self.weight:
            lines += ["weight = %s" % toml("w"), "", "[[weight]]", 'name = "w"', "column = %s" % toml(self.weight)]
        if strata or design.get("psu"):
            lines += ["", "[design]"]
            if strata:
                lines.append("strata = [%s]" % ", ".join(map(toml, strata)))
            if design.get("psu"):
                lines += ["clusters = [%s]" % toml(design["psu"]), "nest = true"]
        self.cells = {}  # questions that hold a column's cells as they are, by column
        lines += self.question("row", self.row)
        for number, group in enumerate(self.groups):
            lines += self.question("g%d" % number, group, banner=True)
        for column, name in self.cells.items():
            lines += ["", "[[question]]", "name = %s" % toml(name), 'kind = "text"', "column = %s" % toml(column)]
        return "\n".join(lines) + "\n"

    def question(self, name, question, banner=False):
        kind = question["kind"]
        make = {"single": self.single, "mean": self.mean, "select_all": self.select_all,
                "delimited": self.joined, "code_columns": self.spread}[kind]
        lines = ["", "[[question]]", "name = %s" % toml(name)] + make(question, banner)
        if kind == "select_all":
            labels = {option["column"]: code(i) for i, option in enumerate(question["options"])}
            members = [[labels[column] for column in net["columns"]] for net in question.get("nets", [])]
        else:
            places = {text: code(i) for i, text in enumerate(question.get("categories", []))}
            members = [[places[text] for text in net["codes"]] for net in question.get("nets", [])]
        if members:
            lines.append("nets = [")
            lines += ["  { name = %s, label = %s, of = [%s] }," % (toml("n%d" % i), toml(net["label"]), ", ".join(map(toml, of)))
                      for i, (net, of) in enumerate(zip(question["nets"], members))]
            lines.append("]")
        return lines

    def codes(self, question, others, leave):
        """Those of the case; `others` are answers without a row or column of their own."""
        lines = ["codes = ["]
        for i, text in enumerate(question["categories"]):
            lines.append("  { code = %s, label = %s, values = [%s] }," % (toml(code(i)), toml(text or "(empty)"), toml(text)))
        for i, text in enumerate(others):
            lines.append("  { code = %s, values = [%s]%s }," % (toml("x%d" % i), toml(text), ', missing = "skipped"' if leave else ""))
        return lines + ["]"]

    def single(self, question, banner):
        others = [text for text in self.texts(question["column"]) if text not in question["categories"] and text.strip()]
        return ["column = %s" % toml(question["column"])] + self.codes(question, others, leave=True)

    def mean(self, question, banner):
        column = question["column"]
        lines = ["column = %s" % toml(column)]
        if "scores" not in question:
            missing = [text for text in question["missing"] if text.strip()]
            lines.append('kind = "number"')
            if missing:
                codes = ", ".join('{ code = %s, missing = "skipped" }' % toml(text) for text in missing)
                lines.append("codes = [%s]" % codes)
            return lines
        lines += ['kind = "scale"', "codes = ["]
        for i, (text, score) in enumerate(question["scores"].items()):
            lines.append("  { code = %s, values = [%s], score = %r }," % (toml(code(i)), toml(text), score))
        others = [text for text in self.texts(column) if text not in question["scores"] and text.strip()]
        for i, text in enumerate(others):
            lines.append('  { code = %s, values = [%s], missing = "skipped" },' % (toml("x%d" % i), toml(text)))
        return lines + ["]"]

    def select_all(self, question, banner):
        ticked = list(dict.fromkeys(text for option in question["options"] for text in option["ticked"]))
        lines = ['kind = "multiple"', "ticked = [%s]" % ", ".join(map(toml, ticked)), "codes = ["]
        for i, option in enumerate(question["options"]):
            lines.append("  { code = %s, label = %s, column = %s }," % (toml(code(i)), toml(option["label"]), toml(option["column"])))
        lines.append("]")
        return lines + self.asked(columns_of(question), question, banner)

    def joined(self, question, banner):
        found = dict.fromkeys(part.strip() for text in self.texts(question["column"])
                              for part in text.split(question["separator"]))
        return self.list_of(question, found, banner,
                            ["column = %s" % toml(question["column"]), "separator = %s" % toml(question["separator"])],
                            question["column"])

    def spread(self, question, banner):
        found = dict.fromkeys(text.strip() for column in question["columns"] for text in self.texts(column))
        columns = "columns = [%s]" % ", ".join(map(toml, question["columns"]))
        return self.list_of(question, found, banner, [columns], question["columns"][0])

    def list_of(self, question, found, banner, lines, first):
        others = [text for text in found if text and text not in question["categories"]]
        lines = ['kind = "multiple"'] + lines + self.codes(question, others, leave=True)
        return lines + self.asked([first], question, banner)

    def asked(self, columns, question, banner):
        """A banner says itself who was asked; it can only name questions, so the cells become some."""
        if not banner or not question["not_asked"]:
            return []
        parts = []
        for column in columns:
            name = self.cells.setdefault(column, "cell%d" % len(self.cells))
            texts = [text for text in question["not_asked"] if text.strip()]
            if len(texts) < len(question["not_asked"]):
                parts.append("not missing(%s)" % name)
            if texts:
                parts.append("(missing(%s) or not %s in (%s))" % (name, name, ", ".join(map(quote, texts))))
        return ["asked = %s" % toml(" and ".join(parts))]


def code(place):
    return "c%d" % place


def toml(text):
    """A basic string: JSON's escapes are TOML's."""
    return json.dumps(str(text), ensure_ascii=False).replace("\x7f", "\\u007f")


def quote(text):
    return "'%s'" % text.replace("'", "''")


def one_of(column, texts):
    """The exact text of a column's cell is one of these."""
    name = "text(`%s`)" % column.replace("`", "``")
    return "%s in (%s)" % (name, ", ".join(map(quote, texts))) if texts else "false"


def not_in(column, texts):
    return "not %s" % one_of(column, texts) if texts else ""


def condition(each):
    return one_of(each["column"], each["in"]) if "in" in each else not_in(each["column"], each["not_in"])
