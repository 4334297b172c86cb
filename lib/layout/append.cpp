// SPDX-License-Identifier: MIT
#include "layout/append.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <memory>
#include <mutex>

#include "base/spreadsheet.h"
#include "base/text.h"
#include "base/text_buffer.h"

namespace sondeo {
namespace {

bool is_line_end(char c) { return c == '\n' || c == '\r'; }

// Puts the texts of blocks, which come in any order, one after the other. Nobody waits: who brings
// the text that is next writes it, and those that were waiting for it.
class OrderedOutput {
 public:
  OrderedOutput(const std::function<void(std::string_view)>& write, std::uint64_t first)
      : write_(write), next_(first) {}

  // The text of the block [offset, end) of the input. `text` comes back empty, with its memory.
  void put(std::uint64_t offset, std::uint64_t end, TextBuffer& text) {
    const std::lock_guard lock(mutex_);
    if (failed_) return;
    failed_ = true;  // unless all goes well: what follows a failed write must not be written
    if (offset != next_) {
      waiting_.emplace(offset, Piece{end, std::move(text)});
    } else {
      write_(text.view());
      text.clear();
      next_ = end;
      for (auto at = waiting_.find(next_); at != waiting_.end(); at = waiting_.find(next_)) {
        write_(at->second.text.view());
        next_ = at->second.end;
        waiting_.erase(at);
      }
    }
    failed_ = false;
  }

 private:
  struct Piece {
    std::uint64_t end;
    TextBuffer text;
  };
  const std::function<void(std::string_view)>& write_;
  std::mutex mutex_;
  std::map<std::uint64_t, Piece> waiting_;
  std::uint64_t next_;
  bool failed_ = false;
};

// How cells are written into this file.
struct CellWriter {
  char delimiter = ',';
  bool guard = false;
  bool only = false;  // the record has no other cell: an empty one must not look like an empty line

  // The text that stands at out[start..] becomes a cell.
  void finish(TextBuffer& out, std::size_t start) const {
    const auto text = out.view().substr(start);
    const bool run = guard && needs_guard(text);
    const bool quote = (only && text.empty()) || std::any_of(text.begin(), text.end(), [&](char c) {
                         return c == delimiter || c == '"' || is_line_end(c);
                       });
    if (!run && !quote) return;
    const std::string cell(text);
    out.cut(start);
    if (quote) out += '"';
    if (run) out += '\'';
    for (const char c : cell) {
      if (c == '"') out += c;
      out += c;
    }
    if (quote) out += '"';
  }

  // A cell of the file, with its quotes.
  void old_cell(TextBuffer& out, std::string_view cell) const {
    if (!guard) {
      out += cell;
      return;
    }
    const bool run = needs_guard(cell_text(cell));
    const bool quoted = cell.size() > 1 && cell.front() == '"';
    if (run && quoted) out += '"';
    if (run) out += '\'';
    out += run && quoted ? cell.substr(1) : cell;
  }
};

// What all threads share.
struct Plan {
  const AppendOptions& options;
  CellWriter cells;
  bool pad = false;
  std::string line_end;
};

// Reads blocks and hands over their texts with the new cells.
class Appender : public BlockWorker {
 public:
  Appender(const Plan& plan, NewCells& maker, OrderedOutput& output)
      : plan_(plan), maker_(maker), output_(output), plain_(maker.plain(plan.cells.delimiter)) {}

  void take(const Block& block) override {
    maker_.take(block);
    auto at = block.begin;
    for (std::size_t row = 0; row < block.rows; ++row) {
      if (plan_.options.keep) {
        kept_record(block, row);
        continue;
      }
      const auto end = record_end(block, row);
      if (plan_.cells.guard) {
        guarded(block, row, at, end.at);
      } else {
        out_ += text(block, at, end.at);
      }
      at = end.at;
      for (std::size_t i = 0; i < end.missing; ++i) out_ += plan_.cells.delimiter;
      for (std::size_t i = 0; i < plan_.options.names.size(); ++i) {
        out_ += plan_.cells.delimiter;
        new_cell(row, i);
      }
    }
    if (!plan_.options.keep) out_ += text(block, at, block.end);
    output_.put(block.offset, block.offset + (block.end - block.begin), out_);
  }

 private:
  struct End {
    std::size_t at = 0;       // where the last cell of the record ends
    std::size_t missing = 0;  // cells that a short record lacks
  };

  static std::string_view text(const Block& block, std::size_t from, std::size_t to) {
    return {block.bytes + from, to - from};
  }

  End record_end(const Block& block, std::size_t row) const {
    const auto* ends = block.ends + row * block.columns;
    const auto last = block.columns - 1;
    if (plan_.pad) {
      // The cells that a short record was given stand behind its end, which is no delimiter.
      for (std::size_t i = 0; i < last; ++i) {
        if (ends[i] >= block.end || block.bytes[ends[i]] != plan_.cells.delimiter)
          return {ends[i], last - i};
      }
    }
    return {ends[last], 0};
  }

  void new_cell(std::size_t row, std::size_t column) {
    const auto start = out_.size();
    maker_.append(row, column, out_);
    if (!plain_) plan_.cells.finish(out_, start);
  }

