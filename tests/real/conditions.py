# SPDX-License-Identifier: MIT
"""The `where` trees of checks.json as expressions of --where and --asked; always true or false, never unknown."""
from files import Unsupported

BLANK_CELLS = [" ", "  ", "\u00a0", "\t"]


def quote(text):
    return "'%s'" % str(text).replace("'", "''")


def both(*parts):
    """All parts hold; empty parts say nothing."""
    parts = [p for p in parts if p]
    return parts[0] if len(parts) == 1 else " and ".join("(%s)" % p for p in parts)


def either(parts):
    return parts[0] if len(parts) == 1 else " or ".join("(%s)" % p for p in parts)


def expression(tree, data, lists=()):
    """`lists` are the names of columns of joined cells: a column number sees the cell behind the list."""
    if tree is None:
        return ""
    if "and" in tree:
        return both(*(expression(t, data, lists) for t in tree["and"]))
    if "or" in tree:
        return either([expression(t, data, lists) for t in tree["or"]])
    if "not" in tree:
        return "not (%s)" % expression(tree["not"], data, lists)
    name = data.name(tree["var"])
    if name in lists and tree["op"] != "has":
        name = "#%d" % data.position(tree["var"])
    return leaf(name, tree, data.trim)


def leaf(name, test, trim):
    op, value = test["op"], test.get("value")
    if op == "has":
        return "not missing(%s) and any(%s, %s)" % (name, name, quote(value.strip() if trim else value))
    if test.get("numeric"):
        return number_test(name, op, value)
    if op in ("empty", "not_empty"):
        value = ""
    same = same_trimmed if trim else same_text
    if op in ("==", "empty"):
        return same(name, [value])
    if op == "in":
        return same(name, value)
    if op in ("!=", "not_empty"):
        return "not (%s)" % same(name, [value])
    if op == "not_in":
        return "not (%s)" % same(name, value)
    if op in ("<", "<=", ">", ">="):
        return "text(%s) %s %s" % (name, op, quote(value))
    raise Unsupported("condition %s" % op)


def same_text(name, values):
    """The cell, as it is, is one of these."""
    if len(values) == 1:
        return "text(%s) = %s" % (name, quote(values[0]))
    return "text(%s) in (%s)" % (name, ", ".join(map(quote, values))) if values else "false"


def same_trimmed(name, values):
    """The cell without the blanks around it is one of these; what --missing lists is seen as text."""
    values = [str(v).strip() for v in values]
    tests = [same_text(name, values + (BLANK_CELLS if "" in values else []))]
    tests += ["not missing(%s) and %s = %s" % (name, name, quote(v)) for v in values if v]
    return either(tests)


def number_test(name, op, value):
    """A cell that is no number differs from every number and compares with none."""
    given = "not missing(%s) and text(%s) <> ''" % (name, name)
    if op in ("in", "not_in"):
        inside = "%s and %s in (%s)" % (given, name, ", ".join(repr(float(v)) for v in value))
        return inside if op == "in" else "not (%s)" % inside
    if op == "!=":
        return "not (%s and %s = %r)" % (given, name, float(value))
    return "%s and %s %s %r" % (given, name, op, float(value))


def joined(tree):
    """The (column, separator) pairs of the `has` tests in the tree."""
    if tree is None:
        return []
    if "var" in tree:
        return [(tree["var"], tree["separator"])] if tree["op"] == "has" else []
    parts = tree["not"] if "not" in tree else tree.get("and") or tree["or"]
    return [pair for t in (parts if isinstance(parts, list) else [parts]) for pair in joined(t)]
