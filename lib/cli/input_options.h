// SPDX-License-Identifier: MIT
// Which data to read and how: shared by every tool.
#pragma once

#include <string>
#include <vector>

#include "base/number.h"
#include "cli/tool.h"
#include "layout/csv.h"

namespace sondeo {

struct InputOptions {
  std::vector<std::string> arguments;  // [DATA] [QUESTION]...
  std::string data;
  std::string delimiter = "auto";
  std::string encoding;
  std::string decimal;  // "": a point
  std::string thousands;
  std::string header_rows;  // "": one
  std::string ragged = "error";
  bool strict_quotes = false;
  std::string threads;
  std::string progress = "auto";
  std::string block_size;

  void declare(Tool& tool);

  // The rest take what was parsed; they throw UsageError for values that are none of an option's.

  // The study: the first argument if its name ends in .toml, or "".
  std::string study() const;
  // The responses of a bare file: --data; else the first argument if it names an existing file,
  // begins like a path or ends in a known suffix; else standard input.
  std::string path() const;
  // The leading arguments that are files, studies or responses.
  std::vector<std::string> files() const;
  // The arguments that are questions: those after the study or the file; all with --data alone.
  std::vector<std::string> questions() const;
  // How the file of that path is to be read.
  CsvOptions csv(const std::string& path) const;
  NumberFormat numbers() const;
  unsigned thread_count() const;
  bool wants_progress() const;
};

// A whole number of an option, at least `least`. Throws UsageError.
unsigned long long count_option(const std::string& name, const std::string& text,
                                unsigned long long least);
// A number of an option in [low, high]. Throws UsageError.
double number_option(const std::string& name, const std::string& text, double low, double high);
// One of the words of an option: its position. Throws UsageError that lists them.
std::size_t word_option(const std::string& name, const std::string& text,
                        const std::vector<std::string>& words);
// A delimiter: one ASCII character, or "tab"; 0 for "auto". Throws UsageError.
char delimiter_option(const std::string& name, const std::string& text);

}  // namespace sondeo
