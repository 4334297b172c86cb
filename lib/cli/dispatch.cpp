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
#include "cli/completion.h"
#include "cli/description.h"
#include "cli/process.h"
#include "cli/tool.h"
#include "cli/topics.h"

namespace sondeo {
namespace {

struct Verb {
  const char* name;
  const char* purpose;
};

constexpr std::array verbs{
    Verb{"freq", "weighted percentages of the answers to questions, with margins of error"},
    Verb{"tab", "cross-tabulate questions by a banner"},
    Verb{"trend", "the same questions over waves, with tests of what changed"},
    Verb{"book", "show the codebook with counts; draft a study of a bare file"},
    Verb{"verbatim", "list the answers to open questions, by groups of respondents"},
    Verb{"recode", "write derived variables, nets and filters as columns"},
    Verb{"weight", "rake, post-stratify, calibrate and trim weights, and say what they cost"},
    Verb{"estimate", "totals, means, shares and ratios under the sampling design"},
    Verb{"synth", "synthetic respondents whose weighted percentages are the published ones"},
    Verb{"ingest", "read a file of responses strictly, write it as UTF-8"},
    Verb{"diff", "did a published number move? two table files, a tolerance, an exit status"},
    Verb{"chart", "bars, diverging scales and trends, in the terminal or as SVG"},
    Verb{"export", "saved tables in any format: a workbook, a page, text"},
    Verb{"cells", "count responses into a file of exact sums, add such files up"},
};

std::string own_folder() {
  std::array<char, PATH_MAX> path{};
  const auto size = readlink("/proc/self/exe", path.data(), path.size() - 1);
  if (size <= 0) return "";
  const std::string text(path.data(), static_cast<std::size_t>(size));
  return text.substr(0, text.rfind('/') + 1);
}

std::string padded(std::string_view word) {
  std::string text = "  " + std::string(word);
  return text.append(text.size() < 15 ? 15 - text.size() : 1, ' ');
}

ToolDescription about() {
  return {"sondeo",
          "VERB [ARGUMENT]...",
          "survey responses to weighted percentages and cross-tabs.",
          {{"sondeo freq survey.csv owner -w weight", "the answers to one question, weighted"},
           {"sondeo tab survey.csv owner --by 'total + region'", "a question by a banner"},
           {"sondeo help expressions", "what --where takes"}},
          {},
          ""};
}

std::string lists() {
  std::string text = "Verbs:\n";
  for (const auto& verb : verbs) text += padded(verb.name) + verb.purpose + "\n";
  text += "\nTopics, for sondeo help TOPIC:\n";
  for (const auto& topic : topics()) text += padded(topic.name) + std::string(topic.purpose) + "\n";
  return text;
}

std::string overview() {
  ToolDescription tool = about();
  std::string text =
      tool.name + ": " + tool.purpose + "\n\nUsage: sondeo " + tool.usage + "\n\nExamples:\n";
  for (const auto& [command, what] : tool.examples)
    text += "  " + command + "\n      " + what + "\n";
  return text + "\n" + lists() +
         "\n`sondeo help VERB` tells more; `sondeo VERB` and `sondeo-VERB` are the same program.\n";
}

// The dispatcher's own manuals and completions; "" for a word that is none of these.
std::string generated(const std::string& what) {
  std::vector<std::string> verb_names;
  for (const auto& verb : verbs) verb_names.emplace_back(verb.name);
  std::vector<std::string> topic_names;
  for (const auto& topic : topics()) topic_names.emplace_back(topic.name);
  if (what == "bash") return bash_dispatch_completion(verb_names, topic_names);
  if (what == "zsh") return zsh_dispatch_completion(verb_names, topic_names);
  if (what == "fish") return fish_dispatch_completion(verb_names, topic_names);
  if (what != "man" && what != "md") return "";
  ToolDescription tool = about();
  tool.epilogue = lists();
  for (const auto& topic : topics()) tool.epilogue += "\n" + std::string(topic.text);
  return what == "man" ? man_page(tool, version()) : markdown_page(tool);
}

const Topic* find_topic(const std::string& name) {
  for (const auto& topic : topics()) {
    if (topic.name == name) return &topic;
  }
  return nullptr;
}

int run(const std::string& verb, const std::vector<char*>& rest, bool asked_for_help) {
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
  if (asked_for_help) {
    for (const auto& each : topics()) names.emplace_back(each.name);
  }
  const auto close = nearest(verb, names);
  write_error("sondeo: error: there is no verb " +
              std::string(asked_for_help ? "or topic '" : "'") + excerpt(verb) +
              "'  [usage]\n    hint: " +
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
      if (const Topic* topic = find_topic(words[1]); topic != nullptr) {
        write_output(topic->text);
        return 0;
      }
      std::string help = "--help";
      return run(words[1], {help.data()}, true);
    }
    if (words[0] == "--generate" && words.size() == 2) {
      const std::string text = generated(words[1]);
      if (!text.empty()) {
        write_output(text);
        return 0;
      }
    }
    return run(words[0], {argv + 2, argv + argc}, false);
  } catch (const Error& error) {
    write_error("sondeo: error: " + visible(error.message()) + "\n");
  } catch (const std::exception& error) {
    write_error(std::string("sondeo: error: ") + error.what() + "\n");
  }
  return 2;
}

}  // namespace sondeo
