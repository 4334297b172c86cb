// SPDX-License-Identifier: MIT
#include "codebook/study_patch.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "base/text.h"
#include "codebook/study_parts.h"
#include "codebook/toml.h"

namespace sondeo {
namespace {

struct Edit {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text;
};

class StudyText {
 public:
  explicit StudyText(std::string_view text)
      : text_(text), line_end_(text.find("\r\n") == std::string_view::npos ? "\n" : "\r\n") {}

  std::size_t offset(const TomlNode& node) const {
    return toml_offset(text_, node.line, node.column);
  }
  // Whether the node is written as [header] lines, and not as a value behind a key.
  bool has_header(const TomlNode& node) const {
    const auto at = offset(node);
    if (node.kind == TomlKind::array)
      return !node.items.empty() && node.items[0].kind == TomlKind::table &&
             has_header(node.items[0]);
    return node.kind == TomlKind::table && (at >= text_.size() || text_[at] != '{');
  }
  // Behind the last byte of the node.
  std::size_t behind(const TomlNode& node) const {
    if (!has_header(node)) return behind_toml_value(text_, offset(node));
    auto last = offset(node);
    if (node.kind == TomlKind::table) last = behind_toml_value(text_, last);
    for (const auto& entry : node.entries) last = std::max(last, behind(entry.value));
    for (const auto& item : node.items) last = std::max(last, behind(item));
    return last;
  }
  // Behind the last entry that the table has in its own lines or braces.
  std::size_t behind_entries(const TomlNode& table) const {
    std::size_t last = 0;
    for (const auto& entry : table.entries) {
      if (!has_header(entry.value)) last = std::max(last, behind(entry.value));
    }
    return last;
  }

  // New lines below the line that `at` is in.
  Edit lines_below(std::size_t at, const std::vector<std::string>& lines) const {
    const auto end = text_.find('\n', at);
    const bool last = end == std::string_view::npos;
    Edit edit;
    edit.begin = edit.end = last ? text_.size() : end + 1;
    if (last && !text_.empty() && text_.back() != '\n') edit.text = line_end_;
    for (const auto& line : lines) edit.text += line + line_end_;
    return edit;
  }
  // The blanks that the line of `at` begins with.
  std::string indent(std::size_t at) const {
    const auto end = text_.rfind('\n', at == 0 ? 0 : at - 1);
    const auto start = end == std::string_view::npos ? 0 : end + 1;
    const auto stop = std::min(text_.find_first_not_of(" \t", start), text_.size());
    return std::string(text_.substr(start, stop - start));
  }

  std::string with(std::vector<Edit> edits) const {
    std::sort(edits.begin(), edits.end(),
              [](const Edit& a, const Edit& b) { return a.begin < b.begin; });
    std::string out;
    std::size_t at = 0;
    for (const auto& edit : edits) {
      out += text_.substr(at, edit.begin - at);
      out += edit.text;
      at = edit.end;
    }
    return out + std::string(text_.substr(at));
  }

 private:
  std::string_view text_;
  std::string line_end_;
};

std::string braces(const StudyWeight& weight) {
  std::string out;
  for (const auto& [key, value] : weight_entries(weight))
    out += (out.empty() ? "{ " : ", ") + key + " = " + value;
  return out + " }";
}

std::vector<std::string> section(const StudyWeight& weight) {
  std::vector<std::string> lines{"", "[[weight]]"};
  for (const auto& [key, value] : weight_entries(weight)) lines.push_back(key + " = " + value);
  return lines;
}

// The entry with the values of `wanted` that differ from what it says.
std::optional<std::string> exchanged(const StudyText& source, const TomlNode& table,
                                     const StudyWeight& old, const StudyWeight& wanted) {
  const auto before = weight_entries(old);
  std::vector<Edit> edits;
  std::vector<std::string> added;
  for (const auto& [key, value] : weight_entries(wanted)) {
    if (std::find(before.begin(), before.end(), std::pair(key, value)) != before.end()) continue;
    const auto* node = table.find(key);
    if (node == nullptr) {
      added.push_back(key + " = " + value);
    } else if (source.has_header(*node)) {
      return std::nullopt;
    } else {
      edits.push_back({source.offset(*node), source.behind(*node), value});
    }
  }
  const auto last = source.behind_entries(table);
  if (!added.empty() && source.has_header(table)) {
    for (auto& line : added) line.insert(0, source.indent(last));
    edits.push_back(source.lines_below(last, added));
  } else if (!added.empty()) {
    std::string text;
    for (const auto& entry : added) text += ", " + entry;
    edits.push_back({last, last, text});
  }
  return source.with(std::move(edits));
}

// Texts with a new entry, the best place first.
std::vector<std::string> with_new_entry(std::string_view text, const TomlNode& root,
                                        const StudyWeight& weight) {
  const StudyText source(text);
  std::vector<std::string> texts;
  const auto add_below = [&](std::size_t at) {
    texts.push_back(source.with({source.lines_below(at, section(weight))}));
  };
  if (const auto* weights = root.find("weight")) {
    if (!source.has_header(*weights)) {
      const auto at = source.behind(weights->items.back());
      return {source.with({{at, at, ", " + braces(weight)}})};
    }
    add_below(source.behind(*weights));
  } else {
    std::size_t at = 0;
    for (const auto* key : {"study", "format"}) {
      if (const auto* node = root.find(key)) at = std::max(at, source.behind(*node));
    }
    if (at > 0) add_below(at);
  }
  add_below(text.size());
  return texts;
}

}  // namespace

std::string record_weight(std::string_view text, const std::string& file,
                          const StudyWeight& weight) {
  const auto root = parse_toml(text, file);
  auto wanted = parse_study(text, file);
  const auto old = std::find_if(wanted.weights.begin(), wanted.weights.end(),
                                [&](const auto& each) { return each.name == weight.name; });
  std::vector<std::string> candidates;
  auto place = Place{file};
  if (old == wanted.weights.end()) {
    candidates = with_new_entry(text, root, weight);
    wanted.weights.push_back(weight);
  } else {
    place = old->at;
    auto merged = *old;
    if (!weight.column.empty() || !old->column.empty())
      merged.column = weight.column.empty() ? weight.name : weight.column;
    if (!weight.label.empty()) merged.label = weight.label;
    if (!weight.margins.empty()) merged.margins = weight.margins;
    if (!weight.calibration.empty()) merged.calibration = weight.calibration;
    if (!weight.design_weight.empty()) merged.design_weight = weight.design_weight;
    const auto& table =
        root.find("weight")->items[static_cast<std::size_t>(old - wanted.weights.begin())];
    if (auto done = exchanged(StudyText(text), table, *old, merged))
      candidates.push_back(std::move(*done));
    *old = merged;
  }
  for (auto& candidate : candidates) {
    try {
      if (same_study(parse_study(candidate, file), wanted)) return std::move(candidate);
    } catch (const Error&) {
      // Not this place.
    }
  }
  std::string lines;
  for (const auto& [key, value] : weight_entries(weight))
    lines += (lines.empty() ? "" : "; ") + key + " = " + value;
  throw Error(place, "study-patch",
              "the study cannot be told of weight '" + excerpt(weight.name) + "' in this place",
              "write it by hand, each on its line: " + lines);
}

}  // namespace sondeo
