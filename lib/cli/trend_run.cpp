// SPDX-License-Identifier: MIT
#include "cli/trend_run.h"

#include <algorithm>
#include <map>
#include <optional>

#include "base/number.h"
#include "base/text.h"
#include "cli/banner_advice.h"
#include "cli/provenance.h"
#include "cli/wave_cells.h"
#include "table/trend.h"
#include "table/trend_words.h"
#include "table/words.h"

namespace sondeo {
namespace {

// Who answers in which waves, by the sampling units that the respondents are.
struct Overlap {
  std::uint64_t respondents = 0;
  std::uint64_t several = 0;  // of them, in more than one wave
};

class Linking {
 public:
  // A respondent's rows in a wave.
  void add(const std::string& id, const std::string& wave, std::uint64_t rows) {
    if (rows == 0) return;
    ++waves_[id];
    if (rows == 1) return;
    if (twice_ == 0) {
      first_ = "'" + excerpt(id) + "' answers " + std::to_string(rows) + " times in wave '" +
               excerpt(wave) + "'";
    }
    ++twice_;
  }

  // What came of it. Warns of respondents who are twice in a wave, and of waves without any in
  // common.
  Overlap finish(const std::string& file, Issues& issues) const {
    if (twice_ > 0) {
      issues.add(Place{file}, "duplicate-id", first_,
                 "a respondent answers once in a wave; all rows are counted, as one respondent's",
                 twice_);
    }
    Overlap overlap;
    overlap.respondents = waves_.size();
    for (const auto& [id, waves] : waves_) overlap.several += waves > 1 ? 1 : 0;
    if (overlap.several == 0) {
      issues.add(Place{file}, "no-overlap", "nobody stands in two waves",
                 "are these the ids of respondents? Without --overlap samples are independent");
    }
    return overlap;
  }

