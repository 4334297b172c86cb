// SPDX-License-Identifier: MIT
#include "table/words.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/number.h"

namespace sondeo {
namespace {

constexpr Words english{
    .decimal = ".",
    .thousands = ",",
    .percent = "%",
    .total = "Total",
    .unweighted_base = "Unweighted base",
    .weighted_base = "Weighted base",
    .effective_base = "Effective base",
    .mean = "Mean",
    .standard_deviation = "Standard deviation",
    .median = "Median",
    .excluding = "excl.",
    .net = "(net)",
    .not_in_base = "Not in the base",
    .empty_answer = "(empty)",
    .value = "value",
    .column_percent = "column %",
    .row_percent = "row %",
    .total_percent = "total %",
    .response_percent = "% of answers",
    .cumulative_percent = "cumulative %",
    .count = "count",
    .in_thousands = "in thousands",
    .index = "index",
    .mean_short = "mean",
    .sd_short = "sd",
    .median_short = "median",
    .sum = "Total",
    .ratio = "Ratio",
    .variance = "Variance",
    .covariance = "Covariance",
    .difference = "Difference",
    .standard_error = "std. error",
    .lower_limit = "lower limit",
    .upper_limit = "upper limit",
    .degrees = "df",
    .design = "Design",
    .design_note = "Sampling design: ",
    .base = "Base",
    .asked_of = "Asked of",
    .asked = "asked: ",
    .all_asked = "all asked",
    .not_skipped = ", without those who gave no answer",
    .all_respondents = "all respondents",
    .all_answered = "all who answered",
    .all_answered_of = "all who answered of those asked (",
    .weight_head = "Weight",
    .weight = "weight",
    .unweighted_head = "Unweighted",
    .unweighted = "unweighted",
    .filter_head = "Filter",
    .filter = "filter",
    .effective_n = "effective n",
    .design_effect = "design effect",
    .margin_of_error = "MoE",
    .at_half = "(at 50%)",
    .low_effective_base = "effective base",
    .low_base = "base",
    .synthetic = "All respondents are synthetic: nobody was asked.",
    .margin_note = "Margin of error: t times the linearised standard error, at ",
    .margin_note_end = "%.",
    .margin_note_replicates =
        "Margin of error: t times the standard error of the replicate weights, at ",
    .errors_of_units = "Standard errors by the sampling design: ",
    .respondents = "respondents ",
    .primary_units = "primary units ",
    .calibrated_to = "weights calibrated to ",
    .strata = "strata ",
    .errors_of_replicates = "Standard errors by replicate weights: ",
    .no_median =
        "No median: there are too many different values to tell them apart here. It is computed by "
        "sondeo-estimate --quantile ",
    .several_note = "Several answers were possible: percentages may add to more than 100.",
    .sum100_note =
        "Shown percentages are rounded so that they add up to 100 (largest remainders); none is "
        "off "
        "by a whole unit of its last digit.",
    .hidden_note = "Hidden because nobody is in them: ",
    .hidden_rows = "rows ",
    .hidden_columns = "columns ",
    .ticks_note =
        "Chosen: any text but 0, no, false, not selected (--ticked and --unticked say otherwise).",
    .contents = "Contents",
    .tables = "Tables",
    .respondents_in_file = "respondents in the file",
    .bases_differ_note = "The rows have bases of their own; the smallest of each column is shown.",
    .withheld_note = "Cells withheld because they are about fewer respondents than ",
    .withheld_too = "; withheld so that those cannot be found by subtracting: ",
    .dashes_note = {"Dashes: unweighted base below ", "Dashes: weighted base below ",
                    "Dashes: effective base below "},
};

constexpr Words spanish{
    .decimal = ",",
    .thousands = ".",
    .percent = "\u00a0%",
    .total = "Total",
    .unweighted_base = "Base sin ponderar",
    .weighted_base = "Base ponderada",
    .effective_base = "Base efectiva",
    .mean = "Media",
    .standard_deviation = "Desviación estándar",
    .median = "Mediana",
    .excluding = "sin",
    .net = "(neto)",
    .not_in_base = "Fuera de la base",
    .empty_answer = "(vacío)",
    .value = "valor",
    .column_percent = "% columna",
    .row_percent = "% fila",
    .total_percent = "% total",
    .response_percent = "% respuestas",
    .cumulative_percent = "% acumulado",
    .count = "recuento",
    .in_thousands = "en miles",
    .index = "índice",
    .mean_short = "media",
    .sd_short = "desv. est.",
    .median_short = "mediana",
    .sum = "Total",
    .ratio = "Razón",
    .variance = "Varianza",
    .covariance = "Covarianza",
    .difference = "Diferencia",
    .standard_error = "error est.",
    .lower_limit = "límite inf.",
    .upper_limit = "límite sup.",
    .degrees = "gl",
    .design = "Diseño",
    .design_note = "Diseño muestral: ",
    .base = "Base",
    .asked_of = "Preguntado a",
    .asked = "preguntado a: ",
    .all_asked = "todos los preguntados",
    .not_skipped = ", salvo quienes no respondieron",
    .all_respondents = "todos los encuestados",
    .all_answered = "todos los que respondieron",
    .all_answered_of = "los que respondieron de los preguntados (",
    .weight_head = "Ponderación",
    .weight = "ponderación",
    .unweighted_head = "Sin ponderar",
    .unweighted = "sin ponderar",
    .filter_head = "Filtro",
    .filter = "filtro",
    .effective_n = "n efectivo",
    .design_effect = "efecto de diseño",
    .margin_of_error = "Margen de error",
    .at_half = "(con p = 50\u00a0%)",
    .low_effective_base = "base efectiva",
    .low_base = "base",
    .synthetic = "Todas las respuestas son sintéticas: no se preguntó a nadie.",
    .margin_note = "Margen de error: t por el error estándar linealizado, al ",
    .margin_note_end = "\u00a0%.",
    .margin_note_replicates =
        "Margen de error: t por el error estándar de los pesos replicados, con una confianza del ",
    .errors_of_units = "Errores estándar según el diseño muestral: ",
    .respondents = "personas ",
    .primary_units = "unidades primarias ",
    .calibrated_to = "pesos calibrados a ",
    .strata = "estratos ",
    .errors_of_replicates = "Errores estándar por pesos replicados: ",
    .no_median =
        "Sin mediana: hay demasiados valores distintos para contarlos uno a uno. La calcula "
        "sondeo-estimate --quantile ",
    .several_note = "Respuesta múltiple: los porcentajes pueden sumar más de 100.",
    .sum100_note =
        "Los porcentajes mostrados se redondean para que sumen 100 (restos mayores); ninguno se "
        "aparta "
        "una unidad entera de su última cifra.",
    .hidden_note = "Ocultas por no tener a nadie: ",
    .hidden_rows = "filas ",
    .hidden_columns = "columnas ",
    .ticks_note =
        "Marcada: cualquier texto salvo 0, no, false, not selected (cambian esto --ticked y "
        "--unticked).",
    .contents = "Contenido",
    .tables = "Tablas",
    .respondents_in_file = "personas en el archivo",
    .bases_differ_note = "Cada fila tiene su propia base; se muestra la menor de cada columna.",
    .withheld_note = "Celdas omitidas por referirse a menos personas que ",
    .withheld_too = "; omitidas para que aquellas no se deduzcan por resta: ",
    .dashes_note = {"Guiones: base sin ponderar inferior a ", "Guiones: base ponderada inferior a ",
                    "Guiones: base efectiva inferior a "},
};

}  // namespace

std::string_view language_of_words(std::string_view language) {
  // A language with a region ("es-MX") has the words of the language.
  return language.substr(0, language.find_first_of("-_")) == "es" ? "es" : "en";
}

std::string language_name(std::string_view language) {
  static constexpr std::pair<std::string_view, std::string_view> names[] = {
      {"en", "English"},  {"es", "Español"},    {"ca", "Català"},   {"eu", "Euskara"},
      {"gl", "Galego"},   {"pt", "Português"},  {"fr", "Français"}, {"it", "Italiano"},
      {"de", "Deutsch"},  {"nl", "Nederlands"}, {"pl", "Polski"},   {"ro", "Română"},
      {"el", "Ελληνικά"}, {"uk", "Українська"}, {"ru", "Русский"},  {"ar", "العربية"},
      {"he", "עברית"},    {"zh", "中文"},       {"ja", "日本語"},   {"ko", "한국어"}};
  const auto primary = language.substr(0, language.find_first_of("-_"));
  const auto found = std::find_if(std::begin(names), std::end(names),
                                  [&](const auto& each) { return each.first == primary; });
  if (found == std::end(names)) return std::string(language);
  // Two kinds of one language ("es-ES", "es-MX") are told apart by their codes.
  if (primary.size() < language.size())
    return std::string(found->second) + " (" + std::string(language) + ")";
  return std::string(found->second);
}

std::string number_text(double number, const Words& words) {
  auto text = shortest(number);
  if (const auto point = text.find('.'); point != std::string::npos)
    text.replace(point, 1, words.decimal);
  return text;
}

const Words& words_of(std::string_view language) {
  return language_of_words(language) == "es" ? spanish : english;
}

}  // namespace sondeo
