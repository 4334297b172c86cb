// SPDX-License-Identifier: MIT
// Where results go and what they look like: shared by every tool that makes tables.
#pragma once

#include <string>
#include <vector>

#include "cli/tool.h"
#include "render/render.h"
#include "table/table.h"

namespace sondeo {

struct OutputOptions {
  std::string output;
  std::string format;
  bool force = false;
  std::string digits = "0";
  std::string width;
  std::string color = "auto";
  bool ascii = false;
  bool raw = false;
  bool bom = false;
  std::string out_delimiter = ",";
  std::string out_decimal;  // "": a point, or what the language has
  std::string xlsx_style = "report";
  bool charts = false;
  bool no_provenance = false;

  void declare(Tool& tool);

  // Throws UsageError or Error now for what would only be found out after the work: unknown
  // formats, values that are none of an option's, an output file that exists, or that is the
  // file of the responses, `input`; more than one of the `languages` where the format has one.
  void check(const std::string& input, const std::vector<std::string>& languages) const;
  // Renders and writes, to a file completely or not at all. One set a language. Throws Error
  // [write].
  void write(const std::vector<TableSet>& languages) const;
  // Whether the output says what the run was: json, html and xlsx do, unless they are told not to.
  bool tells_provenance() const;
  // Throws UsageError for values that are none of an option's. Formats for people but `wide` mark
  // numbers as the language does.
  RenderOptions render_options(std::string_view language) const;

 private:
  const Renderer& renderer() const;
};

// -o and --force, as every tool has them; `more` is told behind what -o does.
void declare_output(Tool& tool, std::string& output, bool& force, std::string_view more = "");

// Bytes to standard output, or to `path` (if not "") completely or not at all.
void write_result(const std::string& path, bool force, std::string_view bytes);

// Throws Error [exists] if the file is there and may not be replaced; the file `input` never may.
void refuse_existing(const std::string& path, bool force, const std::string& input);

}  // namespace sondeo
