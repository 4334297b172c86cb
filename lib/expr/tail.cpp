// SPDX-License-Identifier: MIT
#include "expr/tail.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/error.h"
#include "expr/lexer.h"

namespace sondeo {
namespace {

struct Words {
  std::vector<ExprToken> tokens;
  std::size_t begin = 0;  // of what could not be read, or the size of the text
};

Words words_of(std::string_view text) {
  const std::string what;
  const ExprSource source(text, what);
  ExprLexer lexer(source);
  Words words;
  try {
    for (ExprToken token = lexer.next(); token.kind != ExprTokenKind::end; token = lexer.next())
      words.tokens.push_back(std::move(token));
    words.begin = text.size();
  } catch (const Error&) {
    words.begin = words.tokens.empty() ? 0 : words.tokens.back().end;
    words.begin = std::min(text.find_first_not_of(" \t", words.begin), text.size());
  }
  return words;
}

bool compares(const ExprToken& token) {
  static constexpr std::array<std::string_view, 6> signs{"=", "!=", "<", "<=", ">", ">="};
  return token.kind == ExprTokenKind::sign &&
         std::find(signs.begin(), signs.end(), token.text) != signs.end();
}

bool is(const ExprToken& token, ExprTokenKind kind, std::string_view text) {
  return token.kind == kind && token.text == text;
}

// Reads one word after the other, and knows what may follow.
class Reader {
 public:
  void read(const ExprToken& token) {
    using Kind = ExprTokenKind;
    switch (token.kind) {
      case Kind::name:
        named_ = expects_ == Expects::name ? token.text : "";
        expects_ = Expects::nothing;
        break;
      case Kind::keyword:
        keyword(token);
        break;
      case Kind::sign:
        sign(token);
        break;
      case Kind::function:
        expects_ = Expects::nothing;  // its parenthesis follows
        break;
      default:
        named_.clear();
        expects_ = Expects::nothing;
    }
    before_ = token;
  }

  ExprTail tail(std::size_t begin) const {
    if (expects_ == Expects::answer && question_.empty()) return {Expects::nothing, begin, ""};
    return {expects_, begin, expects_ == Expects::answer ? question_ : ""};
  }

 private:
  using Expects = ExprTail::Expects;

  void keyword(const ExprToken& token) {
    if (token.text == "in") {
      question_ = named_;
      expects_ = Expects::nothing;
    } else {
      const bool joins = token.text == "and" || token.text == "or" || token.text == "not";
      expects_ = joins ? Expects::name : Expects::nothing;
      if (joins) list_ = any_ = false;
    }
  }

  void sign(const ExprToken& token) {
    if (compares(token)) {
      question_ = named_;
      expects_ = Expects::answer;
    } else if (token.text == "(") {
      list_ = is(before_, ExprTokenKind::keyword, "in");
      any_ = is(before_, ExprTokenKind::keyword, "any");
      expects_ = list_ ? Expects::answer : Expects::name;
    } else if (token.text == ",") {
      if (any_ && !list_) question_ = named_;  // any(q, ...): answers from here on
      list_ = list_ || any_;
      expects_ = list_ ? Expects::answer : Expects::name;
    } else if (token.text == ")") {
      list_ = any_ = false;
      expects_ = Expects::nothing;
    } else {
      named_.clear();  // arithmetic: what is compared is no answer
      expects_ = Expects::name;
    }
  }

  Expects expects_ = Expects::name;
  std::string named_;     // the name just read
  std::string question_;  // whose answers are expected
  bool list_ = false;     // in (...), or behind the name in any(...)
  bool any_ = false;
  ExprToken before_;
};

}  // namespace

ExprTail expr_tail(std::string_view text) {
  auto [tokens, begin] = words_of(text);
  if (begin == text.size() && !tokens.empty()) {
    const ExprToken& last = tokens.back();
    const bool whole = last.kind == ExprTokenKind::sign || last.kind == ExprTokenKind::function;
    if (last.end == text.size() && !whole) {
      begin = last.at;
      tokens.pop_back();
    }
  }
  Reader reader;
  for (const ExprToken& token : tokens) reader.read(token);
  return reader.tail(begin);
}

}  // namespace sondeo
