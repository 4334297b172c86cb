// SPDX-License-Identifier: MIT
#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "codebook/nets.h"
#include "codebook/study.h"
#include "codebook/study_parts.h"

namespace sondeo {
namespace {

void check_members(const StudySource& source, const TomlNode& table, const std::string& what,
                   const StudyQuestion& question, const std::vector<StudyNet>& nets,
                   const Words& members) {
  Words known;
  for (const auto& code : question.codes) known.push_back(code.code);
  for (const auto& net : nets) known.push_back(net.name);
  for (const auto& member : members) {
    if (std::find(known.begin(), known.end(), member) == known.end()) {
      source.refuse(table, "study-reference",
                    what + " has '" + excerpt(member) + "', which is no code, net or box",
                    did_you_mean(member, known, "there are"));
    }
    for (const auto& code : question.codes) {
      if (code.code != member || code.missing == MissingKind::none || code.in_base) continue;
      source.refuse(
          table, "study-code",
          what + " has the code '" + excerpt(member) + "', which is missing and not in the base",
          "base = true keeps the code in the base");
    }
  }
}

}  // namespace

void check_differences(const StudySource& source, const TomlNode& table, const std::string& what,
                       const StudyQuestion& question) {
  const auto nets = nets_of(question);
  const auto* nodes = table.find("differences");
  Words names;
  for (std::size_t i = 0; i < question.differences.size(); ++i) {
    const auto& difference = question.differences[i];
    const auto& node = nodes->items.at(i);
    const auto called = what + ": the difference '" + excerpt(difference.name) + "'";
    const auto same_name = [&](const auto& net) { return net.name == difference.name; };
    const auto same_code = [&](const auto& code) { return code.code == difference.name; };
    if (std::find(names.begin(), names.end(), difference.name) != names.end() ||
        std::any_of(nets.begin(), nets.end(), same_name) ||
        std::any_of(question.codes.begin(), question.codes.end(), same_code)) {
      source.refuse(node, "study-duplicate",
                    called + " is called like a code, a net or another difference");
    }
    names.push_back(difference.name);
    check_members(source, node, called, question, nets, difference.plus);
    check_members(source, node, called, question, nets, difference.minus);
    const auto plus = codes_named(question, difference.plus);
    const auto minus = codes_named(question, difference.minus);
    std::vector<std::size_t> both;
    std::set_intersection(plus.begin(), plus.end(), minus.begin(), minus.end(),
                          std::back_inserter(both));
    if (!both.empty()) {
      source.refuse(
          node, "study-code",
          called + " has the code '" + excerpt(question.codes[both[0]].code) + "' on both sides");
    }
  }
}

}  // namespace sondeo
