// SPDX-License-Identifier: MIT
#include "layout/separators.h"

#include <doctest/doctest.h>

#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "base/text.h"
#include "naive.h"

namespace sondeo {
namespace {

struct Scanned {
  std::vector<std::uint32_t> positions;
  SeparatorState state;
};

// The text in exactly the room that the contract asks for, so that a sanitizer sees a byte too
// many.
Scanned scan_pieces(const NamedScan& scan, std::string_view text,
                    const std::vector<std::size_t>& cuts, char delimiter = ',') {
  std::unique_ptr<char[]> bytes(new char[text.size() + 64]);
  std::memcpy(bytes.get(), text.data(), text.size());
  std::memset(bytes.get() + text.size(), '"', 64);  // what lies behind the text must not matter
  Scanned result;
  std::size_t from = 0;
  auto ends = cuts;
  ends.push_back(text.size());
  for (const auto to : ends) {
    std::unique_ptr<std::uint32_t[]> out(new std::uint32_t[to - from + 64]);
    const auto* last = scan.scan(bytes.get(), from, to, delimiter, result.state, out.get());
    result.positions.insert(result.positions.end(), out.get(), const_cast<std::uint32_t*>(last));
    from = to;
  }
  return result;
}

void check_same(const Scanned& a, const Scanned& b) {
  // After a stray quote positions mean nothing, but all versions must agree that they do.
  REQUIRE(a.state.irregular == b.state.irregular);
  REQUIRE(a.state.doubtful == b.state.doubtful);
  REQUIRE(a.state.nul == b.state.nul);
  REQUIRE(a.state.line_ends == b.state.line_ends);
  REQUIRE(a.positions == b.positions);
  REQUIRE(a.state.inside == b.state.inside);
  REQUIRE(a.state.record_ends == b.state.record_ends);
}

void check_same_carry(const Scanned& a, const Scanned& b) {
  REQUIRE(a.state.may_open == b.state.may_open);
  REQUIRE(a.state.after_close == b.state.after_close);
  REQUIRE(a.state.after_cr == b.state.after_cr);
  REQUIRE(a.state.raw_after_cr == b.state.raw_after_cr);
  REQUIRE(a.state.continues == b.state.continues);
}

std::vector<const NamedScan*> scans() {
  std::vector<const NamedScan*> found;
  for (const char* name : {"portable", "avx2", "avx512"}) {
    if (const auto* scan = find_separator_scan(name)) found.push_back(scan);
  }
  return found;
}

// Whether there is more in it than ASCII and whole characters that are plainly UTF-8. A last one
// that is cut off is for the text that may follow.
bool is_doubtful(std::string_view text) {
  std::size_t due = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool continues = byte >= 0x80 && byte < 0xc0;
    if (continues != (due > 0)) return true;
    if (continues) --due;
    if (byte < 0xc0) continue;
    if (byte < 0xc2 || byte == 0xe0 || byte == 0xed || byte >= 0xf0) return true;
    due = byte < 0xe0 ? 1 : 2;
  }
  return false;
}

// What the scan must say of well-quoted text, one byte at a time.
Scanned naive_scan(std::string_view text, char delimiter) {
  Scanned result;
  bool inside = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') inside = !inside;
    result.state.nul |= c == 0;
    if (inside || (c != delimiter && !naive::ends_line(c))) continue;
    if (c == '\n' && i > 0 && text[i - 1] == '\r') continue;
    result.positions.push_back(static_cast<std::uint32_t>(i));
    if (c != delimiter) ++result.state.record_ends;
  }
  result.state.doubtful = is_doubtful(text);
  result.state.inside = inside ? ~std::uint64_t{0} : 0;
  result.state.line_ends = naive::lines_before(text, text.size());
  return result;
}

const std::string nasty{"\"\"\",,;\r\r\n\n\0\xff\xc3\xa9xyz09", 20};

}  // namespace

TEST_CASE("separators: portable is always there, and the best one is one of them") {
  REQUIRE(find_separator_scan("portable") != nullptr);
  CHECK(find_separator_scan("sse9") == nullptr);
  CHECK(find_separator_scan("") == nullptr);
  const auto& best = best_separator_scan();
  const auto* named = find_separator_scan(best.name);
  REQUIRE(named != nullptr);
  CHECK(std::string(named->name) == best.name);
}

