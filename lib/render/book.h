// SPDX-License-Identifier: MIT
// The codebook as bytes: for people, for documents, for programs.
#pragma once

#include <string>

#include "render/render.h"
#include "table/book.h"

namespace sondeo {

// One block a question, at most options.width columns wide (0: as wide as needed).
std::string render_book_text(const Book& book, const RenderOptions& options);

// A heading and a table for each question.
std::string render_book_markdown(const Book& book);

// "sondeo.book/1": all of it; absent counts are null.
std::string render_book_json(const Book& book);

}  // namespace sondeo
