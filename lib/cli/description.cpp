// SPDX-License-Identifier: MIT
#include "cli/description.h"

#include <algorithm>

#include "base/text.h"

namespace sondeo {
namespace {

constexpr int help_width = 80;
constexpr std::size_t help_column = 28;

std::string padded(std::string text, std::size_t width) {
  if (text.size() < width) text.append(width - text.size(), ' ');
  return text;
}

// `left`, and beside it from `column` on the wrapped text; below it where `left` is too wide.
void append_beside(std::string& out, std::string left, std::size_t column,
                   const std::string& text) {
  if (left.size() > column - 2) {
    out += left + "\n";
    left.clear();
  }
  for (const auto& line : wrap(text, help_width - static_cast<int>(column))) {
    out += padded(left, column) + line + "\n";
    left.clear();
  }
}

// For man(7): a sign at the line's start must not be a request, and hyphens must stay what they
// are.
std::string roff(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') {
      out += "\\e";
    } else if (c == '.' && (out.empty() || out.back() == '\n')) {
      out += "\\&.";
    } else if (c == '-') {
      out += "\\-";
    } else if (c == '\'') {
      out += "\\(aq";  // a bare one becomes a curly quote
    } else if (c == '`') {
      out += "\\(ga";
    } else if (c == '^') {
      out += "\\(ha";
    } else if (c == '~') {
      out += "\\(ti";
    } else {
      out += c;
    }
  }
  return out;
}

// Text of a Markdown paragraph: nothing in it is markup.
std::string markdown(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view("\\`*_[]<>|#~").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return text;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> exit_statuses() {
  return {
      {"0", "done, and every condition asked for holds"},
      {"1",
       "done, and the answer is no: a condition (--strict, --fail-if) does not hold, or "
       "numbers changed (sondeo-diff); the output is written"},
      {"2", "not done: a wrong command line, or input or output that cannot be read or written"}};
}

std::string help_with_default(const OptionEntry& option) {
  const bool said = option.help.find("efault") != std::string::npos;
  return option.usual.empty() || said ? option.help
                                      : option.help + " (default: " + option.usual + ")";
}

std::vector<std::string> listed_values(const OptionEntry& option) {
  std::vector<std::string> values;
  const std::string& meta = option.meta;
  const bool lower = std::none_of(meta.begin(), meta.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || c == '=' || c == '.';
  });
  if (!lower || meta.find('|') == std::string::npos) return values;
  for (std::size_t at = 0; at <= meta.size();) {
    const std::size_t bar = std::min(meta.find('|', at), meta.size());
    values.push_back(meta.substr(at, bar - at));
    at = bar + 1;
  }
  return values;
}

std::string help_text(const ToolDescription& tool) {
  std::string text =
      tool.name + ": " + tool.purpose + "\n\nUsage: " + tool.name + " " + tool.usage + "\n";
  if (!tool.examples.empty()) text += "\nExamples:\n";
  for (const auto& [command, what] : tool.examples)
    text += "  " + command + "\n      " + what + "\n";
  std::string section;
  for (const auto& option : tool.options) {
    if (option.hidden) continue;
    if (option.section != section) {
      section = option.section;
      text += "\n" + section + ":\n";
    }
    std::string left =
        option.short_name != 0 ? std::string("  -") + option.short_name + ", " : "      ";
    left += "--" + option.long_name + (option.meta.empty() ? "" : " " + option.meta);
    append_beside(text, left, help_column, help_with_default(option));
  }
  if (!tool.epilogue.empty()) text += "\n" + tool.epilogue + "\n";
  text += "\nExit status:\n";
  for (const auto& [status, meaning] : exit_statuses())
    append_beside(text, "  " + status, 5, meaning);
  return text;
}

std::string man_page(const ToolDescription& tool, const std::string& version) {
  std::string text = ".\\\" Made from the options of the program: sondeo-... --generate man\n.TH " +
                     upper(tool.name) + " 1 \"\" \"sondeo " + version +
                     "\" \"User Commands\"\n.SH NAME\n" + roff(tool.name) + " \\- " +
                     roff(tool.purpose.substr(0, tool.purpose.find_last_not_of('.') + 1)) +
                     "\n.SH SYNOPSIS\n\\fB" + roff(tool.name) + "\\fR " + roff(tool.usage) + "\n";
  if (!tool.examples.empty()) text += ".SH EXAMPLES\n";
  for (const auto& [command, what] : tool.examples)
    text += ".TP\n\\fB" + roff(command) + "\\fR\n" + roff(what) + "\n";
  std::string section;
  if (!tool.options.empty()) text += ".SH OPTIONS\n";
  for (const auto& option : tool.options) {
    if (option.hidden) continue;
    if (option.section != section) {
      section = option.section;
      text += ".SS " + roff(section) + "\n";
    }
    text += ".TP\n";
    if (option.short_name != 0) text += std::string("\\fB\\-") + option.short_name + "\\fR, ";
    text += "\\fB\\-\\-" + roff(option.long_name) + "\\fR";
    if (!option.meta.empty()) text += " \\fI" + roff(option.meta) + "\\fR";
    text += "\n" + roff(help_with_default(option)) + "\n";
  }
  if (!tool.epilogue.empty()) text += ".SH NOTES\n.nf\n" + roff(tool.epilogue) + "\n.fi\n";
  text += ".SH EXIT STATUS\n";
  for (const auto& [status, meaning] : exit_statuses())
    text += ".TP\n.B " + status + "\n" + roff(meaning) + "\n";
  return text;
}

std::string markdown_page(const ToolDescription& tool) {
  std::string text = "<!-- Made from the options of the program: " + tool.name +
                     " --generate md -->\n# " + tool.name + "\n\n" + tool.name + ": " +
                     markdown(tool.purpose) + "\n\n    " + tool.name + " " + tool.usage + "\n";
  if (!tool.examples.empty()) text += "\n## Examples\n";
  for (const auto& [command, what] : tool.examples)
    text += "\n" + markdown(what) + ":\n\n    " + command + "\n";
  std::string section;
  for (const auto& option : tool.options) {
    if (option.hidden) continue;
    if (option.section != section) {
      section = option.section;
      text += "\n## " + markdown(section) + "\n\n";
    }
    text += "- `";
    if (option.short_name != 0) text += std::string("-") + option.short_name + ", ";
    text += "--" + option.long_name + (option.meta.empty() ? "" : " " + option.meta) +
            "`: " + markdown(help_with_default(option)) + "\n";
  }
  if (!tool.epilogue.empty()) text += "\n```text\n" + tool.epilogue + "\n```\n";
  text += "\n## Exit status\n\n";
  for (const auto& [status, meaning] : exit_statuses())
    text += "- `" + status + "`: " + markdown(meaning) + "\n";
  return text;
}

}  // namespace sondeo
