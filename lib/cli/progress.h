// SPDX-License-Identifier: MIT
// One line on standard error that says how far the reading is.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace sondeo {

// "survey.csv  43 %  620 MB"; without a total (0), "survey.csv  620 MB".
std::string progress_text(const std::string& name, std::uint64_t done, std::uint64_t total);

// Drawn from half a second on and erased when the object goes. It reads the counter that others
// write and touches nothing else, so results cannot depend on it.
class Progress {
 public:
  Progress(std::string name, std::shared_ptr<const std::atomic<std::uint64_t>> done,
           std::uint64_t total);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress();

  // Whether standard error is a terminal that can erase a line.
  static bool possible();

 private:
  void run();

  std::string name_;
  std::shared_ptr<const std::atomic<std::uint64_t>> done_;
  std::uint64_t total_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool ended_ = false;
  std::thread thread_;
};

// The size of a regular file whose bytes are its text, else 0: the name of compressed ones ends in
// .gz or .zst.
std::uint64_t text_size(const std::string& path);

}  // namespace sondeo
