// SPDX-License-Identifier: MIT
// Text compared as people read it.
#pragma once

#include <string>
#include <string_view>

namespace sondeo {

// `utf8` with the case folded and accents composed (Unicode default case folding, NFC), so that
// texts that differ only in case or in how an accent is stored become equal: "ATENCIÓN" and
// "atención". Text that is not valid UTF-8 is folded in its ASCII letters only. No locale.
std::string fold_case(std::string_view utf8);

}  // namespace sondeo
