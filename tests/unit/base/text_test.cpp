// SPDX-License-Identifier: MIT
#include "base/text.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace std::string_literals;
using sondeo::append_utf8;
using sondeo::ascii_lower;
using sondeo::clip;
using sondeo::display_width;
using sondeo::excerpt;
using sondeo::find_invalid_utf8;
using sondeo::glob_match;
using sondeo::natural_compare;
using sondeo::nearest;
using sondeo::trim;
using sondeo::visible;
using sondeo::wrap;
using Lines = std::vector<std::string>;

namespace {

std::string pick(std::mt19937_64& random, const std::vector<std::string>& parts, std::size_t most) {
  std::string out;
  for (std::size_t n = random() % (most + 1); n > 0; --n) out += parts[random() % parts.size()];
  return out;
}

// Without controls, which have no place on a line.
const std::vector<std::string> pieces = {
    "a",  "b",      " ",          "1", "日",   "한",       "ע",      "é", "e\u0301",
    "ｆ", "\u200D", "\uFE0F",     "❤", "👨",    "👩",        "🏽",   "🇪", "\u0301",
    "न",  "ि",      "\U000E0067", "…", "\xFF", "\xE2\x82", "\u1100", "ᅡ"};

}  // namespace

TEST_CASE("display width of what surveys contain") {
  CHECK(display_width("") == 0);
  CHECK(display_width("Approve (net)") == 13);
  CHECK(display_width("日本語テスト") == 12);
  CHECK(display_width("한국어") == 6);
  CHECK(display_width("עברית") == 5);
  CHECK(display_width("العربية") == 7);
  CHECK(display_width("café") == 4);
  CHECK(display_width("cafe\u0301") == 4);
  CHECK(display_width("ｆｕｌｌ") == 8);
  CHECK(display_width("año") == 3);
  CHECK(display_width("नमस्ते") == 4);
  CHECK(display_width("\u200Bzero width") == 10);
  CHECK(display_width("───█▋±×…") == 8);
}

TEST_CASE("display width of emoji") {
  CHECK(display_width("😀") == 2);
  CHECK(display_width("❤") == 1);
  CHECK(display_width("❤\uFE0F") == 2);
  CHECK(display_width("1\uFE0F\u20E3") == 2);
  CHECK(display_width("👍🏽") == 2);
  CHECK(display_width("🏽") == 2);
  CHECK(display_width("👨\u200D👩\u200D👧") == 2);
  CHECK(display_width("👨\u200D👩\u200D👧\u200D👦") == 2);
  CHECK(display_width("🇪🇸") == 2);
  CHECK(display_width("🇪🇸🇫🇷") == 4);
  CHECK(display_width("🇪") == 1);
}

TEST_CASE("display width of what should not be there") {
  CHECK(display_width("a\tb\n") == 2);
  CHECK(display_width("\xFF\xFE") == 2);
  CHECK(display_width("\xE2\x82") == 2);
  CHECK(display_width("a\u200D") == 1);
  CHECK(display_width("\u0301") == 0);
}

TEST_CASE("clip cuts between clusters and says so") {
  CHECK(clip("Approve", 7) == "Approve");
  CHECK(clip("Approve", 6) == "Appro…");
  CHECK(clip("Approve", 6, true) == "App...");
  CHECK(clip("Approve", 2, true) == "..");
  CHECK(clip("Approve", 1) == "…");
  CHECK(clip("Approve", 0) == "");
  CHECK(clip("Approve", -1) == "");
  CHECK(clip("", 3) == "");
  CHECK(clip("日本語", 6) == "日本語");
  CHECK(clip("日本語", 5) == "日本…");
  CHECK(clip("日本語", 4) == "日…");
  CHECK(clip("e\u0301e\u0301e\u0301", 2) == "e\u0301…");
  CHECK(clip("👨\u200D👩\u200D👧👍🏽x", 4) == "👨\u200D👩\u200D👧…");
  CHECK(clip("🇪🇸🇫🇷x", 3) == "🇪🇸…");
}

TEST_CASE("wrap breaks at blanks, else between clusters") {
  CHECK(wrap("", 5) == Lines{""});
  CHECK(wrap("   ", 5) == Lines{""});
  CHECK(wrap("one two", 7) == Lines{"one two"});
  CHECK(wrap("one two", 6) == Lines{"one", "two"});
  CHECK(wrap("one   two", 5) == Lines{"one", "two"});
  CHECK(wrap("  one two", 5) == Lines{"  one", "two"});
  CHECK(wrap("one two  ", 5) == Lines{"one", "two  "});
  CHECK(wrap("abcdefgh ij", 3) == Lines{"abc", "def", "gh", "ij"});
  CHECK(wrap("x abcdefgh", 4) == Lines{"x", "abcd", "efgh"});
  CHECK(wrap("日本語テスト", 5) == Lines{"日本", "語テ", "スト"});
  CHECK(wrap("日本", 1) == Lines{"日", "本"});
  CHECK(wrap("a\u00A0b c", 3) == Lines{"a\u00A0b", "c"});
  CHECK(wrap("one\ntwo\r\n\nthree\n", 40) == Lines{"one", "two", "three"});
}

