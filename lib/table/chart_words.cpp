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
};

constexpr ChartWords spanish{
    .neutral = "neutro",
    .net = "neto",
    .bars = "Barras",
    .likert = "Barras que divergen del centro de una escala",
    .trend = "Líneas por oleadas",
};

}  // namespace

const ChartWords& chart_words_of(std::string_view language) {
  return language_of_words(language) == "es" ? spanish : english;
}

}  // namespace sondeo
