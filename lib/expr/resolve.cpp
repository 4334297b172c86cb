// SPDX-License-Identifier: MIT
#include "expr/resolve.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <unordered_map>
#include <utility>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "base/text_fold.h"
#include "expr/lexer.h"

namespace sondeo {
namespace {

constexpr std::size_t none = static_cast<std::size_t>(-1);
constexpr std::size_t most_listed = 8;  // answers that a hint names

// The code that goes by some name, and a second one if there is one.
struct Found {
  std::size_t code = none;
  std::size_t other = none;
  bool one() const { return code != none && other == none; }
};

template <typename Key>
class Lookup {
 public:
  void add(const Key& key, std::size_t code) {
    auto& found = found_[key];
    if (found.code == none) {
      found.code = code;
    } else if (found.code != code && found.other == none) {
      found.other = code;
    }
  }
  Found find(const Key& key) const {
    const auto found = found_.find(key);
    return found == found_.end() ? Found() : found->second;
  }

 private:
  std::unordered_map<Key, Found> found_;
};

// The codes of one question by all that they may be called.
struct Codes {
  explicit Codes(const ExprQuestion& of) : question(of) {
    for (std::size_t i = 0; i < question.codes.size(); ++i) {
      const auto& code = question.codes[i];
      texts.add(std::string(trim(code.code)), i);
      if (const auto number = parse_number(code.code)) numbers.add(*number, i);
      for (const auto& label : code.labels) {
        labels.add(std::string(trim(label)), i);
        folded.add(fold_case(trim(label)), i);
      }
    }
  }

  Found by_text(std::string_view text) const {
    const std::string word(trim(text));
    if (const auto label = labels.find(word); label.code != none) return label;
    if (const auto code = texts.find(word); code.code != none) return code;
    const auto label = folded.find(fold_case(word));
    if (label.one()) return label;
    const auto number = parse_number(word);
    const auto code = number ? numbers.find(*number) : Found();
    return code.code != none ? code : label;
  }

  Found by_number(double number) const {
    const auto code = numbers.find(number);
    if (code.one()) return code;
    if (const auto text = texts.find(shortest(number)); text.code != none) return text;
    return code.code != none ? code : labels.find(shortest(number));
  }

  // The number that stands for this code and for no other.
  std::optional<double> number_of(std::size_t code) const {
    const auto number = parse_number(question.codes[code].code);
    return number && numbers.find(*number).one() ? number : std::nullopt;
  }

  const ExprQuestion& question;
  Lookup<std::string> texts;
  Lookup<double> numbers;
  Lookup<std::string> labels;
  Lookup<std::string> folded;
};

bool is_size_comparison(ExprKind kind) {
  return kind == ExprKind::less || kind == ExprKind::less_equal || kind == ExprKind::greater ||
         kind == ExprKind::greater_equal;
}

bool is_comparison(ExprKind kind) {
  return kind == ExprKind::equal || kind == ExprKind::not_equal || is_size_comparison(kind);
}

// A number, with or without a minus before it, or a text.
bool is_literal(const Expr& expr) {
  if (expr.kind == ExprKind::negate) return expr.args[0].kind == ExprKind::number;
  return expr.kind == ExprKind::number || expr.kind == ExprKind::text;
}

double number_of(const Expr& literal) {
  return literal.kind == ExprKind::negate ? 0 - literal.args[0].value : literal.value;
}

Expr node(ExprKind kind, std::size_t at, std::vector<Expr> args) {
  return {kind, at, 0, "", std::move(args)};
}

Expr raw_cell(const Expr& name) { return node(ExprKind::text_of, name.at, {name}); }

class Resolver {
 public:
  Resolver(const ExprScope& scope, const ExprSource& source, const std::string& what)
      : scope_(scope), source_(source), what_(what) {}

