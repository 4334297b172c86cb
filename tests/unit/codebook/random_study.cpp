// SPDX-License-Identifier: MIT
#include "random_study.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace sondeo {
namespace {

using Strings = std::vector<std::string>;

class Maker {
 public:
  explicit Maker(std::mt19937& random) : random_(random) {}

  Study make() {
    study_.name = chance(2) ? text() : "";
    if (chance(2)) study_.languages = {"en", "es", "pt-BR"};
    study_.title = texts();
    study_.note = texts();
    study_.synthetic = chance(2);
    study_.data = chance(2) ? text() : "";
    make_format();
    for (std::size_t i = below(3); i > 0; --i) make_weight();
    if (!study_.weights.empty() && chance(2)) study_.weight = study_.weights[0].name;
    for (std::size_t i = below(3); i > 0; --i) make_list();
    // One of each that others can be made from comes first.
    make_question(StudyKind::single);
    make_question(StudyKind::number);
    for (std::size_t i = 1 + below(10); i > 0; --i)
      make_question(static_cast<StudyKind>(below(12)));
    for (std::size_t i = below(4); i > 0; --i) make_derived();
    calibrate_weights();
    for (std::size_t i = below(3); i > 0; --i) make_target();
    if (chance(2)) study_.wave = singles_[below(singles_.size())];
    make_design();
    add_languages();
    return std::move(study_);
  }

 private:
  std::size_t below(std::size_t limit) { return random_() % limit; }
  bool chance(std::size_t one_in) { return below(one_in) == 0; }

  std::string text() {
    static const Strings parts{"a",      "B c",  "ñ",    "é̂",    "日本",   "\"",        "'",
                               "\\",     "\\u",  "#",    "=",    "[",      "]",         "{ x = 1 }",
                               "\n",     "\t",   "\r\n", "\x01", "\x7f",   "\u0085",    "\u202e",
                               "\ufeff", "😀",    "''''", "%",    "\"\"\"", "\u2028",    "=1+1",
                               "-",      "true", "1.5",  "`",    "\u200d", "\U0010fffd"};
    std::string out;
    for (std::size_t i = 1 + below(4); i > 0; --i) out += parts[below(parts.size())];
    return out;
  }

  // Without control characters, and nothing at its ends that would be trimmed.
  std::string word() {
    static const Strings parts{"a", "Q 1", "ñ", "\"", "'", "\\", "#", "=", ",", "`", "😀", "[x]"};
    std::string out = "n" + std::to_string(++words_);
    for (std::size_t i = below(3); i > 0; --i) out += parts[below(parts.size())];
    return out;
  }

  Texts texts() {
    Texts out;
    if (chance(3)) return out;
    if (chance(3)) {
      out.by_language.emplace_back("", text());
      return out;
    }
    Strings languages{"en", "es", "pt-BR"};
    std::shuffle(languages.begin(), languages.end(), random_);
    languages.resize(1 + below(3));
    for (const auto& language : languages) out.by_language.emplace_back(language, text());
    return out;
  }

  double number() {
    switch (below(4)) {
      case 0:
        return static_cast<double>(below(100));
      case 1:
        return -static_cast<double>(below(1000)) / 8;
      case 2:
        return static_cast<double>(random_()) * 1e-13;
      default:
        return static_cast<double>(random_()) * 1e15;
    }
  }

  MissingKind missing() { return static_cast<MissingKind>(1 + below(4)); }

  std::vector<StudyCode> codes(bool only_missing) {
    std::vector<StudyCode> out;
    for (std::size_t i = 1 + below(5); i > 0; --i) {
      StudyCode code;
      code.code = chance(2) ? std::to_string(++numbers_) : word();
      if (chance(10)) code.code = "-" + std::to_string(++numbers_);
      if (chance(10)) code.code = "0" + std::to_string(++numbers_) + "x";
      code.label = texts();
      if (chance(4)) code.values = {word(), std::to_string(++numbers_)};
      if (only_missing || chance(4)) {
        code.missing = missing();
        code.in_base = !only_missing && chance(2);
      } else if (chance(2)) {
        code.score = number();
      }
      code.pin = static_cast<Pin>(below(3));
      out.push_back(std::move(code));
    }
    return out;
  }

