// SPDX-License-Identifier: MIT
#include "cli/estimators.h"

#include <algorithm>

#include "base/text.h"
#include "cli/list_option.h"
#include "cli/test_calls.h"
#include "codebook/crossed.h"
#include "codebook/study_question.h"
#include "data/study_answers.h"

namespace sondeo {
namespace {

std::string without_backquotes(const std::string& name) {
  return name.size() > 1 && name.front() == '`' ? name.substr(1, name.size() - 2) : name;
}

// Calls of linear statistics: an estimator for each part of --by, and one table for all parts.
class LinearCall : public PartedCall<LinearEstimator> {
 public:
  LinearCall(LinearKind kind, const std::vector<std::string>& numbers,
             const std::vector<std::string>& categories, EstimateSetup& setup)
      : PartedCall(setup), kind_(kind) {
    LinearRequest request;
    request.kind = kind;
    ListedLevels listed;
    for (const auto& name : numbers) {
      request.numbers.push_back(setup.number(name));
      numbers_.push_back(setup.question_of_number(request.numbers.back()));
    }
    for (const auto& name : categories) {
      request.categories.push_back(setup.category(name));
      categories_.push_back(setup.question_of_axis(request.categories.back()));
      listed.push_back(setup.listed(request.categories.back()));
    }
    for (const auto& part : setup.parts()) {
      request.by = part.axis;
      parts_.push_back(part.questions);
      estimators_.push_back(
          std::make_unique<LinearEstimator>(plan_, request, setup.rules(), listed));
    }
  }

  std::vector<Table> tables(const EstimateContext& context, const DesignInfo&) const override {
    std::vector<LinearPart> parts;
    for (std::size_t i = 0; i < parts_.size(); ++i)
      parts.push_back({estimators_[i].get(), variables(parts_[i])});
    const auto numbers = variables(numbers_).questions;
    const auto categories = variables(categories_).questions;
    auto tables = linear_tables(kind_, numbers, categories, parts, context);
    for (auto& table : contrast_tables(numbers, categories, parts, settings_.contrasts,
                                       settings_.covariance, context)) {
      tables.push_back(std::move(table));
    }
    return tables;
  }

 private:
  LinearKind kind_;
  std::vector<std::size_t> numbers_;
  std::vector<std::size_t> categories_;
};

std::unique_ptr<EstimateCall> mean_call(const std::string& text, EstimateSetup& setup) {
  return make_means(name_list(text), setup);
}

std::unique_ptr<EstimateCall> total_call(const std::string& text, EstimateSetup& setup) {
  return std::make_unique<LinearCall>(LinearKind::totals, name_list(text),
                                      std::vector<std::string>{}, setup);
}

std::unique_ptr<EstimateCall> proportion_call(const std::string& text, EstimateSetup& setup) {
  return make_shares(name_list(text), setup);
}

std::unique_ptr<EstimateCall> ratio_call(const std::string& text, EstimateSetup& setup) {
  const auto [above, below] = halves("ratio", text, '/');
  return std::make_unique<LinearCall>(LinearKind::ratio, std::vector{above, below},
                                      std::vector<std::string>{}, setup);
}

std::unique_ptr<EstimateCall> variance_call(const std::string& text, EstimateSetup& setup) {
  return std::make_unique<LinearCall>(LinearKind::variance, name_list(text),
                                      std::vector<std::string>{}, setup);
}

std::unique_ptr<EstimateCall> crosstab_call(const std::string& text, EstimateSetup& setup) {
  const auto [rows, columns] = halves("crosstab", text, '*');
  return std::make_unique<LinearCall>(LinearKind::crosstab, std::vector<std::string>{},
                                      std::vector{rows, columns}, setup);
}

}  // namespace

const std::vector<EstimateKind>& estimate_kinds() {
  static const std::vector<EstimateKind> kinds{
      {"mean", "VARIABLES", "means of numbers", mean_call},
      {"total", "VARIABLES", "weighted totals of numbers", total_call},
      {"proportion", "VARIABLES", "shares and weighted counts of categories", proportion_call},
      {"ratio", "NUM/DEN", "the ratio of two totals", ratio_call},
      {"variance", "VARIABLES", "variances in the population, and covariances", variance_call},
      {"crosstab", "'A * B'", "column, row and total percentages, and counts", crosstab_call},
      {"quantile", "VARIABLES", "quantiles of numbers: --at, --rule", quantile_call},
      {"chisq", "'A * B'", "tests of independence: Rao-Scott, Wald", independence_call},
      {"fit", "VARIABLE", "test of the shares of its answers: --shares", fit_call},
      {"compare", "'A * B'", "columns of a table against each other: --adjust", compare_call},
      {"ttest", "'Y by G'|'Y = NUMBER'|'Y - Z'", "two means, a mean and a number, paired numbers",
       t_test_call},
      {"ranktest", "'Y by G'", "do groups differ in rank: --rank-test", rank_test_call},
      {"regress", "'Y ~ A + B'", "linear regression; factor(A) makes categories of a column",
       regress_call},
      {"logistic", "'Y ~ A + B'", "logistic regression, Y within 0 and 1 or QUESTION = ANSWER",
       logistic_call},
      {"imputed", "VARIABLES", "the mean of multiply imputed copies of a number", imputed_call},
  };
  return kinds;
}

std::pair<std::string, std::string> halves(const std::string& option, const std::string& text,
                                           char sign) {
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    quoted ^= text[at] == '`';
    if (quoted || text[at] != sign) continue;
    const std::string left(trim(std::string_view(text).substr(0, at)));
    const std::string right(trim(std::string_view(text).substr(at + 1)));
    if (!left.empty() && !right.empty()) return {left, right};
  }
  throw UsageError("--" + option + " takes two variables such as 'a " + sign + " b', not '" +
                   excerpt(text) + "'");
}