  Expr resolve(const Expr& expr) {
    if (expr.kind == ExprKind::name) {
      if (question_of(expr).several) refuse_several(expr);
      return expr;
    }
    if (is_comparison(expr.kind)) return comparison(expr);
    if (expr.kind == ExprKind::in || expr.kind == ExprKind::any) return membership(expr);
    Expr resolved = {expr.kind, expr.at, expr.value, expr.text, {}};
    if (expr.kind == ExprKind::contains || expr.kind == ExprKind::matches) refuse_coded(expr);
    if (expr.kind == ExprKind::date_of && expr.text.empty()) {
      const auto& name = expr.args[0];
      if (name.kind == ExprKind::name) resolved.text = question_of(name).date_format;
    }
    const bool takes_several = expr.kind == ExprKind::count || expr.kind == ExprKind::missing;
    for (const auto& arg : expr.args) {
      if (takes_several && arg.kind == ExprKind::name) {
        question_of(arg);
        resolved.args.push_back(arg);
      } else {
        add(resolved, resolve(arg));
      }
    }
    return resolved;
  }

 private:
  // A membership may have become a disjunction: those in a disjunction are part of it.
  static void add(Expr& parent, Expr child) {
    if (parent.kind != ExprKind::logical_or || child.kind != ExprKind::logical_or) {
      parent.args.push_back(std::move(child));
      return;
    }
    for (auto& arg : child.args) parent.args.push_back(std::move(arg));
  }

  Expr comparison(const Expr& expr) {
    Expr resolved = node(expr.kind, expr.at, {resolve(expr.args[0]), resolve(expr.args[1])});
    for (const std::size_t side : {0, 1}) {
      Expr& name = resolved.args[side];
      Expr& literal = resolved.args[1 - side];
      const Codes* codes = codes_of(name);
      if (codes == nullptr || !is_literal(literal)) continue;
      if (is_size_comparison(expr.kind)) {
        literal = size_of(*codes, literal, false);
      } else if (const auto code = code_of(*codes, literal); code != none) {
        literal = literal_of(*codes, code, literal.at, false);
        if (codes->question.codes[code].missing) name = raw_cell(name);
      }
      break;
    }
    return resolved;
  }

  Expr membership(const Expr& expr) {
    const bool any = expr.kind == ExprKind::any;
    const Expr name = any ? (known(expr.args[0]), expr.args[0]) : resolve(expr.args[0]);
    const Codes* codes = codes_of(name);
    Expr answers = node(expr.kind, expr.at, {name});
    Expr raw = node(ExprKind::in, expr.at, {raw_cell(name)});
    for (std::size_t i = 1; i < expr.args.size(); ++i) {
      const Expr& item = expr.args[i];
      if (codes == nullptr) {
        answers.args.push_back(item);
      } else if (item.kind == ExprKind::range) {
        answers.args.push_back(
            node(ExprKind::range, item.at,
                 {size_of(*codes, item.args[0], true), size_of(*codes, item.args[1], true)}));
      } else if (const auto code = is_literal(item) ? code_of(*codes, item) : none; code == none) {
        answers.args.push_back(item);
      } else {
        const auto& question = codes->question;
        const bool is_raw = question.codes[code].missing && !question.several;
        (is_raw ? raw : answers).args.push_back(literal_of(*codes, code, item.at, true));
      }
    }
    if (raw.args.size() == 1) return answers;
    if (answers.args.size() == 1) return raw;
    return node(ExprKind::logical_or, expr.at, {std::move(answers), std::move(raw)});
  }

  // The code that a literal is; `none` if it is an answer without a code.
  std::size_t code_of(const Codes& codes, const Expr& literal) const {
    const auto found = literal.kind == ExprKind::text ? codes.by_text(literal.text)
                                                      : codes.by_number(number_of(literal));
    if (found.other != none) refuse_ambiguous(codes.question, literal, found);
    if (found.code == none && !codes.question.others) refuse_unknown(codes.question, literal);
    return found.code;
  }

  // What is compared in size with the codes of a question.
  Expr size_of(const Codes& codes, const Expr& literal, bool item) const {
    if (literal.kind != ExprKind::text) return literal;
    const auto code = code_of(codes, literal);
    if (code == none) return literal;
    const auto& answer = codes.question.codes[code];
    const auto number = parse_number(answer.code);
    if (number && !answer.missing) return number_literal(*number, literal.at, item);
    fail(literal, "expr-type",
         print_expr(literal) + " has no size: its code " + excerpt(answer.code) +
             (answer.missing ? " is declared missing" : " is no number"));
  }

  static Expr number_literal(double number, std::size_t at, bool item) {
    if (number < 0 && !item) {
      return node(ExprKind::negate, at, {{ExprKind::number, at, -number, "", {}}});
    }
    return {ExprKind::number, at, number, "", {}};
  }

