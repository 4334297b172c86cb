// SPDX-License-Identifier: MIT
#include "base/puller.h"

#include <iconv.h>
#include <poll.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

#include "base/error.h"

namespace sondeo {
namespace {

constexpr std::size_t packed_bytes = 64 << 10;

class DescriptorPuller : public Puller {
 public:
  DescriptorPuller(FileDescriptor fd, std::string name)
      : fd_(std::move(fd)), name_(std::move(name)) {}

  std::size_t pull(char* out, std::size_t size) override {
    while (true) {
      const auto got = read(fd_.get(), out, size);
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno == EINTR) continue;
      if (errno == EAGAIN || errno == EWOULDBLOCK) {
        pollfd wait{fd_.get(), POLLIN, 0};
        poll(&wait, 1, -1);
        continue;
      }
      throw Error(Place{name_}, "read", std::string("cannot read: ") + std::strerror(errno));
    }
  }

 private:
  FileDescriptor fd_;
  std::string name_;
};

class HeadPuller : public Puller {
 public:
  HeadPuller(std::unique_ptr<Puller> rest, std::string head)
      : rest_(std::move(rest)), head_(std::move(head)) {}

  std::size_t pull(char* out, std::size_t size) override {
    if (used_ == head_.size()) return rest_->pull(out, size);
    const auto count = std::min(size, head_.size() - used_);
    std::memcpy(out, head_.data() + used_, count);
    used_ += count;
    if (used_ == head_.size()) {
      head_ = {};
      used_ = 0;
    }
    return count;
  }

 private:
  std::unique_ptr<Puller> rest_;
  std::string head_;
  std::size_t used_ = 0;
};

class GzipPuller : public Puller {
 public:
  GzipPuller(std::unique_ptr<Puller> packed, std::string name)
      : packed_(std::move(packed)), name_(std::move(name)) {
    if (inflateInit2(&stream_, 15 + 16) != Z_OK) throw std::bad_alloc();
  }
  GzipPuller(const GzipPuller&) = delete;
  GzipPuller& operator=(const GzipPuller&) = delete;
  ~GzipPuller() override { inflateEnd(&stream_); }

  std::size_t pull(char* out, std::size_t size) override {
    const auto room = static_cast<uInt>(std::min<std::size_t>(size, 1U << 30));
    stream_.next_out = reinterpret_cast<Bytef*>(out);
    stream_.avail_out = room;
    while (stream_.avail_out == room) {
      if (stream_.avail_in == 0) {
        stream_.avail_in = static_cast<uInt>(packed_->pull(buffer_.data(), buffer_.size()));
        stream_.next_in = reinterpret_cast<Bytef*>(buffer_.data());
        if (stream_.avail_in == 0) {
          if (between_members_) return 0;
          throw Error(Place{name_}, "gzip", "the gzip data end too early",
                      "the file is incomplete");
        }
      }
      if (between_members_) {
        if (inflateReset(&stream_) != Z_OK) throw std::bad_alloc();
        between_members_ = false;
      }
      const int status = inflate(&stream_, Z_NO_FLUSH);
      if (status == Z_MEM_ERROR) throw std::bad_alloc();
      if (status == Z_STREAM_END) {
        between_members_ = true;  // a gzip file may hold several members, one after another
      } else if (status != Z_OK && status != Z_BUF_ERROR) {
        throw Error(Place{name_}, "gzip", "the gzip data are damaged");
      }
    }
    return room - stream_.avail_out;
  }

 private:
  std::unique_ptr<Puller> packed_;
  std::string name_;
  z_stream stream_{};
  std::array<char, packed_bytes> buffer_{};
  bool between_members_ = false;
};

class ZstdPuller : public Puller {
 public:
  ZstdPuller(std::unique_ptr<Puller> packed, std::string name)
      : packed_(std::move(packed)), name_(std::move(name)), stream_(ZSTD_createDStream()) {
    if (stream_ == nullptr) throw std::bad_alloc();
  }
  ZstdPuller(const ZstdPuller&) = delete;
  ZstdPuller& operator=(const ZstdPuller&) = delete;
  ~ZstdPuller() override { ZSTD_freeDStream(stream_); }

  std::size_t pull(char* out, std::size_t size) override {
    ZSTD_outBuffer output{out, size, 0};
    while (output.pos == 0) {
      // The decoder may still hold output that did not fit; only then is there nothing to read.
      if (input_.pos == input_.size && !held_back_) {
        input_ = {buffer_.data(), packed_->pull(buffer_.data(), buffer_.size()), 0};
        if (input_.size == 0) {
          if (frame_done_) return 0;
          throw Error(Place{name_}, "zstd", "the zstd data end too early",
                      "the file is incomplete");
        }
      }
      const auto status = ZSTD_decompressStream(stream_, &output, &input_);
      if (ZSTD_isError(status) != 0) {
        throw Error(Place{name_}, "zstd",
                    std::string("the zstd data are damaged: ") + ZSTD_getErrorName(status));
      }
      frame_done_ = status == 0;
      held_back_ = status != 0 && output.pos == output.size;
    }
    return output.pos;
  }

