// SPDX-License-Identifier: MIT
#include "cli/input_options.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <thread>

#include "base/text.h"

namespace sondeo {
namespace {

bool is_file(const std::string& argument) {
  struct stat status {};
  return stat(argument.c_str(), &status) == 0 && !S_ISDIR(status.st_mode);
}

// Column names may hold a slash, so that only what begins like a path is one.
bool looks_like_file(const std::string& argument) {
  if (argument == "-" || is_file(argument)) return true;
  // Folders are none, but are meant as files when they cannot be names.
  if (argument == "." || argument == ".." || argument.ends_with("/")) return true;
  if (argument.starts_with("/") || argument.starts_with("./") || argument.starts_with("../")) {
    return true;
  }
  static constexpr std::array<std::string_view, 9> suffixes{".csv", ".tsv",  ".tab", ".txt", ".gz",
                                                            ".zst", ".toml", ".sav", ".dat"};
  const auto lower = ascii_lower(argument);
  return std::any_of(suffixes.begin(), suffixes.end(),
                     [&](auto suffix) { return lower.ends_with(suffix); });
}

}  // namespace

unsigned long long count_option(const std::string& name, const std::string& text,
                                unsigned long long least) {
  const auto value = parse_count(text);
  if (!value || *value < least) {
    throw UsageError("--" + name + " takes a whole number of at least " + std::to_string(least) +
                     ", not '" + excerpt(text) + "'");
  }
  return *value;
}

double number_option(const std::string& name, const std::string& text, double low, double high) {
  const auto value = parse_number(text);
  if (!value || *value < low || *value > high) {
    throw UsageError("--" + name + " takes a number from " + shortest(low) + " to " +
                     shortest(high) + ", not '" + excerpt(text) + "'");
  }
  return *value;
}

std::size_t word_option(const std::string& name, const std::string& text,
                        const std::vector<std::string>& words) {
  const auto found = std::find(words.begin(), words.end(), text);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  std::string list;
  for (const auto& word : words)
    list += (list.empty() ? "" : &word == &words.back() ? " or " : ", ") + word;
  const auto close = nearest(text, words);
  throw UsageError("--" + name + " takes " + list + ", not '" + excerpt(text) + "'",
                   close.empty() ? "" : "did you mean " + close + "?");
}

char delimiter_option(const std::string& name, const std::string& text) {
  if (text == "auto") return 0;
  if (text == "tab" || text == "\\t") return '\t';
  const bool usable = text.size() == 1 && text[0] != '"' && text[0] != '\n' && text[0] != '\r' &&
                      static_cast<unsigned char>(text[0]) < 0x80 && text[0] != 0;
  if (!usable) {
    throw UsageError("--" + name + " takes one character such as , or ; or the word tab, not '" +
                     excerpt(text) + "'");
  }
  return text[0];
}

void InputOptions::declare(Tool& tool) {
  tool.positional(arguments);
  tool.section("Reading");
  tool.option("data", data, "FILE",
              "the responses, - for standard input; those of a study are named in it");
  tool.option("delimiter", delimiter, "SIGN",
              "between cells: , ; tab | or auto, which looks at the header");
  tool.option("encoding", encoding, "NAME",
              "of the file if it is not UTF-8: windows-1252, mac-roman ... or auto to guess");
  tool.option("decimal", decimal, "SIGN", "decimal mark of the numbers in the data: . or ,");
  tool.option("thousands", thousands, "SIGN", "thousands mark of the numbers in the data");
  tool.option("header-rows", header_rows, "1|2|3",
              "rows before the first respondent; a column is found by the first row or else the "
              "last, an empty cell of the first continues the question to its left");
  tool.option("ragged", ragged, "error|pad",
              "rows with too few cells are refused, or filled with empty ones");
  tool.flag("strict-quotes", strict_quotes, "refuse a quote inside a cell that is not quoted");
  tool.option("threads", threads, "N", "threads to use; the result does not depend on it");
  tool.option("progress", progress, "auto|never",
              "how far a large file is read, on a terminal's standard error");
  tool.hidden("block-size", block_size);
}

std::string InputOptions::study() const {
  const bool named = !arguments.empty() && ascii_lower(arguments[0]).ends_with(".toml");
  return named ? arguments[0] : "";
}

std::string InputOptions::path() const {
  if (!data.empty()) return data;
  if (!arguments.empty() && looks_like_file(arguments[0])) return arguments[0];
  const auto file = std::find_if(arguments.begin(), arguments.end(), is_file);
  if (file != arguments.end()) {
    throw UsageError("the file comes before the questions", "put '" + excerpt(*file) + "' first");
  }
  return "-";
}

std::vector<std::string> InputOptions::files() const {
  const auto end = std::find_if_not(arguments.begin(), arguments.end(), looks_like_file);
  return {arguments.begin(), end};
}

std::vector<std::string> InputOptions::questions() const {
  const bool file_first =
      !study().empty() || (data.empty() && !arguments.empty() && looks_like_file(arguments[0]));
  return {arguments.begin() + (file_first ? 1 : 0), arguments.end()};
}

CsvOptions InputOptions::csv(const std::string& path) const {
  CsvOptions options;
  options.file = {path, encoding, ""};
  options.delimiter = delimiter_option("delimiter", delimiter);
  if (!header_rows.empty()) {
    options.header_rows =
        1 + static_cast<unsigned>(word_option("header-rows", header_rows, {"1", "2", "3"}));
  }
  options.ragged =
      word_option("ragged", ragged, {"error", "pad"}) == 1 ? Ragged::pad : Ragged::error;
  options.strict_quotes = strict_quotes;
  if (!block_size.empty()) options.block_bytes = count_option("block-size", block_size, 64);
  return options;
}

NumberFormat InputOptions::numbers() const {
  NumberFormat format;
  const auto mark = decimal.empty() ? std::string(".") : decimal;
  format.decimal = word_option("decimal", mark, {".", ","}) == 1 ? ',' : '.';
  format.thousands = thousands;
  if (!thousands.empty() && (thousands == mark || (thousands[0] >= '0' && thousands[0] <= '9'))) {
    throw UsageError("--thousands '" + excerpt(thousands) +
                     "' cannot be the thousands mark with --decimal " + mark);
  }
  return format;
}

bool InputOptions::wants_progress() const {
  return word_option("progress", progress, {"auto", "never"}) == 0;
}

unsigned InputOptions::thread_count() const {
  if (!threads.empty())
    return static_cast<unsigned>(std::min(count_option("threads", threads, 1), 256ULL));
  return std::clamp(std::thread::hardware_concurrency(), 1U, 8U);
}

}  // namespace sondeo