  static Expr literal_of(const Codes& codes, std::size_t code, std::size_t at, bool item) {
    if (const auto number = codes.number_of(code)) return number_literal(*number, at, item);
    return {ExprKind::text, at, 0, std::string(trim(codes.question.codes[code].code)), {}};
  }

  void known(const Expr& name) {
    if (name.kind == ExprKind::name) question_of(name);
  }

  const ExprQuestion& question_of(const Expr& name) {
    if (const auto* found = scope_.find(name.text)) return *found;
    const auto items = scope_.items ? scope_.items(name.text) : std::vector<std::string>{};
    if (!items.empty()) {
      fail(name, "several-items",
           excerpt(quote_name(name.text)) + " has several items; an expression names one of them",
           "for example " + quote_name(items.front()));
    }
    const auto near = nearest(name.text, scope_.names);
    fail(name, "unknown-question", "there is no question " + excerpt(quote_name(name.text)),
         near.empty() ? "" : "did you mean " + excerpt(quote_name(near)) + "?");
  }

  // The codes of a name that is a coded question, else nullptr.
  const Codes* codes_of(const Expr& name) {
    if (name.kind != ExprKind::name) return nullptr;
    const auto& question = question_of(name);
    if (question.codes.empty()) return nullptr;
    return &codes_.try_emplace(&question, question).first->second;
  }

  // A search in the codes themselves would find nothing that a person means.
  void refuse_coded(const Expr& search) {
    const auto& name = search.args[0];
    if (codes_of(name) == nullptr) return;
    const auto quoted = excerpt(quote_name(name.text));
    fail(name, "expr-type", quoted + " holds codes, in which no text can be looked for",
         "compare it with its answers, or look in the raw cell: text(" + quoted + ")");
  }

  [[noreturn]] void refuse_several(const Expr& name) const {
    const auto quoted = excerpt(quote_name(name.text));
    fail(name, "expr-type", quoted + " is a select-all question and has no single answer",
         "ask for any(" + quoted + ", …) or count(" + quoted + ")");
  }

  [[noreturn]] void refuse_unknown(const ExprQuestion& question, const Expr& literal) const {
    std::vector<std::string> candidates;
    std::string list;
    for (std::size_t i = 0; i < question.codes.size(); ++i) {
      const auto& code = question.codes[i];
      candidates.insert(candidates.end(), code.labels.begin(), code.labels.end());
      candidates.push_back(code.code);
      if (i > most_listed) continue;
      list += i == 0 ? "" : ", ";
      list += i == most_listed ? "…" : excerpt(code.code, 20);
      if (i == most_listed || code.labels.empty()) continue;
      list += ' ' + excerpt(quote_text(code.labels[0]), 24);
    }
    const auto near =
        literal.kind == ExprKind::text ? nearest(trim(literal.text), candidates) : std::string();
    fail(literal, "unknown-answer",
         excerpt(print_expr(literal)) + " is no answer of " + excerpt(quote_name(question.name)),
         near.empty() ? "its answers are " + list
                      : "did you mean " + excerpt(quote_text(near)) + "?");
  }

  [[noreturn]] void refuse_ambiguous(const ExprQuestion& question, const Expr& literal,
                                     const Found& found) const {
    fail(literal, "ambiguous-answer",
         excerpt(print_expr(literal)) + " may be code " + excerpt(question.codes[found.code].code) +
             " or " + excerpt(question.codes[found.other].code) + " of " +
             excerpt(quote_name(question.name)),
         "write the code");
  }

  [[noreturn]] void fail(const Expr& expr, std::string id, std::string message,
                         std::string hint = "") const {
    const auto at = std::min(expr.at, source_.text().size());
    throw Error(Place{what_, 1, source_.column(at)}, std::move(id), std::move(message),
                std::move(hint));
  }

  const ExprScope& scope_;
  const ExprSource& source_;
  const std::string& what_;
  std::unordered_map<const ExprQuestion*, Codes> codes_;
};

}  // namespace

Expr resolve_expr(const Expr& expr, const ExprScope& scope, std::string_view source,
                  const std::string& what) {
  const ExprSource text(source, what);
  return Resolver(scope, text, what).resolve(expr);
}

}  // namespace sondeo
