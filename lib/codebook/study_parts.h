// SPDX-License-Identifier: MIT
// The steps of parse_study, a file each; nobody else needs this header.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "codebook/study.h"
#include "codebook/study_fields.h"

namespace sondeo {

// Reads one table each, with what can be judged by that table alone (and by the lists).
StudyList read_list(const StudySource& source, const TomlNode& table);
StudyQuestion read_question(const StudySource& source, const TomlNode& table,
                            const std::vector<StudyList>& lists);

// Checks what a question or list says about its own codes: duplicates, members of nets, boxes.
// `what` it is called in messages; `table` is where it stands.
void check_codes(const StudySource& source, const TomlNode& table, const std::string& what,
                 const std::vector<StudyCode>& codes);
void check_nets(const StudySource& source, const TomlNode& table, const std::string& what,
                const StudyQuestion& question);

// Checks the differences of a question with all its codes: names, members, sides that overlap.
void check_differences(const StudySource& source, const TomlNode& table, const std::string& what,
                       const StudyQuestion& question);

// Checks what refers from one part of the study to another; `root` is the document it was read
// from.
void check_study(const StudySource& source, const TomlNode& root, const Study& study);

// The entries `key = value` of a weight as they are printed, in order.
std::vector<std::pair<std::string, std::string>> weight_entries(const StudyWeight& weight);

// The form that a multiple question has when it does not say so.
MultipleForm usual_form(const StudyQuestion& question);

// The words for a kind and the other closed lists of the file, in the order of their enums.
const Words& kind_words();
const Words& missing_words();  // from MissingKind::not_asked on
const Words& form_words();

}  // namespace sondeo
