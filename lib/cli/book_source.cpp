// SPDX-License-Identifier: MIT
#include "cli/book_source.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/number.h"
#include "base/spool.h"
#include "base/text.h"
#include "cli/request_builder.h"
#include "codebook/bind.h"
#include "data/question_coders.h"
#include "tabulate/count.h"

namespace sondeo {
namespace {

std::string in_backquotes(const std::string& name) {
  std::string text = "`";
  for (const char c : name) text += c == '`' ? std::string("``") : std::string(1, c);
  return text + "`";
}

std::string stem(const std::string& path) {
  auto name = path.substr(path.rfind('/') + 1);
  for (const char* end : {".zst", ".gz", ".csv", ".tsv", ".tab", ".txt", ".dat", ".toml"}) {
    if (ascii_lower(name).ends_with(end)) name.resize(name.size() - std::string_view(end).size());
  }
  return name.empty() || name == "-" ? "survey" : name;
}

// The variables that the arguments name, by position.
std::vector<std::size_t> chosen(const StudyInput& input) {
  const auto& variables = input.variables;
  std::set<std::size_t> positions;
  if (input.questions.empty()) {
    for (std::size_t i = 0; i < variables.size(); ++i) positions.insert(i);
  }
  for (const auto& argument : input.questions) {
    const auto before = positions.size();
    const bool quoted = argument.size() > 1 && argument.front() == '`' && argument.back() == '`';
    const auto name = quoted ? argument.substr(1, argument.size() - 2) : argument;
    bool known = false;
    for (std::size_t i = 0; i < variables.size(); ++i) {
      const bool fits = variables[i].name == name || variables[i].parent == name ||
                        (!quoted && glob_match(name, variables[i].name));
      if (fits) positions.insert(i);
      known |= fits;
    }
    if (known || positions.size() > before) continue;
    std::vector<std::string> names;
    for (const auto& variable : variables) names.push_back(variable.name);
    const auto close = nearest(name, names);
    throw Error(Place{input.study->file}, "unknown-question",
                "there is no question '" + excerpt(name) + "'",
                close.empty() ? "" : "did you mean '" + excerpt(close) + "'?");
  }
  return {positions.begin(), positions.end()};
}

// Finds out which variables the data have all columns for, with what they depend on.
class Presence {
 public:
  explicit Presence(const StudyInput& input) : input_(input) {}

  // Nothing if it is all there, else what is wrong.
  std::optional<Error> fault(const StudyQuestion& variable) {
    if (!seen_.insert(variable.name).second) return std::nullopt;
    try {
      bind(variable, input_.header);
    } catch (const Error& error) {
      return error;
    }
    for (const auto& name : names_used(variable)) {
      const auto* other = find_variable(input_, name);
      if (other == nullptr) continue;
      if (auto error = fault(*other)) return error;
    }
    return std::nullopt;
  }

 private:
  const StudyInput& input_;
  std::set<std::string> seen_;
};

}  // namespace

Draft draft_input(StudyInput& input, Tool& tool) {
  open_input(input, tool);
  Profiler profiler(input.header.names.size());
  input.file->read({&profiler}, tool.issues());
  input.progress.reset();
  auto draft = draft_study(input.header, profiler.columns());
  draft.study.name = stem(input.path);
  draft.study.file = input.file->name();
  if (input.path != "-") draft.study.data = input.path.substr(input.path.rfind('/') + 1);
  const auto delimiter = input.file->delimiter();
  if (delimiter != ',')
    draft.study.format.delimiter = delimiter == '\t' ? "tab" : std::string(1, delimiter);
  if (input.csv.file.encoding != "auto") draft.study.format.encoding = input.csv.file.encoding;
  return draft;
}

Book read_book(StudyInput& input, const std::string& language, Tool& tool) {
  std::optional<Spool> spool;  // a bare file is read twice
  if (!input.study) {
    spool.emplace(input.csv.file);
    input.csv.file = spool->file();
    if (spool->copied() > 0)
      tool.tell("copied " + grouped(spool->copied()) + " bytes of a stream to a temporary file");
    input.study = draft_input(input, tool).study;
    input.variables = variables_of(*input.study);
    if (input.study->format.decimal == ",") input.numbers.decimal = ',';
    tool.note("a bare file: kinds are inferred from the answers; --draft writes them as a study");
  }
  open_input(input, tool);
  const auto& study = *input.study;
  Book book;
  book.name = study.name.empty() ? stem(study.file) : study.name;
  book.title = study.title.in(language);
  if (!study.note.in(language).empty()) book.notes = {study.note.in(language)};
  book.language = language;
  book.synthetic = study.synthetic;
  for (const auto& weight : study.weights) {
    if (weight.name != study.weight) continue;
    const auto& label = weight.label.in(language);
    book.weight = weight.name + (label.empty() ? "" : " (" + label + ")");
  }

  // A codebook shows what the data hold, also what the study does not list.
  for (auto& variable : input.variables) variable.open_codes |= !variable.codes.empty();
  const auto positions = chosen(input);
  RequestBuilder builder(input, {}, false);
  auto& request = builder.request;
  request.rules.missing = input.missing;
  request.numbers = input.numbers;
  request.threads = input.threads;
  const auto total = builder.add_axis({});
  std::vector<std::optional<std::size_t>> tables(positions.size());
  std::vector<std::size_t> bound(positions.size());
  for (std::size_t i = 0; i < positions.size(); ++i) {
    const auto& variable = input.variables[positions[i]];
    if (!is_countable(variable)) continue;
    if (const auto error = Presence(input).fault(variable)) {
      tool.issues().add(error->place(), error->id(), error->message(), error->hint());
      continue;
    }
    bound[i] = builder.questions_of(in_backquotes(variable.name)).at(0);
    tables[i] = request.tables.size();
    request.tables.push_back({builder.add_axis({{bound[i]}, false}), total});
  }
  const auto counted = count(*input.file, request, tool.issues());
  input.progress.reset();
  book.respondents = counted.rows;
  for (std::size_t i = 0; i < positions.size(); ++i) {
    if (tables[i]) {
      book.questions.push_back(
          book_question(request.questions[bound[i]], &counted.tables[*tables[i]], language));
      continue;
    }
    Question uncounted;
    uncounted.study = &input.variables[positions[i]];
    uncounted.name = uncounted.study->name;
    book.questions.push_back(book_question(uncounted, nullptr, language));
  }
  return book;
}

}  // namespace sondeo