TEST_CASE("separators: every version gives the same positions and states") {
  naive::Maker make(1);
  const auto all = scans();
  for (int round = 0; round < 3000; ++round) {
    const auto text = round % 2 == 0 ? make.noise(make.below(400), nasty)
                                     : make.table(1 + make.below(12), 3, ',', make.below(2));
    const auto first = scan_pieces(*all[0], text, {});
    for (const auto* scan : all) {
      CAPTURE(scan->name);
      CAPTURE(round);
      const auto whole = scan_pieces(*scan, text, {});
      check_same(first, whole);
      if (text.size() % 64 == 0) check_same_carry(first, whole);
      for (std::size_t cut = 64; cut < text.size(); cut += 64) {
        check_same(first, scan_pieces(*scan, text, {cut}));
      }
      std::vector<std::size_t> every;
      for (std::size_t cut = 64; cut < text.size(); cut += 64) every.push_back(cut);
      const auto in_words = scan_pieces(*scan, text, every);
      check_same(first, in_words);
      if (text.size() % 64 == 0) check_same_carry(first, in_words);
    }
  }
}

TEST_CASE("separators: well-quoted text gives what a byte-wise reader finds") {
  naive::Maker make(2);
  for (int round = 0; round < 2000; ++round) {
    const char delimiter = ",;\t|"[make.below(4)];
    const auto text = make.table(1 + make.below(20), 1 + make.below(5), delimiter, 0);
    const auto expected = naive_scan(text, delimiter);
    for (const auto* scan : scans()) {
      CAPTURE(scan->name);
      CAPTURE(round);
      const auto found = scan_pieces(*scan, text, {}, delimiter);
      REQUIRE_FALSE(found.state.irregular);
      check_same(expected, found);
    }
  }
}

TEST_CASE("separators: plain UTF-8 needs no second look, everything else does, wherever it lies") {
  naive::Maker make(3);
  const std::vector<std::string> characters{
      "a", ",", "\xc2\xa0", "\xc3\xa9", "\xdf\xbf", "\xe1\x80\x80", "\xe2\x82\xac", "\xef\xbf\xbd"};
  const std::vector<std::string> others{
      "\x80",     "\xbf",         "\xc3",         "\xe2\x82",
      "\xc1\xbf", "\xe0\xa0\x80", "\xed\xa0\x80", "\xf0\x9f\x98\x80",
      "\xf5",     "\xff"};
  std::size_t doubted = 0;
  for (int round = 0; round < 4000; ++round) {
    std::string text;
    while (text.size() < 64 + make.below(140)) text += characters[make.below(characters.size())];
    if (round % 2 == 0) text.insert(make.below(text.size()), others[make.below(others.size())]);
    text += '\n';  // no character is cut off
    const bool doubtful = is_doubtful(text);
    doubted += doubtful;
    if (!doubtful) REQUIRE(find_invalid_utf8(text) == std::string_view::npos);
    for (const auto* scan : scans()) {
      CAPTURE(scan->name);
      CAPTURE(round);
      REQUIRE(scan_pieces(*scan, text, {}).state.doubtful == doubtful);
      REQUIRE(scan_pieces(*scan, text, {64}).state.doubtful == doubtful);
    }
  }
  CHECK(doubted == 2000);
}

TEST_CASE("separators: a stray quote is seen wherever it lies in a word") {
  for (const auto* scan : scans()) {
    CAPTURE(scan->name);
    for (std::size_t at = 0; at < 192; ++at) {
      CAPTURE(at);
      std::string text(192, 'x');
      text[at] = '"';
      // A quote that opens the text is a quote left open, which is for the caller to see.
      const auto open = scan_pieces(*scan, text, {});
      CHECK(open.state.irregular == (at != 0));
      if (at == 0) CHECK(open.state.inside != 0);

      // "" in the middle of a cell, text after a close, and a good quoted cell.
      if (at < 3 || at > 187) continue;
      std::string doubled(192, 'x');
      doubled[at] = doubled[at + 1] = '"';
      CHECK(scan_pieces(*scan, doubled, {}).state.irregular);
      std::string after(192, 'x');
      after.replace(at - 1, 4, ",\"a\"");
      CHECK(scan_pieces(*scan, after, {}).state.irregular);
      std::string good(192, 'x');
      good.replace(at - 1, 5, ",\"a\",");
      CHECK_FALSE(scan_pieces(*scan, good, {}).state.irregular);
    }
  }
}

TEST_CASE("separators: CRLF over the edge of a word is one line end") {
  for (const auto* scan : scans()) {
    CAPTURE(scan->name);
    for (std::size_t at = 1; at < 130; ++at) {
      CAPTURE(at);
      std::string text(192, 'x');
      text.replace(at, 2, "\r\n");
      for (const auto& cuts : {std::vector<std::size_t>{}, {64}, {128}, {64, 128}}) {
        const auto found = scan_pieces(*scan, text, cuts);
        CHECK(found.positions == std::vector<std::uint32_t>{static_cast<std::uint32_t>(at)});
        CHECK(found.state.line_ends == 1);
        CHECK(found.state.record_ends == 1);
      }
    }
  }
}

}  // namespace sondeo