std::unique_ptr<EstimateCall> make_means(const std::vector<std::string>& numbers,
                                         EstimateSetup& setup) {
  return std::make_unique<LinearCall>(LinearKind::means, numbers, std::vector<std::string>{},
                                      setup);
}

std::unique_ptr<EstimateCall> make_shares(const std::vector<std::string>& categories,
                                          EstimateSetup& setup) {
  return std::make_unique<LinearCall>(LinearKind::means, std::vector<std::string>{}, categories,
                                      setup);
}

EstimateSetup::EstimateSetup(StudyInput& input, RequestBuilder& builder, PassPlan& plan,
                             DesignRules rules, const EstimateSettings& settings)
    : input_(input), builder_(builder), plan_(plan), rules_(std::move(rules)), settings_(settings) {
  const auto& by = settings_.by;
  if (by.total || by.parts.empty()) parts_.push_back({plan_.add_axis({}), {}});
  for (const auto& part : by.parts) {
    Axis axis;
    for (const auto& name : part) axis.questions.push_back(builder_.banner_variable(name));
    parts_.push_back({plan_.add_axis(axis), axis.questions});
  }
}

bool EstimateSetup::is_category(const std::string& name) const {
  const auto* variable = find_variable(input_, without_backquotes(name));
  return variable != nullptr && variable->kind != StudyKind::number &&
         variable->kind != StudyKind::scale;
}

const Question& EstimateSetup::question(std::size_t position) const {
  return builder_.request.questions[position];
}

std::size_t EstimateSetup::number(const std::string& name) {
  auto& questions = builder_.request.questions;
  const auto plain = without_backquotes(name);
  if (const auto* variable = find_variable(input_, plain)) {
    const auto position = builder_.banner_variable(name);
    if (questions[position].kind != QuestionKind::number && variable->kind != StudyKind::scale) {
      throw Error("not-a-number",
                  "'" + excerpt(plain) + "' has categories and no scores, so it has no mean",
                  "--proportion gives their shares");
    }
    return plan_.add_number(position);
  }
  const auto column = find_column(input_.header, name);
  for (std::size_t i = 0; i < questions.size(); ++i) {
    if (questions[i].study == nullptr && questions[i].kind == QuestionKind::number &&
        questions[i].columns[0] == column) {
      return plan_.add_number(i);
    }
  }
  Question question;
  question.name = column_name(input_.header, column);
  question.kind = QuestionKind::number;
  question.columns = {column};
  questions.push_back(std::move(question));
  return plan_.add_number(questions.size() - 1);
}

std::size_t EstimateSetup::category(const std::string& name) {
  Axis axis;
  axis.questions = {builder_.banner_variable(name)};
  return plan_.add_axis(axis);
}

void EstimateSetup::add_margin(const std::string& text, Calibration& rule) {
  if (text == "1") {
    rule.constant = true;
    return;
  }
  if (text.starts_with("total(") && text.ends_with(")")) {
    rule.numbers.push_back(number(text.substr(6, text.size() - 7)));
    return;
  }
  const auto* variable = find_variable(input_, without_backquotes(text));
  if (variable != nullptr && variable->kind == StudyKind::number) {
    rule.numbers.push_back(number(text));
    return;
  }
  Axis axis;
  for (const auto& name : crossed_parts(text))
    axis.questions.push_back(builder_.banner_variable(name));
  rule.axes.push_back(plan_.add_axis(axis));
}

std::size_t EstimateSetup::nested(const Part& part, std::size_t axis) {
  Axis both;
  both.questions = part.questions;
  both.questions.push_back(question_of_axis(axis));
  return plan_.add_axis(both);
}

std::vector<Key> EstimateSetup::listed(std::size_t axis) const {
  const auto& question = builder_.request.questions[question_of_axis(axis)];
  std::vector<Key> keys;
  if (question.study == nullptr) return keys;
  for (const auto& code : question.study->codes) {
    if (code.missing != MissingKind::none && !code.in_base) continue;
    Key key;
    key.path = {code.code};
    keys.push_back(std::move(key));
  }
  return keys;
}

}  // namespace sondeo
