// SPDX-License-Identifier: MIT
// An input that can be read more than once.
#pragma once

#include "base/bytes.h"
#include "base/puller.h"

namespace sondeo {

// Regular files stay where they are. A stream (a pipe, a terminal) is copied to a temporary file
// without a name, in $TMPDIR or /tmp, that goes when the Spool goes. Throws Error [open], [read],
// and [write] if the copy cannot be written.
class Spool {
 public:
  explicit Spool(const InputFile& input);

  // To be opened as often as needed; called as the input in messages.
  const InputFile& file() const { return file_; }
  // Bytes that were copied; 0 for regular files.
  std::uint64_t copied() const { return copied_; }

 private:
  InputFile file_;
  FileDescriptor copy_;
  std::uint64_t copied_ = 0;
};

}  // namespace sondeo
