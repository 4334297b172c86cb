// SPDX-License-Identifier: MIT
// The survey as a person describes it, once, in one file: the questionnaire, where the responses
// are and how they are written, weights, the sampling design. docs/study.md describes the file.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "codebook/study_question.h"
#include "codebook/study_sample.h"

namespace sondeo {

// A list of answers that several questions share.
struct StudyList {
  std::string name;
  std::vector<StudyCode> codes;
  std::vector<StudyNet> nets;
  std::vector<std::string> boxes;
  Place at;
};

// How the file of the responses is written; what is not said is found as for a bare file.
struct StudyFormat {
  std::string delimiter;
  std::string encoding;
  std::string decimal;
  std::string thousands;
  unsigned header_rows = 1;
  std::string layout;                // of the export: "" or "csv" is one row a respondent
  std::vector<std::string> missing;  // cell texts that are no answer in any question
};

struct Study {
  std::string file;  // as named in messages
  std::string name;
  Texts title;
  Texts note;              // stands under every table: sponsor, dates, what is not known
  bool synthetic = false;  // no real respondent: every output says so
  std::vector<std::string> languages;  // the first is the default
  std::string data;                    // path from the folder of the study file
  StudyFormat format;
  std::string weight;  // of `weights`, the one that is used unless another is asked for; "" none
  std::string wave;    // the question that says the wave, or ""
  std::vector<StudyWeight> weights;
  std::vector<StudyTarget> targets;
  StudyDesign design;
  std::vector<StudyList> lists;
  std::vector<StudyQuestion> questions;
};

// Reads the text of a study file; `file` is its name in messages. Throws Error with line, column
// and a hint: [study-syntax] for what is no TOML or beyond its bounds (parse_toml), [study-empty]
// without a question, [study-key] for keys that are unknown (with the nearest), lacking or exclude
// each other, [study-type], [study-duplicate] (names, codes), [study-reference] (a list, net
// member, weight or question that is not there, or that refers to itself), [study-code],
// [expr-syntax]. Expressions are told at their own character, unless written with escapes or over
// several lines.
Study parse_study(std::string_view text, const std::string& file);

// The text of a study file with the same content: parse_study of it gives the same study, places
// apart. For drafts; a person's file is patched, never printed again. `remarks`, by question, stand
// in a comment above it.
std::string print_study(const Study& study, const std::map<std::string, std::string>& remarks = {});

// Whether two studies say the same, places apart.
bool same_study(const Study& a, const Study& b);

// What can be counted: the questions in order, with the items of grids, ranks and allocations as
// questions of their own (named as the item, `parent` the question), codes of bands and crosses
// filled in, expressions resolved (labels replaced by codes). A study that was parsed is known to
// have them; one that a program made may lack them: throws Error [study-duplicate],
// [study-reference], [study-code], and as resolve_expr does, at the question's place.
std::vector<StudyQuestion> variables_of(const Study& study);

// The nets of a question with those of its boxes, ready to show: in the order of the file.
std::vector<StudyNet> nets_of(const StudyQuestion& question);

}  // namespace sondeo
