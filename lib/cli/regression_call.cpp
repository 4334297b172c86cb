// SPDX-License-Identifier: MIT
// --regress and --logistic.
#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "cli/list_option.h"
#include "cli/test_calls.h"
#include "infer/distribution.h"
#include "infer/regression_estimator.h"
#include "table/domain_table.h"
#include "table/stub.h"
#include "table/test_words.h"

namespace sondeo {
namespace {

// The name within "factor(name)".
std::optional<std::string> factor_name(const std::string& term) {
  constexpr std::string_view head = "factor(";
  if (!term.starts_with(head) || term.back() != ')') return std::nullopt;
  return std::string(
      trim(std::string_view(term).substr(head.size(), term.size() - head.size() - 1)));
}

class RegressionCall : public PartedCall<RegressionEstimator> {
 public:
  bool takes_calibration() const override { return false; }

  RegressionCall(Link link, const std::string& text, EstimateSetup& setup)
      : PartedCall(setup), text_(text), link_(link) {
    const char* const option = link == Link::identity ? "regress" : "logistic";
    const auto [left, right] = halves(option, text, '~');
    RegressionRequest request;
    request.link = link;
    if (link == Link::logit && left.find('=') != std::string::npos) {
      const auto [name, answer] = halves(option, left, '=');
      request.rows.categories = {single_category(option, name, setup)};
      request.outcome = Key{};
      request.outcome->path = {answer};
    } else {
      request.rows.numbers = {setup.number(left)};
    }
    for (const auto& term : list_parts(right, '+')) {
      if (term == "0" || term == "1") {
        request.intercept = term == "1";
        continue;
      }
      if (term.empty())
        throw UsageError(fmt::format("--{} has an empty term in '{}'", option, excerpt(text)));
      const auto factor = factor_name(term);
      Predictor predictor;
      if (factor || setup.is_category(term)) {
        predictor.category = true;
        predictor.position = request.rows.categories.size();
        request.rows.categories.push_back(single_category(option, factor.value_or(term), setup));
      } else {
        predictor.position = request.rows.numbers.size();
        request.rows.numbers.push_back(setup.number(term));
      }
      request.predictors.push_back(predictor);
    }
    ListedLevels listed;
    for (const auto axis : request.rows.categories) {
      categories_.push_back(setup.question_of_axis(axis));
      listed.push_back(setup.listed(axis));
    }
    for (const auto number : request.rows.numbers)
      numbers_.push_back(setup.question_of_number(number));
    for (const auto& part : setup.parts()) {
      request.rows.by = part.axis;
      parts_.push_back(part.questions);
      estimators_.push_back(
          std::make_unique<RegressionEstimator>(plan_, request, setup.rules(), listed));
    }
  }

  std::vector<Table> tables(const EstimateContext& context, const DesignInfo&) const override {
    std::vector<DomainPart> parts;
    for (std::size_t p = 0; p < parts_.size(); ++p) {
      const auto* each = estimators_[p].get();
      parts.push_back({&each->domains(), variables(parts_[p]),
                       [each](std::size_t d) -> const DomainSums& { return each->sums(d); },
                       [each](std::size_t d) { return each->df(d); }});
    }
    DomainTable table(text_, nullptr, parts,
                      {"coefficient", "se", "ci_low", "ci_high", "test", "p"}, context);
    // Parts of --by may know different levels; a term is there if any of them has it.
    std::vector<RegressionTerm> terms;
    for (const auto& each : estimators_) {
      for (const auto& term : each->terms()) {
        if (position_of(term, terms) == terms.size()) terms.push_back(term);
      }
    }
    for (const auto& term : terms) {
      table.add(id_of(term), label_of_term(term, context),
                [&](Cell& cell, std::size_t part, std::size_t domain) {
                  fill(cell, *estimators_[part], domain, term, context);
                });
    }
    return {std::move(table.table)};
  }

 private:
  static std::size_t position_of(const RegressionTerm& term,
                                 const std::vector<RegressionTerm>& terms) {
    const auto same = [&](const RegressionTerm& other) {
      if (term.predictor.has_value() != other.predictor.has_value()) return false;
      return !term.predictor ||
             (term.predictor->category == other.predictor->category &&
              term.predictor->position == other.predictor->position && term.level == other.level);
    };
    return static_cast<std::size_t>(std::find_if(terms.begin(), terms.end(), same) - terms.begin());
  }

  const Question& question_of(const RegressionTerm& term) const {
    const auto& predictor = *term.predictor;
    return question(predictor.category ? categories_[predictor.position]
                                       : numbers_[predictor.position]);
  }

  std::string id_of(const RegressionTerm& term) const {
    if (!term.predictor) return "_constant";
    const auto& name = question_of(term).name;
    return term.predictor->category ? name + "=" + term.level.path[0] : row_id_of(name);
  }

  std::string label_of_term(const RegressionTerm& term, const EstimateContext& context) const {
    if (!term.predictor) return std::string(test_words_of(context.language).constant);
    const auto& of = question_of(term);
    return term.predictor->category ? of.name + ": " + answer_label(of, term.level, context)
                                    : of.name;
  }

  void fill(Cell& cell, const RegressionEstimator& estimator, std::size_t domain,
            const RegressionTerm& term, const EstimateContext& context) const {
    const auto& found = estimator.result(domain);
    const auto at = position_of(term, estimator.terms());
    auto reason = found.reason;
    if (reason.empty() && (at == estimator.terms().size() || found.aliased[at]))
      reason = "collinear";
    const std::string name = "coefficient";
    if (!reason.empty()) {
      add_number(cell, name, "", std::nullopt, Unit::value, reason);
      return;
    }
    const auto aliased = std::count(found.aliased.begin(), found.aliased.end(), true);
    const auto fitted =
        static_cast<double>(static_cast<std::ptrdiff_t>(found.aliased.size()) - aliased);
    const double df = freedom_of(estimator.df(domain), context) + 1 - fitted;
    const double value = found.coefficients[at];
    const auto compared = compare_means(value, found.covariance.at(at, at), df, context.level);
    add_number(cell, name, "", value, Unit::value, "");
    add_number(cell, "se", name, compared.se, Unit::value, compared.test.reason);
    add_number(cell, "ci_low", name, compared.low, Unit::value, compared.test.reason);
    add_number(cell, "ci_high", name, compared.high, Unit::value, compared.test.reason);
    add_test(cell, name, compared.test);
    if (link_ == Link::identity || !term.predictor) return;
    const auto ratio = [](std::optional<double> logarithm) {
      return logarithm ? std::optional(std::exp(*logarithm)) : logarithm;
    };
    add_number(cell, "odds_ratio", "", ratio(value), Unit::none, "");
    add_number(cell, "ci_low", "odds_ratio", ratio(compared.low), Unit::none, compared.test.reason);
    add_number(cell, "ci_high", "odds_ratio", ratio(compared.high), Unit::none,
               compared.test.reason);
  }

  std::string text_;
  Link link_;
  std::vector<std::size_t> numbers_;
  std::vector<std::size_t> categories_;
};

}  // namespace

std::unique_ptr<EstimateCall> regress_call(const std::string& text, EstimateSetup& setup) {
  return std::make_unique<RegressionCall>(Link::identity, text, setup);
}

std::unique_ptr<EstimateCall> logistic_call(const std::string& text, EstimateSetup& setup) {
  return std::make_unique<RegressionCall>(Link::logit, text, setup);
}

}  // namespace sondeo
