// SPDX-License-Identifier: MIT
// Answers in words as a reader sees them: who said it, by groups.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace sondeo {

struct Verbatim {
  std::uint64_t line = 0;          // of the file
  std::string id;                  // of the respondent, or ""
  std::vector<std::string> shown;  // by VerbatimList::shown
  std::string text;
};

struct VerbatimGroup {
  std::string label;          // "Region: North", or "" where there are no groups
  std::uint64_t answers = 0;  // all that there are, of which some are listed
  std::vector<Verbatim> listed;
};

// The answers to one question.
struct VerbatimList {
  std::string id;
  std::string title;
  std::string base;    // who was asked, in words, or ""
  std::string filter;  // --where, printed back, or ""
  std::string language = "en";
  std::string id_head;             // what heads the ids: their column, or "" without
  std::vector<std::string> shown;  // what heads the things that are told of a respondent
  std::vector<VerbatimGroup> groups;
  std::vector<std::string> notes;
};

}  // namespace sondeo
