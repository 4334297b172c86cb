// SPDX-License-Identifier: MIT
#include "tabulate/units.h"

#include <algorithm>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"

namespace sondeo {

std::size_t UnitColumns::stages() const {
  return std::min(std::max({clusters.size(), fpc.size(), std::size_t{1}}), fpc.size() + 1);
}

void PairNumbers::grow() {
  slots_.assign(std::max<std::size_t>(64, 2 * slots_.size()), 0);
  for (std::size_t i = 0; i < pairs_.size(); ++i) {
    auto slot = pairs_[i] * 0x9e3779b97f4a7c15ULL >> 32 & (slots_.size() - 1);
    while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = static_cast<std::uint32_t>(i + 1);
  }
}

std::uint32_t PairNumbers::number(std::uint32_t a, std::uint32_t b) {
  const auto pair = std::uint64_t{a} << 32 | b;
  if (!pairs_.empty() && pair == last_) return last_number_;  // files are often sorted by unit
  if (2 * (pairs_.size() + 1) > slots_.size()) grow();
  auto slot = pair * 0x9e3779b97f4a7c15ULL >> 32 & (slots_.size() - 1);
  while (slots_[slot] != 0 && pairs_[slots_[slot] - 1] != pair)
    slot = (slot + 1) & (slots_.size() - 1);
  if (slots_[slot] == 0) {
    pairs_.push_back(pair);
    slots_[slot] = static_cast<std::uint32_t>(pairs_.size());
  }
  last_ = pair;
  last_number_ = slots_[slot] - 1;
  return last_number_;
}

UnitCoder::UnitCoder(const UnitColumns& columns, const Header& header, const CodingContext& context)
    : columns_(columns), header_(header), context_(context) {
  const auto stages = columns.stages();
  const auto part_of = [](std::size_t column) {
    Part part;
    part.column = column;
    return part;
  };
  for (std::size_t stage = 0; stage < stages; ++stage) {
    if (stage < columns.strata.size()) parts_.push_back(part_of(columns.strata[stage]));
    if (stage < columns.clusters.size()) parts_.push_back(part_of(columns.clusters[stage]));
    if (stage < columns.fpc.size()) fpc_.push_back(part_of(columns.fpc[stage]));
  }
  pairs_.resize(parts_.empty() ? 0 : parts_.size() - 1);
}

std::size_t UnitCoder::size() const {
  if (parts_.empty()) return 1;
  return pairs_.empty() ? parts_[0].texts.size() : pairs_.back().size();
}

std::uint32_t UnitCoder::number_of(Part& part, const Block& block, std::size_t row,
                                   std::string_view text) {
  if (text.empty() || is_missing(text, context_.rules)) {
    const auto spot = block.spot_of(row, part.column);
    throw Error(Place{header_.file, spot.line, spot.column}, "design-missing",
                excerpt(column_name(header_, part.column)) +
                    " is empty; every respondent belongs to a stratum and a cluster",
                "rows outside the sample have no place in the file; a filter does not help, since "
                "all rows are units of the design");
  }
  // Cells that differ in blanks or quotes alone hold the same label.
  const auto [known, fresh] =
      part.numbers.try_emplace(std::string(text), static_cast<std::uint32_t>(part.texts.size()));
  if (fresh) part.texts.emplace_back(text);
  return known->second;
}

void UnitCoder::code_part(Part& part, const Block& block) {
  const auto index = static_cast<std::size_t>(&part - parts_.data());
  part.cells.read(
      block, part.column,
      [&](std::string_view trimmed, std::string_view, std::size_t row) {
        return Label{number_of(part, block, row, trimmed), 0};
      },
      [&](std::size_t row, std::uint32_t code) {
        const auto number = part.cells.meaning(code).number;
        codes_[row] = index == 0 ? number : pairs_[index - 1].number(codes_[row], number);
      });
}

void UnitCoder::check_fpc(const Block& block) {
  fpc_of_.resize(size() * fpc_.size());
  for (std::size_t stage = 0; stage < fpc_.size(); ++stage) {
    auto& part = fpc_[stage];
    const auto place = [&](std::size_t row) {
      const auto spot = block.spot_of(row, part.column);
      return Place{header_.file, spot.line, spot.column};
    };
    const auto name = excerpt(column_name(header_, part.column));
    part.cells.read(
        block, part.column,
        [&](std::string_view trimmed, std::string_view, std::size_t row) {
          const auto number = parse_number(trimmed, context_.numbers);
          if (number && *number > 0) return Label{0, *number};
          throw Error(
              place(row), "fpc-number",
              "the fpc " + name + " is '" + excerpt(trimmed) + "'; it must be a number above 0",
              number_hint(trimmed, context_.numbers));
        },
        [&](std::size_t row, std::uint32_t code) {
          auto& known = fpc_of_[codes_[row] * fpc_.size() + stage];
          const auto value = part.cells.meaning(code).value;
          if (known == 0) known = value;
          if (known == value) return;
          throw Error(place(row), "fpc-varies",
                      "the fpc " + name + " is " + shortest(value) + ", and " + shortest(known) +
                          " before in the same unit",
                      "all units of a stratum are drawn from one population");
        });
  }
}

void UnitCoder::code(const Block& block) {
  codes_.assign(block.rows, 0);
  for (auto& part : parts_) code_part(part, block);
  rows_of_.resize(size());
  for (const auto code : codes_) ++rows_of_[code];
  check_fpc(block);
}

std::string_view UnitCoder::text(std::uint32_t local, std::size_t part) const {
  // A number is undone from the last part on.
  for (auto i = parts_.size() - 1; i > part; --i)
    local = static_cast<std::uint32_t>(pairs_[i - 1].pair(local) >> 32);
  if (part > 0) local = static_cast<std::uint32_t>(pairs_[part - 1].pair(local));
  return parts_[part].texts[local];
}

}  // namespace sondeo
