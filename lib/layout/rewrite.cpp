// SPDX-License-Identifier: MIT
#include "layout/rewrite.h"

#include <map>

#include "base/csv_cell.h"
#include "base/spreadsheet.h"
#include "base/text.h"

namespace sondeo {
namespace {

void append_json(std::string& out, std::string_view text) {
  static constexpr char hex[] = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (byte < 0x20 || byte == 0x7f) {
      out += "\\u00";
      out += hex[byte >> 4];
      out += hex[byte & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

class Rewriter : public BlockWorker {
 public:
  Rewriter(const RewriteOptions& options, const std::function<void(std::string_view)>& write)
      : options_(options), write_(write) {}

  void start(const std::vector<std::string>& header) {
    if (json()) out_ += '[';
    record(header.size(), [&](std::size_t i) { return header[i]; });
  }

  void take(const Block& block) override {
    for (std::size_t row = 0; row < block.rows; ++row) {
      record(block.columns, [&](std::size_t i) { return cell_text(block.cell(row, i)); });
    }
  }

  void finish() {
    if (json()) out_ += "]\n";
    write_(out_);
    out_.clear();
  }

 private:
  bool json() const { return options_.format == RewriteFormat::json; }

  template <class Text>
  void record(std::size_t columns, const Text& text) {
    constexpr std::size_t piece = 1 << 18;
    if (json()) out_ += first_ ? "[" : ",\n[";
    first_ = false;
    for (std::size_t i = 0; i < columns; ++i) {
      if (i > 0) out_ += ',';
      if (json()) {
        append_json(out_, text(i));
      } else {
        const auto cell = text(i);
        append_csv_cell(out_, cell, ',', options_.guard && needs_guard(cell),
                        columns == 1 && cell.empty());
      }
      if (out_.size() > piece) {
        write_(out_);
        out_.clear();
      }
    }
    out_ += json() ? "]" : "\n";
  }

  const RewriteOptions& options_;
  const std::function<void(std::string_view)>& write_;
  std::string out_;
  bool first_ = true;
};

}  // namespace

void rewrite(CsvFile& file, const RewriteOptions& options,
             const std::function<void(std::string_view)>& write, Issues& issues) {
  const auto& header = file.header();
  std::size_t left_out = 0;
  const auto names = one_row_names(header, left_out);
  std::map<std::string, std::size_t> seen;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto& name = names[i];
    if (name.empty()) continue;
    const auto [first, fresh] = seen.try_emplace(name, i);
    if (!fresh) {
      throw Error(Place{header.file, header.line}, "duplicate-header",
                  "the column name '" + excerpt(name) + "' is used twice: columns #" +
                      std::to_string(first->second + 1) + " and #" + std::to_string(i + 1),
                  "rename one of them in the header");
    }
  }
  if (left_out > 0) {
    issues.add({header.file, header.line}, "header-text",
               "a text of the lower header rows, which is not part of the one row that is written",
               "", left_out);
  }
  Rewriter rewriter(options, write);
  rewriter.start(names);
  file.read({&rewriter}, issues);
  rewriter.finish();
}

}  // namespace sondeo