  // The text [at, end) that ends with a row, whose cells are looked at one by one.
  void guarded(const Block& block, std::size_t row, std::size_t at, std::size_t end) {
    for (std::size_t i = 0; i < block.columns && at < end; ++i) {
      const auto start = block.cell_start(row, i);
      if (start >= end && i > 0) break;
      out_ += text(block, at, start);
      plan_.cells.old_cell(out_, block.cell(row, i));
      at = block.ends[row * block.columns + i];
    }
    if (at < end) out_ += text(block, at, end);
  }

  void kept_record(const Block& block, std::size_t row) {
    const auto end = record_end(block, row);
    bool first = true;
    for (const auto column : *plan_.options.keep) {
      if (!first) out_ += plan_.cells.delimiter;
      first = false;
      const bool there = block.cell_start(row, column) <= end.at;
      const auto cell = there ? block.cell(row, column) : std::string_view();
      if (there && cell.size() <= 16 && !plan_.cells.guard) {
        // As many bytes may be read after any cell, and copied at once.
        auto* at = out_.room(16);
        std::memcpy(at, cell.data(), 16);
        out_.grow_to(at + cell.size());
      } else {
        plan_.cells.old_cell(out_, cell);
      }
    }
    for (std::size_t i = 0; i < plan_.options.names.size(); ++i) {
      if (!first) out_ += plan_.cells.delimiter;
      first = false;
      new_cell(row, i);
    }
    out_ += plan_.line_end;
  }

  const Plan& plan_;
  NewCells& maker_;
  OrderedOutput& output_;
  const bool plain_;
  TextBuffer out_;
};

void refuse_names(const CsvFile& file, const AppendOptions& options) {
  for (std::size_t i = 0; i < options.names.size(); ++i) {
    const auto& name = options.names[i];
    const auto& old = file.header().names;
    const bool kept_out = options.keep.has_value() &&
                          std::none_of(options.keep->begin(), options.keep->end(),
                                       [&](std::size_t column) { return old[column] == name; });
    const bool in_file = !kept_out && std::find(old.begin(), old.end(), name) != old.end();
    const auto before = options.names.begin() + static_cast<std::ptrdiff_t>(i);
    if (!in_file && std::find(options.names.begin(), before, name) == before) continue;
    throw Error(Place{file.name(), file.header().line}, "column-exists",
                in_file ? "there is a column '" + excerpt(name) + "' already"
                        : "two new columns would be called '" + excerpt(name) + "'",
                "choose another name");
  }
}

// The text before the first respondent, with the names of the new columns; of several header rows
// the first has them.
std::string head_with_names(const CsvFile& file, const Plan& plan) {
  const auto& head = file.head();
  const auto& spans = file.head_cells();
  const auto& keep = plan.options.keep;
  const auto columns = file.header().names.size();
  TextBuffer out;
  if (file.origin().byte_order_mark) out += "\xef\xbb\xbf";
  std::size_t at = keep ? head.size() : 0;
  for (std::size_t row = 0; row * columns < spans.size(); ++row) {
    bool first = true;
    const auto separate = [&] {
      if (!first) out += plan.cells.delimiter;
      first = false;
    };
    const auto old_name = [&](std::size_t column) {
      const auto& span = spans[row * columns + column];
      plan.cells.old_cell(out, std::string_view(head).substr(span.start, span.end - span.start));
    };
    if (keep) {
      for (const auto column : *keep) {
        separate();
        old_name(column);
      }
    } else {
      for (std::size_t column = 0; column < columns; ++column) {
        const auto& span = spans[row * columns + column];
        out += std::string_view(head).substr(at, span.start - at);
        old_name(column);
        at = span.end;
      }
      first = false;
    }
    for (const auto& name : plan.options.names) {
      separate();
      const auto start = out.size();
      if (row == 0) out += name;
      plan.cells.finish(out, start);
    }
    if (keep) out += plan.line_end;
  }
  if (!keep) out += std::string_view(head).substr(at);
  return std::string(out.view());
}

std::string line_end_of_header(const CsvFile& file) {
  const auto& head = file.head();
  const auto at = file.head_cells()[file.header().names.size() - 1].end;
  if (at >= head.size()) return "\n";
  return head.substr(at, head.compare(at, 2, "\r\n") == 0 ? 2 : 1);
}

}  // namespace

CsvFile::Totals append_columns(CsvFile& file, const AppendOptions& options,
                               const std::vector<NewCells*>& makers,
                               const std::function<void(std::string_view)>& write, Issues& issues) {
  refuse_names(file, options);
  Plan plan{options, {file.delimiter(), options.guard, false}, file.ragged() == Ragged::pad, ""};
  plan.cells.only = options.keep && options.keep->size() + options.names.size() == 1;
  plan.line_end = line_end_of_header(file);
  if (!file.origin().encoding.empty()) {
    issues.add({file.name()}, "re-encoded",
               "the file is " + file.origin().encoding + "; the output is UTF-8");
  }
  write(head_with_names(file, plan));
  OrderedOutput output(write, file.head().size());
  std::vector<std::unique_ptr<Appender>> appenders;
  std::vector<BlockWorker*> workers;
  for (auto* maker : makers) {
    appenders.push_back(std::make_unique<Appender>(plan, *maker, output));
    workers.push_back(appenders.back().get());
  }
  return file.read(workers, issues);
}

}  // namespace sondeo
