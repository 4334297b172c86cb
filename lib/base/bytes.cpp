// SPDX-License-Identifier: MIT
#include "base/bytes.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <deque>
#include <mutex>
#include <vector>

#include "base/puller.h"
#include "base/text.h"

namespace sondeo {
namespace {

constexpr std::size_t guess_bytes = 1 << 20;

struct stat status_of(int fd, const std::string& name) {
  struct stat status {};
  if (fstat(fd, &status) != 0) throw Error(Place{name}, "read", std::strerror(errno));
  return status;
}

// A regular file, read where it is asked for: any number of threads, no shared position.
class FileSource : public ByteSource {
 public:
  FileSource(FileDescriptor fd, std::string name, std::uint64_t start)
      : fd_(std::move(fd)), name_(std::move(name)), start_(start) {
    const auto status = status_of(fd_.get(), name_);
    size_ = status.st_size;
    changed_ = status.st_mtim;
  }

  std::size_t read_at(std::uint64_t at, char* out, std::size_t size) override {
    std::size_t done = 0;
    while (done < size) {
      const auto got =
          pread(fd_.get(), out + done, size - done, static_cast<off_t>(start_ + at + done));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) throw Error(Place{name_}, "read", std::strerror(errno));
      if (got == 0) break;
      done += static_cast<std::size_t>(got);
    }
    return done;
  }

  void check_unchanged() override {
    const auto status = status_of(fd_.get(), name_);
    if (status.st_size != size_ || status.st_mtim.tv_sec != changed_.tv_sec ||
        status.st_mtim.tv_nsec != changed_.tv_nsec) {
      throw Error(Place{name_}, "changed", "the file was changed while it was being read",
                  "run again when it is complete");
    }
  }

 private:
  FileDescriptor fd_;
  std::string name_;
  std::uint64_t start_;
  off_t size_ = 0;
  timespec changed_{};
};

// Anything that comes in order. Keeps what has been read and not yet released.
class StreamSource : public ByteSource {
 public:
  explicit StreamSource(std::unique_ptr<Puller> puller) : puller_(std::move(puller)) {}

  std::size_t read_at(std::uint64_t at, char* out, std::size_t size) override {
    const std::lock_guard lock(mutex_);
    while (!ended_ && read_ < at + size) pull();
    std::size_t done = 0;
    while (done < size && at + done < read_) {
      const auto offset = at + done - first_;
      const auto& chunk = chunks_[offset / chunk_bytes];
      const auto inside = static_cast<std::size_t>(offset % chunk_bytes);
      const auto count = std::min(size - done, chunk.used - inside);
      std::memcpy(out + done, chunk.bytes.get() + inside, count);
      done += count;
    }
    return done;
  }

  void release(std::uint64_t at) override {
    const std::lock_guard lock(mutex_);
    while (!chunks_.empty() && chunks_.front().used == chunk_bytes && first_ + chunk_bytes <= at) {
      spare_.push_back(std::move(chunks_.front()));
      chunks_.pop_front();
      first_ += chunk_bytes;
    }
  }

 private:
  static constexpr std::size_t chunk_bytes = 256 << 10;
  struct Chunk {
    std::unique_ptr<char[]> bytes;
    std::size_t used = 0;
  };

  void pull() {
    if (chunks_.empty() || chunks_.back().used == chunk_bytes) {
      if (spare_.empty()) {
        chunks_.push_back({std::make_unique<char[]>(chunk_bytes), 0});
      } else {
        chunks_.push_back(std::move(spare_.back()));
        chunks_.back().used = 0;
        spare_.pop_back();
      }
    }
    auto& chunk = chunks_.back();
    const auto got = puller_->pull(chunk.bytes.get() + chunk.used, chunk_bytes - chunk.used);
    ended_ = got == 0;
    chunk.used += got;
    read_ += got;
  }

  std::mutex mutex_;
  std::unique_ptr<Puller> puller_;
  std::deque<Chunk> chunks_;
  std::vector<Chunk> spare_;
  std::uint64_t first_ = 0;  // offset of the first kept byte
  std::uint64_t read_ = 0;   // offset after the last byte read
  bool ended_ = false;
};

bool starts_with(std::string_view bytes, std::string_view magic) {
  return bytes.substr(0, magic.size()) == magic;
}

struct Start {
  std::string encoding;  // "" = UTF-8
  std::size_t skip = 0;  // byte order mark
};

Start start_of(std::string_view head, const InputFile& input, Issues& issues) {
  const auto name = input_name(input);
  if (starts_with(head, std::string_view("\xff\xfe\0\0", 4)) ||
      starts_with(head, std::string_view("\0\0\xfe\xff", 4))) {
    throw Error(Place{name, 1}, "encoding", "the file is UTF-32, which is not read",
                "convert it to UTF-8: iconv -f utf-32 -t utf-8");
  }
  if (starts_with(head, "\xef\xbb\xbf")) return {"", 3};
  if (starts_with(head, "\xff\xfe")) return {"utf-16le", 2};
  if (starts_with(head, "\xfe\xff")) return {"utf-16be", 2};
  const auto asked = ascii_lower(input.encoding);
  if (asked.empty() || asked == "utf-8" || asked == "utf8") return {};
  if (asked != "auto") return {asked, 0};
  const auto invalid = find_invalid_utf8(head);
  const bool nul = head.find('\0') != std::string_view::npos;
  const bool cut_at_end =
      invalid != std::string_view::npos && head.size() - invalid < 4 && head.size() >= guess_bytes;
  if (!nul && (invalid == std::string_view::npos || cut_at_end)) return {};
  const auto guess = likely_encoding(head);
  issues.add({name}, "encoding-guess", "read as " + guess + ", a guess",
             "name the encoding to be sure: --encoding " + guess);
  return {guess, 0};
}

}  // namespace

