// SPDX-License-Identifier: MIT
#include "cli/count_options.h"

#include <algorithm>

#include "base/text.h"
#include "cli/process.h"
#include "expr/expr.h"
#include "tabulate/banner.h"

namespace sondeo {
namespace {

std::vector<std::string> words_of(const std::string& list) {
  std::vector<std::string> words{""};
  for (const char c : list) {
    if (c == ',')
      words.emplace_back();
    else
      words.back() += c;
  }
  for (auto& word : words) word = std::string(trim(word));
  return words;
}

std::string unquoted(const std::string& name) {
  return name.size() > 1 && name.front() == '`' && name.back() == '`'
             ? name.substr(1, name.size() - 2)
             : name;
}

// Collects the questions and axes of a request; the same question is asked for only once.
class RequestBuilder {
 public:
  RequestBuilder(const Header& header, std::vector<Question> defined, bool numbers)
      : header_(header), defined_(std::move(defined)), numbers_(numbers) {
    request.questions = defined_;
  }

  // The questions that an argument names: a select-all question, a column, or the columns that a
  // pattern fits.
  std::vector<std::size_t> questions_of(const std::string& argument) {
    if (const auto found = find_defined(unquoted(argument)); found < defined_.size())
      return {found};
    const bool pattern =
        argument.find_first_of("*?") != std::string::npos && argument.front() != '`' &&
        std::find(header_.names.begin(), header_.names.end(), argument) == header_.names.end();
    std::vector<std::size_t> result;
    const auto columns = pattern ? find_columns(header_, argument)
                                 : std::vector<std::size_t>{find_column(header_, argument)};
    for (const auto column : columns) {
      result.push_back(single(column, numbers_ ? QuestionKind::number : QuestionKind::single));
    }
    return result;
  }

  std::size_t banner_variable(const std::string& name) {
    if (const auto found = find_defined(unquoted(name)); found < defined_.size()) return found;
    return single(find_column(header_, name), QuestionKind::single);
  }

  std::size_t add_axis(Axis axis) {
    for (std::size_t i = 0; i < request.axes.size(); ++i) {
      if (request.axes[i].questions == axis.questions && request.axes[i].overlaps == axis.overlaps)
        return i;
    }
    request.axes.push_back(std::move(axis));
    return request.axes.size() - 1;
  }

  CountRequest request;

 private:
  std::size_t find_defined(const std::string& name) const {
    std::size_t i = 0;
    while (i < defined_.size() && defined_[i].name != name) ++i;
    return i;
  }

  std::size_t single(std::size_t column, QuestionKind kind) {
    for (std::size_t i = 0; i < request.questions.size(); ++i) {
      const auto& question = request.questions[i];
      if (question.kind == kind && question.columns[0] == column && !question.several()) return i;
    }
    Question question;
    question.name = column_name(header_, column);
    question.kind = kind;
    question.columns = {column};
    request.questions.push_back(std::move(question));
    return request.questions.size() - 1;
  }

