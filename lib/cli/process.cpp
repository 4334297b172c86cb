// SPDX-License-Identifier: MIT
#include "cli/process.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <new>

#include "base/error.h"

namespace sondeo {
namespace {

// The temporary file to remove when a signal ends the process: plain memory that a handler may
// read.
char temporary_path[PATH_MAX];
std::atomic<bool> temporary_exists{false};

void end_by_signal(int number) {
  if (temporary_exists.load()) unlink(temporary_path);
  // The handler was reset to the default on entry: this ends the process with the signal.
  raise(number);
}

// Without memory not even an exception can be thrown, and what is thrown before Tool::run is caught
// by nobody: both end here instead of in a core dump.
[[noreturn]] void end_process() {
  static constexpr char no_memory[] = "error: out of memory  [memory]\n";
  static constexpr char unexpected[] =
      "error: an unexpected end, which is a fault of this program  [internal]\n";
  if (temporary_exists.load()) unlink(temporary_path);
  bool memory = true;
  if (std::current_exception() != nullptr) {
    try {
      throw;
    } catch (const std::bad_alloc&) {
    } catch (...) {
      memory = false;
    }
  }
  const auto written = memory ? ::write(STDERR_FILENO, no_memory, sizeof no_memory - 1)
                              : ::write(STDERR_FILENO, unexpected, sizeof unexpected - 1);
  _exit(written < 0 ? 3 : 2);
}

// Set before main, which allocates.
const auto terminate_handler_before = std::set_terminate(end_process);

// Returns false with errno set.
bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count = ::write(fd, bytes.data(), bytes.size());
    if (count > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(count));
    } else if (count < 0 && errno == EINTR) {
      continue;
    } else if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
      pollfd wait{fd, POLLOUT, 0};
      poll(&wait, 1, -1);
    } else {
      if (count == 0) errno = ENOSPC;
      return false;
    }
  }
  return true;
}

}  // namespace

void prepare_process() {
  static_cast<void>(terminate_handler_before);
  for (int fd = 0; fd <= 2; ++fd) {
    if (fcntl(fd, F_GETFD) == -1 && errno == EBADF) {
      // Opened the wrong way round: nothing can be read from 0 or written to 1 and 2.
      const int opened = open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
      static_cast<void>(opened);
    }
  }
  signal(SIGXFSZ, SIG_IGN);
  struct sigaction action {};
  action.sa_handler = end_by_signal;
  action.sa_flags = static_cast<int>(SA_RESETHAND | SA_NODEFER);
  sigemptyset(&action.sa_mask);
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction old {};
    // What the parent has set to be ignored stays ignored (nohup).
    if (sigaction(number, nullptr, &old) == 0 && old.sa_handler == SIG_IGN) continue;
    sigaction(number, &action, nullptr);
  }
}

void write_output(std::string_view bytes) {
  if (!write_all(STDOUT_FILENO, bytes)) {
    throw Error("write", std::string("cannot write to standard output: ") + std::strerror(errno));
  }
}

void write_error(std::string_view text) noexcept {
  static_cast<void>(write_all(STDERR_FILENO, text));
}

OutputFile::OutputFile(const std::string& path, bool force) : path_(path), target_(path) {
  struct stat status {};
  const bool exists = stat(path.c_str(), &status) == 0;
  if (exists && S_ISDIR(status.st_mode))
    throw Error(Place{path}, "write", "cannot write: it is a directory");
  if (exists && !S_ISREG(status.st_mode)) {
    fd_ = open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (fd_ < 0) fail();
    return;
  }
  if (exists && !force) {
    throw Error(Place{path}, "exists", "the file exists", "--force replaces it");
  }
  if (exists) {
    char* real = realpath(path.c_str(), nullptr);
    if (real != nullptr) target_ = real;
    std::free(real);
    // A file that may not be written is not replaced either, whatever its directory allows.
    if (access(target_.c_str(), W_OK) != 0) fail();
  }
  create_temporary();
  const mode_t mask = umask(0);
  umask(mask);
  const mode_t mode = exists ? status.st_mode & 07777 : 0666 & ~mask;
  if (fchmod(fd_, mode) != 0) {
    const int reason = errno;
    unlink(temporary_.c_str());
    temporary_exists = false;
    temporary_.clear();
    errno = reason;
    fail();
  }
}

void OutputFile::create_temporary() {
  // The name is registered before the file exists: whenever a signal comes, to whatever thread, the
  // file is removed. Nobody else's file can have the name of 60 random bits.
  static constexpr char signs[] = "abcdefghijklmnopqrstuvwxyz234567";
  unsigned char random[12];
  if (getentropy(random, sizeof random) != 0) fail();
  auto name = target_ + ".";
  for (const auto each : random) name += signs[each % 32];
  if (name.size() >= sizeof temporary_path) {
    errno = ENAMETOOLONG;
    fail();
  }
  std::memcpy(temporary_path, name.c_str(), name.size() + 1);
  temporary_exists = true;
  fd_ = open(name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd_ < 0) {
    temporary_exists = false;
    fail();
  }
  temporary_ = std::move(name);
}

OutputFile::~OutputFile() {
  if (fd_ >= 0) close(fd_);
  if (!temporary_.empty()) unlink(temporary_.c_str());
  temporary_exists = false;
}

void OutputFile::fail() const {
  const int reason = errno;
  throw Error(Place{path_}, "write", std::string("cannot write: ") + std::strerror(reason));
}

void OutputFile::write(std::string_view bytes) {
  if (!write_all(fd_, bytes)) fail();
}

void OutputFile::commit() {
  if (!temporary_.empty() && fsync(fd_) != 0) fail();
  const int fd = fd_;
  fd_ = -1;
  if (close(fd) != 0 && errno != EINTR) fail();
  if (temporary_.empty()) return;
  if (rename(temporary_.c_str(), target_.c_str()) != 0) fail();
  temporary_exists = false;
  temporary_.clear();
}

bool input_is_terminal() { return isatty(STDIN_FILENO) == 1; }

bool output_is_terminal() { return isatty(STDOUT_FILENO) == 1; }

int terminal_width() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 0;
}

}  // namespace sondeo
