// SPDX-License-Identifier: MIT
#include "cli/dispatch.h"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <cstring>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/text.h"
#include "cli/process.h"
#include "cli/tool.h"

namespace sondeo {
namespace {

struct Verb {
  const char* name;
  const char* purpose;
};

constexpr std::array verbs{
    Verb{"freq", "weighted percentages of the answers to questions, with margins of error"},
    Verb{"tab", "cross-tabulate questions by a banner"},
    Verb{"book", "show the codebook with counts; draft a study of a bare file"},
    Verb{"recode", "write derived variables, nets and filters as columns"},
    Verb{"synth", "synthetic respondents whose weighted percentages are the published ones"},
    Verb{"ingest", "read a file of responses strictly, write it as UTF-8"},
    Verb{"diff", "did a published number move? two table files, a tolerance, an exit status"},
};

std::string own_folder() {
  std::array<char, PATH_MAX> path{};
  const auto size = readlink("/proc/self/exe", path.data(), path.size() - 1);
  if (size <= 0) return "";
  const std::string text(path.data(), static_cast<std::size_t>(size));
  return text.substr(0, text.rfind('/') + 1);
}

std::string overview() {
  std::string text =
      "sondeo: survey responses to weighted percentages and cross-tabs.\n\nUsage: sondeo VERB "
      "[ARGUMENT]...\n\nVerbs:\n";
  for (const auto& verb : verbs) {
    std::string line = std::string("  ") + verb.name;
    line.append(12 - line.size(), ' ');
    text += line + verb.purpose + "\n";
  }
  return text +
         "\n`sondeo help VERB` tells more; `sondeo VERB` and `sondeo-VERB` are the same program.\n";
}

int run(const std::string& verb, const std::vector<char*>& rest) {
  auto program = "sondeo-" + verb;
  std::vector<char*> words{program.data()};
  words.insert(words.end(), rest.begin(), rest.end());
  words.push_back(nullptr);
  // Only words that can be a tool's name, so that no path is run by accident.
  if (verb.find('/') == std::string::npos) {
    auto beside = own_folder() + program;
    execv(beside.c_str(), words.data());
    execvp(program.c_str(), words.data());
  }
  std::vector<std::string> names;
  for (const auto& each : verbs) names.emplace_back(each.name);
  const auto close = nearest(verb, names);
  write_error("sondeo: error: there is no verb '" + excerpt(verb) + "'  [usage]\n    hint: " +
              (close.empty() ? "see sondeo --help" : "did you mean " + close + "?") + "\n");
  return 2;
}

}  // namespace

int dispatch(int argc, char** argv) {
  try {
    prepare_process();
    const std::vector<std::string> words(argv + 1, argv + argc);
    if (words.empty() || words[0] == "--help" || words[0] == "-h" ||
        (words[0] == "help" && words.size() == 1)) {
      write_output(overview());
      return words.empty() ? 2 : 0;
    }
    if (words[0] == "--version") {
      write_output("sondeo " + version() + "\n");
      return 0;
    }
    if (words[0] == "help") {
      std::string help = "--help";
      return run(words[1], {help.data()});
    }
    return run(words[0], {argv + 2, argv + argc});
  } catch (const Error& error) {
    write_error("sondeo: error: " + visible(error.message()) + "\n");
  } catch (const std::exception& error) {
    write_error(std::string("sondeo: error: ") + error.what() + "\n");
  }
  return 2;
}

}  // namespace sondeo