 private:
  std::map<std::string, std::uint64_t> waves_;
  std::uint64_t twice_ = 0;
  std::string first_;
};

void note_overlap(const Overlap& overlap, Table& table) {
  const auto& words = trend_words_of(table.language);
  const auto& marks = words_of(table.language);
  auto note = std::string(words.overlap) + grouped(overlap.several, marks.thousands) +
              std::string(words.overlap_of) + grouped(overlap.respondents, marks.thousands) +
              std::string(words.overlap_end);
  table.notes.insert(
      table.notes.begin() + std::min<std::ptrdiff_t>(1, table.notes.end() - table.notes.begin()),
      std::move(note));
}

bool is_unknown(const Error& error) {
  return error.id() == "unknown-question" || error.id() == "unknown-column";
}

void join(std::string& list, const std::string& name) {
  if (!name.empty()) list += (list.empty() ? "" : ", ") + name;
}

}  // namespace

TrendRun::TrendRun(const TrendOptions& options, const InputOptions& input,
                   const CountOptions& counting)
    : options_(options), counting_(counting), files_(options.files(input)) {
  options_.link(counting_);
  if (files_.empty()) {
    sources_.push_back(counting_.find(input));
    return;
  }
  if (!counting_.cells.empty())
    throw UsageError("--cells are those of one file; several files are counted");
  const auto& given = input.arguments;
  const std::vector<std::string> questions(
      given.begin() + static_cast<std::ptrdiff_t>(input.files().size()), given.end());
  for (const auto& file : files_) {
    auto one = input;
    one.arguments = {file.study.empty() ? file.data : file.study};
    one.arguments.insert(one.arguments.end(), questions.begin(), questions.end());
    if (!file.study.empty()) one.data = file.data;
    sources_.push_back(counting_.find(one));
  }
}

std::vector<std::string> TrendRun::files() const {
  std::vector<std::string> files;
  for (const auto& source : sources_)
    for (const auto& file : source.files()) files.push_back(file);
  return files;
}

std::vector<TableSet> TrendRun::tables(Tool& tool) {
  return files_.empty() ? of_one_file(tool) : of_files(tool);
}

std::vector<TableSet> TrendRun::of_one_file(Tool& tool) {
  auto& input = sources_[0];
  const auto banner = options_.banner(input, counting_);
  if (options_.overlap.empty()) return counting_.tables(input, banner, tool);
  const auto rules = counting_.rules();
  const auto languages = counting_.language.languages(input.study);
  counting_.check(input, banner);
  open_input(input, tool);
  auto job = counting_.prepare(input, banner);
  if (input.questions.empty()) job.add_all();
  for (const auto& name : input.questions) job.add(name);
  // Rows by respondent and wave, whoever is filtered and whatever they weigh.
  auto everybody = counting_;
  everybody.weight = "none";
  everybody.weight_file.clear();
  everybody.id.clear();
  everybody.where.reset();
  everybody.asked.reset();
  auto rows = everybody.prepare(input, std::nullopt);
  rows.add(banner);
  auto counted = count(*input.file, {job.request(), rows.request()}, tool.issues());
  input.progress.reset();
  const auto linked = rows.finish(std::move(counted[1]));
  const auto cells = job.finish(std::move(counted[0]));
  warn_of_numbers(cells, input, tool.issues());
  Linking linking;
  const auto& waves = linked.questions[0].tables[0];
  const auto& units = linked.units->stages[0].units;
  for (std::size_t i = 0; i < waves.rows.size(); ++i) {
    if (waves.rows[i].kind != AnswerKind::category) continue;
    const auto& by_unit = waves.at(i, 0).further;
    for (std::size_t u = 0; u < by_unit.size(); ++u) {
      linking.add(units[u].label, waves.rows[i].path[0],
                  static_cast<std::uint64_t>(by_unit[u].value()));
    }
  }
  const auto overlap = linking.finish(input.file->name(), tool.issues());
  std::vector<TableSet> sets;
  for (const auto& language : languages) {
    sets.push_back(counting_.build(cells, input, false, rules, language));
    if (input.wants_provenance) tell_run(sets.back().provenance, tool.command(), input, "");
    for (auto& table : sets.back().tables) note_overlap(overlap, table);
    counting_.arrange(sets.back(), input, rules, language);
  }
  return sets;
}

std::vector<TableSet> TrendRun::of_files(Tool& tool) {
  const auto rules = counting_.rules();
  const auto languages = counting_.language.languages(newest().study);
  // What is asked for of the newest wave is asked of all, and its order is theirs.
  const auto& asked = newest().questions;
  if (asked.empty() && !newest().study) throw UsageError("name at least one question");
  std::vector<std::vector<std::string>> names(std::max<std::size_t>(1, asked.size()));
  std::map<std::string, Error> unknown;
  std::vector<CountedWave> waves(sources_.size());
  Linking linking;
  for (std::size_t i = sources_.size(); i-- > 0;) {
    auto& source = sources_[i];
    source.wants_provenance = newest().wants_provenance;
    counting_.check(source, std::nullopt);
    open_input(source, tool);
    auto job = counting_.prepare(source, std::nullopt);
    std::vector<std::vector<std::size_t>> places(names.size());
    for (std::size_t q = 0; q < asked.size(); ++q) {
      try {
        places[q] = job.add(asked[q]);
      } catch (const Error& error) {
        if (!is_unknown(error)) throw;
        unknown.emplace(asked[q], error);
      }
    }
    if (asked.empty()) job.add_all();
    auto counted = count(*source.file, job.request(), tool.issues());
    source.progress.reset();
    tool.tell(source.file->name() + ": " + grouped(counted.rows) + " respondents, " +
              grouped(counted.kept.n) + " kept");
    waves[i] = {files_[i].name, &source, job.finish(std::move(counted))};
    const auto& questions = waves[i].cells.questions;
    if (asked.empty()) {
      for (std::size_t place = 0; place < questions.size(); ++place) places[0].push_back(place);
    }
    for (std::size_t q = 0; q < names.size(); ++q) {
      for (const auto place : places[q]) names[q].push_back(questions[place].name);
    }
    if (options_.overlap.empty()) continue;
    for (const auto& unit : waves[i].cells.units->stages[0].units)
      linking.add(unit.label, files_[i].name, unit.rows);
  }
  std::vector<std::string> order;
  for (std::size_t q = 0; q < names.size(); ++q) {
    if (names[q].empty() && q < asked.size()) throw unknown.at(asked[q]);
    for (const auto& name : names[q])
      if (std::find(order.begin(), order.end(), name) == order.end()) order.push_back(name);
  }
  const bool overlaps = !options_.overlap.empty();
  const auto united =
      unite_waves(std::move(waves), order, overlaps ? Samples::overlapping : Samples::independent,
                  tool.issues());
  std::optional<Overlap> overlap;
  if (overlaps) overlap = linking.finish(sources_[0].file->name(), tool.issues());
  std::vector<TableSet> sets;
  for (const auto& language : languages) {
    sets.push_back(counting_.build(united.cells, united.input, false, rules, language));
    auto& set = sets.back();
    for (std::size_t t = 0; t < set.tables.size(); ++t) {
      leave_out(set.tables[t], united.gaps[t]);
      if (overlap) note_overlap(*overlap, set.tables[t]);
    }
    counting_.arrange(set, united.input, rules, language);
    if (!newest().wants_provenance) continue;
    auto& run = set.provenance;
    for (const auto& source : sources_) {
      Provenance one;
      tell_run(one, tool.command(), source, "");
      join(run.input_name, one.input_name);
      join(run.input_xxh3, one.input_xxh3);
      if (run.study_name.find(one.study_name) == std::string::npos) {
        join(run.study_name, one.study_name);
        join(run.study_xxh3, one.study_xxh3);
      }
      run.command = one.command;
      run.date = one.date;
    }
  }
  return sets;
}

}  // namespace sondeo