  const Header& header_;
  std::vector<Question> defined_;
  bool numbers_;
};

}  // namespace

void CountOptions::declare(Tool& tool) {
  tool.section("Questions");
  tool.option("missing", missing, "TEXT",
              "a cell text that is no answer; repeat for several (empty cells are none anyway)");
  tool.flag("keep-empty", keep_empty, "an empty cell is an answer like any other");
  tool.flag("mean", mean, "the questions are numbers: mean, standard deviation, median");
  tool.option("multi", multi, "NAME=COLUMNS",
              "a select-all question with one column an option: 'q4=q4_*', 'q4=#7-#12'");
  tool.option("ticked", ticked, "TEXT",
              "the cell text that means chosen; repeat for several (default: anything but an "
              "empty cell, 0, no, false, not selected)");
  tool.option("unticked", unticked, "TEXT",
              "the cell text that means not chosen; '' says that about empty cells");
  tool.option("joined", joined, "COLUMN", "a select-all question whose cells hold several answers");
  tool.option("separator", separator, "SIGN", "between the answers of a joined cell");
  tool.option("option", long_options, "TEXT",
              "an answer of joined cells that contains the separator itself");
  tool.option("spread", spread, "NAME=COLUMNS",
              "a select-all question whose columns hold any answer of one list");
  tool.section("Counting");
  tool.option("weight,w", weight, "COLUMN", "what each respondent stands for, or none");
  tool.option("weight-file", weight_file, "FILE",
              "take the weight column from there, joined by --id");
  tool.option("id", id, "COLUMN", "the respondent's id, in the data and in the weight file");
  tool.option(
      "where", where, "EXPRESSION",
      "only respondents for whom it is true: \"age >= 18 and region in ('North', 'South')\"");
  tool.option("base", base, "asked|answered|all",
              "who is 100 %; select-all questions: asked, others: answered");
  tool.option("asked", asked, "EXPRESSION", "who was asked: the base, with --base asked");
  tool.option("percent", percent, "LIST", "column, row, total, or several of them");
  tool.option("level", level, "PERCENT", "of confidence");
  tool.option("interval", interval, "logit|wald", "limits of percentages");
  tool.option("df", df, "domain|design", "degrees of freedom: of the base, or of the whole file");
  tool.option("sort", sort, "value|size", "rows by their answer, or the largest first");
  tool.option("min-base", min_base, "N", "blank the columns whose base is smaller");
  tool.option("min-base-of", min_base_of, "n|weighted|effective", "the base that --min-base means");
  tool.option("low-base", low_base, "N,M",
              "mark effective bases below N with * and below M with **");
}

TableRules CountOptions::rules() const {
  TableRules rules;
  if (!base.empty()) {
    rules.base = std::vector{Base::asked, Base::answered,
                             Base::all}[word_option("base", base, {"asked", "answered", "all"})];
  }
  rules.percents.clear();
  for (const auto& word : words_of(percent)) {
    const auto kind =
        static_cast<Percent>(word_option("percent", word, {"column", "row", "total"}));
    if (std::find(rules.percents.begin(), rules.percents.end(), kind) == rules.percents.end()) {
      rules.percents.push_back(kind);
    }
  }
  rules.inference.level = number_option("level", level, 1, 99.9999);
  rules.inference.interval =
      static_cast<Interval>(word_option("interval", interval, {"logit", "wald"}));
  rules.inference.freedom = static_cast<Freedom>(word_option("df", df, {"domain", "design"}));
  rules.usual_ticks = ticked.empty() && unticked.empty();
  rules.sort = static_cast<SortRows>(word_option("sort", sort, {"value", "size"}));
  rules.min_base = number_option("min-base", min_base, 0, 1e15);
  rules.min_base_of = static_cast<BaseKind>(
      word_option("min-base-of", min_base_of, {"n", "weighted", "effective"}));
  const auto marks = words_of(low_base);
  if (marks.size() != 2)
    throw UsageError("--low-base takes two numbers such as 100,30, not '" + excerpt(low_base) +
                     "'");
  rules.low_base = number_option("low-base", marks[0], 0, 1e15);
  rules.very_low_base = number_option("low-base", marks[1], 0, rules.low_base);
  return rules;
}

std::vector<Question> CountOptions::defined_questions(const Header& header) const {
  std::vector<Question> questions;
  for (const auto& each : multi)
    questions.push_back(question_of_columns(header, each, QuestionKind::flags));
  for (const auto& each : spread)
    questions.push_back(question_of_columns(header, each, QuestionKind::spread));
  for (const auto& each : joined) {
    if (separator.empty()) throw UsageError("--separator must not be empty");
    Question question;
    question.kind = QuestionKind::joined;
    question.columns = {find_column(header, each)};
    question.name = column_name(header, question.columns[0]);
    question.separator = separator;
    question.long_options = long_options;
    questions.push_back(std::move(question));
  }
  for (std::size_t i = 0; i < questions.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (questions[i].name == questions[j].name) {
        throw UsageError("the question '" + excerpt(questions[i].name) + "' is defined twice");
      }
    }
  }
  return questions;
}

