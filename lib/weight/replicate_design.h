// SPDX-License-Identifier: MIT
// Replicate weights made from a sampling design: factors of the weight, unit by unit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace sondeo {

// jk1, jkn: the jackknife without and with strata. brr, fay: balanced halves of two units a
// stratum. bootstrap: of Rao & Wu, n - 1 draws a stratum. sdr: successive differences, for
// systematic samples in the order of the file.
enum class ReplicateMethod { jk1, jkn, brr, fay, bootstrap, sdr };

struct ReplicateOptions {
  ReplicateMethod method = ReplicateMethod::jk1;
  std::size_t count = 0;   // of bootstrap and sdr: replicates asked for (sdr: at least)
  double rho = 0.5;        // of fay
  std::uint64_t seed = 1;  // of bootstrap
};

// The primary units of a sample in the order of the file, each with the number of its stratum.
struct DesignUnits {
  std::vector<std::uint32_t> stratum;
  std::vector<std::string> strata;  // what they are called; one without a name: no strata
};

// V = scale * sum over r of rscales[r] * (estimate of replicate r - estimate)^2.
struct ReplicateFactors {
  std::size_t replicates = 0;
  std::vector<double> factor;  // [units * replicates]
  double scale = 1;
  std::vector<double> rscales;  // [replicates]
};

// With n units in all, n_h in stratum h, R replicates and H a Hadamard matrix of order R:
//   jk1        0 for the unit left out, n / (n-1) for the others; scale (n-1) / n
//   jkn        in the stratum of the unit left out 0, and n_h / (n_h-1); else 1; rscales
//   (n_h-1)/n_h brr        2 for one unit of the stratum, 0 for the other, by the signs of its row
//   of H; 1/R fay        2 - rho and rho instead; scale 1 / (R (1-rho)^2) bootstrap  n_h / (n_h-1)
//   * times drawn; scale 1/R (about the estimate itself) sdr        1 + 2^-1.5 (H[i+1] - H[i+2])
//   for the i-th unit (Fay & Train 1995); scale 4/R
// The first row of H, all ones, is never used. Throws Error [lonely-psu] for a stratum of one unit,
// [replicate-design] for strata that a method has no use for or that have not two units, and
// [too-many-replicates] with the arithmetic.
ReplicateFactors make_replicates(const DesignUnits& units, const ReplicateOptions& options);

// A Hadamard matrix of the smallest order from `least` that can be made from those of Sylvester and
// Paley: rows of +1 and -1, any two orthogonal, the first all +1. [order * order]
std::vector<std::int8_t> hadamard(std::size_t least, std::size_t& order);

}  // namespace sondeo