  std::vector<StudyNet> nets(const std::vector<StudyCode>& of) {
    std::vector<StudyNet> out;
    Strings members;
    for (const auto& code : of)
      if (code.missing == MissingKind::none || code.in_base) members.push_back(code.code);
    for (std::size_t i = members.empty() ? 0 : below(3); i > 0; --i) {
      StudyNet net;
      net.name = word();
      net.label = texts();
      net.of = members;
      std::shuffle(net.of.begin(), net.of.end(), random_);
      net.of.resize(1 + below(net.of.size()));
      net.pin = static_cast<Pin>(below(3));
      members.push_back(net.name);
      out.push_back(std::move(net));
    }
    // A net may come before those it is made of.
    std::shuffle(out.begin(), out.end(), random_);
    return out;
  }

  void make_differences(StudyQuestion& question) {
    Strings members;
    for (const auto& code : question.codes)
      if (code.missing == MissingKind::none || code.in_base) members.push_back(code.code);
    if (members.size() < 2 || !chance(3)) return;
    StudyDifference difference;
    difference.name = word();
    difference.label = texts();
    const auto split = 1 + below(members.size() - 1);
    difference.plus.assign(members.begin(), members.begin() + static_cast<std::ptrdiff_t>(split));
    difference.minus.assign(members.begin() + static_cast<std::ptrdiff_t>(split), members.end());
    question.differences.push_back(std::move(difference));
  }

  static bool scored(const std::vector<StudyCode>& codes) {
    return std::any_of(codes.begin(), codes.end(), [](const auto& code) { return code.score; });
  }

  void make_format() {
    auto& format = study_.format;
    if (chance(2)) format.delimiter = Strings{";", "tab", "|", "\\", "'"}[below(5)];
    if (chance(2)) format.encoding = "windows-1252";
    if (chance(2)) format.decimal = ",";
    if (chance(2)) format.thousands = " ";
    if (chance(2)) format.header_rows = static_cast<unsigned>(1 + below(3));
    if (chance(3)) format.layout = "csv";
    if (chance(2)) format.missing = {text(), "NA"};
  }

  void make_weight() {
    StudyWeight weight;
    weight.name = word();
    if (chance(2)) weight.column = text();
    weight.label = texts();
    study_.weights.push_back(std::move(weight));
  }

  std::string margin() {
    const auto& one = singles_[below(singles_.size())];
    return chance(2) ? one : one + " × " + singles_[below(singles_.size())];
  }

  void calibrate_weights() {
    for (auto& weight : study_.weights) {
      for (std::size_t i = below(3); i > 0; --i) weight.margins.push_back(margin());
      weight.calibration = Strings{"", "raking", "regression"}[below(3)];
      if (chance(2)) weight.design_weight = text();
    }
  }

  void make_target() {
    StudyTarget target;
    if (chance(3)) target.segment = word();
    if (chance(2)) {
      target.total = number();
    } else {
      target.variable = margin();
      target.counts = chance(2);
      for (std::size_t i = 1 + below(3); i > 0; --i)
        target.cells.push_back({chance(2) ? word() : std::to_string(below(9)),
                                static_cast<double>(below(9999)) / 100,
                                {}});
    }
    study_.targets.push_back(std::move(target));
  }

  void make_list() {
    StudyList list;
    list.name = word();
    list.codes = codes(false);
    list.nets = nets(list.codes);
    if (scored(list.codes) && chance(2)) list.boxes = {"top1"};
    study_.lists.push_back(std::move(list));
  }

