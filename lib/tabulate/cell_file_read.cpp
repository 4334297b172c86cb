// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstring>
#include <limits>
#include <memory>

// Its own reading thread would not outlive an error of ours; <limits> it forgets to include.
#define CSV_IO_NO_THREAD
#if defined(__GNUC__) && !defined(__clang__)
// It cuts long file names on purpose, and GCC tells where its functions are put to use.
#pragma GCC diagnostic ignored "-Wstringop-truncation"
#endif
#include <libfccp/csv.h>

#include "base/number.h"
#include "base/text.h"
#include "tabulate/cell_file.h"
#include "tabulate/cell_records.h"
#include "tabulate/growing_cells.h"

namespace sondeo {
namespace {

// The reader wants full buffers, and a line end after the last line.
class FilledSource : public io::ByteSourceBase {
 public:
  explicit FilledSource(ByteSource& source) : source_(source) {}

  int read(char* buffer, int size) override {
    const auto wanted = static_cast<std::size_t>(size);
    std::size_t got = 0;
    while (got < wanted && !ended_) {
      const auto more = source_.read_at(at_, buffer + got, wanted - got);
      ended_ = more == 0;
      at_ += more;
      got += more;
    }
    source_.release(at_);
    if (got > 0) last_ = buffer[got - 1];
    if (got < wanted && last_ != '\n') buffer[got++] = last_ = '\n';
    return static_cast<int>(got);
  }

 private:
  ByteSource& source_;
  std::uint64_t at_ = 0;
  bool ended_ = false;
  char last_ = '\n';
};

using Csv = io::CSVReader<9, io::trim_chars<>, io::double_quote_escape<',', '"'>>;

class Reader {
 public:
  Reader(ByteSource& source, const std::string& name)
      : name_(name), csv_("cells", std::make_unique<FilledSource>(source)) {}

  CellFile read() {
    try {
      csv_.read_header(io::ignore_no_column, "record", "table", "row", "column", "n", "n_positive",
                       "w", "w2", "text");
      while (!ended_ && next()) take();
      if (!ended_) refuse("the file ends before its last line");
      if (next()) refuse("a line after the last one");
    } catch (const io::error::base& error) {
      refuse(csv_.get_file_line() <= 1 ? "not a file of cells" : "not a line of a file of cells");
    }
    check_units();
    cells_.sketch.set_sums(std::move(sketch_));
    if (plan_of(cells_) != plan_) refuse("what was counted does not fit its digest");
    check_powers();
    const auto tables = tables_.size();
    if (cells_.parts.empty() || tables != cells_.questions.size() * (1 + cells_.banner.size()))
      refuse("parts or tables are missing");
    for (std::size_t i = 0; i < tables; ++i)
      cells_.questions[i / (1 + cells_.banner.size())].tables.push_back(canonical(tables_[i]));
    return std::move(cells_);
  }

 private:
  // The columns of a line, as they are called.
  char *record_, *table_, *row_, *column_, *n_, *n_positive_, *w_, *w2_, *text_;

  bool next() {
    ++lines_;
    return csv_.read_row(record_, table_, row_, column_, n_, n_positive_, w_, w2_, text_);
  }

  [[noreturn]] void refuse(const std::string& what) const {
    throw Error(Place{name_, csv_.get_file_line()}, "cell-file", what,
                "files of cells are written by sondeo-cells");
  }

  std::uint64_t number(const char* text) const {
    const auto value = parse_count(text);
    if (!value) refuse("'" + excerpt(text) + "' is no count");
    return *value;
  }
  double value(std::string_view text) const {
    const auto value = parse_number(text);
    if (!value) refuse("'" + excerpt(text) + "' is no number");
    return *value;
  }
  ExactSum sum(const char* text) const {
    const auto value = ExactSum::from_hex(text);
    if (!value) refuse("'" + excerpt(text) + "' is no exact sum");
    return *value;
  }
  template <class Kind, std::size_t size>
  Kind kind(const std::array<const char*, size>& names, const char* text) const {
    const auto found = std::find_if(names.begin(), names.end(),
                                    [&](const char* each) { return std::strcmp(each, text) == 0; });
    if (found == names.end()) refuse("'" + excerpt(text) + "' is unknown here");
    return static_cast<Kind>(found - names.begin());
  }

