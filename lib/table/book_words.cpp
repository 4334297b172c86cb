// SPDX-License-Identifier: MIT
#include "table/book_words.h"

namespace sondeo {
namespace {

constexpr BookWords english{
    .respondent = "respondent",
    .respondents = "respondents",
    .question = "question",
    .questions = "questions",
    .weight = "weight",
    .counts_unweighted = "counts are unweighted",
    .column = "column",
    .columns = "columns",
    .asked_of = "asked of",
    .made_of = "made of",
    .code = "code",
    .answer = "answer",
    .score = "score",
    .not_listed = "not listed",
    .in_base = "in the base",
    .answered = "answered",
    .none_chosen = "none chosen",
    .no_answer = "no answer",
    .not_asked = "not asked",
    .least = "least",
    .mean = "mean",
    .most = "most",
    .kinds = {"single", "multiple", "scale", "grid", "number", "rank", "allocation", "date",
              "open text", "id", "weight", "maxdiff"},
    .missing = {"", "not asked", "don't know", "refused", "skipped"},
};

constexpr BookWords spanish{
    .respondent = "encuestado",
    .respondents = "encuestados",
    .question = "pregunta",
    .questions = "preguntas",
    .weight = "ponderación",
    .counts_unweighted = "recuentos sin ponderar",
    .column = "columna",
    .columns = "columnas",
    .asked_of = "preguntado a",
    .made_of = "a partir de",
    .code = "código",
    .answer = "respuesta",
    .score = "puntos",
    .not_listed = "fuera de la lista",
    .in_base = "en la base",
    .answered = "respondieron",
    .none_chosen = "ninguna marcada",
    .no_answer = "sin respuesta",
    .not_asked = "no preguntado",
    .least = "mínimo",
    .mean = "media",
    .most = "máximo",
    .kinds = {"única", "múltiple", "escala", "batería", "número", "orden", "reparto", "fecha",
              "texto abierto", "id", "ponderación", "maxdiff"},
    .missing = {"", "no preguntado", "no sabe", "no contesta", "sin respuesta"},
};

}  // namespace

const BookWords& book_words_of(std::string_view language) {
  return language.substr(0, language.find_first_of("-_")) == "es" ? spanish : english;
}

}  // namespace sondeo