std::string input_name(const InputFile& input) {
  if (!input.name.empty()) return input.name;
  return input.path == "-" ? "<stdin>" : input.path;
}

std::string likely_encoding(std::string_view bytes) {
  // UTF-16 without a mark: every other byte of Latin text is NUL.
  std::size_t even = 0;
  std::size_t odd = 0;
  std::size_t mac = 0;
  std::size_t windows = 0;
  const auto lower = [](unsigned char c) { return c >= 'a' && c <= 'z'; };
  const auto upper = [](unsigned char c) { return c >= 'A' && c <= 'Z'; };
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto c = static_cast<unsigned char>(bytes[i]);
    if (c == 0) ++(i % 2 == 0 ? even : odd);
    if (c < 0x80 || i == 0) continue;
    const auto before = static_cast<unsigned char>(bytes[i - 1]);
    // Windows-1252 has its accented small letters at DF-FF and capitals at C0-DE; Mac Roman has its
    // letters at 80-9F and quotation marks, dashes and the no-break space at C9-D5.
    const bool windows_mark = c == 0x85 || (c >= 0x91 && c <= 0x97) || c == 0x80;
    if (c >= 0xdf && (lower(before) || upper(before))) ++windows;
    if (c >= 0xc0 && c < 0xdf && !lower(before) && before < 0x80) ++windows;
    if (c <= 0x9f && !windows_mark && (lower(before) || upper(before))) ++mac;
    if (c >= 0xc9 && c <= 0xd5 && (lower(before) || before == '.' || before == ' ')) ++mac;
    if (windows_mark && c != 0x80 && (lower(before) || before == ' ')) ++windows;
  }
  if (odd > bytes.size() / 8 || even > bytes.size() / 8) {
    return odd >= even ? "utf-16le" : "utf-16be";
  }
  // Line ends of CR alone are the old Mac's.
  const bool mac_lines =
      bytes.find('\n') == std::string_view::npos && bytes.find('\r') != std::string_view::npos;
  if (mac_lines) mac += 2;
  return mac > windows ? "mac-roman" : "windows-1252";
}

std::unique_ptr<ByteSource> open_input(const InputFile& input, Issues& issues) {
  const auto name = input_name(input);
  FileDescriptor fd = input.path == "-"
                          ? FileDescriptor::borrowed(STDIN_FILENO)
                          : FileDescriptor(open(input.path.c_str(), O_RDONLY | O_CLOEXEC));
  if (fd.get() < 0)
    throw Error(Place{name}, "open", std::string("cannot open: ") + std::strerror(errno));
  const auto status = status_of(fd.get(), name);
  if (S_ISDIR(status.st_mode)) throw Error(Place{name}, "open", "cannot read: it is a directory");

  const auto here = S_ISREG(status.st_mode) ? lseek(fd.get(), 0, SEEK_CUR) : -1;
  const int raw = fd.get();
  std::unique_ptr<Puller> puller = pull_from_descriptor(std::move(fd), name);
  // A plain file needs only its first bytes; a stream, or a guess, needs as many as there are.
  const auto peeked = peek(*puller, ascii_lower(input.encoding) == "auto" ? guess_bytes : 4);
  std::string head = peeked;
  const bool gzip = starts_with(head, "\x1f\x8b");
  const bool zstd = starts_with(head, "\x28\xb5\x2f\xfd");
  if (gzip || zstd) {
    auto packed = push_back(std::move(puller), peeked);
    puller = gzip ? pull_gzip(std::move(packed), name) : pull_zstd(std::move(packed), name);
    head = peek(*puller, ascii_lower(input.encoding) == "auto" ? guess_bytes : 4);
  }
  const auto start = start_of(head, input, issues);
  if (here >= 0 && !gzip && !zstd && start.encoding.empty()) {
    // The puller owns the descriptor; a file that is read in parallel gets its own.
    FileDescriptor own(fcntl(raw, F_DUPFD_CLOEXEC, 3));
    if (own.get() < 0)
      throw Error(Place{name}, "open", std::string("cannot open: ") + std::strerror(errno));
    auto source = std::make_unique<FileSource>(std::move(own), name,
                                               static_cast<std::uint64_t>(here) + start.skip);
    source->set_origin({start.skip > 0, ""});
    return source;
  }
  head.erase(0, start.skip);
  puller = push_back(std::move(puller), std::move(head));
  if (!start.encoding.empty()) puller = pull_encoded(std::move(puller), start.encoding, name);
  auto source = std::make_unique<StreamSource>(std::move(puller));
  source->set_origin({start.skip > 0, start.encoding});
  return source;
}

}  // namespace sondeo
