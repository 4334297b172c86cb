// SPDX-License-Identifier: MIT
// What may come next in an expression that is still being typed: for completions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sondeo {

struct ExprTail {
  enum class Expects { name, answer, nothing };

  Expects expects = Expects::name;
  std::size_t begin = 0;  // the byte where the unfinished word begins; the size, if there is none
  std::string question;   // answer: of which question
};

// What stands at the end of `text`: behind an operator an answer, at the beginning and behind and,
// or, not and ( a name, behind a whole comparison nothing. A word that the text ends in is
// unfinished, whole as it may look. Never throws: a text that cannot be read expects nothing.
ExprTail expr_tail(std::string_view text);

}  // namespace sondeo
