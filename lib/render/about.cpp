// SPDX-License-Identifier: MIT
#include "render/about.h"

#include <algorithm>

#include "base/number.h"
#include "base/text.h"
#include "render/rows.h"
#include "render/sentences.h"
#include "table/about_words.h"
#include "table/words.h"

namespace sondeo {
namespace {

class Facts {
 public:
  explicit Facts(const TableSet& set, const RenderOptions& options)
      : set_(set),
        options_(options),
        language_(set.tables.empty() ? "en" : set.tables.front().language),
        words_(words_of(language_)),
        about_(about_words_of(language_)) {}

  std::vector<Fact> list() {
    if (!trim(set_.title).empty()) add(about_.study, set_.title);
    each([&](const Table& table) {
      if (table.synthetic) add(about_.respondents, words_.synthetic);
    });
    each([&](const Table& table) {
      const bool weighted = is_weighted(table);
      add(words_.weight_head, weighted ? weight_text(table) : std::string(about_.unweighted));
    });
    if (set_.weight_ratio)
      add(about_.weight_ratio, rounded(*set_.weight_ratio, 1, options_.look.decimal));
    each([&](const Table& table) {
      if (!table.base.empty()) add(about_.bases, visible(table.base));
    });
    each([&](const Table& table) {
      if (!table.filter.empty()) add(words_.filter_head, visible(table.filter));
    });
    each([&](const Table& table) {
      std::string level = shortest(table.level);
      const std::size_t point = level.find('.');
      if (point != std::string::npos) level.replace(point, 1, options_.look.decimal);
      add(about_.level, level + std::string(words_.percent));
    });
    each([&](const Table& table) {
      const std::string what(is_weighted(table) ? words_.low_effective_base : words_.low_base);
      add(about_.low_bases, "* " + what + " < " + shortest(table.low_base) + ", ** < " +
                                shortest(table.very_low_base));
    });
    each([&](const Table& table) {
      for (const std::string& note : table.notes) add(about_.notes, note);
    });
    if (!set_.provenance.version.empty()) add_provenance();
    return facts_;
  }

 private:
  template <typename Do>
  void each(Do something) const {
    for (const Table& table : set_.tables) something(table);
  }

  void add(std::string_view name, std::string_view value) {
    const bool known = std::any_of(facts_.begin(), facts_.end(), [&](const Fact& fact) {
      return fact.name == name && fact.value == value;
    });
    if (!known) facts_.push_back({std::string(name), std::string(value)});
  }

  void add_provenance() {
    const Provenance& made = set_.provenance;
    const auto add_file = [&](std::string_view name, const std::string& file,
                              const std::string& xxh3) {
      if (file.empty() && xxh3.empty()) return;
      const std::string print =
          xxh3.empty() ? "" : " (" + std::string(about_.fingerprint) + " " + xxh3 + ")";
      add(name, visible(file) + print);
    };
    add_file(about_.data_file, made.input_name, made.input_xxh3);
    add(about_.rows_read, grouped(made.input_rows, options_.look.thousands));
    add_file(about_.study_file, made.study_name, made.study_xxh3);
    add(about_.made_with, "sondeo " + made.version);
    if (!made.command.empty()) add(about_.command, visible(made.command));
    if (!made.date.empty()) add(about_.date, made.date);
  }

  const TableSet& set_;
  const RenderOptions& options_;
  std::string language_;
  const Words& words_;
  const AboutWords& about_;
  std::vector<Fact> facts_;
};

}  // namespace

std::vector<Fact> about_facts(const TableSet& set, const RenderOptions& options) {
  return Facts(set, options).list();
}

}  // namespace sondeo
