// SPDX-License-Identifier: MIT
// Blocks of given cells, as a layout would hand them over.
#pragma once

#include <string>
#include <vector>

#include "data/block.h"

namespace sondeo::blocks {

using Rows = std::vector<std::vector<std::string>>;  // raw cells: quotes are part of them

class MadeBlock {
 public:
  explicit MadeBlock(const Rows& rows, std::uint64_t first_line = 2) {
    for (const auto& row : rows) {
      starts_.push_back(static_cast<std::uint32_t>(bytes_.size()));
      for (std::size_t i = 0; i < row.size(); ++i) {
        bytes_ += row[i];
        ends_.push_back(static_cast<std::uint32_t>(bytes_.size()));
        bytes_ += i + 1 < row.size() ? ',' : '\n';
      }
    }
    bytes_.append(64, '\0');
    block_.bytes = bytes_.data();
    block_.starts = starts_.data();
    block_.ends = ends_.data();
    block_.rows = rows.size();
    block_.columns = rows.empty() ? 0 : rows[0].size();
    block_.first_line = first_line;
  }
  MadeBlock(const MadeBlock&) = delete;
  MadeBlock& operator=(const MadeBlock&) = delete;
  const Block& get() const { return block_; }

 private:
  std::string bytes_;
  std::vector<std::uint32_t> starts_;
  std::vector<std::uint32_t> ends_;
  Block block_;
};

// One column of these cells.
inline Rows column(const std::vector<std::string>& cells) {
  Rows rows;
  for (const auto& cell : cells) rows.push_back({cell});
  return rows;
}

}  // namespace sondeo::blocks
