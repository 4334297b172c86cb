// SPDX-License-Identifier: MIT
// From a variable of a study to the columns of a file.
#pragma once

#include "codebook/question.h"
#include "codebook/study_question.h"

namespace sondeo {

// The question as it stands in a file with that header. `variable` is one of variables_of, must
// outlive the result and is what its `study` points to. By kind:
//   single, scale, date, text, id, weight: single, one column; number: number, one column;
//   multiple: flags (options in the order of the codes and called like them; without codes called
//   like their columns), joined (`long_options` are the codes' texts with the separator), spread.
// What is derived has no columns: it is single, number, or for multiple flags with the codes as
// options.
// Throws Error [unknown-column], [ambiguous-column], [no-columns], [usage] at the question's (the
// code's) place in the study file, with the nearest name of the header; [study-code] for flags with
// columns that are not as many as the codes.
Question bind(const StudyQuestion& variable, const Header& header);

}  // namespace sondeo
