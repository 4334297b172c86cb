// SPDX-License-Identifier: MIT
// A good citizen: descriptors, signals, and writing all of it or saying why not.
#pragma once

#include <string>
#include <string_view>

namespace sondeo {

// Call once, first. Standard descriptors that are closed are opened so that no file gets their
// number, and writing to them still fails; a file size limit becomes an error instead of a signal;
// SIGINT, SIGTERM and SIGHUP remove the temporary file of an OutputFile and end the process with
// that signal.
void prepare_process();

// Writes all bytes to standard output. Throws Error [write]; a closed pipe ends the process quietly
// by SIGPIPE unless that is ignored.
void write_output(std::string_view bytes);

// Writes to standard error as much as can be written; a failure there has nowhere to be told.
void write_error(std::string_view text) noexcept;

// A file that appears complete or not at all: written to a temporary neighbour, synced, renamed.
// Devices, pipes and the like are written directly. A symbolic link stays and its target is
// replaced; the mode of a file that is replaced is kept.
class OutputFile {
 public:
  // Refuses an existing regular file unless `force`. Throws Error [exists], [write].
  OutputFile(const std::string& path, bool force);
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  ~OutputFile();

  void write(std::string_view bytes);
  // Makes the file appear. Throws Error [write]; then nothing has changed.
  void commit();

 private:
  void create_temporary();
  [[noreturn]] void fail() const;
  std::string path_;    // as given, for messages
  std::string target_;  // behind symbolic links
  std::string temporary_;
  int fd_ = -1;
};

// Whether somebody may be typing, or reading, and the width of what is read (0 if not known).
bool input_is_terminal();
bool output_is_terminal();
int terminal_width();

}  // namespace sondeo
