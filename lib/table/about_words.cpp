// SPDX-License-Identifier: MIT
#include "table/about_words.h"

#include "table/words.h"

namespace sondeo {
namespace {

constexpr AboutWords english{
    .about = "About",
    .table = "Table",
    .title = "Title",
    .study = "Study",
    .respondents = "Respondents",
    .bases = "Bases",
    .level = "Confidence level",
    .low_bases = "Small bases",
    .unweighted = "none",
    .weight_ratio = "Largest weight / smallest",
    .notes = "Note",
    .data_file = "Data file",
    .rows_read = "Respondents in the file",
    .fingerprint = "XXH3",
    .study_file = "Study file",
    .made_with = "Made with",
    .command = "Command",
    .date = "Date",
    .back = "Back to the contents",
};

constexpr AboutWords spanish{
    .about = "Ficha técnica",
    .table = "Tabla",
    .title = "Título",
    .study = "Estudio",
    .respondents = "Encuestados",
    .bases = "Bases",
    .level = "Nivel de confianza",
    .low_bases = "Bases pequeñas",
    .unweighted = "ninguna",
    .weight_ratio = "Peso mayor / menor",
    .notes = "Nota",
    .data_file = "Archivo de datos",
    .rows_read = "Personas en el archivo",
    .fingerprint = "XXH3",
    .study_file = "Archivo del estudio",
    .made_with = "Hecho con",
    .command = "Orden",
    .date = "Fecha",
    .back = "Volver al contenido",
};

}  // namespace

const AboutWords& about_words_of(std::string_view language) {
  return language_of_words(language) == "es" ? spanish : english;
}

}  // namespace sondeo
