// SPDX-License-Identifier: MIT
#include "base/text_fold.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>

#include "base/text.h"

namespace sondeo {

std::string fold_case(std::string_view utf8) {
  const bool ascii = std::all_of(utf8.begin(), utf8.end(),
                                 [](char c) { return static_cast<signed char>(c) >= 0; });
  if (ascii) return ascii_lower(utf8);
  utf8proc_uint8_t* folded = nullptr;
  const auto size = utf8proc_map(
      reinterpret_cast<const utf8proc_uint8_t*>(utf8.data()),
      static_cast<utf8proc_ssize_t>(utf8.size()), &folded,
      static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD));
  if (size < 0) return ascii_lower(utf8);
  std::string text(reinterpret_cast<const char*>(folded), static_cast<std::size_t>(size));
  std::free(folded);
  return text;
}

}  // namespace sondeo
