// SPDX-License-Identifier: MIT
#include "cli/tool.h"

#include <unistd.h>

#include <algorithm>
#include <boost/program_options.hpp>
#include <new>

#include "base/text.h"
#include "cli/process.h"

namespace po = boost::program_options;

namespace sondeo {
namespace {

struct Entry {
  std::string section;
  std::string long_name;
  char short_name = 0;
  std::string meta;  // "" for a flag
  std::string help;
  bool hidden = false;
};

std::string padded(std::string text, std::size_t width) {
  if (text.size() < width) text.append(width - text.size(), ' ');
  return text;
}

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
  std::string name;
  std::string usage;
  std::string purpose;
  std::string section_title = "Options";
  std::vector<Entry> entries;
  po::options_description options;
  std::vector<std::string>* positional = nullptr;
  std::vector<std::pair<std::string, std::string>> examples;
  std::string epilogue;
  std::vector<std::string> command;
  Issues issues;
  bool quiet = false;
  bool verbose = false;
  bool strict = false;
  bool help = false;
  bool version = false;

  void remember(const std::string& names, std::string meta, std::string help_text, bool is_hidden) {
    const auto comma = names.find(',');
    Entry entry{section_title,   names.substr(0, comma), 0,
                std::move(meta), std::move(help_text),   is_hidden};
    if (comma != std::string::npos) entry.short_name = names[comma + 1];
    entries.push_back(std::move(entry));
  }

  std::string nearest_option(const std::string& word) const {
    std::vector<std::string> names;
    for (const auto& entry : entries) {
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
      text += report(issue.first, name, "warning", message, issue.id, issue.hint);
    }
    write_error(text);
  }
};

Tool::Tool(std::string name, std::string usage, std::string purpose)
    : state_(std::make_unique<State>()) {
  state_->name = std::move(name);
  state_->usage = std::move(usage);
  state_->purpose = std::move(purpose);
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
  state_->remember(names, std::move(meta), std::move(help), false);
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
  state_->examples.emplace_back(std::move(command), std::move(what));
  return *this;
}

Tool& Tool::epilogue(std::string text) {
  state_->epilogue = std::move(text);
  return *this;
}

const std::vector<std::string>& Tool::command() const { return state_->command; }
Issues& Tool::issues() { return state_->issues; }

void Tool::tell(const std::string& message) const {
  if (state_->verbose) note(message);
}

void Tool::note(const std::string& message) const {
  if (!state_->quiet) write_error(state_->name + ": " + visible(message) + "\n");
}

int Tool::refuse(const Error& error) const {
  write_error(
      report(error.place(), state_->name, "error", error.message(), error.id(), error.hint()));
  return 1;
}

std::string Tool::help() const {
  std::string text = state_->name + ": " + state_->purpose + "\n\nUsage: " + state_->name + " " +
                     state_->usage + "\n";
  if (!state_->examples.empty()) text += "\nExamples:\n";
  for (const auto& [command, what] : state_->examples)
    text += "  " + command + "\n      " + what + "\n";
  std::string section_title;
  for (const auto& entry : state_->entries) {
    if (entry.hidden) continue;
    if (entry.section != section_title) {
      section_title = entry.section;
      text += "\n" + section_title + ":\n";
    }
    std::string left =
        entry.short_name != 0 ? std::string("  -") + entry.short_name + ", " : "      ";
    left += "--" + entry.long_name + (entry.meta.empty() ? "" : " " + entry.meta);
    constexpr std::size_t column = 28;
    if (left.size() > column - 2) {
      text += left + "\n";
      left.clear();
    }
    for (const auto& line : wrap(entry.help, 80 - static_cast<int>(column))) {
      text += padded(left, column) + line + "\n";
      left.clear();
    }
  }
  text += "\n" + (state_->epilogue.empty() ? "" : state_->epilogue + "\n");
  text +=
      "Exit status: 0 done; 1 done, and a condition asked for does not hold; 2 not done (usage, "
      "input or\n"
      "output that cannot be read or written).\n";
  return text;
}

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
    const std::string program = argc > 0 ? argv[0] : state_->name;
    state_->command.push_back(program.substr(program.rfind('/') + 1));
    state_->command.insert(state_->command.end(), argv + std::min(argc, 1), argv + argc);
    try {
      state_->parse({state_->command.begin() + 1, state_->command.end()});
      if (state_->help) {
        write_output(help());
        return 0;
      }
      if (state_->version) {
        write_output(state_->name + " " + version() + "\n");
        return 0;
      }
      const int status = body();
      state_->print_issues();
      return status == 0 && state_->strict && !state_->issues.empty() ? 1 : status;
    } catch (const UsageError& error) {
      const auto hint = error.hint().empty() ? "see " + state_->name + " --help" : error.hint();
      return fail(report({}, state_->name, "error", error.what(), "usage", hint));
    } catch (const Error& error) {
      state_->print_issues();
      return fail(
          report(error.place(), state_->name, "error", error.message(), error.id(), error.hint()));
    } catch (const std::bad_alloc&) {
      throw;
    } catch (const std::exception& error) {
      return fail(report({}, state_->name, "error", error.what(), "internal", ""));
    }
  } catch (const std::bad_alloc&) {
    if (write(STDERR_FILENO, no_memory, sizeof no_memory - 1) < 0) return 2;
    return 2;
  }
}

std::string version() { return SONDEO_VERSION; }

}  // namespace sondeo
