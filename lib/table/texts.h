// SPDX-License-Identifier: MIT
// A study's own words for a reader: titles, labels, bases, in one language.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "codebook/study_question.h"

namespace sondeo {

// The wording of the question, with the item if it is one of several; else its label or name.
std::string wording_of(const StudyQuestion& question, std::string_view language);

// The short title: the label, of an item behind that of its question; else the wording.
std::string short_title_of(const StudyQuestion& question, std::string_view language);

// What heads its columns in a banner: the label, else the wording, else the name.
std::string label_of(const StudyQuestion& question, std::string_view language);

// The label of a code, else the code; and of a net, marked as one unless its label says so already
// or it is one of the question's boxes.
std::string label_of(const StudyCode& code, std::string_view language);
std::string label_of(const StudyNet& net, const StudyQuestion& question, std::string_view language);

// "Mean (1-4, excl. Don't know)": the range of the scores and what is in the base without one; of
// a number its unit.
std::string mean_label(const StudyQuestion& question, std::string_view language);

// Who was asked, in words, else the routing as an expression; "" if everybody was.
std::string asked_of(const StudyQuestion& question, std::string_view language);

}  // namespace sondeo