TEST_CASE("clipped and wrapped text is as wide as promised and loses nothing else") {
  std::mt19937_64 random(99);
  for (int i = 0; i < 4000; ++i) {
    const std::string text = pick(random, pieces, 14);
    const int columns = 2 + static_cast<int>(random() % 7);
    CAPTURE(text);
    CAPTURE(columns);
    REQUIRE(display_width(clip(text, columns)) <= columns);
    REQUIRE(display_width(clip(text, columns, true)) <= columns);
    if (display_width(text) <= columns) {
      REQUIRE(clip(text, columns) == text);
    }
    std::string joined;
    for (const std::string& line : wrap(text, columns)) {
      REQUIRE((!line.empty() || trim(text).empty()));
      // One cluster may be wider than the line: it cannot be cut.
      if (display_width(line) > columns) {
        REQUIRE(clip(line, display_width(line) - 1) == "…");
      }
      joined += line;
    }
    std::string all = text;
    std::erase(joined, ' ');
    std::erase(all, ' ');
    REQUIRE(joined == all);
  }
}

TEST_CASE("hostile text becomes inert") {
  CHECK(visible("plain \\x text, ñ 日 🇪🇸") == "plain \\x text, ñ 日 🇪🇸");
  CHECK(visible("\x1b[31mred\x1b[0m") == "\\x1b[31mred\\x1b[0m");
  CHECK(visible("a\tb\r\nc") == "a\\x09b\\x0d\\x0ac");
  CHECK(visible("\x00\x07"s) == "\\x00\\x07");
  CHECK(visible("\x7F") == "\\x7f");
  CHECK(visible("\u0080\u009B31m\u009F") == "\\u0080\\u009b31m\\u009f");
  CHECK(visible("\u202A\u202E\u2066\u2069") == "\\u202a\\u202e\\u2066\\u2069");
  CHECK(visible("\u2028\u2029\uFEFF") == "\\u2028\\u2029\\ufeff");
  CHECK(visible("\u200E\u200F\u200D") == "\u200E\u200F\u200D");
  CHECK(visible("a\xFF\x9B\xE2\x82") == "a\\xff\\x9b\\xe2\\x82");
  CHECK(visible("\xED\xA0\x80") == "\\xed\\xa0\\x80");
}

TEST_CASE("an excerpt is visible and short") {
  CHECK(excerpt("short") == "short");
  CHECK(excerpt(std::string(50, 'x')) == std::string(39, 'x') + "…");
  CHECK(excerpt("\x1b[2J", 40) == "\\x1b[2J");
  CHECK(excerpt("\x1b\x1b\x1b", 6) == "\\x1b\\…");
}

TEST_CASE("trim takes blanks and no-break spaces off both ends") {
  CHECK(trim("") == "");
  CHECK(trim(" \t\r\n\v\f") == "");
  CHECK(trim(" a b ") == "a b");
  CHECK(trim("\u00A0\u2007 x\u202F\t") == "x");
  CHECK(trim("\u00A0") == "");
  CHECK(trim("à") == "à");
  CHECK(trim("\u3000x") == "\u3000x");
  CHECK(trim("\xA0") == "\xA0");
}

TEST_CASE("ascii_lower leaves other bytes alone") {
  CHECK(ascii_lower("AbZ[@`{09") == "abz[@`{09");
  CHECK(ascii_lower("ÑÉ\xFF") == "ÑÉ\xFF");
}

TEST_CASE("nearest finds what was meant") {
  const std::vector<std::string> options = {"--weight", "--where", "--width", "--output"};
  CHECK(nearest("--wieght", options) == "--weight");
  CHECK(nearest("--WHERE", options) == "--where");
  CHECK(nearest("--outptu", options) == "--output");
  CHECK(nearest("--banana", options) == "");
  CHECK(nearest("q1", {"q7_1", "q2", "q1"}) == "q1");
  CHECK(nearest("q1", {"q2", "q3"}) == "q2");
  CHECK(nearest("q1", {"age", "region"}) == "");
  CHECK(nearest("anyo", {"año"}) == "");
  CHECK(nearest("ano", {"año"}) == "año");
  CHECK(nearest("x", {}) == "");
  CHECK(nearest(std::string(100000, 'x'), {std::string(100000, 'x')}) == "");
  CHECK(nearest("\xFF", {"\xFF"}) == "\xFF");
}

