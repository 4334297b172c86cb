// SPDX-License-Identifier: MIT
#include "codebook/study.h"

#include <algorithm>
#include <tuple>

namespace sondeo {
namespace {

bool same(const std::optional<Expr>& a, const std::optional<Expr>& b) {
  return a.has_value() == b.has_value() && (!a || same_expr(*a, *b));
}

bool same(const StudyCode& a, const StudyCode& b);
bool same(const StudyNet& a, const StudyNet& b);
bool same(const StudyDifference& a, const StudyDifference& b) {
  return a.name == b.name && a.label == b.label && a.plus == b.plus && a.minus == b.minus;
}

bool same(const StudyItem& a, const StudyItem& b);
bool same(const StudyTask& a, const StudyTask& b) {
  return a.best == b.best && a.worst == b.worst && a.shown == b.shown && a.of == b.of;
}

bool same(const StudyList& a, const StudyList& b);
bool same(const StudyWeight& a, const StudyWeight& b);
bool same(const StudyTarget::Cell& a, const StudyTarget::Cell& b);
bool same(const StudyTarget& a, const StudyTarget& b);
bool same(const StudyQuestion& a, const StudyQuestion& b);

template <typename Part>
bool same(const std::vector<Part>& a, const std::vector<Part>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Part& x, const Part& y) { return same(x, y); });
}

bool same(const StudyCode& a, const StudyCode& b) {
  return a.code == b.code && a.label == b.label && a.values == b.values && a.score == b.score &&
         a.missing == b.missing && a.in_base == b.in_base && a.column == b.column &&
         a.pin == b.pin && same(a.when, b.when);
}

bool same(const StudyNet& a, const StudyNet& b) {
  return a.name == b.name && a.label == b.label && a.of == b.of && a.pin == b.pin;
}

bool same(const StudyItem& a, const StudyItem& b) {
  return a.name == b.name && a.column == b.column && a.label == b.label && a.pin == b.pin;
}

bool same(const StudyList& a, const StudyList& b) {
  return a.name == b.name && same(a.codes, b.codes) && same(a.nets, b.nets) && a.boxes == b.boxes;
}

bool same(const StudyWeight& a, const StudyWeight& b) {
  return a.name == b.name && a.column == b.column && a.label == b.label && a.margins == b.margins &&
         a.calibration == b.calibration && a.design_weight == b.design_weight;
}

bool same(const StudyTarget::Cell& a, const StudyTarget::Cell& b) {
  return a.category == b.category && a.target == b.target;
}

bool same(const StudyTarget& a, const StudyTarget& b) {
  return a.variable == b.variable && a.segment == b.segment && a.counts == b.counts &&
         same(a.cells, b.cells) && a.total == b.total;
}

bool same(const std::optional<StudyBands>& a, const std::optional<StudyBands>& b) {
  return a.has_value() == b.has_value() && (!a || (a->of == b->of && a->cuts == b->cuts));
}

bool same(const StudyQuestion& a, const StudyQuestion& b) {
  return a.name == b.name && a.parent == b.parent && a.parent_label == b.parent_label &&
         a.kind == b.kind && a.text == b.text && a.label == b.label && a.columns == b.columns &&
         a.form == b.form && a.separator == b.separator && a.ticked == b.ticked &&
         a.unticked == b.unticked && a.list == b.list && same(a.codes, b.codes) &&
         a.open_codes == b.open_codes && same(a.nets, b.nets) && a.boxes == b.boxes &&
         same(a.differences, b.differences) && same(a.items, b.items) && same(a.tasks, b.tasks) &&
         a.item == b.item && a.total == b.total && a.empty == b.empty && same(a.asked, b.asked) &&
         a.asked_text == b.asked_text && a.base == b.base && same(a.value, b.value) &&
         same(a.bands, b.bands) && a.cross == b.cross && a.least == b.least && a.most == b.most &&
         a.unit == b.unit && a.format == b.format;
}

bool same(const StudyFormat& a, const StudyFormat& b) {
  const auto tie = [](const StudyFormat& f) {
    return std::tie(f.delimiter, f.encoding, f.decimal, f.thousands, f.header_rows, f.layout,
                    f.missing);
  };
  return tie(a) == tie(b);
}

bool same(const std::optional<StudyReplicates>& a, const std::optional<StudyReplicates>& b) {
  const auto tie = [](const StudyReplicates& r) {
    return std::tie(r.columns, r.method, r.scale, r.rscales, r.rho, r.combined, r.mse);
  };
  return a.has_value() == b.has_value() && (!a || tie(*a) == tie(*b));
}

bool same(const StudyDesign& a, const StudyDesign& b) {
  return a.strata == b.strata && a.clusters == b.clusters && a.fpc == b.fpc && a.nest == b.nest &&
         a.lonely_psu == b.lonely_psu && same(a.replicates, b.replicates);
}

}  // namespace

const std::string& Texts::in(std::string_view language) const {
  static const std::string nothing;
  const std::string* plain = nullptr;
  for (const auto& [each, text] : by_language) {
    if (each == language) return text;
    if (each.empty() && plain == nullptr) plain = &text;
  }
  if (plain != nullptr) return *plain;
  return by_language.empty() ? nothing : by_language.front().second;
}

bool StudyQuestion::derived() const {
  return value.has_value() || bands.has_value() || !cross.empty() ||
         std::any_of(codes.begin(), codes.end(), [](const auto& code) { return code.when; });
}

bool same_study(const Study& a, const Study& b) {
  return a.name == b.name && a.title == b.title && a.note == b.note && a.synthetic == b.synthetic &&
         a.languages == b.languages && a.data == b.data && same(a.format, b.format) &&
         a.weight == b.weight && a.wave == b.wave && same(a.weights, b.weights) &&
         same(a.targets, b.targets) && same(a.design, b.design) && same(a.lists, b.lists) &&
         same(a.questions, b.questions);
}

}  // namespace sondeo
