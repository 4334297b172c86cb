// SPDX-License-Identifier: MIT
#include "table/trend_words.h"

#include "table/words.h"

namespace sondeo {
namespace {

constexpr TrendWords english{
    .wave = "Wave",
    .change_since = "Change since",
    .change_up_to = "Change up to ",
    .since = " since",
    .unrounded = "Changes are those of the figures before rounding.",
    .not_in_wave = "Not asked in: ",
    .answers_missing = "Not offered in ",
    .by_wave = "by wave",
    .overlap = "Overlapping samples: ",
    .overlap_of = " of ",
    .overlap_end = " respondents stand in more than one wave.",
};

constexpr TrendWords spanish{
    .wave = "Oleada",
    .change_since = "Cambio desde",
    .change_up_to = "Cambio hasta ",
    .since = " desde",
    .unrounded = "Los cambios son los de las cifras sin redondear.",
    .not_in_wave = "No se preguntó en: ",
    .answers_missing = "No se ofreció en ",
    .by_wave = "según la oleada",
    .overlap = "Muestras solapadas: ",
    .overlap_of = " de ",
    .overlap_end = " personas están en más de una oleada.",
};

}  // namespace

const TrendWords& trend_words_of(std::string_view language) {
  return language_of_words(language) == "es" ? spanish : english;
}

}  // namespace sondeo
