// SPDX-License-Identifier: MIT
#include "table/test_words.h"

#include "table/words.h"

namespace sondeo {
namespace {

constexpr TestWords english{
    .quantile = "Quantile",
    .imputed_mean = "Mean of imputations",
    .imputation = "Imputation",
    .second_order = "Rao–Scott F (second order)",
    .likelihood_ratio = "Likelihood ratio F (second order)",
    .first_order = "Rao–Scott χ² (first order)",
    .wald = "Wald F",
    .adjusted_wald = "Adjusted Wald F",
    .mixture = "Linear combination of χ² (exact)",
    .table_statistics = "Pearson and likelihood ratio",
    .design_effect = "Generalized design effect",
    .satterthwaite = "χ² (Satterthwaite)",
    .difference = "Difference",
    .against = " less ",
    .rank_test = "Rank test",
    .mean_score = "Mean score",
    .constant = "Constant",
    .model = "Model",
    .quantile_note = "Quantiles by rule ",
    .adjust_note = "p-values adjusted among the pairs of a row: ",
};

constexpr TestWords spanish{
    .quantile = "Cuantil",
    .imputed_mean = "Media de las imputaciones",
    .imputation = "Imputación",
    .second_order = "F de Rao–Scott (segundo orden)",
    .likelihood_ratio = "F de razón de verosimilitud (segundo orden)",
    .first_order = "χ² de Rao–Scott (primer orden)",
    .wald = "F de Wald",
    .adjusted_wald = "F de Wald ajustada",
    .mixture = "Combinación lineal de χ² (exacta)",
    .table_statistics = "Pearson y razón de verosimilitud",
    .design_effect = "Efecto de diseño generalizado",
    .satterthwaite = "χ² (Satterthwaite)",
    .difference = "Diferencia",
    .against = " menos ",
    .rank_test = "Prueba de rangos",
    .mean_score = "Puntuación media",
    .constant = "Constante",
    .model = "Modelo",
    .quantile_note = "Cuantiles por la regla ",
    .adjust_note = "Valores p ajustados entre los pares de una fila: ",
};

}  // namespace

const TestWords& test_words_of(std::string_view language) {
  return language_of_words(language) == "es" ? spanish : english;
}

}  // namespace sondeo