  void take() {
    const std::string_view record = record_;
    if (lines_ == 1 && (record != "format" || text_ != cell_format))
      refuse("not a file of cells of this version");
    if (record == "plan") {
      plan_ = text_;
    } else if (record == "setting") {
      auto texts = unpack_texts(text_);
      if (texts.size() != 2) refuse("a setting has a name and a value");
      cells_.settings.emplace_back(std::move(texts[0]), std::move(texts[1]));
    } else if (record == "banner") {
      const std::string_view described = row_;
      auto names = unpack_texts(text_);
      if (described.size() != names.size()) refuse("a part of the banner that cannot be");
      cells_.banner.emplace_back();
      for (std::size_t i = 0; i < names.size(); ++i)
        cells_.banner.back().push_back({std::move(names[i]), described[i] == 'y'});
    } else if (record == "question") {
      auto texts = unpack_texts(text_);
      CountedQuestion question;
      question.name = std::move(texts[0]);
      question.kind = kind<QuestionKind>(question_kind_names, row_);
      question.described = std::strcmp(column_, "study") == 0;
      question.option_names.assign(texts.begin() + 1, texts.end());
      cells_.questions.push_back(std::move(question));
    } else if (record == "part") {
      take_part();
    } else if (record == "table") {
      if (number(table_) != tables_.size()) refuse("a table out of its order");
      tables_.emplace_back();
    } else if (record == "row" || record == "column") {
      take_key(record == "row");
    } else if (record == "cell") {
      take_cell();
    } else if (record == "further") {
      take_further();
    } else if (record == "powers") {
      take_powers();
    } else if (record == "units") {
      take_units();
    } else if (record == "stratum") {
      take_stratum();
    } else if (record == "unit") {
      take_unit();
    } else if (record == "sketch") {
      take_sketch();
    } else if (record == "end") {
      if (number(text_) != lines_) refuse("lines are missing, or there are too many");
      ended_ = true;
    } else if (record != "format") {
      refuse("'" + excerpt(record) + "' is unknown here");
    }
  }

  void take_part() {
    CountedPart part;
    part.number = number(row_);
    part.of = number(column_);
    const auto texts = unpack_texts(text_);
    if (texts.size() != 3) refuse("a part that cannot be");
    part.kept.n = number(n_);
    part.kept.n_positive = number(n_positive_);
    part.kept.least_weight = value(texts[1]);
    part.kept.largest_weight = value(texts[2]);
    part.rows = number(w_);
    part.bytes = number(w2_);
    const auto identity = RowIdentity::from_hex(texts[0]);
    const bool fits = part.number >= 1 && part.number <= part.of &&
                      (cells_.parts.empty() || (cells_.parts.back().of == part.of &&
                                                cells_.parts.back().number < part.number));
    if (!identity || !fits) refuse("a part that cannot be");
    part.identity = *identity;
    cells_.parts.push_back(part);
  }

  Cells& table() {
    if (number(table_) + 1 != tables_.size()) refuse("a line of another table");
    return tables_.back();
  }

  void take_key(bool row) {
    auto& cells = table();
    if (!cells.sums.empty()) refuse("a row or column after the first cell of its table");
    auto texts = unpack_texts(text_);
    Key key;
    key.kind = kind<AnswerKind>(answer_kind_names, row_);
    key.overlap = std::strcmp(column_, "overlap") == 0;
    key.number = value(w_);
    key.label = std::move(texts[0]);
    key.path.assign(texts.begin() + 1, texts.end());
    (row ? cells.rows : cells.columns).push_back(std::move(key));
    check_table_size(cells.rows.size(), cells.columns.size());
  }

  void take_cell() {
    auto& cells = table();
    const auto row = number(row_);
    const auto column = number(column_);
    if (row >= cells.rows.size() || column >= cells.columns.size())
      refuse("a cell outside its table");
    cells.sums.resize(cells.rows.size() * cells.columns.size());
    cells.sums[row * cells.columns.size() + column].add(
        {number(n_), number(n_positive_), sum(w_), sum(w2_)});
  }

  void take_further() {
    auto& cells = table();
    const auto row = number(row_);
    const auto column = number(column_);
    const auto size = number(n_);
    if (row >= cells.rows.size() || column >= cells.columns.size() || cells.sums.empty())
      refuse("a cell outside its table");
    if (size == 0 || size != further_size(cells_)) refuse("sums of another design");
    check_further_sums(further_ += size);
    auto& further = cells.sums[row * cells.columns.size() + column].further;
    further.assign(size, {});
    if (!unpack_sums(text_, further)) refuse("sums that cannot be");
  }

