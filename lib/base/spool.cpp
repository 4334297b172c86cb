// SPDX-License-Identifier: MIT
#include "base/spool.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <vector>

namespace sondeo {
namespace {

int unnamed_file() {
  const char* folder = std::getenv("TMPDIR");
  std::string path = folder != nullptr && *folder != 0 ? folder : "/tmp";
  path += "/sondeo-XXXXXX";
  const int fd = mkostemp(path.data(), O_CLOEXEC);
  if (fd < 0) {
    throw Error(Place{path}, "write",
                std::string("cannot make a temporary file: ") + std::strerror(errno),
                "TMPDIR names the folder");
  }
  unlink(path.c_str());
  return fd;
}

}  // namespace

Spool::Spool(const InputFile& input) : file_(input), copy_(-1) {
  file_.name = input_name(input);
  const bool standard = input.path == "-";
  FileDescriptor fd = standard ? FileDescriptor::borrowed(STDIN_FILENO)
                               : FileDescriptor(open(input.path.c_str(), O_RDONLY | O_CLOEXEC));
  if (fd.get() < 0)
    throw Error(Place{file_.name}, "open", std::string("cannot open: ") + std::strerror(errno));
  struct stat status {};
  if (fstat(fd.get(), &status) != 0) throw Error(Place{file_.name}, "read", std::strerror(errno));
  if (S_ISREG(status.st_mode) && (!standard || lseek(STDIN_FILENO, 0, SEEK_CUR) == 0)) {
    if (standard) file_.path = "/dev/stdin";
    return;
  }
  if (S_ISDIR(status.st_mode))
    throw Error(Place{file_.name}, "open", "cannot read: it is a directory");
  // The stream is already at its place: nothing of a named pipe may be lost by opening it again.
  auto puller = pull_from_descriptor(std::move(fd), file_.name);
  FileDescriptor copy(unnamed_file());
  std::vector<char> buffer(std::size_t{256} << 10);
  while (const auto size = puller->pull(buffer.data(), buffer.size())) {
    for (std::size_t done = 0; done < size;) {
      const auto put = write(copy.get(), buffer.data() + done, size - done);
      if (put < 0 && errno == EINTR) continue;
      if (put <= 0) {
        throw Error("write",
                    std::string("cannot write the temporary copy of the input: ") +
                        std::strerror(put == 0 ? ENOSPC : errno),
                    "TMPDIR names its folder");
      }
      done += static_cast<std::size_t>(put);
    }
    copied_ += size;
  }
  file_.path = "/dev/fd/" + std::to_string(copy.get());
  copy_.swap(copy);
}

}  // namespace sondeo
