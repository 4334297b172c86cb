// SPDX-License-Identifier: MIT
#include "cli/wave_cells.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "codebook/study.h"
#include "codebook/wave_question.h"
#include "table/stub.h"
#include "table/trend_words.h"
#include "tabulate/cell_units.h"
#include "tabulate/fold.h"

namespace sondeo {
namespace {

const CountedQuestion* find_question(const CellFile& cells, const std::string& name) {
  const auto found = std::find_if(cells.questions.begin(), cells.questions.end(),
                                  [&](const auto& each) { return each.name == name; });
  return found == cells.questions.end() ? nullptr : &*found;
}

bool is_several(QuestionKind kind) {
  return kind != QuestionKind::single && kind != QuestionKind::number;
}

// Respondents without a weight stand for one.
void weigh_one(Sums& sums) {
  sums.n_positive = sums.n;
  sums.w.add_ones(sums.n);
  sums.w2.add_ones(sums.n);
}

Key key_of_wave(const std::string& name) {
  Key key;
  key.path = {name};
  return key;
}

// A wave's cells with the wave as their column; of a question that it lacks, the column alone.
Cells in_column(const Cells* total, const std::string& wave) {
  Cells cells;
  if (total != nullptr && !total->columns.empty()) cells = *total;
  cells.columns = {key_of_wave(wave)};
  cells.sums.resize(cells.rows.size());
  return cells;
}

class Union {
 public:
  Union(std::vector<CountedWave> waves, Samples samples, Issues& issues)
      : waves_(std::move(waves)), samples_(samples), issues_(issues) {}

  UnitedWaves unite(const std::vector<std::string>& questions) {
    unite_weights();
    unite_designs();
    unite_settings();
    const auto& newest = *waves_.back().input;
    result_.input.study = newest.study;
    result_.input.text = newest.text;
    for (const auto& wave : waves_) {
      const auto& study = wave.input->study;
      if (study && study->synthetic) result_.input.study->synthetic = true;
    }
    std::size_t further = 0;
    for (const auto& name : questions) further += add_question(name);
    check_further_sums(further * further_size(result_.cells));
    add_wave_question();
    return std::move(result_);
  }

 private:
  const std::string& file_of(const CountedWave& wave) const { return wave.input->path; }

  void unite_weights() {
    const auto weighted = [](const CountedWave& wave) {
      return wave.cells.setting("weight") != "none";
    };
    if (std::none_of(waves_.begin(), waves_.end(), weighted)) return;
    for (auto& wave : waves_) {
      if (weighted(wave)) continue;
      for (auto& question : wave.cells.questions) {
        for (auto& sums : question.tables[0].sums) weigh_one(sums);
      }
      wave.cells.parts[0].kept.meet_weight(wave.cells.parts[0].kept.n > 0 ? 1 : 0);
    }
  }

  void unite_designs() {
    for (const auto& wave : waves_) {
      if (!wave.cells.setting("replicates").empty()) {
        throw Error(Place{file_of(wave)}, "wave-replicates",
                    "replicate weights of several files do not go together",
                    "one file with all waves has replicates of every difference; or --no-design");
      }
      if (wave.cells.units.has_value() == waves_[0].cells.units.has_value()) continue;
      const auto& with = wave.cells.units ? wave : waves_[0];
      const auto& without = wave.cells.units ? waves_[0] : wave;
      throw Error(Place{file_of(without)}, "wave-design",
                  "wave '" + excerpt(without.name) + "' has no sampling design, and '" +
                      excerpt(with.name) + "' has one",
                  "describe it in every study, or leave it out of all: --no-design");
    }
    if (!waves_[0].cells.units) return;
    std::vector<CellFile> files;
    for (auto& wave : waves_) {
      if (samples_ == Samples::independent) {
        for (auto& stratum : wave.cells.units->stages[0].strata)
          stratum.label = wave.name + (stratum.label.empty() ? "" : " ") + stratum.label;
      }
      files.push_back(std::move(wave.cells));
    }
    const bool nest = samples_ == Samples::independent || files[0].setting("nest") == "yes";
    unite_units(files, nest);
    for (std::size_t i = 0; i < waves_.size(); ++i) waves_[i].cells = std::move(files[i]);
    result_.cells.units = waves_[0].cells.units;
  }

  void unite_settings() {
    auto& cells = result_.cells;
    cells.settings = waves_.back().cells.settings;
    std::string weights;
    std::vector<std::string> known;
    for (const auto& wave : waves_) {
      const auto& weight = wave.cells.setting("weight");
      if (std::find(known.begin(), known.end(), weight) != known.end()) continue;
      known.push_back(weight);
      weights += (weights.empty() ? "" : ", ") + weight;
    }
    for (auto& [name, value] : cells.settings) {
      if (name == "weight") value = weights;
      if (name == "banner") value = "without total";
    }
    for (std::size_t i = 0; i < waves_.size(); ++i) {
      auto part = waves_[i].cells.parts[0];
      part.number = i + 1;
      part.of = waves_.size();
      cells.parts.push_back(part);
    }
  }

