// SPDX-License-Identifier: MIT
#include "table/stub.h"

#include <algorithm>
#include <set>
#include <utility>

#include "codebook/nets.h"
#include "codebook/study.h"
#include "table/texts.h"
#include "table/words.h"

namespace sondeo {
namespace {

const Sums* find_sums(const Cells& cells, std::size_t column, const Key& key) {
  const auto found = std::lower_bound(cells.rows.begin(), cells.rows.end(), key, key_less);
  if (found == cells.rows.end() || *found != key) return nullptr;
  return &cells.at(static_cast<std::size_t>(found - cells.rows.begin()), column);
}

Key key_of(AnswerKind kind, const std::string& text) {
  Key key;
  key.kind = kind;
  key.path = {text};
  return key;
}

bool is_pinned(const StubRules& rules, const std::string& name, const std::string& label) {
  return std::any_of(rules.pins.begin(), rules.pins.end(),
                     [&](const auto& pin) { return pin == name || pin == label; });
}

// Rows that no study describes.
void order_bare(std::vector<StubRow>& rows, const StubRules& rules) {
  if (!rules.size) return;
  std::vector<std::pair<std::pair<int, double>, std::size_t>> order;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool last = is_pinned(rules, rows[i].keys[0].path[0], rows[i].label);
    order.push_back({{last ? 1 : 0, last ? 0 : -rules.size(rows[i].keys)}, i});
  }
  std::sort(order.begin(), order.end());
  std::vector<StubRow> sorted;
  for (const auto& [rank, i] : order) sorted.push_back(std::move(rows[i]));
  rows = std::move(sorted);
}

std::vector<StubRow> bare_stub(const Question& question, const Cells& total,
                               const StubRules& rules) {
  std::vector<Key> keys;
  for (std::size_t row = 0; row < total.rows.size(); ++row) {
    const auto& key = total.rows[row];
    if (key.kind != AnswerKind::category) continue;
    if (question.kind == QuestionKind::flags || total.at(row, 0).n > 0) keys.push_back(key);
  }
  if (question.kind == QuestionKind::flags) {
    const auto place = [&](const Key& key) {
      return std::find(question.option_names.begin(), question.option_names.end(), key.path[0]);
    };
    std::stable_sort(keys.begin(), keys.end(),
                     [&](const auto& a, const auto& b) { return place(a) < place(b); });
  }
  std::vector<StubRow> rows;
  for (auto& key : keys) {
    const auto label = shown_text(key.label.empty() ? key.path[0] : key.label, rules.language);
    rows.push_back({row_id_of(key.path[0]), label, RowKind::category, 0, {std::move(key)}});
  }
  order_bare(rows, rules);
  return rows;
}

class StudyStub {
 public:
  StudyStub(const Question& question, const Cells& total, const StubRules& rules)
      : question_(question),
        study_(*question.study),
        total_(total),
        rules_(rules),
        nets_(nets_of(study_)),
        net_codes_(net_codes(study_, nets_)) {}

  std::vector<StubRow> rows() const {
    std::vector<StubRow> rows;
    for (const auto& listed : rows_of(study_, nets_, before())) {
      if (!listed.net && !is_shown(study_.codes[listed.at])) continue;
      rows.push_back(row(listed));
    }
    auto unlisted = unlisted_rows();
    order_bare(unlisted, rules_);
    rows.insert(rows.end(), unlisted.begin(), unlisted.end());
    return rows;
  }

 private:
  static AnswerKind kind_of_code(const StudyCode& code) {
    if (code.missing == MissingKind::none || code.in_base) return AnswerKind::category;
    return code.missing == MissingKind::not_asked ? AnswerKind::not_asked : AnswerKind::missing;
  }

  bool is_shown(const StudyCode& code) const {
    const auto kind = kind_of_code(code);
    return kind == AnswerKind::category || (rules_.in_base && rules_.in_base(kind));
  }