TableSet CountOptions::tables(const InputOptions& input, const std::string& banner_text,
                              Tool& tool) const {
  auto rules = this->rules();
  const auto names = input.questions();
  const auto path = input.path();
  const auto csv = input.csv(path);
  const auto numbers = input.numbers();
  std::optional<Expr> where_expr;
  std::string filter;
  if (where) {
    where_expr = parse_expr(*where, "--where");
    filter = print_expr(*where_expr);
  }
  if (asked) {
    auto asked_expr = parse_expr(*asked, "--asked");
    rules.asked = print_expr(asked_expr);
    if (rules.base == Base::automatic) rules.base = Base::asked;
    if (rules.base != Base::asked) throw UsageError("--asked goes with --base asked");
    // Those who were not asked leave the tables as if the filter had left them out.
    if (where_expr) {
      Expr both;
      both.kind = ExprKind::logical_and;
      both.args = {*where_expr, std::move(asked_expr)};
      where_expr = parse_expr(print_expr(both));
    } else {
      where_expr = std::move(asked_expr);
    }
  }
  const bool topline = banner_text.empty();
  Banner banner;
  if (!topline) banner = parse_banner(banner_text);
  if (!weight_file.empty() && (id.empty() || weight == "none")) {
    throw UsageError("--weight-file needs --weight and --id");
  }
  if (!id.empty() && weight_file.empty()) throw UsageError("--id goes with --weight-file");
  if (path == "-" && weight_file == "-") {
    throw UsageError("standard input cannot be both the responses and the weight file");
  }
  if (mean && percent != "column") throw UsageError("--percent has no meaning with --mean");
  if (names.empty() && path == "-" && input_is_terminal()) {
    throw UsageError("name a file of responses and at least one question");
  }
  if (path == "-" && input_is_terminal()) tool.note("reading the responses from standard input");

  CsvFile file(csv, tool.issues());
  const Header header{file.name(), file.header_line(), file.header()};
  tool.tell(file.name() + ": " + std::to_string(header.names.size()) + " columns, delimiter " +
            (file.delimiter() == '\t' ? "tab" : std::string(1, file.delimiter())));
  if (names.empty()) {
    std::string list;
    for (std::size_t i = 0; i < header.names.size() && list.size() < 300; ++i) {
      list += (list.empty() ? "" : ", ") + excerpt(column_name(header, i), 24);
    }
    throw UsageError("name at least one question", "the columns are " + list);
  }

  RequestBuilder builder(header, defined_questions(header), mean);
  auto& request = builder.request;
  request.rules = {missing, keep_empty, ticked, unticked};
  request.numbers = numbers;
  request.where = std::move(where_expr);
  request.weight.column = weight;
  request.weight.id = id;
  if (!weight_file.empty()) {
    request.weight.file = csv;
    request.weight.file->file.path = weight_file;
  }
  request.threads = input.thread_count();

  std::vector<std::size_t> rows;
  for (const auto& name : names) {
    for (const auto question : builder.questions_of(name)) {
      if (std::find(rows.begin(), rows.end(), question) == rows.end()) rows.push_back(question);
    }
  }
  std::vector<std::size_t> part_axes;
  std::vector<std::vector<std::string>> part_names;
  for (const auto& part : banner.parts) {
    Axis axis;
    axis.overlaps = true;
    part_names.emplace_back();
    for (const auto& variable : part) {
      axis.questions.push_back(builder.banner_variable(variable));
      part_names.back().push_back(request.questions[axis.questions.back()].name);
    }
    part_axes.push_back(builder.add_axis(std::move(axis)));
  }
  const auto total_axis = builder.add_axis({});
  for (const auto question : rows) {
    const auto row_axis = builder.add_axis({{question}, false});
    request.tables.push_back({row_axis, total_axis});
    for (const auto part : part_axes) request.tables.push_back({row_axis, part});
  }

  auto counted = count(file, request, tool.issues());
  tool.tell(file.name() + ": " + grouped(counted.rows) + " respondents, " +
            grouped(counted.kept.n) + " kept");

  TableContext context{weight, request.weight.weighted(), filter, counted.rows};
  TableSet set;
  std::size_t next = 0;
  for (const auto question : rows) {
    const auto& total = counted.tables[next++];
    std::vector<BannerPart> parts;
    for (std::size_t i = 0; i < part_axes.size(); ++i) {
      parts.push_back({part_names[i], std::move(counted.tables[next++])});
    }
    set.tables.push_back(build_table(request.questions[question], total, parts,
                                     topline ? TableShape::topline : TableShape::banner,
                                     topline || banner.total, context, rules));
  }
  // Neither the command nor the input's name: the same responses give the same bytes, however they
  // come and however many threads read them.
  set.provenance = {version(), counted.bytes, counted.rows};
  return set;
}

}  // namespace sondeo
