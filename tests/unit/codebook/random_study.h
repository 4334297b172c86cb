// SPDX-License-Identifier: MIT
// Studies as they come: every kind, every key, texts that would break a careless printer.
#pragma once

#include <random>
#include <string>

#include "codebook/study.h"

namespace sondeo {

// A study that print_study must be able to write: it keeps every rule of the file.
Study random_study(std::mt19937& random);

}  // namespace sondeo
