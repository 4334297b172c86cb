// SPDX-License-Identifier: MIT
// sondeo-book: the codebook, or a first study of a bare file.
#include "cli/book_source.h"
#include "cli/completion_words.h"
#include "cli/input_options.h"
#include "cli/language_options.h"
#include "cli/output_options.h"
#include "cli/study_input.h"
#include "cli/tool.h"
#include "render/book.h"

using namespace sondeo;

int main(int argc, char** argv) {
  InputOptions input;
  LanguageOptions language;
  OutputOptions look;
  std::string format = "text";
  bool draft = false;
  Tool tool("sondeo-book", "[OPTION]... [STUDY|DATA] [QUESTION]...",
            "shows the codebook: questions, codes, labels, and how many gave each answer.");
  tool.example("sondeo-book survey.toml", "all questions of a study, counted in its responses")
      .example("sondeo-book survey.csv --draft -o survey.toml",
               "a first study of a bare file, to be edited")
      .example("sondeo-book survey.toml 'q4*' --lang es -f md", "some questions, in Spanish");
  tool.section("Codebook");
  tool.flag("draft", draft,
            "write a study file: kinds inferred from the answers, each with its reason");
  language.declare(tool);
  tool.use(input).section("Output");
  tool.option("format,f", format, "text|md|json", "of the codebook");
  declare_output(tool, look.output, look.force);
  tool.option("width", look.width, "COLUMNS", "of text");
  tool.option("color", look.color, "auto|always|never", "of text");
  tool.flag("ascii", look.ascii, "no signs beyond ASCII in text, except in labels");
  offer_completions(tool, input);
  return tool.run(argc, argv, [&] {
    const auto form = word_option("format", format, {"text", "md", "json"});
    auto source = find_input(input);
    if (!look.output.empty()) {
      for (const auto& file : source.files()) refuse_existing(look.output, look.force, file);
    }
    if (draft) {
      if (source.study) throw UsageError("--draft is for a bare file; this is a study already");
      if (!source.questions.empty()) throw UsageError("--draft takes no questions");
      const auto drafted = draft_input(source, tool);
      write_result(look.output, look.force, print_study(drafted.study, drafted.reasons));
      return 0;
    }
    const auto lang = language.language(source.study);
    const auto options = look.render_options(lang);
    const auto book = read_book(source, lang, tool);
    write_result(look.output, look.force,
                 form == 0   ? render_book_text(book, options)
                 : form == 1 ? render_book_markdown(book)
                             : render_book_json(book));
    return 0;
  });
}
