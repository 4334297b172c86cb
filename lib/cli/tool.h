// SPDX-License-Identifier: MIT
// What every tool is: options declared in one table, parsed strictly, help printed from it, errors
// caught in one place, exit status 0, 1 or 2.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace sondeo {

class Tool {
 public:
  // `usage` is what follows the name in the usage line, `purpose` one sentence.
  Tool(std::string name, std::string usage, std::string purpose);
  ~Tool();
  Tool(const Tool&) = delete;
  Tool& operator=(const Tool&) = delete;

  // Options of a group declared by the group itself: group.declare(*this).
  template <class Group>
  Tool& use(Group& group) {
    group.declare(*this);
    return *this;
  }

  // A heading of the help; the options declared after it stand under it.
  Tool& section(std::string title);
  // "weight,w" is --weight and -w. An empty value is refused, and so is a second one.
  Tool& option(const std::string& names, std::string& value, std::string meta, std::string help);
  // Tells an option that was not given from one whose value is "".
  Tool& option(const std::string& names, std::optional<std::string>& value, std::string meta,
               std::string help);
  // May be given several times; every one adds a value.
  Tool& option(const std::string& names, std::vector<std::string>& values, std::string meta,
               std::string help);
  Tool& flag(const std::string& names, bool& value, std::string help);
  // Works, but is not in the help: for tests.
  Tool& hidden(const std::string& names, std::string& value);
  Tool& positional(std::vector<std::string>& values);
  Tool& example(std::string command, std::string what);
  // After the options: what has no place elsewhere (what the exit status means stands there
  // anyway).
  Tool& epilogue(std::string text);

  // What may be asked for in the files on the command line: for completions (--list-questions).
  Tool& lists_questions(std::function<std::vector<std::string>()> questions);
  // How a value may go on, by its kind and what was typed of it: for completions (--complete).
  using Completer =
      std::function<std::vector<std::string>(const std::string& kind, const std::string& typed)>;
  Tool& completes_values(Completer values);

  // Parses, runs `body`, reports what it throws, and returns the exit status. --help and --version
  // are answered here. The body returns 0 or 1.
  int run(int argc, char** argv, const std::function<int()>& body);

  // The command line as given, the program without its directory.
  const std::vector<std::string>& command() const;
  // Findings of the run: told on stderr when the body has ended (not with -q), and
  // with --strict a finding makes the status 1.
  Issues& issues();
  // Told on stderr under -v; or always, unless -q.
  void tell(const std::string& message) const;
  void note(const std::string& message) const;
  bool quiet() const;
  // For an answer that is no: tells it like an error, and is the status 1 for the body to return.
  int refuse(const Error& error) const;
  std::string help() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// A wrong command line: reported with a pointer to --help, status 2.
class UsageError : public std::runtime_error {
 public:
  explicit UsageError(const std::string& message, std::string hint = "")
      : std::runtime_error(message), hint_(std::move(hint)) {}
  const std::string& hint() const { return hint_; }

 private:
  std::string hint_;
};

// The version of this build, such as "0.1.0".
std::string version();

}  // namespace sondeo
