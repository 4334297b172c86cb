// SPDX-License-Identifier: MIT
// The fixed words of tables of quantiles, tests and models.
#pragma once

#include <string_view>

namespace sondeo {

struct TestWords {
  std::string_view quantile;
  std::string_view imputed_mean;
  std::string_view imputation;
  std::string_view second_order;
  std::string_view likelihood_ratio;
  std::string_view first_order;
  std::string_view wald;
  std::string_view adjusted_wald;
  std::string_view mixture;
  std::string_view table_statistics;
  std::string_view design_effect;
  std::string_view satterthwaite;
  std::string_view difference;
  std::string_view against;  // between what is compared
  std::string_view rank_test;
  std::string_view mean_score;
  std::string_view constant;
  std::string_view model;
  std::string_view quantile_note;  // the rule and the interval follow
  std::string_view adjust_note;    // the adjustment follows
  std::string_view independence;   // before the columns that answers are held against
  std::string_view on_df;          // before degrees of freedom
  std::string_view and_df;         // between them
  std::string_view df;             // after them
  std::string_view not_tested;     // before the reason
};

// English, or the language itself if it is one of words_of().
const TestWords& test_words_of(std::string_view language);

// Why a test was not made, in words; the reason itself if there are none for it.
std::string_view test_reason(std::string_view reason, std::string_view language);

// What a statistic of the csv contract is called in these tables; "" for others.
std::string_view test_statistic_name(std::string_view statistic, std::string_view language);

}  // namespace sondeo
