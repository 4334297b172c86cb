// SPDX-License-Identifier: MIT
#include "cli/progress.h"

#include <doctest/doctest.h>

#include "../layout/files.h"
#include "base/text.h"

namespace sondeo {

TEST_CASE("progress: the share is shown where the size is known") {
  CHECK(progress_text("w7.csv", 620'400'000, 1'500'000'000) == "w7.csv  41 %  620 MB");
  CHECK(progress_text("w7.csv", 1'500'000'000, 1'500'000'000) == "w7.csv  100 %  1500 MB");
  CHECK(progress_text("<stdin>", 620'400'000, 0) == "<stdin>  620 MB");
  // Text can be longer than its file: UTF-16 is not.
  CHECK(progress_text("w7.csv", 30'000'000, 20'000'000) == "w7.csv  30 MB");
  CHECK(display_width(progress_text(std::string(300, 'x'), 1'000'000'000'000, 2'000'000'000'000)) <
        80);
}

TEST_CASE("progress: sizes of files, not of what is compressed") {
  const files::TempFile file("id\n1\n");
  CHECK(text_size(file.path()) == 5);
  CHECK(text_size("-") == 0);
  CHECK(text_size("/nowhere/x.csv.gz") == 0);
}

TEST_CASE("progress: ends at once when there is nothing to tell") {
  const auto done = std::make_shared<std::atomic<std::uint64_t>>(0);
  for (int i = 0; i < 100; ++i) const Progress progress("x", done, 1);
}

}  // namespace sondeo
