// SPDX-License-Identifier: MIT
// The header of a data file: how its columns are named, found and told apart as options.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace sondeo {

// The header of a file, and what messages call it. Where it has several rows, exports write a
// question once, over the first of its columns, and below it what each of them holds: a column
// whose text in the first row is empty, or the same again, belongs to the question to its left.
struct Header {
  std::string file;
  std::size_t line = 1;                              // of the first row
  std::vector<std::string> names;                    // the first row
  std::vector<std::vector<std::string>> below = {};  // the other rows, as long as the first
};

// The column called `name`: a text of the first header row, or else of the last; or in backquotes;
// or #12. A question of several columns is not one of them, unless the second row says that its
// first column is the answer itself ("Response"). Throws Error [unknown-column] with the nearest
// name, [ambiguous-column] with the positions if the text stands twice, [several-columns].
std::size_t find_column(const Header& header, std::string_view name);

// The columns of a comma list of names, `backquoted names`, #7, ranges #7-#31 and a-b of neighbours
// in the file, and patterns with * and ? (for texts of the first header row, or else of the last).
// A question of several columns stands for all of them. A list that is a name as a whole is one.
// In the order given; a column that comes twice is refused. Throws as find_column, and Error
// [no-columns] for a pattern that fits none.
std::vector<std::size_t> find_columns(const Header& header, std::string_view list);

// Whether a text of the second header row says that the column holds the answer itself: "Response",
// "Open-Ended Response", in English or Spanish.
bool says_answer(std::string_view text);

// Whether a text of the first or the last header row is `name`, blanks around them aside.
bool names_column(const Header& header, std::string_view name);

// What find_column finds a column by: its header text, or #12 where that is empty or not unique.
std::string column_name(const Header& header, std::size_t column);
// Of all columns, for whoever needs many: in one go over the header.
std::vector<std::string> column_names(const Header& header);

// What the second header row says of columns of questions of several columns; "" where it says
// nothing, and for other columns.
std::vector<std::string> option_labels(const Header& header,
                                       const std::vector<std::size_t>& columns);

// What columns are called as options of one question: by that text, if they have one and it is
// unique among them, else as column_name does.
std::vector<std::string> option_names(const Header& header,
                                      const std::vector<std::size_t>& columns);

// The header as one row: 'QUESTION: OPTION' for the columns of a question of several, otherwise the
// text of the first row, or the last where that is empty. Texts that are left out (of a second row
// below unique names, for example) are counted in `left_out`.
std::vector<std::string> one_row_names(const Header& header, std::size_t& left_out);

}  // namespace sondeo