  StubRow row(const ListedRow& listed) const {
    if (!listed.net) {
      const auto& code = study_.codes[listed.at];
      return {row_id_of(code.code),
              label_of(code, rules_.language),
              RowKind::category,
              listed.indent,
              {key_of(kind_of_code(code), code.code)}};
    }
    const auto& net = nets_[listed.at];
    StubRow row{row_id_of(net.name),
                label_of(net, study_, rules_.language),
                RowKind::net,
                listed.indent,
                {}};
    for (const auto code : net_codes_[listed.at]) row.codes.push_back(study_.codes[code].code);
    if (question_.several()) {
      row.keys.push_back(key_of(AnswerKind::net, net.name));
    } else {
      for (const auto code : net_codes_[listed.at]) {
        if (kind_of_code(study_.codes[code]) == AnswerKind::category)
          row.keys.push_back(key_of(AnswerKind::category, study_.codes[code].code));
      }
    }
    return row;
  }

  // Which of two rows side by side comes first; nothing: in the order of the study.
  std::function<bool(const ListedRow&, const ListedRow&)> before() const {
    if (!rules_.size) return {};
    // By net, then by place: -1 first, 0 by size, 1 last.
    struct Rank {
      int pin = 0;
      double size = 0;
    };
    std::vector<Rank> ranks[2];
    const auto rank = [&](bool net, std::size_t at, Pin pin, const auto& of) {
      ListedRow listed;
      listed.net = net;
      listed.at = at;
      const auto stub = row(listed);
      const bool last = pin == Pin::last || is_pinned(rules_, of, stub.label);
      ranks[net].push_back({pin == Pin::first ? -1 : last ? 1 : 0, rules_.size(stub.keys)});
    };
    for (std::size_t i = 0; i < study_.codes.size(); ++i) {
      const auto& code = study_.codes[i];
      const bool missing = code.missing != MissingKind::none && code.pin == Pin::none;
      rank(false, i, missing ? Pin::last : code.pin, code.code);
    }
    for (std::size_t i = 0; i < nets_.size(); ++i) rank(true, i, nets_[i].pin, nets_[i].name);
    return [codes = std::move(ranks[0]), nets = std::move(ranks[1])](const ListedRow& a,
                                                                     const ListedRow& b) {
      const auto& x = (a.net ? nets : codes)[a.at];
      const auto& y = (b.net ? nets : codes)[b.at];
      if (x.pin != y.pin) return x.pin < y.pin;
      return x.pin == 0 && x.size > y.size;
    };
  }

  std::vector<StubRow> unlisted_rows() const {
    std::set<std::string> listed;
    for (const auto& code : study_.codes) listed.insert(code.code);
    std::vector<StubRow> rows;
    for (std::size_t i = 0; i < total_.rows.size(); ++i) {
      const auto& key = total_.rows[i];
      if (key.kind != AnswerKind::category || listed.contains(key.path[0])) continue;
      if (total_.at(i, 0).n == 0) continue;
      rows.push_back({row_id_of(key.path[0]),
                      shown_text(key.path[0], rules_.language),
                      RowKind::category,
                      0,
                      {key}});
    }
    return rows;
  }

  const Question& question_;
  const StudyQuestion& study_;
  const Cells& total_;
  const StubRules& rules_;
  std::vector<StudyNet> nets_;
  std::vector<std::vector<std::size_t>> net_codes_;
};

}  // namespace

Sums sums_of(const Cells& cells, std::size_t column, const std::vector<Key>& keys) {
  Sums sums;
  for (const auto& key : keys) {
    if (const auto* part = find_sums(cells, column, key)) sums.add(*part);
  }
  return sums;
}

std::vector<std::string> members_of(const StubRow& net, const std::vector<StubRow>& rows) {
  std::vector<std::string> members;
  if (net.kind != RowKind::net) return members;
  for (const auto& row : rows) {
    if (row.kind != RowKind::category || row.keys[0].path.empty()) continue;
    if (std::find(net.codes.begin(), net.codes.end(), row.keys[0].path[0]) != net.codes.end())
      members.push_back(row.id);
  }
  return members;
}

std::vector<StubRow> stub_of(const Question& question, const Cells& total, const StubRules& rules) {
  if (question.study == nullptr) return bare_stub(question, total, rules);
  return StudyStub(question, total, rules).rows();
}

std::string shown_text(const std::string& text, std::string_view language) {
  return text.empty() ? std::string(words_of(language).empty_answer) : text;
}

// One that reads like the id of a special row gets another underscore.
std::string row_id_of(const std::string& text) {
  for (const char* special : {"_base", "_missing", "_mean", "_sd", "_median"}) {
    if (text == special) return "_" + text;
  }
  return text;
}

}  // namespace sondeo