  void answers(StudyQuestion& question, bool only_missing) {
    const bool listed = !only_missing && !study_.lists.empty() && chance(3);
    if (listed) {
      const auto& list = study_.lists[below(study_.lists.size())];
      // Without scores, boxes would be those of a scale alone.
      if (list.boxes.empty() || question.kind != StudyKind::multiple) {
        question.list = list.name;
        question.codes = list.codes;
        question.nets = list.nets;
        question.boxes = list.boxes;
      }
    }
    if (question.codes.empty()) question.codes = codes(only_missing);
    if (only_missing) return;
    for (auto& net : nets(question.codes)) question.nets.push_back(std::move(net));
    if (scored(question.codes) && question.kind != StudyKind::multiple && chance(3))
      question.boxes.push_back("bottom1");
    question.open_codes = chance(4);
    if (question.kind != StudyKind::multiple) make_differences(question);
  }

  std::string condition() {
    return "text(`" + doubled(singles_[below(singles_.size())], '`') + "`) = 'x''y\"\\' or `" +
           doubled(numbers_named_[below(numbers_named_.size())], '`') + "` not in (1, -2..3.5)";
  }

  static std::string doubled(const std::string& text, char sign) {
    std::string out;
    for (const char c : text) out.append(c == sign ? 2 : 1, c);
    return out;
  }

  void common(StudyQuestion& question) {
    question.name = word();
    question.text = texts();
    question.label = texts();
    question.asked_text = texts();
    if (!singles_.empty() && !numbers_named_.empty() && chance(3))
      question.asked = parse_expr(condition());
    if (question.kind != StudyKind::id && question.kind != StudyKind::weight)
      question.base = Strings{"", "asked", "answered", "all"}[below(4)];
  }

  void make_multiple(StudyQuestion& question) {
    question.form = static_cast<MultipleForm>(below(3));
    const auto columns = [&] {
      return chance(2) ? Strings{"q4_*"} : Strings{"a", "`b, c`", "d-f"};
    };
    if (question.form != MultipleForm::flags) {
      answers(question, false);
      if (question.form == MultipleForm::spread || chance(2)) question.columns = columns();
      if (question.form == MultipleForm::joined) {
        question.columns.resize(std::min<std::size_t>(question.columns.size(), 1));
        question.separator = Strings{";", ", ", "\t"}[below(3)];
      }
      return;
    }
    (chance(2) ? question.ticked : question.unticked) = {text()};
    if (chance(3)) question.ticked = question.unticked = {};
    if (chance(3)) {
      question.columns = columns();
      return;
    }
    question.codes = codes(false);
    for (auto& code : question.codes) code.values.clear();
    question.nets = nets(question.codes);
    if (chance(2)) {
      for (auto& code : question.codes) code.column = word();
    } else {
      question.columns = columns();
    }
  }

  void make_items(StudyQuestion& question) {
    for (std::size_t i = 1 + below(3); i > 0; --i) {
      StudyItem item;
      item.name = word();
      if (chance(2)) item.column = word();
      item.label = texts();
      item.pin = static_cast<Pin>(below(3));
      question.items.push_back(std::move(item));
    }
  }

  void make_tasks(StudyQuestion& question) {
    question.codes = codes(false);
    for (std::size_t i = 0; i < 2; ++i) {
      StudyCode code;
      code.code = word();
      question.codes.push_back(std::move(code));
    }
    for (std::size_t i = 1 + below(3); i > 0; --i) {
      StudyTask task;
      task.best = word();
      task.worst = word();
      if (chance(2)) {
        task.shown = chance(2) ? Strings{"s1-s4"} : Strings{word(), "`b, c`"};
      } else {
        for (const auto& code : question.codes) task.of.push_back(code.code);
      }
      question.tasks.push_back(std::move(task));
    }
  }

