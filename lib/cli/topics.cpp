// SPDX-License-Identifier: MIT
#include "cli/topics.h"

#include <array>

namespace sondeo {
namespace {

constexpr std::string_view weights = R"text(Weights: what each respondent stands for.

  sondeo-freq survey.csv q1 -w weight
  sondeo-freq survey.csv q1 -w weight --weight-file weights.csv --id id
  sondeo-freq study.toml q1 -w none

-w names a column of the responses, or a weight of the study. With --weight-file
it is a column of that file, joined by the text of --id: a respondent without a
weight, a weight without its respondent and an id that stands twice are refused.
A study names the weight that is taken if -w is not given; -w none counts every
respondent as one.

A weight is a number, 0 or more. An empty cell, a text, a negative or infinite
weight is an error with its line, never silently 1 or 0. A weight of 0 is
allowed and told: its respondent counts in n and has no share in percentages.

  n             respondents in the base
  weighted n    the sum of their weights, W
  effective n   W^2 / (sum of squared weights), after Kish: so many respondents
                of equal weights would tell as much
  deff          design effect, n / effective n: what unequal weights cost

Sums of weights are exact: the order of rows and the number of threads change no
bit of them. --fail-if 'deff>2' and --fail-if 'weight_ratio>8' guard a script.
)text";

constexpr std::string_view bases = R"text(Bases: who is 100 %.

  sondeo-freq survey.csv q2 --base all
  sondeo-freq survey.csv q2 --asked "q1 = 'Yes'"
  sondeo-tab survey.csv q2 --by 'total + region' --min-base 50

  answered   all who gave an answer: the usual base
  asked      all who were asked: the usual base of select-all questions, where
             to choose nothing is an answer
  all        everybody whom --where keeps

A study may say what the base of a question is, and who was asked it. Empty
cells and texts named by --missing are no answers. Every table says what its
base is and how many respondents it leaves out.

--where makes a domain: standard errors are those of the whole sample's design,
not of a sample that happens to be as large as the domain.

Three bases are shown: unweighted, weighted and effective n. An effective base
below 100 is marked *, below 30 ** (--low-base N,M). --min-base N blanks columns
whose effective base is smaller (--min-base-of n or weighted: another base).
--fail-if 'base<100', 'effective_base<50', 'moe>4' or 'missing>5%' make the exit
status 1 when a column of any table is so. )text";

constexpr std::string_view formats = R"text(Formats: what tables are written as.

  sondeo-tab survey.csv q1 --by region -f wide -o tables.csv
  sondeo-freq survey.csv 'q*' -o report.html
  sondeo-freq survey.csv q1 -f csv | grep column_percent

  text   .txt       for people, at a terminal; the default
  csv    .csv       for programs: one row a number, full precision, stable ids
  tsv    .tsv       the same with tabs
  wide              for spreadsheets: what the eye sees, one line a row
  json   .json      for programs: everything a table knows
  md     .md        for comments and reports: GitHub's Markdown
  html   .html      one file for screen and paper: no scripts, light and dark

-f chooses the format, else the extension of -o. -o writes completely or not at
all, and replaces a file only with --force.

Columns of csv and tsv: table, weight, row_id, row, column_id, column,
against_id, of, statistic, value, unit, flag. The bases are rows with row_id
_base, the total is column _total; percentages are 0 to 100; an absent number is
an empty value with its reason in flag; `of` names the number that a se or a
limit belongs to.

For a spreadsheet in Spanish or German: -f wide --out-delimiter ';'
--out-decimal , --bom. In csv, tsv and wide, texts that a spreadsheet would run
as formulas get an apostrophe; --raw leaves it out. --digits N are decimals of
percentages.

json, csv and tsv are also what sondeo-diff reads.
)text";

constexpr std::string_view expressions =
    R"text(Expressions: who is meant, for --where and --asked, and in study files.

  --where "age >= 18 and region in ('North', 'South')"
  --where "any(tools, 'CRM') and not missing(satisfied)"
  --where "began in (date('2024-03-01')..date('2024-03-31'))"

  owner  `How old are you?`  #12   a column or question; any name in backquotes;
                                   the twelfth column
  3  0.5  'Sales'  "it's"          numbers with a point, texts
  = != < <= > >=  in (1, 3..5)     comparisons; 3..5 takes both ends in
  and  or  not  true  false        loosest is or, then and, then not
  + - * /  ( )                     arithmetic
  missing(x)  text(x)              no answer; the cell as it stands
  any(q, 'a', 'b')  count(q)       options of a select-all question
  contains(x, 'a')                 a text within a text
  matches(x, 'a*')                 * stands for any run of signs, ? for one
  date(x)  date(x, '%d/%m/%Y')     a cell as a date
  days(a, b)                       also hours, minutes, seconds: from a to b
  year(a)  month(a)  weekday(a)    weekday from 1, Monday, to 7
  min(a, b)  max  sum  mean        of those that are there
  round(a)  floor(a)  abs(a)
  if(condition, a, b)              a where it is true, b where it is false

A cell compared with a number is read as a number, with a text as a text. What
is missing is neither true nor false: `satisfied != 5` leaves out who did not
answer, and so does `not (satisfied = 5)`. Only those for whom the whole is true
are kept.
)text";

constexpr std::array<Topic, 4> registry = {{
    {"weights", "what each respondent stands for", weights},
    {"bases", "who is 100 %", bases},
    {"formats", "what tables are written as", formats},
    {"expressions", "who is meant: --where and --asked", expressions},
}};

}  // namespace

std::span<const Topic> topics() { return registry; }

}  // namespace sondeo
