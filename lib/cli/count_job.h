// SPDX-License-Identifier: MIT
// The tables of one weight, filter and banner on their way: what is to be counted, and what it will
// be called.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "cli/request_builder.h"
#include "tabulate/cell_file.h"
#include "tabulate/count.h"

namespace sondeo {

struct CountJob {
  std::unique_ptr<RequestBuilder> builder;
  std::vector<std::size_t> rows;  // questions of the request that head the tables
  CellFile cells;                 // settings and banner, nothing counted yet

  const CountRequest& request() const { return builder->request; }
  // The cells with what was counted.
  CellFile finish(CountResult counted) const;
};

}  // namespace sondeo
