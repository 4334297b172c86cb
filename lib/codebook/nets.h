// SPDX-License-Identifier: MIT
// Nets: several answers shown as one, nested to any depth.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "codebook/study_question.h"

namespace sondeo {

// For each of `nets` the positions in question.codes that it holds, through nets of nets, rising,
// each once. Members that are nothing of the question are passed over: parse_study refuses them.
std::vector<std::vector<std::size_t>> net_codes(const StudyQuestion& question,
                                                const std::vector<StudyNet>& nets);

// The positions in question.codes of codes, nets and boxes by name, rising, each once; names that
// are nothing of the question are passed over.
std::vector<std::size_t> codes_named(const StudyQuestion& question,
                                     const std::vector<std::string>& names);

// A row of a table: an answer, or a net above its members.
struct ListedRow {
  bool net = false;
  std::size_t at = 0;  // in question.codes or in `nets`
  int indent = 0;
};

// The codes and nets as a reader wants them: every code and every net once, in the order of the
// codes; each below the first net that names it, and indented there. A net whose members all stand
// below other nets comes after everything else. With `before`, what stands side by side is in that
// order instead.
std::vector<ListedRow> rows_of(
    const StudyQuestion& question, const std::vector<StudyNet>& nets,
    const std::function<bool(const ListedRow&, const ListedRow&)>& before = {});

}  // namespace sondeo