TEST_CASE("globs") {
  CHECK(glob_match("", ""));
  CHECK_FALSE(glob_match("", "a"));
  CHECK(glob_match("*", ""));
  CHECK(glob_match("**", "ab"));
  CHECK(glob_match("q7_*", "q7_1"));
  CHECK_FALSE(glob_match("q7_*", "q8_1"));
  CHECK(glob_match("q?", "q1"));
  CHECK_FALSE(glob_match("q?", "q"));
  CHECK_FALSE(glob_match("q?", "q12"));
  CHECK(glob_match("*ab", "aab"));
  CHECK(glob_match("a*b*c", "a1b2b3c"));
  CHECK_FALSE(glob_match("a*b*c", "a1b2b3"));
  CHECK(glob_match("[a]", "[a]"));
  CHECK_FALSE(glob_match("[a]", "a"));
  CHECK(glob_match("a\\*", "a\\x"));
  CHECK(glob_match("a?o", "año"));
  CHECK_FALSE(glob_match("*??", "日"));
  CHECK(glob_match("*?", "日"));
  CHECK(glob_match("*本?", "日本語"));
  const std::string text(20000, 'a');
  CHECK_FALSE(glob_match("*a*a*a*a*a*a*a*a*b", text));
}

TEST_CASE("natural order") {
  CHECK(natural_compare("2", "10") < 0);
  CHECK(natural_compare("50-249", "1000-4999") < 0);
  CHECK(natural_compare("a2", "a10") < 0);
  CHECK(natural_compare("a2b3", "a2b20") < 0);
  CHECK(natural_compare("", "a") < 0);
  CHECK(natural_compare("a", "a1") < 0);
  CHECK(natural_compare("a", "a") == 0);
  CHECK(natural_compare("01", "1") < 0);
  CHECK(natural_compare("1", "01") > 0);
  CHECK(natural_compare("01b", "1a") > 0);
  CHECK(natural_compare("z", "ñ") < 0);
  CHECK(natural_compare("9", "a") < 0);
  CHECK(natural_compare(" 1", "1") < 0);
  CHECK(natural_compare("99999999999999999999998", "99999999999999999999999") < 0);
  CHECK(natural_compare("0", "00") < 0);
}

TEST_CASE("natural order is a strict total order") {
  std::mt19937_64 random(3);
  const std::vector<std::string> parts = {"0", "1", "2", "10", "a", "b", "-", " ", "ñ", "\xFF"};
  for (int i = 0; i < 60000; ++i) {
    const std::string a = pick(random, parts, 5);
    const std::string b = pick(random, parts, 5);
    const std::string c = pick(random, parts, 5);
    const int ab = natural_compare(a, b);
    REQUIRE((ab == 0) == (a == b));
    REQUIRE((ab < 0) == (natural_compare(b, a) > 0));
    if (ab < 0 && natural_compare(b, c) < 0) {
      REQUIRE(natural_compare(a, c) < 0);
    }
  }
}

TEST_CASE("invalid UTF-8 is found where it begins") {
  CHECK(find_invalid_utf8("") == std::string_view::npos);
  CHECK(find_invalid_utf8("plain text, longer than a word of eight") == std::string_view::npos);
  CHECK(find_invalid_utf8("ñandú, 日本語, 😀, \u0000") == std::string_view::npos);
  for (const char* bad :
       {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC3", "\xC3(", "\xE0\x80\x80", "\xE0\x9F\xBF",
        "\xE2\x82", "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x80\x80\x80", "\xF0\x8F\xBF\xBF",
        "\xF0\x9F\x98", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFE", "\xFF"}) {
    for (const std::size_t before : {0, 1, 7, 8, 9, 31}) {
      const std::string text = std::string(before, 'a') + "ñ" + bad + "tail that is long enough";
      REQUIRE(find_invalid_utf8(text) == before + 2);
      REQUIRE(find_invalid_utf8(std::string(before, 'a') + bad) == before);
    }
  }
}

TEST_CASE("every code point is written as valid UTF-8, in code point order") {
  std::string all;
  std::string last;
  for (char32_t c = 0; c < 0x110000; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    std::string one;
    append_utf8(one, c);
    if (c > 0) {
      REQUIRE(last < one);
    }
    REQUIRE(display_width(one) <= 2);
    last = one;
    all += one;
  }
  CHECK(find_invalid_utf8(all) == std::string_view::npos);
  CHECK(find_invalid_utf8(visible(all)) == std::string_view::npos);
  std::string sign;
  append_utf8(sign, U'ñ');
  append_utf8(sign, U'€');
  append_utf8(sign, U'😀');
  CHECK(sign == "ñ€😀");
}