  void make_question(StudyKind kind) {
    StudyQuestion question;
    question.kind = kind;
    common(question);
    if (kind != StudyKind::id && kind != StudyKind::weight && chance(3)) question.empty = missing();
    const bool parts =
        kind == StudyKind::grid || kind == StudyKind::rank || kind == StudyKind::allocation;
    if (parts) make_items(question);
    const bool chosen = kind == StudyKind::maxdiff;
    if (!parts && !chosen && kind != StudyKind::multiple && chance(2)) question.columns = {word()};
    if (kind == StudyKind::rank && question.items.size() > 2 && chance(2))
      question.boxes = {"top2"};
    if (kind == StudyKind::allocation && chance(2)) question.total = 100;
    if (chosen) {
      make_tasks(question);
    } else if (kind == StudyKind::multiple) {
      make_multiple(question);
    } else if (kind == StudyKind::single || kind == StudyKind::scale || kind == StudyKind::grid) {
      answers(question, false);
    } else if (kind != StudyKind::id && kind != StudyKind::weight && kind != StudyKind::rank &&
               chance(2)) {
      answers(question, true);
    }
    if (kind == StudyKind::number || kind == StudyKind::allocation) {
      if (chance(2)) question.least = -number() - 1e3;
      if (chance(2)) question.most = 1e30;
      question.unit = texts();
    }
    if (kind == StudyKind::date && chance(2)) question.format = "%d/%m/%Y";
    if (kind == StudyKind::number) numbers_named_.push_back(question.name);
    if (kind == StudyKind::single) {
      singles_.push_back(question.name);
      if (!question.open_codes) closed_.push_back(question.name);
    }
    study_.questions.push_back(std::move(question));
  }

  void make_derived() {
    StudyQuestion question;
    question.kind = static_cast<StudyKind>(below(2));
    common(question);
    const auto number_name = numbers_named_[below(numbers_named_.size())];
    switch (below(4)) {
      case 0:
        question.kind = StudyKind::single;
        question.bands = StudyBands{number_name, {-2.5, 0, 18, 1e20}};
        break;
      case 1:
        if (closed_.size() > 1) {
          question.kind = StudyKind::single;
          question.cross = {closed_[0], closed_[1]};
          break;
        }
        [[fallthrough]];
      case 2:
        question.codes = codes(false);
        for (auto& code : question.codes) {
          code.values.clear();
          code.when = parse_expr(condition());
        }
        question.nets = nets(question.codes);
        break;
      default:
        question.kind = StudyKind::number;
        question.value = parse_value("`" + doubled(number_name, '`') + "` / -2 + 1.5");
        break;
    }
    study_.questions.push_back(std::move(question));
  }

  void make_design() {
    auto& design = study_.design;
    if (chance(2)) design.strata = {singles_[0]};
    if (chance(2)) design.clusters = {word(), word()};
    if (chance(2)) design.fpc = {word()};
    design.nest = chance(2);
    if (chance(2)) design.lonely_psu = "certainty";
    if (!chance(2)) return;
    StudyReplicates replicates;
    replicates.columns = "rw1-rw80";
    replicates.method = chance(2) ? "fay" : "jkn";
    if (replicates.method == "fay") replicates.rho = 0.3;
    if (chance(2)) replicates.scale = 0.25;
    if (chance(2)) replicates.rscales = {1, 0.5};
    replicates.combined = chance(2);
    replicates.mse = chance(2);
    design.replicates = replicates;
  }

  // What a study that names no languages has: those of its texts, in order.
  void add_languages() {
    if (study_.languages.empty()) study_.languages = parse_study(print_study(study_), "").languages;
  }

  std::mt19937& random_;
  Study study_;
  int words_ = 0;
  int numbers_ = 0;
  Strings singles_;  // names of questions of one answer
  Strings closed_;   // those whose answers are all listed
  Strings numbers_named_;
};

}  // namespace

Study random_study(std::mt19937& random) { return Maker(random).make(); }

}  // namespace sondeo
