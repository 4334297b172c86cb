// SPDX-License-Identifier: MIT
// The fixed words of tables, and how numbers are marked, by language.
#pragma once

#include <string>
#include <string_view>

namespace sondeo {

struct Words {
  std::string_view decimal;
  std::string_view thousands;
  std::string_view percent;  // the sign behind a number, with the blank that the language sets

  // Rows and columns.
  std::string_view total;
  std::string_view unweighted_base;
  std::string_view weighted_base;
  std::string_view effective_base;
  std::string_view mean;
  std::string_view standard_deviation;
  std::string_view median;
  std::string_view excluding;  // "excl.", as in "Mean (1-4, excl. Don't know)"
  std::string_view net;        // "(net)", after the label
  std::string_view not_in_base;
  std::string_view empty_answer;
  std::string_view value;  // heads the figures of a topline without percentages
  std::string_view column_percent;
  std::string_view row_percent;
  std::string_view total_percent;
  std::string_view response_percent;
  std::string_view cumulative_percent;
  std::string_view count;
  std::string_view in_thousands;
  std::string_view index;
  std::string_view mean_short;  // in a list of what a table shows
  std::string_view sd_short;
  std::string_view median_short;

  // Estimates.
  std::string_view sum;
  std::string_view ratio;
  std::string_view variance;
  std::string_view covariance;
  std::string_view difference;
  std::string_view standard_error;
  std::string_view lower_limit;
  std::string_view upper_limit;
  std::string_view degrees;  // of freedom, in short
  std::string_view design;
  std::string_view design_note;  // before strata, clusters and the like

  // What a base is, and what a reader is told it is.
  std::string_view base;      // "Base"
  std::string_view asked_of;  // "Asked of": instead of "Base" where the base begins with `asked`
  std::string_view asked;     // "asked: "
  std::string_view all_asked;
  std::string_view not_skipped;  // after one of these two
  std::string_view all_respondents;
  std::string_view all_answered;
  std::string_view all_answered_of;  // "all who answered of those asked (": of whom, and ")" follow

  // Heads: as the beginning of a sentence, and within one.
  std::string_view weight_head;
  std::string_view weight;
  std::string_view unweighted_head;
  std::string_view unweighted;
  std::string_view filter_head;
  std::string_view filter;

  // Feet.
  std::string_view effective_n;
  std::string_view design_effect;
  std::string_view margin_of_error;     // "MoE"
  std::string_view at_half;             // "(at 50%)"
  std::string_view low_effective_base;  // "effective base"
  std::string_view low_base;            // "base"
  std::string_view synthetic;
  std::string_view margin_note;             // before the level ...
  std::string_view margin_note_end;         // ... and after it
  std::string_view margin_note_replicates;  // instead of margin_note
  std::string_view errors_of_units;         // ", " and the counts that follow
  std::string_view respondents;             // "respondents: "
  std::string_view primary_units;
  std::string_view calibrated_to;  // before what the weights were calibrated to
  std::string_view strata;
  std::string_view errors_of_replicates;
  std::string_view no_median;  // the question's name follows
  std::string_view several_note;
  std::string_view sum100_note;
  std::string_view hidden_note;  // before what is hidden because nobody is in it ...
  std::string_view hidden_rows;  // ... and how many
  std::string_view hidden_columns;
  std::string_view ticks_note;
  std::string_view contents;
  std::string_view tables;
  std::string_view respondents_in_file;
  std::string_view bases_differ_note;
  std::string_view withheld_note;   // before the least number, and how many
  std::string_view withheld_too;    // before how many others
  std::string_view dashes_note[3];  // unweighted, weighted, effective; before the number
};

// The language that words_of() has words in for this one.
std::string_view language_of_words(std::string_view language);

// What a language is called by those who speak it: "Español". Its code if that is not known here.
std::string language_name(std::string_view language);

// The shortest text of a number with a language's decimal mark: "99.5", "99,5".
std::string number_text(double number, const Words& words);

// The words of a language; English for those that have none here.
const Words& words_of(std::string_view language);

}  // namespace sondeo
