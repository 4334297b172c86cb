// SPDX-License-Identifier: MIT
#include "cli/tool.h"

#include <unistd.h>

#include <algorithm>
#include <boost/program_options.hpp>
#include <new>

#include "base/text.h"
#include "cli/completion.h"
#include "cli/description.h"
#include "cli/process.h"

namespace po = boost::program_options;

namespace sondeo {
namespace {

std::string place_text(const Place& place, const std::string& program) {
  if (place.file.empty()) return program + ": ";
  std::string text = visible(place.file);
  if (place.line > 0) text += ":" + std::to_string(place.line);
  if (place.line > 0 && place.column > 0) text += ":" + std::to_string(place.column);
  return text + ": ";
}

std::string report(const Place& place, const std::string& program, const char* kind,
                   const std::string& message, const std::string& id, const std::string& hint) {
  std::string text = place_text(place, program) + kind + ": " + visible(message);
  if (!id.empty()) text += "  [" + id + "]";
  text += "\n";
  if (!hint.empty()) text += "    hint: " + visible(hint) + "\n";
  return text;
}

}  // namespace

struct Tool::State {
  ToolDescription about;
  std::string section_title = "Options";
  po::options_description options;
  std::vector<std::string>* positional = nullptr;
  std::function<std::vector<std::string>()> questions;
  Completer values;
  std::vector<std::string> command;
  Issues issues;
  bool quiet = false;
  bool verbose = false;
  bool strict = false;
  bool help = false;
  bool version = false;
  std::string generate;
  bool list_questions = false;
  std::string complete;  // KIND:TYPED

  void remember(const std::string& names, std::string meta, std::string help_text, bool is_hidden,
                std::string usual = "") {
    const auto comma = names.find(',');
    OptionEntry entry{section_title,        names.substr(0, comma), 0,        std::move(meta),
                      std::move(help_text), std::move(usual),       is_hidden};
    if (comma != std::string::npos) entry.short_name = names[comma + 1];
    about.options.push_back(std::move(entry));
  }

  // Manuals and completions, for the build; the questions of a file, for completions.
  std::string generated() const {
    if (generate == "man") return man_page(about, sondeo::version());
    if (generate == "md") return markdown_page(about);
    if (generate == "bash") return bash_completion(about);
    if (generate == "zsh") return zsh_completion(about);
    if (generate == "fish") return fish_completion(about);
    throw UsageError("--generate takes man, md, bash, zsh or fish, not '" + excerpt(generate) +
                     "'");
  }

  std::string question_lines() const {
    std::string text;
    if (!questions) return text;
    for (const auto& question : questions()) {
      if (visible(question) == question) text += question + "\n";
    }
    return text;
  }

  std::string value_lines() const {
    std::string text;
    const auto colon = complete.find(':');
    if (!values || colon == std::string::npos) return text;
    for (const auto& line : values(complete.substr(0, colon), complete.substr(colon + 1)))
      text += line + "\n";
    return text;
  }

  std::string nearest_option(const std::string& word) const {
    std::vector<std::string> names;
    for (const auto& entry : about.options) {
      if (!entry.hidden) names.push_back("--" + entry.long_name);
    }
    const auto bare = word.substr(0, word.find('='));
    const auto close = nearest(bare, names);
    if (!close.empty()) return close;
    // People also type the beginning of a name; abbreviations are not options, but a good hint.
    for (const auto& option : names) {
      if (bare.size() > 3 && option.rfind(bare, 0) == 0) return option;
    }
    return "";
  }

  void parse(const std::vector<std::string>& words) {
    po::options_description all;
    all.add(options);
    std::vector<std::string> rest;
    all.add_options()("positional", po::value(&rest));
    po::positional_options_description positions;
    positions.add("positional", -1);
    using namespace po::command_line_style;
    const int style = allow_long | long_allow_next | long_allow_adjacent | allow_short |
                      allow_dash_for_short | short_allow_next | short_allow_adjacent | allow_sticky;
    try {
      po::variables_map map;
      po::store(
          po::command_line_parser(words).options(all).positional(positions).style(style).run(),
          map);
      po::notify(map);
    } catch (const po::unknown_option& error) {
      const auto close = nearest_option(error.get_option_name());
      throw UsageError("unknown option " + excerpt(error.get_option_name()),
                       close.empty() ? "" : "did you mean " + close + "?");
    } catch (const po::invalid_command_line_syntax& error) {
      const auto option = excerpt(error.get_option_name());
      if (error.kind() == po::invalid_syntax::missing_parameter ||
          error.kind() == po::invalid_syntax::empty_adjacent_parameter) {
        throw UsageError("option " + option + " needs a value");
      }
      throw UsageError("option " + option + " takes no value");
    } catch (const po::multiple_occurrences& error) {
      throw UsageError("option " + excerpt(error.get_option_name()) + " is given more than once");
    } catch (const po::error& error) {
      throw UsageError(error.what());
    }
    if (positional == nullptr && !rest.empty())
      throw UsageError("unexpected argument '" + excerpt(rest[0]) + "'");
    if (positional != nullptr) *positional = std::move(rest);
  }

