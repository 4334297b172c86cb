// SPDX-License-Identifier: MIT
#include "codebook/wave_question.h"

#include <algorithm>

#include "base/number.h"
#include "base/text.h"

namespace sondeo {
namespace {

template <typename Named>
bool holds(const std::vector<Named>& list, const std::string& name) {
  return std::any_of(list.begin(), list.end(), [&](const auto& each) { return each.name == name; });
}

const StudyCode* code_of(const StudyQuestion& question, const std::string& code) {
  const auto found = std::find_if(question.codes.begin(), question.codes.end(),
                                  [&](const auto& each) { return each.code == code; });
  return found == question.codes.end() ? nullptr : &*found;
}

void add_codes(const StudyQuestion& older, StudyQuestion& united) {
  auto& codes = united.codes;
  std::size_t behind = 0;  // where a code that is lacking goes
  for (const auto& code : older.codes) {
    const auto known = std::find_if(codes.begin(), codes.end(),
                                    [&](const auto& each) { return each.code == code.code; });
    if (known != codes.end()) {
      behind = static_cast<std::size_t>(known - codes.begin()) + 1;
      continue;
    }
    codes.insert(codes.begin() + static_cast<std::ptrdiff_t>(behind++), code);
  }
}

// The first language in which both have another text, or nothing.
std::optional<std::pair<std::string, std::string>> other_text(const Texts& a, const Texts& b) {
  for (const auto& [language, text] : a.by_language) {
    for (const auto& [other_language, other] : b.by_language) {
      if (language == other_language && text != other) return std::pair(text, other);
    }
  }
  return std::nullopt;
}

class Differences {
 public:
  Differences(const AskedInWave& older, const AskedInWave& newer, Issues& issues)
      : older_(older), newer_(newer), issues_(issues) {}

  void tell() {
    const auto& a = *older_.question;
    const auto& b = *newer_.question;
    texts(b.at, "wave-text", "the wording of " + name(), a.text, b.text);
    texts(b.at, "wave-text", "the label of " + name(), a.label, b.label);
    for (const auto& code : b.codes) {
      const auto* before = code_of(a, code.code);
      if (before == nullptr) continue;
      const auto what = "answer " + excerpt(code.code) + " of " + name();
      texts(code.at, "wave-label", what, before->label, code.label);
      if (before->score != code.score)
        add(code.at, "wave-score", "the score of " + what, score(*before), score(code));
    }
    for (const auto& net : b.nets) {
      for (const auto& before : a.nets) {
        if (before.name != net.name || before.of == net.of) continue;
        add(net.at, "wave-net", "what net " + excerpt(net.name) + " of " + name() + " holds",
            list(before.of), list(net.of));
      }
    }
  }

 private:
  std::string name() const { return "'" + excerpt(newer_.question->name) + "'"; }

  static std::string score(const StudyCode& code) {
    return code.score ? shortest(*code.score) : "none";
  }

  static std::string list(const std::vector<std::string>& names) {
    std::string text;
    for (const auto& each : names) text += (text.empty() ? "" : ", ") + each;
    return text;
  }

  void texts(const Place& at, const char* id, const std::string& what, const Texts& a,
             const Texts& b) {
    if (const auto texts = other_text(a, b))
      add(at, id, what, "'" + excerpt(texts->first, 60) + "'",
          "'" + excerpt(texts->second, 60) + "'");
  }

  void add(const Place& at, const char* id, const std::string& what, const std::string& a,
           const std::string& b) {
    issues_.add(at, id,
                what + " is " + a + " in " + excerpt(older_.wave) + " and " + b + " in " +
                    excerpt(newer_.wave),
                "if it is not the same question any more, give it another name");
  }

  const AskedInWave& older_;
  const AskedInWave& newer_;
  Issues& issues_;
};

}  // namespace

StudyQuestion united_question(const std::vector<AskedInWave>& waves) {
  StudyQuestion united;
  bool first = true;
  for (auto wave = waves.rbegin(); wave != waves.rend(); ++wave) {
    if (wave->question == nullptr) continue;
    if (first) {
      united = *wave->question;
      first = false;
      continue;
    }
    add_codes(*wave->question, united);
    for (const auto& net : wave->question->nets)
      if (!holds(united.nets, net.name)) united.nets.push_back(net);
    for (const auto& difference : wave->question->differences)
      if (!holds(united.differences, difference.name)) united.differences.push_back(difference);
  }
  return united;
}

void tell_differences(const std::vector<AskedInWave>& waves, Issues& issues) {
  const AskedInWave* older = nullptr;
  for (const auto& wave : waves) {
    if (wave.question == nullptr) continue;
    if (older != nullptr) Differences(*older, wave, issues).tell();
    older = &wave;
  }
}

}  // namespace sondeo
