// SPDX-License-Identifier: MIT
// A program of somebody else: counts a question of a file and prints a topline of it.
#include <cstdio>

#include "codebook/question.h"
#include "layout/csv.h"
#include "render/render.h"
#include "table/build.h"
#include "tabulate/count.h"

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  try {
    sondeo::Issues issues;
    sondeo::CsvOptions options;
    options.file = {argv[1], ""};
    sondeo::CsvFile file(options, issues);
    sondeo::Question question;
    question.name = argv[2];
    question.columns = {sondeo::find_column(file.header(), argv[2])};
    sondeo::CountRequest request;
    request.questions = {question};
    request.axes = {{{0}, false}, {}};
    request.tables = {{0, 1}};
    const sondeo::CountResult counted = sondeo::count(file, request, issues);
    sondeo::TableContext context;
    context.units = counted.rows;
    sondeo::TableSet set;
    set.tables.push_back(sondeo::build_table(question, counted.tables[0], {},
                                             sondeo::TableShape::topline, true, context, {}));
    std::fputs(sondeo::render_text(set, {}).c_str(), stdout);
  } catch (const sondeo::Error& error) {
    std::fprintf(stderr, "%s\n", error.message().c_str());
    return 2;
  }
  return 0;
}
