// SPDX-License-Identifier: MIT
// Tables read back from sondeo.tables/1, whole: rendering them gives what rendering the tables
// gave that were written.
#pragma once

#include <string>

#include "base/bytes.h"
#include "base/error.h"
#include "table/table.h"

namespace sondeo {

// The tables of a JSON text; `file` is for messages. Members that earlier versions did not write
// have the defaults of Table. Throws Error [table-file] with the place in the document for what is
// no table file.
TableSet parse_tables(const std::string& text, const std::string& file);

// The same from a file or a stream, compressed or not. Throws what read_whole() throws, too.
TableSet read_tables(const InputFile& input, Issues& issues);

// All of a table file's text. Throws Error [open], [read], [table-size].
std::string read_whole(const InputFile& input, Issues& issues);

}  // namespace sondeo
