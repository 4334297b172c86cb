// SPDX-License-Identifier: MIT
#include "cli/trend_options.h"

#include "base/text.h"
#include "tabulate/banner.h"

namespace sondeo {
namespace {

// A name as banners take it.
std::string quoted(const std::string& name) {
  const bool plain =
      name.find_first_of("`+> ") == std::string::npos && ascii_lower(name) != "total";
  if (plain) return name;
  std::string text = "`";
  for (const char c : name) text += c == '`' ? "``" : std::string(1, c);
  return text + "`";
}

bool is_study(const std::string& path) { return ascii_lower(path).ends_with(".toml"); }

// What a file is called where nobody names its wave: without its folders and what comes after a
// point.
std::string stem_of(const std::string& path) {
  const auto slash = path.rfind('/');
  const auto name = slash == std::string::npos ? path : path.substr(slash + 1);
  const auto point = name.find('.', 1);
  return name.substr(0, point);
}

void refuse_same_names(const std::vector<WaveFile>& files) {
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (files[i].name.empty()) throw UsageError("a wave needs a name: --wave NAME=FILE");
    for (std::size_t j = 0; j < i; ++j) {
      if (files[i].name != files[j].name) continue;
      throw UsageError("two waves are called '" + excerpt(files[i].name) + "'",
                       "--wave NAME=FILE names them");
    }
  }
}

}  // namespace

void TrendOptions::declare(Tool& tool) {
  tool.section("Waves");
  tool.option("waves", waves, "QUESTION",
              "the question or column that says the wave of a respondent; a study names its own");
  tool.option("wave", wave, "NAME=FILE",
              "a file that is a wave, a study or responses (of the study that is named first); "
              "repeat it, the oldest first; files that are named alone are waves, too");
  tool.option("overlap", overlap, "ID",
              "respondents answer in several waves and are known by this column: their answers are "
              "compared with their own (as pairs, by the sampling design)");
}

std::vector<WaveFile> TrendOptions::files(const InputOptions& input) const {
  const auto named = input.files();
  if (wave.empty() && named.size() < 2) return {};
  if (!waves.empty())
    throw UsageError("--waves is for the waves of one file; these files are a wave each");
  if (!input.data.empty())
    throw UsageError("--data names one file; --wave NAME=FILE names the responses of a wave");
  std::vector<WaveFile> files;
  if (wave.empty()) {
    for (const auto& path : named) {
      if (is_study(path) != is_study(named[0])) {
        throw UsageError("'" + excerpt(path) + "' and '" + excerpt(named[0]) +
                             "': one is a study and one is not",
                         "responses of the study are named --wave NAME=FILE");
      }
      files.push_back(is_study(path) ? WaveFile{stem_of(path), path, ""}
                                     : WaveFile{stem_of(path), "", path});
    }
  } else {
    const bool shared = named.size() == 1 && is_study(named[0]);
    if (!named.empty() && !shared) {
      throw UsageError("with --wave, every wave is named so: '" + excerpt(named[0]) + "' is not",
                       "only the study that all waves share stands alone");
    }
    for (const auto& each : wave) {
      const auto equals = each.find('=');
      if (equals == std::string::npos || equals + 1 == each.size())
        throw UsageError("--wave takes NAME=FILE, not '" + excerpt(each) + "'");
      const auto name = each.substr(0, equals);
      const auto path = each.substr(equals + 1);
      if (is_study(path))
        files.push_back({name, path, ""});
      else
        files.push_back({name, shared ? named[0] : "", path});
    }
  }
  refuse_same_names(files);
  const bool studies = !files[0].study.empty();
  for (const auto& file : files) {
    if (file.study.empty() == studies)
      throw UsageError("wave '" + excerpt(file.name) + "' and wave '" + excerpt(files[0].name) +
                       "': one has a study and one has not");
  }
  return files;
}

std::string TrendOptions::banner(const StudyInput& input, const CountOptions& counting) const {
  if (!counting.cells.empty()) {
    if (!waves.empty()) throw UsageError("--waves says how to count; --cells are counted already");
    return "";
  }
  if (waves.empty()) {
    if (input.study && !input.study->wave.empty()) return quoted(input.study->wave);
    throw UsageError("what are the waves?",
                     "--waves QUESTION names the question that says it; several files are a wave "
                     "each");
  }
  const auto parts = parse_banner(waves);
  if (parts.total || parts.parts.size() != 1 || parts.parts[0].size() != 1) {
    throw UsageError("--waves takes one question, not '" + excerpt(waves) + "'",
                     "names with signs of their own stand in backquotes");
  }
  return waves;
}

void TrendOptions::link(CountOptions& counting) const {
  if (overlap.empty()) return;
  if (!counting.cells.empty())
    throw UsageError("--overlap says how to count; --cells are counted already");
  if (!counting.tests.test.empty() && counting.tests.test != "design") {
    throw UsageError("--overlap compares by the sampling design: --test " +
                     excerpt(counting.tests.test) + " does not go with it");
  }
  counting.tests.test = "design";
  auto& design = counting.design;
  if (!design.clusters.empty() || !design.psu.empty() || !design.replicates.empty() ||
      !design.preset.empty()) {
    throw UsageError(
        "--overlap makes the respondents the clusters, and the sample has others",
        "if each respondent stays in his cluster, --test design without --overlap is right");
  }
  design.clusters = overlap;
}

}  // namespace sondeo
