// SPDX-License-Identifier: MIT
#include "tabulate/cell_records.h"

#include <algorithm>

#include "base/number.h"

namespace sondeo {

std::string pack_texts(const std::vector<std::string>& texts) {
  std::string packed;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (i > 0) packed += '\t';
    for (const char c : texts[i]) {
      switch (c) {
        case '\t':
          packed += "\\t";
          break;
        case '\n':
          packed += "\\n";
          break;
        case '\r':
          packed += "\\r";
          break;
        case '\\':
          packed += "\\\\";
          break;
        default:
          packed += c;
      }
    }
  }
  return packed;
}

std::vector<std::string> unpack_texts(std::string_view packed) {
  std::vector<std::string> texts{""};
  for (std::size_t i = 0; i < packed.size(); ++i) {
    const char c = packed[i];
    if (c == '\t') {
      texts.emplace_back();
    } else if (c != '\\' || i + 1 == packed.size()) {
      texts.back() += c;
    } else {
      const char escaped = packed[++i];
      texts.back() += escaped == 't'   ? '\t'
                      : escaped == 'n' ? '\n'
                      : escaped == 'r' ? '\r'
                                       : escaped;
    }
  }
  return texts;
}

namespace {

template <class TextOf>
std::string packed(std::size_t count, const TextOf& text_of) {
  std::string packed;
  for (std::size_t i = 0; i < count; ++i) {
    const auto text = text_of(i);
    if (text == "0") continue;
    if (!packed.empty()) packed += ' ';
    packed += std::to_string(i);
    packed += ':';
    packed += text;
  }
  return packed;
}

template <class Sum, class Read>
bool unpack(std::string_view packed, std::vector<Sum>& sums, const Read& read) {
  while (!packed.empty()) {
    const auto blank = std::min(packed.find(' '), packed.size());
    const auto each = packed.substr(0, blank);
    packed.remove_prefix(std::min(blank + 1, packed.size()));
    const auto colon = std::min(each.find(':'), each.size());
    const auto place = parse_count(each.substr(0, colon));
    const auto sum = read(each.substr(std::min(colon + 1, each.size())));
    if (!place || *place >= sums.size() || !sum) return false;
    sums[*place] = *sum;
  }
  return true;
}

}  // namespace

std::string pack_sums(const ExactSum* sums, std::size_t count) {
  return packed(count, [&](std::size_t i) { return sums[i].hex(); });
}

bool unpack_sums(std::string_view packed, std::vector<ExactSum>& sums) {
  return unpack(packed, sums, ExactSum::from_hex);
}

std::string pack_powers(const std::vector<PowerSum>& sums) {
  return packed(sums.size(), [&](std::size_t i) { return sums[i].text(); });
}

bool unpack_powers(std::string_view packed, std::vector<PowerSum>& sums) {
  return unpack(packed, sums, PowerSum::from_text);
}

}  // namespace sondeo
