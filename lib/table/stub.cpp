// SPDX-License-Identifier: MIT
#include "table/stub.h"

#include <algorithm>
#include <set>

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
  if (rules.size) {
    const auto size = [&](const Key& key) { return rules.size(sums_of(total, 0, {key})); };
    std::stable_sort(keys.begin(), keys.end(),
                     [&](const auto& a, const auto& b) { return size(a) > size(b); });
  }
  std::vector<StubRow> rows;
  for (auto& key : keys) {
    const auto label = shown_text(key.label.empty() ? key.path[0] : key.label, rules.language);
    rows.push_back({row_id_of(key.path[0]), label, RowKind::category, 0, {std::move(key)}});
  }
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
    std::function<bool(const ListedRow&, const ListedRow&)> before;
    if (rules_.size) {
      before = [&](const ListedRow& a, const ListedRow& b) { return size_of(a) > size_of(b); };
    }
    for (const auto& listed : rows_of(study_, nets_, before)) {
      if (!listed.net && !is_shown(study_.codes[listed.at])) continue;
      rows.push_back(row(listed));
    }
    auto unlisted = unlisted_rows();
    if (rules_.size) {
      const auto size = [&](const StubRow& row) {
        return rules_.size(sums_of(total_, 0, row.keys));
      };
      std::stable_sort(unlisted.begin(), unlisted.end(),
                       [&](const auto& a, const auto& b) { return size(a) > size(b); });
    }
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

  double size_of(const ListedRow& listed) const {
    return rules_.size(sums_of(total_, 0, row(listed).keys));
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
