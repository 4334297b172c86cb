// SPDX-License-Identifier: MIT
#include "weight/replicates.h"

#include "weight/base_weights.h"

namespace sondeo {

class ReplicateColumns::Reader : public ReplicateReader {
 public:
  explicit Reader(const ReplicateColumns& source) : source_(source) {}

  void read(const Block& block, const std::vector<double>& weights,
            std::vector<double>& bases) override {
    const auto width = 1 + source_.columns_.size();
    bases.assign(block.rows * width, 0);
    for (std::size_t row = 0; row < block.rows; ++row) {
      bases[row * width] = weights[row];
      if (weights[row] == 0) continue;
      for (std::size_t r = 0; r + 1 < width; ++r) {
        const auto value =
            weight_of_cell(block, row, source_.columns_[r], source_.numbers_, source_.header_);
        bases[row * width + 1 + r] = source_.factors_ ? value * weights[row] : value;
      }
    }
  }

 private:
  const ReplicateColumns& source_;
};

std::unique_ptr<ReplicateReader> ReplicateColumns::reader() const {
  return std::make_unique<Reader>(*this);
}

}  // namespace sondeo
