// SPDX-License-Identifier: MIT
#include "synth/aims.h"

#include <algorithm>

#include "base/text.h"
#include "codebook/nets.h"
#include "codebook/study.h"

namespace sondeo {
namespace {

AimBase base_named(const std::string& name) {
  return name == "asked" ? AimBase::asked : name == "all" ? AimBase::all : AimBase::answered;
}

std::string default_base(const StudyQuestion& question) {
  if (!question.base.empty()) return question.base;
  return question.kind == StudyKind::multiple ? "asked" : "answered";
}

bool labelled(const Texts& label, const std::string& text) {
  return std::any_of(label.by_language.begin(), label.by_language.end(),
                     [&](const auto& each) { return each.second == text; });
}

// The answers that a category names: a code, a net or a box, else a label of one of these.
std::vector<std::size_t> answers_named(const StudyQuestion& question, const TargetRow& row) {
  const auto& name = row.category;
  const auto& codes = question.codes;
  if (name == "skipped") return {codes.size()};
  for (std::size_t i = 0; i < codes.size(); ++i) {
    if (codes[i].code == name) return {i};
  }
  const auto nets = nets_of(question);
  const auto members = net_codes(question, nets);
  for (std::size_t i = 0; i < nets.size(); ++i) {
    if (nets[i].name == name) return members[i];
  }
  std::vector<std::vector<std::size_t>> found;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    if (labelled(codes[i].label, name)) found.push_back({i});
  }
  for (std::size_t i = 0; i < nets.size(); ++i) {
    if (labelled(nets[i].label, name)) found.push_back(members[i]);
  }
  if (found.size() == 1) return found[0];
  std::vector<std::string> known;
  std::string list;
  for (const auto& code : codes) {
    known.push_back(code.code);
    list += (list.empty() ? "" : ", ") + code.code;
  }
  for (const auto& net : nets) {
    known.push_back(net.name);
    list += (list.empty() ? "" : ", ") + net.name;
  }
  for (const auto& code : codes) {
    for (const auto& label : code.label.by_language) known.push_back(label.second);
  }
  const auto close = nearest(name, known);
  throw Error(row.category_at, "target-category",
              row.question + (found.empty() ? " has no category '" : " has two categories '") +
                  excerpt(name) + "'",
              (close.empty() || !found.empty() ? "" : "did you mean " + close + "? ") + "(" +
                  row.question + ": " + list + ")");
}

// Which group a row belongs to: the one with its condition.
GroupAims& group_of(QuestionAims& aims, const TargetRow& row) {
  for (auto& group : aims.groups) {
    const bool everybody = group.where == nullptr;
    if (everybody != !row.where) {
      throw Error(row.where ? row.where_at : row.percent_at, "target-where",
                  row.question + " has targets of everybody and targets of some",
                  "give either the ones or the others");
    }
    if (everybody || same_expr(*group.where->where, *row.where)) return group;
  }
  aims.groups.push_back({row.where ? &row : nullptr, {}});
  return aims.groups.back();
}

void check_base(const StudyQuestion& question, const TargetRow& row,
                const std::vector<std::size_t>& answers, const QuestionAims& aims) {
  const auto base = base_named(row.base.empty() ? default_base(question) : row.base);
  if (base != aims.base) {
    // Where nobody leaves the base, those asked and those who answered are the same.
    bool same = base != AimBase::all && aims.base != AimBase::all;
    for (std::size_t i = 0; same && i < question.codes.size(); ++i) {
      same = !leaves_base(question, i, AimBase::answered);
    }
    if (!same) {
      throw Error(row.base_at, "target-base",
                  "the targets of " + row.question + " are of different bases");
    }
  }
  if (base == AimBase::all && row.where) {
    throw Error(row.base_at, "target-base", "a share of everybody has no where",
                "of those asked: base asked");
  }
  if (answers.size() > 1 && std::any_of(answers.begin(), answers.end(), [&](std::size_t answer) {
        return leaves_base(question, answer, aims.base);
      })) {
    throw Error(row.category_at, "target-base",
                row.category + " has answers that are not in the base");
  }
}

}  // namespace

bool leaves_base(const StudyQuestion& question, std::size_t answer, AimBase base) {
  const auto kind =
      answer < question.codes.size() ? question.codes[answer].missing : question.empty;
  if (kind == MissingKind::none) return false;
  if (answer < question.codes.size() && question.codes[answer].in_base) return false;
  return kind == MissingKind::not_asked || base == AimBase::answered;
}

QuestionAims aims_of(const StudyQuestion& question, const std::vector<const TargetRow*>& rows) {
  QuestionAims aims;
  aims.lean.resize(question.codes.size() + 1);
  aims.alone.resize(question.codes.size() + 1);
  aims.base = base_named(default_base(question));
  // A row of an answer that is never in the base says nothing about the base of the others.
  for (const auto* row : rows) {
    if (!row->percent || row->base.empty()) continue;
    if (leaves_base(question, answers_named(question, *row)[0], AimBase::answered)) continue;
    aims.base = base_named(row->base);
    break;
  }
  for (const auto* row : rows) {
    const auto answers = answers_named(question, *row);
    if (row->alone && (question.kind != StudyKind::multiple || answers.size() > 1)) {
      throw Error(row->alone_at, "target-alone", "alone is for an answer of a multiple question");
    }
    if (answers[0] == question.codes.size() && question.kind == StudyKind::multiple &&
        aims.base != AimBase::answered) {
      throw Error(row->category_at, "target-base",
                  "those who skip " + question.name + " are among those asked",
                  "with base answered for its targets, they are apart");
    }
    for (const auto answer : answers) {
      if (row->lean) aims.lean[answer] = *row->lean;
      if (row->alone) aims.alone[answer] = 1;
    }
    aims.leans = aims.leans || row->lean;
    if (!row->percent) continue;
    if (answers.size() > 1 && question.kind == StudyKind::multiple) {
      throw Error(row->category_at, "target-net",
                  row->category + " is a net of a multiple question, whose answers overlap",
                  "give its answers one by one");
    }
    Aim aim{answers, *row->percent, row->digits, row->question + " = " + row->category,
            row->percent_at};
    if (answers.size() == 1 && leaves_base(question, answers[0], aims.base)) {
      if (row->where) {
        throw Error(row->where_at, "target-where",
                    row->category + " leaves the base: its share is of all who were asked");
      }
      aims.leaving.push_back(std::move(aim));
    } else {
      check_base(question, *row, answers, aims);
      group_of(aims, *row).aims.push_back(std::move(aim));
    }
  }
  return aims;
}

}  // namespace sondeo
