// SPDX-License-Identifier: MIT
// Which vector instructions may be used.
#pragma once

namespace sondeo {

enum class Instructions { portable, avx2, avx512 };

// What this processor runs (avx2 with BMI, BMI2, POPCNT and PCLMUL; avx512 with F, BW, VL and VBMI2
// besides), or less, if the environment variable SONDEO_ISA is `portable` or `avx2`: results are
// the same, and tests hold them against each other. Asked for once.
Instructions instructions();

}  // namespace sondeo
