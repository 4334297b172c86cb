// SPDX-License-Identifier: MIT
// What a list of answers says about itself: codes, nets and boxes.
#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "base/number.h"
#include "base/text.h"
#include "codebook/dependencies.h"
#include "codebook/study_names.h"
#include "codebook/study_parts.h"

namespace sondeo {
namespace {

// The table of a part, or the whole if it was not written there (a code from a list).
const TomlNode& part_of(const TomlNode& table, std::string_view key, std::size_t at) {
  const auto* parts = table.find(key);
  return parts == nullptr || at >= parts->items.size() ? table : parts->items[at];
}

const TomlNode& value_of(const TomlNode& table, std::string_view key) {
  const auto* value = table.find(key);
  return value == nullptr ? table : *value;
}

std::string in_line(const Place& place) { return "line " + std::to_string(place.line); }

}  // namespace

void check_codes(const StudySource& source, const TomlNode& table, const std::string& what,
                 const std::vector<StudyCode>& codes) {
  std::unordered_map<std::string, const StudyCode*> ids;
  std::unordered_map<std::string, const StudyCode*> texts;
  std::unordered_map<double, const StudyCode*> numbers;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const auto& code = codes[i];
    const auto& node = part_of(table, "codes", i);
    if (const auto [first, is_new] = ids.try_emplace(code.code, &code); !is_new) {
      source.refuse(value_of(node, "code"), "study-duplicate",
                    what + " has the code '" + excerpt(code.code) + "' twice",
                    "the first stands in " + in_line(first->second->at));
    }
    // Cells are compared as texts, then as numbers.
    for (const auto& text : code.values.empty() ? Words{code.code} : code.values) {
      const auto [first, is_new] = texts.try_emplace(text, &code);
      if (!is_new && first->second != &code) {
        source.refuse(value_of(node, code.values.empty() ? "code" : "values"), "study-duplicate",
                      what + ": '" + excerpt(text) + "' is in the data both code '" +
                          excerpt(first->second->code) + "' and '" + excerpt(code.code) + "'");
      }
      const auto number = parse_number(text);
      if (!number) continue;
      const auto [same, is_new_number] = numbers.try_emplace(*number, &code);
      if (!is_new_number && same->second != &code) {
        source.refuse(value_of(node, code.values.empty() ? "code" : "values"), "study-duplicate",
                      what + ": '" + excerpt(text) + "' is the same number as code '" +
                          excerpt(same->second->code) + "'",
                      "cells that are equal as numbers are the same answer");
      }
    }
  }
}

void check_nets(const StudySource& source, const TomlNode& table, const std::string& what,
                const StudyQuestion& question) {
  std::unordered_map<std::string, const StudyCode*> codes;
  for (const auto& code : question.codes) codes.emplace(code.code, &code);
  // Nets that came from a list stand before those of the question.
  const auto* own = table.find("nets");
  const auto own_count = own == nullptr ? 0 : own->items.size();
  const auto from_list = question.nets.size() - std::min(own_count, question.nets.size());
  const auto node_of = [&](std::size_t i) -> const TomlNode& {
    return i < from_list ? table : part_of(table, "nets", i - from_list);
  };
  std::unordered_map<std::string, std::size_t> nets;
  for (std::size_t i = 0; i < question.nets.size(); ++i) {
    const auto& name = question.nets[i].name;
    if (codes.count(name) != 0) {
      source.refuse(value_of(node_of(i), "name"), "study-duplicate",
                    what + ": a net is called '" + excerpt(name) + "' like a code",
                    "give the net another name");
    }
    if (const auto [first, is_new] = nets.try_emplace(name, i); !is_new) {
      source.refuse(value_of(node_of(i), "name"), "study-duplicate",
                    what + ": two nets are called '" + excerpt(name) + "'",
                    "the first stands in " + in_line(question.nets[first->second].at));
    }
  }
  std::vector<std::vector<std::size_t>> needs(question.nets.size());
  for (std::size_t i = 0; i < question.nets.size(); ++i) {
    const auto& net = question.nets[i];
    std::unordered_set<std::string> members;
    for (std::size_t j = 0; j < net.of.size(); ++j) {
      const auto& member = net.of[j];
      const auto& node = part_of(node_of(i), "of", j);
      const auto in_net = what + ": net '" + excerpt(net.name) + "' ";
      if (!members.insert(member).second)
        source.refuse(node, "study-duplicate", in_net + "has '" + excerpt(member) + "' twice");
      if (const auto other = nets.find(member); other != nets.end()) {
        needs[i].push_back(other->second);
      } else if (const auto code = codes.find(member); code != codes.end()) {
        if (code->second->missing == MissingKind::none || code->second->in_base) continue;
        source.refuse(
            node, "study-code",
            in_net + "has the code '" + excerpt(member) + "', which is missing and not in the base",
            "base = true keeps the code in the base");
      } else if (!question.open_codes && !question.codes.empty()) {
        Words candidates;
        for (const auto& each : question.codes) candidates.push_back(each.code);
        for (const auto& each : question.nets) candidates.push_back(each.name);
        source.refuse(node, "study-reference",
                      in_net + "has '" + excerpt(member) + "', which is no code and no net",
                      did_you_mean(member, candidates, "there are"));
      }
    }
  }
  const auto dependencies = dependencies_of(needs);
  if (!dependencies.cycle.empty()) {
    const auto at = dependencies.cycle[0];
    source.refuse(node_of(at), "study-reference",
                  what + ": net '" + excerpt(question.nets[at].name) + "' is part of itself");
  }
  for (std::size_t i = 0; i < needs.size(); ++i) {
    if (dependencies.depth[i] > most_levels)
      source.refuse(node_of(i), "study-reference",
                    what + ": nets are nested deeper than " + std::to_string(most_levels));
  }
  auto scored = question;
  fill_scores(scored);
  Words boxes;
  for (const auto& box : question.boxes) {
    if (std::find(boxes.begin(), boxes.end(), box) != boxes.end())
      source.refuse(value_of(table, "boxes"), "study-duplicate",
                    what + " has the box '" + excerpt(box) + "' twice");
    if (codes.count(box) != 0 || nets.count(box) != 0)
      source.refuse(value_of(table, "boxes"), "study-duplicate",
                    what + ": the box '" + excerpt(box) + "' is called like a code or net");
    boxes.push_back(box);
    try {
      box_of(scored, box);
    } catch (const Error& error) {
      source.refuse(value_of(table, "boxes"), error.id(), what + ": " + error.message(),
                    error.hint());
    }
  }
}

}  // namespace sondeo
