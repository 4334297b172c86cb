// SPDX-License-Identifier: MIT
#include "table/verbatim_words.h"

#include "table/words.h"

namespace sondeo {
namespace {

constexpr VerbatimWords english{
    .question = "question",
    .group = "group",
    .line = "line",
    .answer = "answer",
    .one_answer = "answer",
    .answers = "answers",
    .of = "of",
    .none = "No answers.",
    .first_note = "Listed are the first answers of each group, at most ",
    .drawn_note = "Listed are answers drawn at random from each group, at most ",
    .by_seed = ", by the seed ",
};

constexpr VerbatimWords spanish{
    .question = "pregunta",
    .group = "grupo",
    .line = "línea",
    .answer = "respuesta",
    .one_answer = "respuesta",
    .answers = "respuestas",
    .of = "de",
    .none = "Sin respuestas.",
    .first_note = "Se listan las primeras respuestas de cada grupo, como máximo ",
    .drawn_note = "Se listan respuestas de cada grupo elegidas al azar, como máximo ",
    .by_seed = ", con la semilla ",
};

}  // namespace

const VerbatimWords& verbatim_words_of(std::string_view language) {
  return language_of_words(language) == "es" ? spanish : english;
}

}  // namespace sondeo
