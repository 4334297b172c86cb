// SPDX-License-Identifier: MIT
// A change to a person's study file: only the bytes that have to change.
#pragma once

#include <string>
#include <string_view>

#include "codebook/study.h"

namespace sondeo {

// The text of a study file with its [[weight]] of that name as `weight` says: a new entry behind
// the last one, or the values that differ exchanged where they stand. Comments, order and every
// other byte stay. What `weight` leaves empty stays as it is. The result is parsed and compared
// with what is wanted: throws Error [study-patch] if it would not be that (an entry written in a
// way that leaves no place for a value), with the lines to write by hand.
std::string record_weight(std::string_view text, const std::string& file,
                          const StudyWeight& weight);

}  // namespace sondeo
