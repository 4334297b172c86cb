// SPDX-License-Identifier: MIT
#include "table/row_words.h"

#include "table/words.h"

namespace sondeo {
namespace {

constexpr RowWords english{
    .best = "Best",
    .worst = "Worst",
    .best_less_worst = "Best less worst",
    .times_shown = "Times shown, by respondent",
    .shown = "Times shown",
    .maxdiff_note = "Percentages are of the times that an answer was shown.",
    .share_of_total = "share of the total, %",
};

constexpr RowWords spanish{
    .best = "Mejor",
    .worst = "Peor",
    .best_less_worst = "Mejor menos peor",
    .times_shown = "Veces mostrada, por persona",
    .shown = "Veces mostrada",
    .maxdiff_note = "Los porcentajes son de las veces que se mostró cada respuesta.",
    .share_of_total = "parte del total, %",
};

}  // namespace

const RowWords& row_words_of(std::string_view language) {
  return language_of_words(language) == "es" ? spanish : english;
}

}  // namespace sondeo
