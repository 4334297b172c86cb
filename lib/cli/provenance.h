// SPDX-License-Identifier: MIT
// What a run was, for output that keeps it: command line, input, study, date.
#pragma once

#include <string>
#include <vector>

#include "cli/study_input.h"
#include "table/table.h"

namespace sondeo {

// Adds to what the counting has said (version, rows, bytes, weight, filter) how it came: the
// command line; the responses' name, or that of the file of cells, `cells`, if not ""; the hash of
// the text, where the reading made one; the study; and the date of SOURCE_DATE_EPOCH. No clock is
// looked at, so that the same command on the same input gives the same bytes. Names go without
// their folders. Throws Error [source-date] for a SOURCE_DATE_EPOCH that is no number of seconds.
void tell_run(Provenance& provenance, const std::vector<std::string>& command,
              const StudyInput& input, const std::string& cells);

// The words as they would be typed in a POSIX shell, in quotes where they need them.
std::string shell_line(const std::vector<std::string>& words);

// "2026-11-24T23:35:40Z" of seconds since 1970 began in UTC; years up to 9999. Nothing for more.
std::string utc_text(unsigned long long seconds);

}  // namespace sondeo
