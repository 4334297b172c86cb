// SPDX-License-Identifier: MIT
// A strict RFC 4180 reader (LF line ends), written apart from the writer that it judges.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace sondeo::sample {

using Records = std::vector<std::vector<std::string>>;

inline Records parse_delimited(std::string_view text, char delimiter) {
  Records records;
  std::size_t i = 0;
  while (i < text.size()) {
    records.emplace_back();
    for (bool more = true; more;) {
      std::string cell;
      if (i < text.size() && text[i] == '"') {
        for (++i;; ++i) {
          if (i >= text.size()) throw std::runtime_error("open quote");
          if (text[i] != '"') {
            cell += text[i];
          } else if (i + 1 < text.size() && text[i + 1] == '"') {
            cell += text[i++];
          } else {
            break;
          }
        }
        ++i;
      } else {
        while (i < text.size() && text[i] != delimiter && text[i] != '\n') {
          if (text[i] == '"' || text[i] == '\r') throw std::runtime_error("stray quote or CR");
          cell += text[i++];
        }
      }
      records.back().push_back(cell);
      if (i >= text.size()) throw std::runtime_error("no final line end");
      if (text[i] != delimiter && text[i] != '\n') throw std::runtime_error("text after quote");
      more = text[i++] == delimiter;
    }
  }
  return records;
}

}  // namespace sondeo::sample
