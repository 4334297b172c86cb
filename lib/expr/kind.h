// SPDX-License-Identifier: MIT
// The kinds of node that an expression is made of.
#pragma once

namespace sondeo {

enum class ExprKind {
  number,   // `value`, negative only as an item
  text,     // `text`
  boolean,  // `value` 0 or 1
  name,     // `text` is the name, without backquotes
  column,   // `value` is the column, counted from 1 (#12)
  missing,  // args[0] is a name or column
  text_of,  // args[0] is a name or column
  any,      // args[0] is a name or column, then items (possibly none)
  count,    // args[0] is a name or column
  negate,   // -args[0]
  add,
  subtract,
  multiply,
  divide,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  in,     // args[0] in items args[1..]; `not in` is printed and parsed as logical_not of this
  range,  // item a .. b, both ends included; only as an item of `in` or `any`
  logical_not,
  logical_and,  // two or more args, flattened
  logical_or,   // two or more args, flattened
  date,         // a date literal: `text` as written
  date_of,      // args[0] is a name or column; `text` is the format, "" for ISO 8601
  // The functions of functions.h, by what they give. Dates:
  days,  // from date args[0] to date args[1], with fractions; so are hours, minutes, seconds
  hours,
  minutes,
  seconds,
  year,  // of the date args[0]
  month,
  weekday,  // 1 Monday to 7 Sunday
  min,      // of numbers, the missing ones left out; so are max, sum, mean
  max,
  sum,
  mean,
  round,
  floor,
  abs,
  if_else,   // args[0] is a condition
  contains,  // the text args[1] stands in args[0], whatever the case
  matches,   // args[0] as a whole is like the pattern args[1] with * and ?
};

// Whether a node of this kind is true, false or unknown (the others have a number or a text).
bool is_condition(ExprKind kind);

}  // namespace sondeo