 private:
  std::unique_ptr<Puller> packed_;
  std::string name_;
  ZSTD_DStream* stream_;
  std::array<char, packed_bytes> buffer_{};
  ZSTD_inBuffer input_{nullptr, 0, 0};
  bool frame_done_ = false;
  bool held_back_ = false;
};

class EncodingPuller : public Puller {
 public:
  EncodingPuller(std::unique_ptr<Puller> bytes, const std::string& encoding, std::string name)
      : bytes_(std::move(bytes)), name_(std::move(name)), encoding_(encoding) {
    // iconv knows Mac Roman by another name than people do.
    const bool mac = encoding == "mac-roman" || encoding == "macroman" || encoding == "mac_roman";
    converter_ = iconv_open("UTF-8", mac ? "MACINTOSH" : encoding.c_str());
    if (converter_ == reinterpret_cast<iconv_t>(-1)) {
      throw Error(
          Place{}, "encoding", "no encoding is called '" + encoding + "'",
          "names such as windows-1252, iso-8859-1, mac-roman, utf-16le (iconv -l lists them)");
    }
  }
  EncodingPuller(const EncodingPuller&) = delete;
  EncodingPuller& operator=(const EncodingPuller&) = delete;
  ~EncodingPuller() override { iconv_close(converter_); }

  std::size_t pull(char* out, std::size_t size) override {
    // A character never needs more than four bytes; smaller rooms are served from a spare buffer.
    if (spare_used_ < spare_.size()) return take_spare(out, size);
    if (size < 16) {
      spare_.resize(4096);
      spare_.resize(convert(spare_.data(), spare_.size()));
      spare_used_ = 0;
      return spare_.empty() ? 0 : take_spare(out, size);
    }
    return convert(out, size);
  }

 private:
  std::size_t take_spare(char* out, std::size_t size) {
    const auto count = std::min(size, spare_.size() - spare_used_);
    std::memcpy(out, spare_.data() + spare_used_, count);
    spare_used_ += count;
    return count;
  }

  std::size_t convert(char* out, std::size_t size) {
    char* to = out;
    std::size_t room = size;
    while (to == out) {
      if (!ended_ && !stuck_for_room_ && used_ < input_.size()) fill();
      char* from = input_.data();
      std::size_t left = used_;
      const auto status = iconv(converter_, &from, &left, &to, &room);
      const int reason = errno;
      std::memmove(input_.data(), from, left);
      used_ = left;
      stuck_for_room_ = status == static_cast<std::size_t>(-1) && reason == E2BIG;
      if (status == static_cast<std::size_t>(-1) && reason == EILSEQ && to == out) refuse();
      if (status == static_cast<std::size_t>(-1) && reason == EINVAL && ended_) refuse();
      if (ended_ && used_ == 0) break;
    }
    count_lines(out, to);
    return static_cast<std::size_t>(to - out);
  }

  void fill() {
    const auto got = bytes_->pull(input_.data() + used_, input_.size() - used_);
    ended_ = got == 0;
    used_ += got;
  }

  void count_lines(const char* from, const char* to) {
    for (const char* p = from; p < to; ++p) {
      if (*p == '\n' && !after_cr_) ++line_;
      if (*p == '\r') ++line_;
      after_cr_ = *p == '\r';
    }
  }

  [[noreturn]] void refuse() {
    throw Error(Place{name_, line_}, "encoding", "these bytes are not " + encoding_ + " text",
                "check the encoding's name");
  }

  std::unique_ptr<Puller> bytes_;
  std::string name_;
  std::string encoding_;
  iconv_t converter_;
  std::vector<char> input_ = std::vector<char>(packed_bytes);
  std::size_t used_ = 0;
  std::vector<char> spare_;
  std::size_t spare_used_ = 0;
  std::uint64_t line_ = 1;
  bool after_cr_ = false;
  bool ended_ = false;
  bool stuck_for_room_ = false;
};

}  // namespace

FileDescriptor FileDescriptor::borrowed(int fd) {
  FileDescriptor result(fd);
  result.owned_ = false;
  return result;
}

FileDescriptor::~FileDescriptor() {
  if (owned_ && fd_ >= 0) close(fd_);
}

std::unique_ptr<Puller> pull_from_descriptor(FileDescriptor fd, std::string name) {
  return std::make_unique<DescriptorPuller>(std::move(fd), std::move(name));
}

std::unique_ptr<Puller> pull_gzip(std::unique_ptr<Puller> packed, std::string name) {
  return std::make_unique<GzipPuller>(std::move(packed), std::move(name));
}

std::unique_ptr<Puller> pull_zstd(std::unique_ptr<Puller> packed, std::string name) {
  return std::make_unique<ZstdPuller>(std::move(packed), std::move(name));
}

std::unique_ptr<Puller> pull_encoded(std::unique_ptr<Puller> bytes, const std::string& encoding,
                                     std::string name) {
  return std::make_unique<EncodingPuller>(std::move(bytes), encoding, std::move(name));
}

std::string peek(Puller& puller, std::size_t size) {
  std::string head(size, '\0');
  std::size_t used = 0;
  while (used < size) {
    const auto got = puller.pull(head.data() + used, size - used);
    if (got == 0) break;
    used += got;
  }
  head.resize(used);
  return head;
}

std::unique_ptr<Puller> push_back(std::unique_ptr<Puller> puller, std::string head) {
  return std::make_unique<HeadPuller>(std::move(puller), std::move(head));
}

}  // namespace sondeo
