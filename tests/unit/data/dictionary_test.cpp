// SPDX-License-Identifier: MIT
#include "data/dictionary.h"

#include <doctest/doctest.h>

#include <cstring>
#include <map>
#include <memory>
#include <random>
#include <string>

namespace sondeo {
namespace {

// A text with the sixteen readable bytes behind its start, and nothing that helps behind its end.
class Text {
 public:
  explicit Text(const std::string& text, char behind = 'x')
      : bytes_(new char[text.size() + 16]), size_(text.size()) {
    std::memset(bytes_.get(), behind, text.size() + 16);
    std::memcpy(bytes_.get(), text.data(), text.size());
  }
  std::uint32_t find_in(const Dictionary& dictionary) const {
    return dictionary.find(bytes_.get(), size_);
  }
  std::uint32_t add_to(Dictionary& dictionary) const { return dictionary.add(bytes_.get(), size_); }

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t size_;
};

}  // namespace

TEST_CASE("Dictionary: numbers texts as they come, as a map would") {
  std::mt19937 random(1);
  Dictionary dictionary;
  std::map<std::string, std::uint32_t> naive;
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    // Short ones of few signs, NUL among them, and long ones that differ at their ends.
    const auto size = random() % 20;
    for (std::size_t i = 0; i < size; ++i) text += std::string("a\0b\xff", 4)[random() % 4];
    if (random() % 3 == 0) text = "the same beginning of the text " + text;
    const Text given(text, static_cast<char>(random() % 256));
    const auto code = given.find_in(dictionary);
    const auto known = naive.find(text);
    if (known != naive.end()) {
      REQUIRE(code == known->second);
    } else {
      REQUIRE(code == Dictionary::unknown);
      const auto added = given.add_to(dictionary);
      REQUIRE(added == naive.size());
      naive.emplace(text, added);
    }
  }
  REQUIRE(dictionary.size() == naive.size());
  for (const auto& [text, code] : naive) {
    REQUIRE(dictionary.text(code) == text);
    REQUIRE(Text(text).find_in(dictionary) == code);
  }
}

TEST_CASE("Dictionary: size is part of a text, bytes behind it are not") {
  Dictionary dictionary;
  const std::string zeros(12, '\0');
  for (std::size_t size = 0; size <= zeros.size(); ++size) {
    const Text text(zeros.substr(0, size), '\0');
    REQUIRE(text.find_in(dictionary) == Dictionary::unknown);
    REQUIRE(text.add_to(dictionary) == size);
  }
  for (const char behind : {'\0', '1', '\xff'}) {
    for (std::size_t size = 0; size <= zeros.size(); ++size) {
      REQUIRE(Text(zeros.substr(0, size), behind).find_in(dictionary) == size);
    }
  }
}

TEST_CASE("Dictionary: many texts that are numbers") {
  Dictionary dictionary;
  for (int i = 0; i < 100000; ++i) {
    const Text text(std::to_string(i));
    REQUIRE(text.find_in(dictionary) == Dictionary::unknown);
    text.add_to(dictionary);
  }
  for (int i = 0; i < 100000; ++i) REQUIRE(Text(std::to_string(i)).find_in(dictionary) == i);
}

}  // namespace sondeo
