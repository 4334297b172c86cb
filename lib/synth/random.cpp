// SPDX-License-Identifier: MIT
#include "synth/random.h"

namespace sondeo {
namespace {

constexpr std::uint64_t golden = 0x9e3779b97f4a7c15ULL;

std::uint64_t mix(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

// FNV-1a, 64 bits.
std::uint64_t hash(std::string_view text) {
  std::uint64_t value = 0xcbf29ce484222325ULL;
  for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return value;
}

// The largest whole number whose square is at most `value`.
std::int64_t whole_root(std::int64_t value) {
  std::int64_t root = 0;
  while ((root + 1) * (root + 1) <= value) ++root;
  return root;
}

}  // namespace

Draws::Draws(std::uint64_t seed, std::string_view purpose)
    : key_(mix(mix(seed + golden) ^ hash(purpose))) {}

std::uint64_t Draws::bits(std::uint64_t at) const { return mix(key_ + (at + 1) * golden); }

std::uint64_t Draws::below(std::uint64_t at, std::uint64_t bound) const {
  __extension__ using Wide = unsigned __int128;
  return static_cast<std::uint64_t>((static_cast<Wide>(bits(at)) * bound) >> 64);
}

std::int64_t Draws::bell(std::uint64_t at) const {
  std::int64_t sum = 0;
  for (std::uint64_t i = 0; i < 3; ++i) {
    for (auto rest = bits(3 * at + i); rest != 0; rest >>= 16) {
      sum += static_cast<std::int64_t>(rest & 0xffff);
    }
  }
  return sum - 6 * 65535;
}

std::int64_t correlated(std::int64_t common, std::int64_t own, int percent) {
  const std::int64_t part = percent;
  return (part * common + whole_root(10000 - part * part) * own) / 100;
}

std::vector<std::int64_t> draw_weights(const Draws& draws, std::size_t n) {
  std::vector<std::int64_t> weights(n);
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < n; ++i) {
    std::int64_t product = 1;
    for (std::uint64_t k = 0; k < 3; ++k) {
      product *= 500 + static_cast<std::int64_t>(draws.below(3 * i + k, 1001));
    }
    weights[i] = product / 100000;
    sum += weights[i];
  }
  // Scaled to the exact sum; what division leaves over is given out one unit each.
  const auto wanted = static_cast<std::int64_t>(n) * weight_unit;
  std::int64_t given = 0;
  for (auto& weight : weights) {
    weight = weight * wanted / sum;
    given += weight;
  }
  for (std::size_t i = 0; given < wanted; ++i, ++given) ++weights[i];
  return weights;
}

}  // namespace sondeo
