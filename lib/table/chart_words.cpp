// SPDX-License-Identifier: MIT
#include "table/chart_words.h"

#include "table/words.h"

namespace sondeo {
namespace {

constexpr ChartWords english{
    .neutral = "neutral",
    .net = "net",
    .bars = "Bars",
    .likert = "Bars that diverge from the middle of a scale",
    .trend = "Lines over waves",
    .intervals = "Whiskers: confidence interval at ",
    .changes =
        "Solid: changed since the wave before by more than chance; dotted: no evidence of a "
        "change",
    .marks = "Figures without a mark: no evidence of a change since the wave before",
};

constexpr ChartWords spanish{
    .neutral = "neutro",
    .net = "neto",
    .bars = "Barras",
    .likert = "Barras que divergen del centro de una escala",
    .trend = "Líneas por oleadas",
    .intervals = "Bigotes: intervalo de confianza al ",
    .changes =
        "Línea continua: cambió desde la oleada anterior más de lo que explica el azar; de "
        "puntos: no hay indicios de cambio",
    .marks = "Cifras sin marca: no hay indicios de cambio desde la oleada anterior",
};

}  // namespace

const ChartWords& chart_words_of(std::string_view language) {
  return language_of_words(language) == "es" ? spanish : english;
}

}  // namespace sondeo
