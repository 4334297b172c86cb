// SPDX-License-Identifier: MIT
// Cells of several files by the sampling units of all of them.
#pragma once

#include <vector>

#include "tabulate/cell_file.h"

namespace sondeo {

// Puts the units of all files together (as united() of sample_units.h does and throws) and numbers
// the sums of the cells by them. Every file has units.
void unite_units(std::vector<CellFile>& files, bool nest);

}  // namespace sondeo
