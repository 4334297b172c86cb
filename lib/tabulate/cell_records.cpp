// SPDX-License-Identifier: MIT
#include "tabulate/cell_records.h"

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

}  // namespace sondeo
