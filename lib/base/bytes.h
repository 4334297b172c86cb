// SPDX-License-Identifier: MIT
// Where bytes come from: files, standard input, compressed or encoded, all read as UTF-8 text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.h"

namespace sondeo {

// What was found before the first byte of text, and how the text was written.
struct TextOrigin {
  bool byte_order_mark = false;
  std::string encoding;  // "" = UTF-8; any other was converted
};

// Bytes at rising offsets. All functions may be called by several threads.
class ByteSource {
 public:
  virtual ~ByteSource() = default;

  // Copies up to `size` bytes from offset `at` to `out` and returns how many; fewer than `size`
  // only at the end of the input. Throws Error [read] (with the system's reason), [gzip], [zstd]
  // or [encoding] for what cannot be read, the last with its line.
  virtual std::size_t read_at(std::uint64_t at, char* out, std::size_t size) = 0;

  // Nobody will ask for bytes before `at` any more: a stream may forget them.
  virtual void release(std::uint64_t at) { static_cast<void>(at); }

  // Throws Error [changed] if a file is no longer what it was when it was opened. Called at the
  // end.
  virtual void check_unchanged() {}

  const TextOrigin& origin() const { return origin_; }
  void set_origin(TextOrigin origin) { origin_ = std::move(origin); }

 private:
  TextOrigin origin_;
};

// An input as the command line names it.
struct InputFile {
  std::string path;       // "-" for standard input
  std::string encoding;   // "" = UTF-8 or what a byte order mark says; a name; or "auto"
  std::string name = {};  // what messages call it; "" = the path
};

// Opens the input: gzip and zstd are recognised by their first bytes, UTF-8 and UTF-16 byte order
// marks are honoured and dropped, a named encoding is converted to UTF-8, "auto" guesses (and tells
// in `issues`, [encoding-guess]). UTF-8 itself is not validated here.
// Throws Error [open], [read], [encoding].
std::unique_ptr<ByteSource> open_input(const InputFile& input, Issues& issues);

// The encoding that bytes which are not UTF-8 most likely are: "windows-1252", "mac-roman",
// "utf-16le", "utf-16be".
std::string likely_encoding(std::string_view bytes);

// The name for messages: its own, else the path, or "<stdin>".
std::string input_name(const InputFile& input);

}  // namespace sondeo
