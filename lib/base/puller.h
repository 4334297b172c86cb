// SPDX-License-Identifier: MIT
// Byte streams that come in order, one wrapped in another: descriptor, gzip or zstd, encoding.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <utility>

namespace sondeo {

// Owns an open file descriptor, or borrows one that is not ours to close.
class FileDescriptor {
 public:
  explicit FileDescriptor(int fd) : fd_(fd), owned_(true) {}
  static FileDescriptor borrowed(int fd);
  FileDescriptor(FileDescriptor&& other) noexcept
      : fd_(std::exchange(other.fd_, -1)), owned_(other.owned_) {}
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  FileDescriptor& operator=(FileDescriptor&&) = delete;
  ~FileDescriptor();
  int get() const { return fd_; }
  void swap(FileDescriptor& other) noexcept {
    std::swap(fd_, other.fd_);
    std::swap(owned_, other.owned_);
  }

 private:
  int fd_;
  bool owned_;
};

class Puller {
 public:
  virtual ~Puller() = default;
  // Up to `size` (> 0) bytes, at least one unless the stream has ended. Throws Error.
  virtual std::size_t pull(char* out, std::size_t size) = 0;
};

// `name` is what messages call the input.
std::unique_ptr<Puller> pull_from_descriptor(FileDescriptor fd, std::string name);
std::unique_ptr<Puller> pull_gzip(std::unique_ptr<Puller> packed, std::string name);
std::unique_ptr<Puller> pull_zstd(std::unique_ptr<Puller> packed, std::string name);
// Converts from `encoding` to UTF-8. Throws Error [encoding] for an unknown name at once, and with
// the line of the first bytes that are not text in it.
std::unique_ptr<Puller> pull_encoded(std::unique_ptr<Puller> bytes, const std::string& encoding,
                                     std::string name);

// The first `size` bytes (fewer at the end). They are gone from the stream: see push_back.
std::string peek(Puller& puller, std::size_t size);
// `head` first, then the rest of `puller`.
std::unique_ptr<Puller> push_back(std::unique_ptr<Puller> puller, std::string head);

}  // namespace sondeo
