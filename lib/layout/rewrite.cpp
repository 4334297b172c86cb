// SPDX-License-Identifier: MIT
#include "layout/rewrite.h"

#include <map>

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
        csv_cell(text(i), columns == 1);
      }
      if (out_.size() > piece) {
        write_(out_);
        out_.clear();
      }
    }
    out_ += json() ? "]" : "\n";
  }

  void csv_cell(std::string text, bool only) {
    if (options_.guard && needs_guard(text)) text.insert(0, 1, '\'');
    const bool quote = text.find_first_of(",\"\r\n") != std::string::npos || (only && text.empty());
    if (!quote) {
      out_ += text;
      return;
    }
    out_ += '"';
    for (const char c : text) {
      if (c == '"') out_ += '"';
      out_ += c;
    }
    out_ += '"';
  }

  const RewriteOptions& options_;
  const std::function<void(std::string_view)>& write_;
  std::string out_;
  bool first_ = true;
};

}  // namespace

void rewrite(CsvFile& file, const RewriteOptions& options,
             const std::function<void(std::string_view)>& write, Issues& issues) {
  std::map<std::string, std::size_t> seen;
  for (std::size_t i = 0; i < file.header().size(); ++i) {
    const auto& name = file.header()[i];
    if (name.empty()) continue;
    const auto [first, fresh] = seen.try_emplace(name, i);
    if (!fresh) {
      throw Error(Place{file.name(), file.header_line()}, "duplicate-header",
                  "the column name '" + excerpt(name) + "' is used twice: columns #" +
                      std::to_string(first->second + 1) + " and #" + std::to_string(i + 1),
                  "rename one of them in the header");
    }
  }
  Rewriter rewriter(options, write);
  rewriter.start(file.header());
  file.read({&rewriter}, issues);
  rewriter.finish();
}

}  // namespace sondeo
