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
    .independence = "Test of independence from ",
    .on_df = " on ",
    .and_df = " and ",
    .df = " df",
    .not_tested = "not made, ",
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
    .independence = "Prueba de independencia respecto a ",
    .on_df = " con ",
    .and_df = " y ",
    .df = " gl",
    .not_tested = "no se hace, ",
};

struct StatisticName {
  std::string_view statistic;
  std::string_view english;
  std::string_view spanish;
};

constexpr StatisticName statistic_names[] = {
    {"quantile", "quantile", "cuantil"},
    {"difference", "difference", "diferencia"},
    {"coefficient", "coefficient", "coeficiente"},
    {"odds_ratio", "odds ratio", "razón de momios"},
    {"test", "test statistic", "estadístico"},
    {"denominator_df", "denominator df", "gl del denominador"},
    {"p", "p", "p"},
    {"p_adjusted", "adjusted p", "p ajustado"},
    {"mean_score", "mean score", "puntuación media"},
};

struct Reason {
  std::string_view reason;
  std::string_view english;
  std::string_view spanish;
};

constexpr Reason reasons[] = {
    {"several_answers", "a respondent may give several answers",
     "una persona puede dar varias respuestas"},
    {"overlap", "respondents are in several of the columns",
     "hay personas en varias de las columnas"},
    {"one_category", "one answer or one column has everybody",
     "una sola respuesta o columna reúne a todas las personas"},
    {"zero_base", "nobody has a weight", "nadie tiene peso"},
    {"no_df", "the design leaves no degrees of freedom", "el diseño no deja grados de libertad"},
    {"no_variance", "nothing varies between the sampling units",
     "nada varía entre las unidades de muestreo"},
    {"singular", "the covariance matrix has no inverse",
     "la matriz de covarianzas no es invertible"},
    {"too_many_cells", "the table has too many cells", "la tabla tiene demasiadas celdas"},
    {"one_respondent", "one respondent tells nothing of variance",
     "una sola persona no dice nada de la varianza"},
    {"lonely_psu", "every stratum has a single unit", "cada estrato tiene una sola unidad"},
    {"empty_replicate", "a replicate has nobody", "una réplica no tiene a nadie"},
};

}  // namespace

std::string_view test_reason(std::string_view reason, std::string_view language) {
  for (const auto& each : reasons) {
    if (each.reason == reason)
      return language_of_words(language) == "es" ? each.spanish : each.english;
  }
  return reason;
}

std::string_view test_statistic_name(std::string_view statistic, std::string_view language) {
  for (const auto& each : statistic_names) {
    if (each.statistic == statistic)
      return language_of_words(language) == "es" ? each.spanish : each.english;
  }
  return "";
}

const TestWords& test_words_of(std::string_view language) {
  return language_of_words(language) == "es" ? spanish : english;
}

}  // namespace sondeo
