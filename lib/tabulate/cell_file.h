// SPDX-License-Identifier: MIT
// Cells on their way: counted here or there, in parts, written to a file and added up later.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/error.h"
#include "codebook/question.h"
#include "data/row_identity.h"
#include "tabulate/cells.h"
#include "tabulate/count.h"
#include "tabulate/margin_sums.h"

namespace sondeo {

// A question with its cells.
struct CountedQuestion {
  std::string name;
  QuestionKind kind = QuestionKind::single;
  bool described = false;                 // by a study
  std::vector<std::string> option_names;  // flags: also those nobody chose
  std::vector<Cells> tables;              // in total, then by each part of the banner
};

// A variable of the banner.
struct CountedVariable {
  std::string name;
  bool described = false;  // by a study
};

// The responses of one file. `number` of `of` that together are the survey.
struct CountedPart {
  std::uint64_t number = 1;
  std::uint64_t of = 1;
  RowIdentity identity;
  std::uint64_t rows = 0;
  std::uint64_t bytes = 0;
  CountResult::Kept kept;

  bool operator==(const CountedPart& other) const = default;
};

struct CellFile {
  // What was counted, and how: names and values, in the order of writing. Cells of other settings,
  // questions or banners do not add.
  std::vector<std::pair<std::string, std::string>> settings;
  std::vector<std::vector<CountedVariable>> banner;  // by part: outermost first
  std::vector<CountedQuestion> questions;
  std::vector<CountedPart> parts;  // rising
  // What Sums::further of the cells stand for: sums by leaf of these, or by replicate.
  std::optional<SampleUnits> units;
  ReplicateSketch sketch;  // of the replicate weights; empty if there are none
  // What the weights were calibrated to, while cells are in memory: files hold none.
  std::optional<MarginSums> margins;

  // The setting's value; "" if it has none.
  const std::string& setting(std::string_view name) const;
};

// How many Sums::further there are in a cell that somebody is in.
std::size_t further_size(const CellFile& cells);

// A digest of texts, 64 hexadecimal digits.
std::string digest_of(const std::vector<std::string>& texts);

// A digest of what was counted and how: the same for cells that add.
std::string plan_of(const CellFile& cells);

// Throws Error [missing-part] at `place` if not all parts of the survey are there.
void check_complete(const CellFile& cells, const Place& place);

// The file: lines of nine comma-separated columns record,table,row,column,n,n_positive,w,w2,text,
// the last line saying how many there are. The same cells give the same bytes.
std::string write_cells(const CellFile& cells);

// Reads one. Throws Error [cell-file] with its line for what write_cells() did not write: another
// format, a line too few or changed, a plan that does not fit its digest; [too-many-cells].
CellFile read_cells(ByteSource& source, const std::string& name);

// The cells of all parts. `names` are the files, for messages. Throws Error [foreign-part] (another
// plan, or another number of parts), [duplicate-part] (a part or the same responses twice),
// [too-many-cells].
CellFile merge_cells(const std::vector<CellFile>& files, const std::vector<std::string>& names);

}  // namespace sondeo
