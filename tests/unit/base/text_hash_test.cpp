// SPDX-License-Identifier: MIT
#include "base/text_hash.h"

#include <doctest/doctest.h>

#include <memory>

#include "../layout/files.h"

namespace sondeo {
namespace {

std::string hash_of(std::string_view text, std::size_t piece) {
  TextHash hash;
  for (std::size_t at = 0; at < text.size(); at += piece) hash.add(text.substr(at, piece));
  return hash.hex();
}

}  // namespace

// What `printf ... | xxhsum -H3` (xxHash 0.8.1) prints.
TEST_CASE("TextHash: the numbers of xxhsum, however the text is cut") {
  CHECK(TextHash().hex() == "2d06800538d394c2");
  for (const std::size_t piece : {1, 3, 64, 1000000}) {
    CHECK(hash_of("abc", piece) == "78af5f94892f3950");
    CHECK(hash_of(std::string(100000, 'a'), piece) == "08f809ef04c54838");
  }
}

TEST_CASE("CsvFile: the hash is that of the file's text, whatever the blocks and threads") {
  std::string text = "id,answer\n";
  for (int i = 0; i < 700; ++i)
    text += std::to_string(i) + (i % 7 == 0 ? ",\"two\nlines\"\r\n" : ",yes\n");
  for (const bool last_line_end : {true, false}) {
    if (!last_line_end) text += "700,the last";
    const auto expected = hash_of(text, text.size());
    for (const std::size_t block_bytes : {64, 1000, 1 << 20}) {
      for (const unsigned workers : {1U, 2U, 5U}) {
        CsvOptions options;
        options.block_bytes = block_bytes;
        options.hash = std::make_shared<TextHash>();
        CHECK(files::read_text("\xEF\xBB\xBF" + text, options, workers).counted_rows ==
              (last_line_end ? 700 : 701));
        CHECK(options.hash->hex() == expected);
      }
    }
  }
}

TEST_CASE("CsvFile: a file of a header alone has a hash, too") {
  CsvOptions options;
  options.hash = std::make_shared<TextHash>();
  files::read_text("abc", options, 2);
  CHECK(options.hash->hex() == "78af5f94892f3950");
}

}  // namespace sondeo
