// SPDX-License-Identifier: MIT
// Answers without a list: numbers, ranks, allocations, dates, texts. Nothing is known of them but
// their form, so that what is drawn is plausible and no more.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "codebook/study_question.h"
#include "synth/sample.h"

namespace sondeo {

// Numbers are whole, from the least to the most plausible (0 to 100 where
// the study does not say), small ones more often. With `bands`, a number in the band of each; its
// last band ends at the most plausible number, or is as wide as the one before.
// Throws Error [target-band] if a band holds no whole number.
struct NumberRange {
  long long least = 0;
  long long most = 100;
};
NumberRange range_of(const StudyQuestion& variable);
std::vector<long long> draw_numbers(const StudyQuestion& variable,
                                    const std::vector<std::size_t>& respondents,
                                    const Sample& sample);
NumberRange band_range(const StudyQuestion& number, const StudyQuestion& bands, std::size_t band);

// Appends a column: numbers[i] of answering[i], and the text missing[i], if any, of asked[i].
void write_numbers(const StudyQuestion& variable, const std::vector<std::size_t>& answering,
                   const std::vector<long long>& numbers, const std::vector<std::size_t>& asked,
                   const std::vector<std::string>& missing, Sample& sample);

// The places that each of those asked gives to `items`, or what part of 100 (allocation): items
// differ in how well they are liked. Appends a column for each item.
void write_ranks(const std::vector<StudyQuestion>& items, bool allocation,
                 const std::vector<std::size_t>& asked, Sample& sample);

// Days of the year 2025, in the question's format.
void write_dates(const StudyQuestion& variable, const std::vector<std::size_t>& asked,
                 Sample& sample);

// "synthetic" from one in three, nothing from the others.
void write_texts(const StudyQuestion& variable, const std::vector<std::size_t>& asked,
                 Sample& sample);

// synthetic-0001, synthetic-0002, ... as a column of that name.
void write_ids(const std::string& column, Sample& sample);

}  // namespace sondeo
