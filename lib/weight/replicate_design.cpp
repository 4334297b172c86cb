// SPDX-License-Identifier: MIT
#include "weight/replicate_design.h"

#include <cmath>
#include <optional>
#include <random>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"

namespace sondeo {
namespace {

constexpr std::size_t most_factors = 100'000'000;
constexpr std::size_t largest_order = 1 << 14;

using Matrix = std::vector<std::int8_t>;

bool is_prime(std::size_t n) {
  if (n < 2) return false;
  for (std::size_t d = 2; d * d <= n; ++d) {
    if (n % d == 0) return false;
  }
  return true;
}

// 0, +1 for squares modulo the prime q, -1 for others.
std::vector<std::int8_t> legendre(std::size_t q) {
  std::vector<std::int8_t> sign(q, -1);
  sign[0] = 0;
  for (std::size_t i = 1; i < q; ++i) sign[i * i % q] = 1;
  return sign;
}

// Paley's first construction: order q + 1 for a prime q = 3 mod 4.
Matrix paley_one(std::size_t q) {
  const auto n = q + 1;
  const auto sign = legendre(q);
  Matrix h(n * n, 1);
  for (std::size_t i = 1; i < n; ++i) {
    h[i * n] = -1;
    for (std::size_t j = 1; j < n; ++j) h[i * n + j] = i == j ? 1 : sign[(q + j - i) % q];
  }
  return h;
}

// Paley's second: order 2 (q + 1) for a prime q = 1 mod 4. Each 0 and +-1 of the symmetric
// conference matrix becomes a block of two rows and columns.
Matrix paley_two(std::size_t q) {
  const auto m = q + 1;
  const auto n = 2 * m;
  const auto sign = legendre(q);
  Matrix h(n * n);
  for (std::size_t i = 0; i < m; ++i) {
    for (std::size_t j = 0; j < m; ++j) {
      const auto c = i == j ? 0 : i == 0 || j == 0 ? 1 : sign[(q + j - i) % q];
      const auto put = [&](std::size_t a, std::size_t b, int value) {
        h[(2 * i + a) * n + 2 * j + b] = static_cast<std::int8_t>(value);
      };
      put(0, 0, c == 0 ? 1 : c);
      put(0, 1, c == 0 ? -1 : c);
      put(1, 0, c == 0 ? -1 : c);
      put(1, 1, c == 0 ? -1 : -c);
    }
  }
  return h;
}

// A matrix of exactly this order, or nothing.
std::optional<Matrix> hadamard_of(std::size_t order) {
  if (order == 1) return Matrix{1};
  if (order == 2) return Matrix{1, 1, 1, -1};
  if (order % 4 != 0) return std::nullopt;
  if (is_prime(order - 1)) return paley_one(order - 1);
  if (order / 2 % 2 == 0 && is_prime(order / 2 - 1) && (order / 2 - 1) % 4 == 1)
    return paley_two(order / 2 - 1);
  const auto half = hadamard_of(order / 2);
  if (!half) return std::nullopt;
  Matrix h(order * order);
  const auto m = order / 2;
  for (std::size_t i = 0; i < order; ++i) {
    for (std::size_t j = 0; j < order; ++j) {
      const auto value = (*half)[i % m * m + j % m];
      h[i * order + j] = static_cast<std::int8_t>(i >= m && j >= m ? -value : value);
    }
  }
  return h;
}

void check_size(std::size_t units, std::size_t replicates) {
  if (units == 0 || replicates <= most_factors / units) return;
  throw Error("too-many-replicates",
              grouped(replicates) + " replicates of " + grouped(units) + " units are more than " +
                  grouped(most_factors) + " factors",
              "name larger units: --psu COLUMN; or --create bootstrap with fewer replicates");
}

std::vector<std::size_t> sizes_of(const DesignUnits& units) {
  std::vector<std::size_t> sizes(units.strata.size(), 0);
  for (const auto stratum : units.stratum) ++sizes[stratum];
  return sizes;
}

std::string stratum_name(const DesignUnits& units, std::size_t stratum) {
  const auto& name = units.strata[stratum];
  return name.empty() ? "the sample" : "stratum " + excerpt(name);
}

void refuse_lonely(const DesignUnits& units, const std::vector<std::size_t>& sizes) {
  for (std::size_t h = 0; h < sizes.size(); ++h) {
    if (sizes[h] == 1) {
      throw Error("lonely-psu", stratum_name(units, h) + " has only one unit",
                  "collapse it with another stratum");
    }
  }
}

ReplicateFactors jackknife(const DesignUnits& units, const std::vector<std::size_t>& sizes) {
  const auto n = units.stratum.size();
  ReplicateFactors made{n, {}, 1, {}};
  made.factor.assign(n * n, 1);
  for (std::size_t r = 0; r < n; ++r) {
    const auto size = static_cast<double>(sizes[units.stratum[r]]);
    made.rscales.push_back((size - 1) / size);
    for (std::size_t i = 0; i < n; ++i) {
      if (units.stratum[i] == units.stratum[r])
        made.factor[i * n + r] = i == r ? 0 : size / (size - 1);
    }
  }
  if (sizes.size() == 1) {
    made.scale = made.rscales[0];
    made.rscales.assign(n, 1);
  }
  return made;
}

ReplicateFactors balanced(const DesignUnits& units, const std::vector<std::size_t>& sizes,
                          double rho) {
  for (std::size_t h = 0; h < sizes.size(); ++h) {
    if (sizes[h] == 2) continue;
    throw Error("replicate-design",
                stratum_name(units, h) + " has " + grouped(sizes[h]) +
                    " units; balanced halves need two in every stratum",
                "--create jkn or bootstrap");
  }
  std::size_t order = 0;
  const auto h = hadamard(sizes.size() + 1, order);
  const auto n = units.stratum.size();
  check_size(n, order);
  ReplicateFactors made{order,
                        {},
                        1 / (static_cast<double>(order) * (1 - rho) * (1 - rho)),
                        std::vector<double>(order, 1)};
  made.factor.resize(n * order);
  std::vector<bool> met(sizes.size(), false);
  for (std::size_t i = 0; i < n; ++i) {
    const auto stratum = units.stratum[i];
    for (std::size_t r = 0; r < order; ++r) {
      const bool taken = (h[(stratum + 1) * order + r] > 0) != met[stratum];
      made.factor[i * order + r] = taken ? 2 - rho : rho;
    }
    met[stratum] = true;
  }
  return made;
}

ReplicateFactors bootstrap(const DesignUnits& units, const std::vector<std::size_t>& sizes,
                           const ReplicateOptions& options) {
  const auto n = units.stratum.size();
  const auto count = options.count;
  check_size(n, count);
  ReplicateFactors made{count, {}, 1 / static_cast<double>(count), std::vector<double>(count, 1)};
  made.factor.assign(n * count, 0);
  std::vector<std::vector<std::size_t>> members(sizes.size());
  for (std::size_t i = 0; i < n; ++i) members[units.stratum[i]].push_back(i);
  std::mt19937_64 random(options.seed);
  // The distributions of the standard library differ from one library to the next.
  const auto below = [&random](std::uint64_t size) {
    const auto limit = ~std::uint64_t{0} - ~std::uint64_t{0} % size;
    auto value = random();
    while (value >= limit) value = random();
    return static_cast<std::size_t>(value % size);
  };
  for (std::size_t r = 0; r < count; ++r) {
    for (const auto& stratum : members) {
      const auto size = static_cast<double>(stratum.size());
      for (std::size_t draw = 0; draw + 1 < stratum.size(); ++draw)
        made.factor[stratum[below(stratum.size())] * count + r] += size / (size - 1);
    }
  }
  return made;
}

ReplicateFactors successive(const DesignUnits& units, const ReplicateOptions& options) {
  std::size_t order = 0;
  const auto h = hadamard(options.count, order);
  const auto n = units.stratum.size();
  check_size(n, order);
  ReplicateFactors made{order, {}, 4 / static_cast<double>(order), std::vector<double>(order, 1)};
  made.factor.resize(n * order);
  const auto step = std::pow(2.0, -1.5);
  // Rows 2 to R in turn: the all-ones row would make a unit invisible.
  const auto row = [&](std::size_t i) { return 1 + i % (order - 1); };
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t r = 0; r < order; ++r)
      made.factor[i * order + r] = 1 + step * (h[row(i) * order + r] - h[row(i + 1) * order + r]);
  }
  return made;
}

}  // namespace