  // Returns how many cells it has.
  std::size_t add_question(const std::string& name) {
    CountedQuestion united;
    std::vector<AskedInWave> asked;
    const CountedQuestion* newest = nullptr;
    Cells total, by_wave;
    for (const auto& wave : waves_) {
      const auto* counted = find_question(wave.cells, name);
      if (counted != nullptr && newest != nullptr) check_kind(*counted, *newest, wave);
      if (counted != nullptr) newest = counted;
      const auto* described =
          counted == nullptr || !counted->described ? nullptr : find_variable(*wave.input, name);
      asked.push_back({wave.name, described});
      if (counted != nullptr) {
        total = merge(total, counted->tables[0]);
        for (const auto& option : counted->option_names) {
          auto& names = united.option_names;
          if (std::find(names.begin(), names.end(), option) == names.end()) names.push_back(option);
        }
      }
      by_wave =
          merge(by_wave, in_column(counted == nullptr ? nullptr : &counted->tables[0], wave.name));
    }
    if (newest == nullptr) return 0;
    united.name = name;
    united.kind = newest->kind;
    united.described = newest->described;
    check_table_size(by_wave.rows.size(), by_wave.columns.size());
    const auto size = total.sums.size() + by_wave.sums.size();
    united.tables = {std::move(total), std::move(by_wave)};
    if (united.described) {
      tell_differences(asked, issues_);
      result_.input.variables.push_back(united_question(asked));
    }
    add_gaps(united, asked);
    result_.cells.questions.push_back(std::move(united));
    return size;
  }

  void check_kind(const CountedQuestion& one, const CountedQuestion& other,
                  const CountedWave& wave) const {
    const bool same = one.described == other.described &&
                      (one.kind == other.kind || (is_several(one.kind) && is_several(other.kind)));
    if (same) return;
    throw Error(Place{file_of(wave)}, "wave-kind",
                "'" + excerpt(one.name) + "' is another kind of question in wave '" +
                    excerpt(wave.name) + "' than before",
                "it takes one answer, several, or a number: the same in all waves");
  }

  void add_gaps(const CountedQuestion& united, const std::vector<AskedInWave>& asked) {
    std::vector<WaveGap> gaps;
    for (std::size_t i = 0; i < waves_.size(); ++i) {
      const auto* counted = find_question(waves_[i].cells, united.name);
      if (counted == nullptr) {
        gaps.push_back({i, {}});
        continue;
      }
      WaveGap gap{i, {}};
      if (united.described) {
        const auto& all = result_.input.variables.back();
        add_lacking(all, *asked[i].question, is_several(united.kind), gap);
      }
      for (const auto& option : united.option_names) {
        const auto& own = counted->option_names;
        if (!united.described && std::find(own.begin(), own.end(), option) == own.end())
          gap.rows.push_back(row_id_of(option));
      }
      if (!gap.rows.empty()) gaps.push_back(std::move(gap));
    }
    result_.gaps.push_back(std::move(gaps));
  }

  // The rows that the wave's question has not. Nets of a list add up whatever answers there are.
  static void add_lacking(const StudyQuestion& all, const StudyQuestion& own, bool several,
                          WaveGap& gap) {
    for (const auto& code : all.codes) {
      const bool has = std::any_of(own.codes.begin(), own.codes.end(),
                                   [&](const auto& each) { return each.code == code.code; });
      if (!has && !own.open_codes) gap.rows.push_back(row_id_of(code.code));
    }
    if (!several) return;
    const auto nets = nets_of(own);
    for (const auto& net : nets_of(all)) {
      const bool has = std::any_of(nets.begin(), nets.end(),
                                   [&](const auto& each) { return each.name == net.name; });
      if (!has) gap.rows.push_back(row_id_of(net.name));
    }
  }

  // The variable of the banner: its codes keep the waves in their order.
  void add_wave_question() {
    StudyQuestion question;
    question.name = "wave";
    auto& variables = result_.input.variables;
    while (find_variable(result_.input, question.name) != nullptr) question.name.insert(0, "_");
    for (const char* language : {"en", "es"}) {
      question.label.by_language.emplace_back(language, std::string(trend_words_of(language).wave));
    }
    for (const auto& wave : waves_) {
      StudyCode code;
      code.code = wave.name;
      question.codes.push_back(std::move(code));
    }
    result_.cells.banner = {{{question.name, true}}};
    variables.push_back(std::move(question));
  }

  std::vector<CountedWave> waves_;
  Samples samples_;
  Issues& issues_;
  UnitedWaves result_;
};

}  // namespace

UnitedWaves unite_waves(std::vector<CountedWave> waves, const std::vector<std::string>& questions,
                        Samples samples, Issues& issues) {
  return Union(std::move(waves), samples, issues).unite(questions);
}

}  // namespace sondeo
