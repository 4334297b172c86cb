// SPDX-License-Identifier: MIT
#include "cli/study_input.h"

#include <algorithm>

#include "base/text.h"
#include "cli/process.h"
#include "codebook/question.h"

namespace sondeo {
namespace {

constexpr std::size_t largest_study = 16 << 20;

// A path in a study is meant from the study's folder.
std::string beside(const std::string& file, const std::string& path) {
  const auto slash = file.rfind('/');
  if (slash == std::string::npos || path.starts_with("/")) return path;
  return file.substr(0, slash + 1) + path;
}

// What the command line leaves open, the study says.
InputOptions with_format(InputOptions options, const StudyFormat& format) {
  if (options.delimiter == "auto" && !format.delimiter.empty())
    options.delimiter = format.delimiter;
  if (options.encoding.empty()) options.encoding = format.encoding;
  if (options.decimal.empty()) options.decimal = format.decimal;
  if (options.thousands.empty()) options.thousands = format.thousands;
  if (options.header_rows.empty()) options.header_rows = std::to_string(format.header_rows);
  return options;
}

}  // namespace

std::vector<std::string> StudyInput::files() const {
  std::vector<std::string> files{path};
  if (study) files.push_back(study->file);
  return files;
}

std::string read_text(const std::string& path) {
  Issues none;
  const auto source = open_input(InputFile{path, ""}, none);
  // Room that is not needed would have to be cleared all the same.
  std::string text;
  std::size_t done = 0;
  do {
    text.resize(std::min(std::max<std::size_t>(64 << 10, 2 * done), largest_study + 1));
    done += source->read_at(done, text.data() + done, text.size() - done);
  } while (done == text.size() && done <= largest_study);
  text.resize(done);
  if (text.size() > largest_study) {
    throw Error(Place{path}, "study-size",
                "the study file is larger than " + std::to_string(largest_study >> 20) + " MiB",
                "is it a study? Responses are named in it, or with --data");
  }
  return text;
}

Study read_study(const std::string& path) { return parse_study(read_text(path), path); }

StudyInput find_study(const InputOptions& options) {
  StudyInput input;
  input.questions = options.arguments;
  const auto study_path = options.study();
  if (study_path.empty()) return input;
  input.questions.erase(input.questions.begin());
  input.text = read_text(study_path);
  input.study = parse_study(input.text, study_path);
  input.variables = variables_of(*input.study);
  return input;
}

StudyInput find_input(const InputOptions& options) {
  const auto study_path = options.study();
  auto input = study_path.empty() ? StudyInput{} : find_study(options);
  input.questions = options.questions();
  input.threads = options.thread_count();
  input.wants_progress = options.wants_progress();
  if (study_path.empty()) {
    input.path = options.path();
    input.csv = options.csv(input.path);
    input.numbers = options.numbers();
    return input;
  }
  const auto& study = *input.study;
  input.path = options.data;
  if (input.path.empty()) {
    if (study.data.empty()) {
      throw Error(Place{study.file}, "no-data", "the study does not say where its responses are",
                  "name them: --data FILE, or data = \"FILE\" under [study]");
    }
    input.path = beside(study.file, study.data);
  }
  const auto combined = with_format(options, study.format);
  input.csv = combined.csv(input.path);
  input.numbers = combined.numbers();
  input.missing = study.format.missing;
  return input;
}

void open_input(StudyInput& input, Tool& tool) {
  if (input.study) {
    tool.tell(input.study->file + ": study '" + excerpt(input.study->name) + "', " +
              std::to_string(input.variables.size()) + " questions");
  }
  if (input.path == "-" && input_is_terminal())
    tool.note("reading the responses from standard input");
  const bool shows_progress = input.wants_progress && !tool.quiet() && Progress::possible();
  if (shows_progress) input.csv.read_bytes = std::make_shared<std::atomic<std::uint64_t>>(0);
  if (input.wants_provenance) input.csv.hash = std::make_shared<TextHash>();
  input.file = std::make_unique<CsvFile>(input.csv, tool.issues());
  const auto& file = *input.file;
  input.header = file.header();
  tool.tell(file.name() + ": " + std::to_string(input.header.names.size()) +
            " columns, delimiter " +
            (file.delimiter() == '\t' ? "tab" : std::string(1, file.delimiter())));
  if (shows_progress) {
    input.progress =
        std::make_unique<Progress>(file.name(), input.csv.read_bytes, text_size(input.path));
  }
}

std::vector<std::string> question_names(const InputOptions& options) {
  const StudyInput input = find_input(options);
  std::vector<std::string> names;
  if (input.study) {
    for (const auto& variable : input.variables) {
      const bool first_of_parent =
          !variable.parent.empty() &&
          std::find(names.begin(), names.end(), variable.parent) == names.end();
      if (first_of_parent) names.push_back(variable.parent);
      if (is_countable(variable)) names.push_back(variable.name);
    }
    return names;
  }
  Issues none;
  return column_names(CsvFile(input.csv, none).header());
}

const StudyQuestion* find_variable(const StudyInput& input, std::string_view name) {
  const auto found = std::find_if(input.variables.begin(), input.variables.end(),
                                  [&](const auto& each) { return each.name == name; });
  return found == input.variables.end() ? nullptr : &*found;
}

std::vector<const StudyQuestion*> items_of(const StudyInput& input, std::string_view name) {
  std::vector<const StudyQuestion*> items;
  for (const auto& variable : input.variables) {
    if (variable.parent == name) items.push_back(&variable);
  }
  return items;
}

}  // namespace sondeo
