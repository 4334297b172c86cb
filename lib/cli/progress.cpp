// SPDX-License-Identifier: MIT
#include "cli/progress.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <string_view>
#include <system_error>

#include "base/number.h"
#include "base/text.h"
#include "cli/process.h"

namespace sondeo {
namespace {

constexpr auto patience = std::chrono::milliseconds(500);
constexpr auto pace = std::chrono::milliseconds(200);
constexpr int line_width = 78;
constexpr char erase[] = "\r\x1b[K";

}  // namespace

std::string progress_text(const std::string& name, std::uint64_t done, std::uint64_t total) {
  constexpr double megabyte = 1e6;
  const std::string size = "  " + rounded(static_cast<double>(done) / megabyte, 0) + " MB";
  std::string text = clip(visible(name), line_width - 24);
  if (total > 0 && done <= total) {
    const double share = static_cast<double>(done) / static_cast<double>(total);
    text += "  " + std::to_string(static_cast<int>(100 * share)) + " %";
  }
  return text + size;
}

Progress::Progress(std::string name, std::shared_ptr<const std::atomic<std::uint64_t>> done,
                   std::uint64_t total)
    : name_(std::move(name)), done_(std::move(done)), total_(total) {
  try {
    thread_ = std::thread([this] { run(); });
  } catch (const std::system_error&) {
    // No more threads: then nobody is told, and nothing else changes.
  }
}

Progress::~Progress() {
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

bool Progress::possible() {
  const char* terminal = std::getenv("TERM");
  return isatty(STDERR_FILENO) == 1 && terminal != nullptr && std::string_view(terminal) != "dumb";
}

void Progress::run() {
  std::unique_lock lock(mutex_);
  const auto ended = [this] { return ended_; };
  if (changed_.wait_for(lock, patience, ended)) return;
  do {
    write_error(erase + progress_text(name_, done_->load(std::memory_order_relaxed), total_));
  } while (!changed_.wait_for(lock, pace, ended));
  write_error(erase);
}

std::uint64_t text_size(const std::string& path) {
  struct stat status {};
  const std::string lower = ascii_lower(path);
  if (lower.ends_with(".gz") || lower.ends_with(".zst")) return 0;
  if (stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return 0;
  return static_cast<std::uint64_t>(status.st_size);
}

}  // namespace sondeo
