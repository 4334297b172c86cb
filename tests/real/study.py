# SPDX-License-Identifier: MIT
"""The checks of a set asked through a study: its questions, codes, nets and weights instead of columns and cell texts."""
import tomllib
from dataclasses import dataclass, field

from files import Unsupported
from plan import BASES, Ask, Plan, frequency_sd


@dataclass
class Code:
    code: str
    texts: list            # of cells
    leaves: bool           # the base
    score: object = None
    column: str = ""       # flags


@dataclass
class Variable:
    name: str
    kind: str
    columns: list
    codes: list
    nets: dict = field(default_factory=dict)  # name: set of codes

    def code_of(self, text):
        """The code that a cell's text means."""
        for code in self.codes:
            if text in code.texts or any(same_number(text, each) for each in code.texts):
                return code
        raise Unsupported("study: %s has no answer %r" % (self.name, text))

    def row_of(self, codes):
        """The row of these codes together: one code, a net, or nothing."""
        wanted = {code.code for code in codes}
        names = [name for name, members in self.nets.items() if members == wanted]
        return wanted.pop() if len(wanted) == 1 else names[0] if names else None


def same_number(a, b):
    try:
        return float(a) == float(b)
    except ValueError:
        return False


class Study:
    def __init__(self, path):
        with open(path, "rb") as file:
            doc = tomllib.load(file)
        self.path, self.data = path, doc["study"]["data"]
        self.weights = {w.get("column", w["name"]): w["name"] for w in doc.get("weight", [])}
        self.missing = set(doc.get("format", {}).get("missing", []))
        self.lists = {each["name"]: each for each in doc.get("list", [])}
        self.variables = [v for question in doc["question"] for v in self.variables_of(question)]

    def variables_of(self, question):
        kind, name = question.get("kind", "single"), question["name"]
        source = {**question, **self.lists.get(question.get("list"), {})}
        codes = [code_of(each) for each in source.get("codes", [])]
        nets = nets_of(source, codes)
        if kind == "grid":
            return [Variable(i["name"], "single", [i.get("column", i["name"])], codes, nets) for i in question["items"]]
        if kind == "multiple" and "column" not in question and "columns" not in question:
            return [Variable(name, "flags", [code.column for code in codes], codes, nets)]
        kind = {"multiple": "joined" if "column" in question else "spread", "scale": "single"}.get(kind, kind)
        derived = {"bands", "cross", "value"} & question.keys() or any("when" in c for c in source.get("codes", []))
        return [] if derived else [Variable(name, kind, [question.get("column", name)], codes, nets)]

    def variable(self, columns, kinds):
        for each in self.variables:
            if each.kind in kinds and each.columns == columns:
                return each
        raise Unsupported("study: no question over %s" % ", ".join(map(str, columns[:3])))

    def leaves(self, variable, text):
        """Whether a cell's text puts its respondent out of the base of those who answered."""
        try:
            return variable.code_of(text).leaves
        except Unsupported:
            return text == "" or text in self.missing


def code_of(table):
    code = str(table["code"])
    texts = [str(each) for each in table.get("values", [code])]
    leaves = "missing" in table and not table.get("base", False)
    return Code(code, texts, leaves, table.get("score"), table.get("column", ""))


def nets_of(source, codes):
    """With the boxes: the highest or lowest scores."""
    nets = {net["name"]: {str(each) for each in net["of"]} for net in source.get("nets", [])}
    scored = sorted((c for c in codes if c.score is not None), key=lambda c: c.score)
    for box in source.get("boxes", []):
        count = int(box.lstrip("topbm"))
        nets[box] = {c.code for c in (scored[-count:] if box.startswith("top") else scored[:count])}
    return nets


class StudiedFile:
    """A data file read through a study, where the tools expect the file."""

    def __init__(self, study, data):
        self.study, self.data, self.path = study, data, study.path

    def reading(self):
        return ["--data", self.data.path]


def study_plan(check, file):
    """As plan.plan, for a StudiedFile."""
    study, question, statistic = file.study, check.get("question"), check["statistic"]
    if check.get("design") or check.get("calibrate") or statistic not in {*BASES, "percent", "count", "mean", "sd", "median"}:
        raise Unsupported("study: %s" % statistic)
    if not question:
        raise Unsupported("study: counts of rows")
    columns = question.get("columns") or [question["column"]]
    kinds = {"single": ("single",), "number": ("single", "number"), "multiple_columns": ("flags",),
             "multiple_joined": ("joined",)}.get(question["kind"])
    if kinds is None:
        raise Unsupported("study: question kind %s" % question["kind"])
    variable = study.variable(columns, kinds)
    if variable.kind in ("single", "number") and check["base"] == "answered":
        same_missing(check, file, variable)
    ask = Ask(data=file, question="`%s`" % variable.name, kind=variable.kind, options=options(check, study), **filtered(check, study))
    if statistic in BASES:
        return Plan(lambda main: main.number(["_base"], BASES[statistic]), main=ask)
    if statistic == "sd":
        return Plan(frequency_sd, main=ask)
    if statistic in ("mean", "median"):
        return Plan(lambda main: main.number(["_" + statistic], statistic), main=ask)
    if variable.kind == "flags":
        codes = [next(c for c in variable.codes if c.column == column) for column in check["category"]]
    else:
        codes = [variable.code_of(str(text)) for text in check["category"]]
    row = variable.row_of(codes)
    if row is None and variable.kind != "single":
        raise Unsupported("study: no net of these answers")
    rows = [row] if row else [code.code for code in codes]
    printed = "column_percent" if statistic == "percent" else "count"
    return Plan(lambda main: sum(main.number([each], printed) for each in rows), main=ask)


def same_missing(check, file, variable):
    """The check and the study must leave out the same cells."""
    listed = {*check["missing"], *("%g" % code for code in check["question"].get("missing_codes") or [])}
    for text in file.data.texts(variable.columns[0]):
        if (text in listed) != file.study.leaves(variable, text):
            raise Unsupported("study: another base")


def options(check, study):
    weight = check.get("weight")
    if weight and weight not in study.weights:
        raise Unsupported("study: no weight %s" % weight)
    base = check["base"]
    if base == "asked" and not check.get("asked_where"):
        base = "all"
    return ("--weight", study.weights[weight] if weight else "none", "--base", base)


def filtered(check, study):
    where = check.get("where")
    if where and where.get("op") == "==":
        variable = study.variable([where["var"]], ("single",))
        return dict(column=("`%s`" % variable.name, variable.code_of(str(where["value"])).code))
    return dict(where=expression(where, study))


def expression(tree, study):
    if tree is None:
        return ""
    for word in ("and", "or"):
        if word in tree:
            return (" %s " % word).join("(%s)" % expression(each, study) for each in tree[word])
    if tree.get("op") == "has":
        variable = study.variable([tree["var"]], ("joined",))
        return "any(`%s`, '%s')" % (variable.name, variable.code_of(tree["value"]).code)
    if tree.get("op") not in ("==", "in"):
        raise Unsupported("study: a condition on what is not answered")
    variable = study.variable([tree["var"]], ("single",))
    values = tree["value"] if tree["op"] == "in" else [tree["value"]]
    codes = [variable.code_of(str(value)) for value in values]
    if any(code.leaves for code in codes):
        raise Unsupported("study: a condition on what is not answered")
    return "`%s` in (%s)" % (variable.name, ", ".join("'%s'" % code.code for code in codes))
