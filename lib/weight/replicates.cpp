// SPDX-License-Identifier: MIT
#include "weight/replicates.h"

#include "base/text.h"
#include "data/question_coders.h"
#include "weight/base_weights.h"

namespace sondeo {

class ReplicateColumns::Reader : public ReplicateReader {
 public:
  explicit Reader(const ReplicateColumns& source) : source_(source) {}

  void read(const Block& block, const std::vector<double>& weights,
            std::vector<double>& bases) override {
    const auto width = 1 + source_.columns_.size();
    bases.assign(block.rows * width, 0);
    for (std::size_t row = 0; row < block.rows; ++row) {
      bases[row * width] = weights[row];
      if (weights[row] == 0) continue;
      for (std::size_t r = 0; r + 1 < width; ++r) {
        const auto value =
            weight_of_cell(block, row, source_.columns_[r], source_.numbers_, source_.header_);
        bases[row * width + 1 + r] = source_.factors_ ? value * weights[row] : value;
      }
    }
  }

 private:
  const ReplicateColumns& source_;
};

std::unique_ptr<ReplicateReader> ReplicateColumns::reader() const {
  return std::make_unique<Reader>(*this);
}

namespace {

std::vector<std::size_t> variables_of(const std::vector<ProfileVariable>& variables) {
  std::vector<std::size_t> positions;
  for (const auto& variable : variables) positions.push_back(variable.variable);
  return positions;
}

std::vector<std::string> names_of(const ProfileCoder& coder, std::size_t profile,
                                  std::size_t variables) {
  std::vector<std::string> names;
  for (std::size_t v = 0; v < variables; ++v)
    names.push_back(coder.category_name(v, coder.category(profile, v)));
  return names;
}

// Lists strata and units in the order of the file.
class UnitLister : public BlockWorker {
 public:
  UnitLister(const Header& header, const CodingContext& context, const VariableSource& source,
             const std::vector<ProfileVariable>& variables, bool by_row,
             std::map<std::vector<std::string>, std::size_t>& unit_of)
      : file_(header.file),
        source_(source),
        variables_(variables),
        by_row_(by_row),
        has_strata_(variables.size() == (by_row ? 1U : 2U)),
        unit_of_(unit_of),
        coders_(source.questions(), variables_of(variables), header, context),
        coder_(source, variables, coders_.coders()) {}

  void take(const Block& block) override {
    coders_.code(block);
    coder_.take(block.rows);
    for (std::size_t row = 0; row < block.rows; ++row) {
      const auto profile = coder_.profiles()[row];
      if (profile >= known_.size()) known_.resize(profile + 1, false);
      if (known_[profile] && !by_row_) continue;
      const auto names = names_of(coder_, profile, variables_.size());
      for (std::size_t v = 0; v < variables_.size() && !known_[profile]; ++v) {
        if (coder_.category(profile, v) != 0) continue;
        throw Error(Place{file_, block.line_of(row)}, "design-missing",
                    excerpt(source_.name(variables_[v].variable)) +
                        " is empty; every respondent belongs to a stratum and a unit");
      }
      known_[profile] = true;
      const auto stratum_name = has_strata_ ? names[0] : "";
      const auto [stratum, fresh] =
          strata_.try_emplace(stratum_name, static_cast<std::uint32_t>(strata_.size()));
      if (fresh) units.strata.push_back(stratum_name);
      if (!by_row_) unit_of_.emplace(names, units.stratum.size());
      units.stratum.push_back(stratum->second);
    }
  }

  DesignUnits units;

 private:
  std::string file_;
  const VariableSource& source_;
  const std::vector<ProfileVariable>& variables_;
  bool by_row_;
  bool has_strata_;
  std::map<std::vector<std::string>, std::size_t>& unit_of_;
  QuestionCoders coders_;
  ProfileCoder coder_;
  std::vector<bool> known_;
  std::map<std::string, std::uint32_t> strata_;
};

}  // namespace

class DesignReplicates::Reader : public ReplicateReader {
 public:
  explicit Reader(const DesignReplicates& design)
      : design_(design),
        coders_(design.source_.questions(), variables_of(design.variables_), design.header_,
                design.context_),
        coder_(design.source_, design.variables_, coders_.coders()) {}

  void read(const Block& block, const std::vector<double>& weights,
            std::vector<double>& bases) override {
    const auto replicates = design_.size();
    bases.assign(block.rows * (1 + replicates), 0);
    if (!design_.by_row_) {
      coders_.code(block);
      coder_.take(block.rows);
    }
    for (std::size_t row = 0; row < block.rows; ++row) {
      auto* base = bases.data() + row * (1 + replicates);
      base[0] = weights[row];
      if (weights[row] == 0) continue;
      const auto unit = design_.by_row_ ? static_cast<std::size_t>(block.first_row) + row
                                        : unit_of(coder_.profiles()[row]);
      const auto* factor = design_.factors_.factor.data() + unit * replicates;
      for (std::size_t r = 0; r < replicates; ++r) base[1 + r] = weights[row] * factor[r];
    }
  }

 private:
  std::size_t unit_of(std::uint32_t profile) {
    while (units_.size() <= profile) {
      const auto names = names_of(coder_, units_.size(), design_.variables_.size());
      units_.push_back(design_.unit_of_.at(names));
    }
    return units_[profile];
  }

  const DesignReplicates& design_;
  QuestionCoders coders_;
  ProfileCoder coder_;
  std::vector<std::size_t> units_;  // by profile
};

DesignReplicates::DesignReplicates(CsvFile& file, const Header& header,
                                   const CodingContext& context, const VariableSource& source,
                                   std::optional<std::size_t> stratum,
                                   std::optional<std::size_t> psu, const ReplicateOptions& options)
    : header_(header), context_(context), source_(source), by_row_(!psu) {
  if (stratum) variables_.push_back({*stratum, {}});
  if (psu) variables_.push_back({*psu, {}});
  UnitLister lister(header_, context_, source, variables_, by_row_, unit_of_);
  Issues told_already;
  file.read({&lister}, told_already);
  factors_ = make_replicates(lister.units, options);
}

std::unique_ptr<ReplicateReader> DesignReplicates::reader() const {
  return std::make_unique<Reader>(*this);
}

}  // namespace sondeo