std::vector<std::int8_t> hadamard(std::size_t least, std::size_t& order) {
  for (order = std::max<std::size_t>(least, 1); order <= largest_order; ++order) {
    auto h = hadamard_of(order);
    if (!h) continue;
    // Columns are turned so that the first row is all ones; rows stay orthogonal.
    for (std::size_t j = 0; j < order; ++j) {
      if ((*h)[j] > 0) continue;
      for (std::size_t i = 0; i < order; ++i)
        (*h)[i * order + j] = static_cast<std::int8_t>(-(*h)[i * order + j]);
    }
    return *h;
  }
  throw Error("too-many-replicates",
              "balanced replicates for " + grouped(least) + " strata or more are not made",
              "--create jkn or bootstrap");
}

ReplicateFactors make_replicates(const DesignUnits& units, const ReplicateOptions& options) {
  const auto sizes = sizes_of(units);
  const bool stratified = sizes.size() > 1 || (sizes.size() == 1 && !units.strata[0].empty());
  const auto method = options.method;
  if (stratified && (method == ReplicateMethod::jk1 || method == ReplicateMethod::sdr)) {
    throw Error("replicate-design",
                method == ReplicateMethod::jk1 ? "jk1 takes no strata" : "sdr takes no strata",
                method == ReplicateMethod::jk1
                    ? "--create jkn"
                    : "the order of the file carries the stratification");
  }
  if (method != ReplicateMethod::brr && method != ReplicateMethod::fay) refuse_lonely(units, sizes);
  switch (method) {
    case ReplicateMethod::jk1:
    case ReplicateMethod::jkn:
      check_size(units.stratum.size(), units.stratum.size());
      return jackknife(units, sizes);
    case ReplicateMethod::brr:
      return balanced(units, sizes, 0);
    case ReplicateMethod::fay:
      return balanced(units, sizes, options.rho);
    case ReplicateMethod::bootstrap:
      return bootstrap(units, sizes, options);
    case ReplicateMethod::sdr:
      break;
  }
  return successive(units, options);
}

}  // namespace sondeo
