// SPDX-License-Identifier: MIT
#include "data/draft_answers.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "codebook/question.h"

namespace sondeo {
namespace {

// Lower case, typographic apostrophes plain.
std::string folded(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i, 3) == "\u2019") {
      result += '\'';
      i += 2;
    } else {
      result += text[i];
    }
  }
  return ascii_lower(result);
}

using Scale = std::vector<std::string_view>;

// Lowest first; answers that mean the same place on a scale stand in scales of their own.
const std::vector<Scale>& scales() {
  static const std::vector<Scale> all{
      {"strongly disagree", "disagree", "somewhat disagree", "neither agree nor disagree",
       "neutral", "somewhat agree", "agree", "strongly agree"},
      {"muy en desacuerdo", "totalmente en desacuerdo", "en desacuerdo", "algo en desacuerdo",
       "ni de acuerdo ni en desacuerdo", "algo de acuerdo", "de acuerdo", "muy de acuerdo",
       "totalmente de acuerdo"},
      {"very dissatisfied", "dissatisfied", "somewhat dissatisfied",
       "neither satisfied nor dissatisfied", "neutral", "somewhat satisfied", "satisfied",
       "very satisfied"},
      {"muy insatisfecho", "insatisfecho", "algo insatisfecho", "ni satisfecho ni insatisfecho",
       "algo satisfecho", "satisfecho", "muy satisfecho"},
      {"never", "rarely", "sometimes", "often", "very often", "always"},
      {"nunca", "rara vez", "casi nunca", "a veces", "a menudo", "casi siempre", "siempre"},
      {"very unlikely", "unlikely", "somewhat unlikely", "neither likely nor unlikely",
       "somewhat likely", "likely", "very likely"},
      {"nada probable", "poco probable", "algo probable", "bastante probable", "muy probable"},
      {"not at all important", "not important", "not very important", "somewhat important",
       "important", "very important", "extremely important"},
      {"nada importante", "poco importante", "algo importante", "bastante importante", "importante",
       "muy importante"},
      {"very poor", "poor", "fair", "good", "very good", "excellent"},
      {"muy malo", "malo", "regular", "bueno", "muy bueno", "excelente"},
      {"not at all", "a little", "somewhat", "a lot"},
      {"nada", "poco", "algo", "bastante", "mucho"},
  };
  return all;
}

}  // namespace

MissingKind usual_missing(std::string_view text) {
  static constexpr std::array<std::string_view, 12> unknowing{"don't know",
                                                              "dont know",
                                                              "do not know",
                                                              "not sure",
                                                              "unsure",
                                                              "dk",
                                                              "no sabe",
                                                              "no sé",
                                                              "no lo sé",
                                                              "ns/nc",
                                                              "no sabe/no contesta",
                                                              "ns"};
  static constexpr std::array<std::string_view, 9> refusing{"refused",
                                                            "prefer not to say",
                                                            "prefer not to answer",
                                                            "no answer",
                                                            "no contesta",
                                                            "nc",
                                                            "prefiero no decirlo",
                                                            "prefiero no contestar",
                                                            "prefiero no responder"};
  static constexpr std::array<std::string_view, 6> skipping{"na", "n/a", "-", ".", "null", "nan"};
  const auto word = folded(text);
  const auto among = [&](const auto& list) {
    return std::find(list.begin(), list.end(), word) != list.end();
  };
  if (among(unknowing)) return MissingKind::dont_know;
  if (among(refusing)) return MissingKind::refused;
  return among(skipping) ? MissingKind::skipped : MissingKind::none;
}

std::optional<std::vector<std::string>> usual_scale(const std::vector<std::string>& texts) {
  if (texts.size() < 3) return std::nullopt;
  for (const auto& scale : scales()) {
    std::vector<std::pair<std::size_t, std::string>> places;
    for (const auto& text : texts) {
      const auto found = std::find(scale.begin(), scale.end(), folded(text));
      if (found == scale.end()) break;
      places.emplace_back(static_cast<std::size_t>(found - scale.begin()), text);
    }
    if (places.size() != texts.size()) continue;
    std::sort(places.begin(), places.end());
    const auto same = [](const auto& a, const auto& b) { return a.first == b.first; };
    if (std::adjacent_find(places.begin(), places.end(), same) != places.end()) continue;
    std::vector<std::string> ordered;
    for (auto& place : places) ordered.push_back(std::move(place.second));
    return ordered;
  }
  return std::nullopt;
}

bool ticks(const ColumnProfile& profile) {
  if (profile.many || profile.texts.empty() || profile.texts.size() > 3) return false;
  static constexpr std::array<std::string_view, 6> words{"1", "yes", "sí", "si", "true", "x"};
  const auto& unticked = usual_unticked();
  std::size_t chosen = 0;
  bool only_words = true;
  for (const auto& text : profile.texts) {
    const auto word = folded(text.text);
    if (std::find(unticked.begin(), unticked.end(), word) != unticked.end()) continue;
    ++chosen;
    only_words &= std::find(words.begin(), words.end(), word) != words.end();
  }
  // One text that is ticked, in some rows.
  return chosen <= 1 && (only_words || profile.texts.size() > 1 || profile.answered < profile.rows);
}

std::string ticked_text(const ColumnProfile& profile) {
  const auto& unticked = usual_unticked();
  for (const auto& text : profile.texts) {
    if (std::find(unticked.begin(), unticked.end(), folded(text.text)) == unticked.end())
      return text.text;
  }
  return "";
}

std::optional<JoinedAnswers> joined_answers(const ColumnProfile& profile) {
  if (profile.many) return std::nullopt;
  for (const auto sign : joining_signs) {
    std::set<std::string> answers;
    std::uint64_t joined = 0;
    std::size_t longest = 0;
    for (const auto& text : profile.texts) {
      std::string_view rest = text.text;
      if (rest.find(sign) != std::string_view::npos) joined += text.count;
      while (true) {
        const auto end = rest.find(sign);
        const auto part = trim_blanks(rest.substr(0, end));
        if (!part.empty()) answers.emplace(part);
        longest = std::max(longest, part.size());
        if (end == std::string_view::npos) break;
        rest = rest.substr(end + sign.size());
      }
    }
    // A list of answers is used again and again; sentences with commas are not.
    const bool reused = answers.size() * 2 <= profile.answered && answers.size() <= 40;
    const bool fewer = answers.size() < profile.texts.size();
    if (joined * 10 < profile.answered || !reused || !fewer || longest > 80) continue;
    JoinedAnswers result{std::string(sign), {answers.begin(), answers.end()}};
    std::sort(result.answers.begin(), result.answers.end(),
              [](const auto& a, const auto& b) { return natural_compare(a, b) < 0; });
    return result;
  }
  return std::nullopt;
}

}  // namespace sondeo