  void take_powers() {
    auto& cells = table();
    const auto row = number(row_);
    const auto column = number(column_);
    const auto size = number(n_);
    if (row >= cells.rows.size() || column >= cells.columns.size() || cells.sums.empty())
      refuse("a cell outside its table");
    if (cells.rows[row].kind != AnswerKind::number ||
        size != powers_of_further(further_size(cells_)))
      refuse("powers of no number");
    check_further_sums(further_ += exact_sums_of(size));
    auto& powers = cells.sums[row * cells.columns.size() + column].powers;
    powers.assign(size, {});
    if (!unpack_powers(text_, powers)) refuse("sums that cannot be");
  }

  void check_powers() const {
    for (const auto& cells : tables_) {
      for (std::size_t i = 0; i < cells.sums.size(); ++i) {
        const auto& sums = cells.sums[i];
        const bool number = cells.rows[i / cells.columns.size()].kind == AnswerKind::number;
        if (number && sums.n > 0 && sums.powers.empty()) refuse("a number without its powers");
      }
    }
  }

  void take_units() {
    const auto stages = number(row_);
    if (cells_.units || !tables_.empty() || stages == 0 || stages > most_stages)
      refuse("units that cannot be");
    cells_.units.emplace().stages.resize(stages);
    cells_.units->rows_are_units = std::strcmp(column_, "rows") == 0;
    cells_.units->rows = number(n_);
  }

  SampleUnits::Stage& stage() {
    const auto at = number(table_);
    if (!cells_.units || !tables_.empty() || at >= cells_.units->stages.size())
      refuse("units of no stage");
    return cells_.units->stages[at];
  }

  std::uint32_t place_in(const char* text, std::size_t size) const {
    const auto at = number(text);
    if (at >= size) refuse("a unit of nothing");
    return static_cast<std::uint32_t>(at);
  }

  void take_stratum() {
    auto& strata = stage().strata;
    const auto at = number(table_);
    SampleUnits::Stratum stratum;
    stratum.parent = place_in(row_, at == 0 ? 1 : cells_.units->stages[at - 1].units.size());
    stratum.first = place_in(column_, std::size_t{1} << 32);
    stratum.size = number(n_);
    if (*w_ != 0) stratum.population = value(w_);
    if (*w2_ != 0) stratum.fraction = value(w2_);
    stratum.label = unpack_texts(text_)[0];
    strata.push_back(std::move(stratum));
  }

  void take_unit() {
    auto& at = stage();
    at.units.push_back({unpack_texts(text_)[0], place_in(row_, at.strata.size()), number(n_)});
  }

  // Whoever changed the units knows no better: they must be as they were written.
  void check_units() const {
    if (!cells_.units) return;
    std::vector<std::vector<std::uint32_t>> leaves;
    if (united({&*cells_.units}, true, leaves) != *cells_.units) refuse("units that cannot be");
  }

  void take_sketch() {
    const auto size = number(n_);
    if (cells_.units || !tables_.empty() || size == 0 || size > most_replicates)
      refuse("replicate weights that cannot be");
    if (sketch_.empty()) {
      cells_.sketch = ReplicateSketch(size);
      sketch_.resize(cells_.sketch.sums().size());
    }
    const auto row = number(table_);
    if (size != cells_.sketch.replicates() || row >= sketch_.size() / size)
      refuse("replicate weights of another number");
    std::vector<ExactSum> sums(size);
    if (!unpack_sums(text_, sums)) refuse("sums that cannot be");
    std::copy(sums.begin(), sums.end(), sketch_.begin() + static_cast<std::ptrdiff_t>(row * size));
  }

  static constexpr std::uint64_t most_stages = 16;

  const std::string& name_;
  Csv csv_;
  CellFile cells_;
  std::vector<ExactSum> sketch_;
  std::size_t further_ = 0;
  std::string plan_;
  std::vector<Cells> tables_;
  std::uint64_t lines_ = 0;  // after the header
  bool ended_ = false;
};

}  // namespace

CellFile read_cells(ByteSource& source, const std::string& name) {
  return Reader(source, name).read();
}

}  // namespace sondeo