  void print_issues() const {
    if (quiet) return;
    std::string text;
    for (const auto& issue : issues.list()) {
      auto message = issue.message;
      if (issue.count > 1) {
        message += " (" + std::to_string(issue.count) +
                   (issue.first.line > 0 ? " times, here first)" : " times)");
      }
      text += report(issue.first, about.name, "warning", message, issue.id, issue.hint);
    }
    write_error(text);
  }
};

Tool::Tool(std::string name, std::string usage, std::string purpose)
    : state_(std::make_unique<State>()) {
  state_->about.name = std::move(name);
  state_->about.usage = std::move(usage);
  state_->about.purpose = std::move(purpose);
}

Tool::~Tool() = default;

Tool& Tool::section(std::string title) {
  state_->section_title = std::move(title);
  return *this;
}

Tool& Tool::option(const std::string& names, std::string& value, std::string meta,
                   std::string help) {
  // An empty value is mostly a shell variable that was not set.
  const auto set = [&value, name = names.substr(0, names.find(','))](const std::string& given) {
    if (given.empty()) throw UsageError("option --" + name + " needs a value");
    value = given;
  };
  state_->options.add_options()(names.c_str(), po::value<std::string>()->notifier(set));
  state_->remember(names, std::move(meta), std::move(help), false, value);
  return *this;
}

Tool& Tool::option(const std::string& names, std::optional<std::string>& value, std::string meta,
                   std::string help) {
  const auto set = [&value](const std::string& given) { value = given; };
  state_->options.add_options()(names.c_str(), po::value<std::string>()->notifier(set));
  state_->remember(names, std::move(meta), std::move(help), false);
  return *this;
}

Tool& Tool::option(const std::string& names, std::vector<std::string>& values, std::string meta,
                   std::string help) {
  // Composing keeps every value; program_options would take "" for a missing one otherwise.
  state_->options.add_options()(names.c_str(), po::value(&values)->composing());
  state_->remember(names, std::move(meta), std::move(help), false);
  return *this;
}

Tool& Tool::flag(const std::string& names, bool& value, std::string help) {
  state_->options.add_options()(names.c_str(), po::bool_switch(&value));
  state_->remember(names, "", std::move(help), false);
  return *this;
}

Tool& Tool::hidden(const std::string& names, std::string& value) {
  state_->options.add_options()(names.c_str(), po::value(&value));
  state_->remember(names, "VALUE", "", true);
  return *this;
}

Tool& Tool::positional(std::vector<std::string>& values) {
  state_->positional = &values;
  return *this;
}

Tool& Tool::example(std::string command, std::string what) {
  state_->about.examples.emplace_back(std::move(command), std::move(what));
  return *this;
}

Tool& Tool::epilogue(std::string text) {
  state_->about.epilogue = std::move(text);
  return *this;
}

const std::vector<std::string>& Tool::command() const { return state_->command; }
Issues& Tool::issues() { return state_->issues; }

void Tool::tell(const std::string& message) const {
  if (state_->verbose) note(message);
}

void Tool::note(const std::string& message) const {
  if (!state_->quiet) write_error(state_->about.name + ": " + visible(message) + "\n");
}

bool Tool::quiet() const { return state_->quiet; }

int Tool::refuse(const Error& error) const {
  write_error(report(error.place(), state_->about.name, "error", error.message(), error.id(),
                     error.hint()));
  return 1;
}

Tool& Tool::completes_values(Completer values) {
  state_->values = std::move(values);
  return *this;
}

Tool& Tool::lists_questions(std::function<std::vector<std::string>()> questions) {
  state_->questions = std::move(questions);
  return *this;
}

std::string Tool::help() const { return help_text(state_->about); }

int Tool::run(int argc, char** argv, const std::function<int()>& body) {
  // Messages that need no memory: there may be none left to make one.
  static constexpr char no_memory[] = "error: out of memory  [memory]\n";
  const auto fail = [&](const std::string& text) {
    write_error(text);
    return 2;
  };
  try {
    prepare_process();
    section("Other");
    flag("strict", state_->strict, "a warning makes the exit status 1");
    flag("quiet,q", state_->quiet, "no warnings");
    flag("verbose,v", state_->verbose, "say what is done on the way");
    flag("help,h", state_->help, "this text");
    flag("version", state_->version, "the version");
    hidden("generate", state_->generate);
    state_->options.add_options()("list-questions", po::bool_switch(&state_->list_questions));
    state_->remember("list-questions", "", "", true);
    hidden("complete", state_->complete);
    const std::string program = argc > 0 ? argv[0] : state_->about.name;
    state_->command.push_back(program.substr(program.rfind('/') + 1));
    state_->command.insert(state_->command.end(), argv + std::min(argc, 1), argv + argc);
    try {
      state_->parse({state_->command.begin() + 1, state_->command.end()});
      if (state_->help) {
        write_output(help());
        return 0;
      }
      if (state_->version) {
        write_output(state_->about.name + " " + version() + "\n");
        return 0;
      }
      if (!state_->generate.empty()) {
        write_output(state_->generated());
        return 0;
      }
      if (state_->list_questions) {
        write_output(state_->question_lines());
        return 0;
      }
      if (!state_->complete.empty()) {
        write_output(state_->value_lines());
        return 0;
      }
      const int status = body();
      state_->print_issues();
      return status == 0 && state_->strict && !state_->issues.empty() ? 1 : status;
    } catch (const UsageError& error) {
      const auto hint =
          error.hint().empty() ? "see " + state_->about.name + " --help" : error.hint();
      return fail(report({}, state_->about.name, "error", error.what(), "usage", hint));
    } catch (const Error& error) {
      state_->print_issues();
      return fail(report(error.place(), state_->about.name, "error", error.message(), error.id(),
                         error.hint()));
    } catch (const std::bad_alloc&) {
      throw;
    } catch (const std::exception& error) {
      return fail(report({}, state_->about.name, "error", error.what(), "internal", ""));
    }
  } catch (const std::bad_alloc&) {
    if (write(STDERR_FILENO, no_memory, sizeof no_memory - 1) < 0) return 2;
    return 2;
  }
}

std::string version() { return SONDEO_VERSION; }

}  // namespace sondeo
