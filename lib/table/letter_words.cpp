// SPDX-License-Identifier: MIT
#include "table/letter_words.h"

#include <cstddef>

#include "table/words.h"

namespace sondeo {
namespace {

struct LetterWords {
  std::string_view higher;      // before "95% (A)"
  std::string_view lower;       // the same where the smaller value carries the letter
  std::string_view marks[4];    // total, rest, previous, waves: before "95% (▲ ▼)"
  std::string_view or_at;       // between the levels
  std::string_view test;        // before the dialect
  std::string_view of_means;    // before that of the means
  std::string_view methods[8];  // in the order of method_of()
  std::string_view within;
  std::string_view adjustments[4];
  std::string_view smaller_than;    // before the smallest effective base
  std::string_view not_tested;      // after it
  std::string_view min_difference;  // before the points
  std::string_view points;
  std::string_view mark_not_tested;
};

constexpr LetterWords english{
    .higher = "Letters: this column is higher than column X at ",
    .lower = "Letters: this column is lower than column X at ",
    .marks = {"Marks: higher or lower than the total at ",
              "Marks: higher or lower than all others at ",
              "Marks: higher or lower than the column before at ",
              "Marks: higher or lower than in the wave before at "},
    .or_at = " or ",
    .test = "two-sided ",
    .of_means = "; means: ",
    .methods = {"t-test on effective bases, variances pooled", "t-test on effective bases",
                "z-test on weighted counts", "z-test on effective bases, variances pooled",
                "z-test on effective bases, variances not pooled",
                "t-test on effective bases, variances not pooled", "t-test by the sampling design",
                "z-test on weighted counts, variances not pooled, overlap left out"},
    .within = ", within banner groups",
    .adjustments = {", no multiplicity adjustment",
                    ", adjusted by Bonferroni for the tests of a row",
                    ", adjusted by Holm for the tests of a row",
                    ", adjusted by Benjamini-Hochberg for the tests of a row"},
    .smaller_than = "; effective bases below ",
    .not_tested = " are not tested",
    .min_difference = "; differences below ",
    .points = " points get none",
    .mark_not_tested = "(not tested)",
};

constexpr LetterWords spanish{
    .higher = "Letras: esta columna es mayor que la columna X al ",
    .lower = "Letras: esta columna es menor que la columna X al ",
    .marks = {"Marcas: mayor o menor que el total al ", "Marcas: mayor o menor que el resto al ",
              "Marcas: mayor o menor que la columna anterior al ",
              "Marcas: mayor o menor que en la oleada anterior al "},
    .or_at = " o al ",
    .test = "bilateral, ",
    .of_means = "; medias: ",
    .methods = {"prueba t con bases efectivas y varianza común", "prueba t con bases efectivas",
                "prueba z con recuentos ponderados",
                "prueba z con bases efectivas y varianza común",
                "prueba z con bases efectivas y varianzas separadas",
                "prueba t con bases efectivas y varianzas separadas",
                "prueba t según el diseño de la muestra",
                "prueba z con recuentos ponderados y varianzas separadas, sin contar el "
                "solapamiento"},
    .within = ", dentro de cada grupo de columnas",
    .adjustments = {", sin ajuste por comparaciones múltiples",
                    ", con ajuste de Bonferroni por las pruebas de una fila",
                    ", con ajuste de Holm por las pruebas de una fila",
                    ", con ajuste de Benjamini-Hochberg por las pruebas de una fila"},
    .smaller_than = "; no se comparan bases efectivas inferiores a ",
    .not_tested = "",
    .min_difference = "; ni llevan letra diferencias inferiores a ",
    .points = " puntos",
    .mark_not_tested = "(no se compara)",
};

const LetterWords& letter_words(std::string_view language) {
  return language_of_words(language) == "es" ? spanish : english;
}

std::string_view method_of(const std::string& dialect, bool mean, const LetterWords& words) {
  if (dialect == "askia") return words.methods[7];
  if (dialect == "design") return words.methods[6];
  if (dialect == "quantum") return words.methods[1];
  if (dialect == "spss") return words.methods[2];
  if (dialect == "crunch" || dialect == "welch") return words.methods[5];
  if (dialect.starts_with("wincross")) {
    if (mean) return words.methods[5];
    return words.methods[dialect == "wincross_unpooled" ? 4 : 3];
  }
  return words.methods[0];
}

}  // namespace

std::string test_note(const Testing& testing, bool shares, bool means, std::string_view language) {
  const auto& words = letter_words(language);
  const auto& fixed = words_of(language);
  const auto number = [&](double value) { return number_text(value, fixed); };
  const bool pairs = testing.against == Against::pairs;
  std::string note(pairs ? (testing.letter_at_lower ? words.lower : words.higher)
                         : words.marks[static_cast<std::size_t>(testing.against) - 1]);
  for (std::size_t i = 0; i < testing.levels.size(); ++i) {
    const char* sign = pairs ? (i == 0 ? "A" : "a") : (i == 0 ? "▲ ▼" : "△ ▽");
    note += std::string(i == 0 ? "" : words.or_at) + number(testing.levels[i]) +
            std::string(fixed.percent) + " (" + sign + ")";
  }
  note += "; " + std::string(words.test);
  const auto method = [&](const std::string& dialect, bool mean) {
    return std::string(method_of(dialect, mean, words)) + " (" + dialect + ")";
  };
  if (shares) note += method(testing.dialect, false);
  const bool differ = testing.of_means() != testing.dialect || testing.dialect.starts_with("winc");
  if (means && (!shares || differ))
    note += (shares ? std::string(words.of_means) : "") + method(testing.of_means(), true);
  if (testing.against != Against::waves) note += words.within;
  note += std::string(words.adjustments[static_cast<std::size_t>(testing.adjustment)]);
  if (testing.not_tested_below > 0) {
    note += std::string(words.smaller_than) + number(testing.not_tested_below) +
            std::string(words.not_tested);
  }
  if (testing.min_difference > 0) {
    note += std::string(words.min_difference) + number(testing.min_difference) +
            std::string(words.points);
  }
  return note + ".";
}

std::string_view not_tested(std::string_view language) {
  return letter_words(language).mark_not_tested;
}

std::string_view against_name(Against against) {
  switch (against) {
    case Against::pairs:
      return "pairs";
    case Against::total:
      return "total";
    case Against::rest:
      return "rest";
    case Against::previous:
      return "previous";
    case Against::waves:
      break;
  }
  return "waves";
}

std::string_view adjustment_name(Adjustment adjustment) {
  switch (adjustment) {
    case Adjustment::none:
      return "none";
    case Adjustment::bonferroni:
      return "bonferroni";
    case Adjustment::holm:
      return "holm";
    case Adjustment::bh:
      break;
  }
  return "bh";
}

}  // namespace sondeo
