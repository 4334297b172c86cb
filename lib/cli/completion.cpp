// SPDX-License-Identifier: MIT
#include "cli/completion.h"

#include <algorithm>
#include <array>

namespace sondeo {
namespace {

// What a value is completed with.
enum class ValueKind { none, words, file, question, asked };

// The KIND of --complete for the value of an option, or "".
std::string asked_kind(const OptionEntry& option) {
  if (option.long_name == "weight") return "weight";
  if (option.meta == "EXPRESSION") return "where";
  if (option.meta == "NAME=EXPRESSION") return "named";
  return option.meta == "BANNER" ? "by" : "";
}

ValueKind kind_of(const OptionEntry& option) {
  if (!listed_values(option).empty()) return ValueKind::words;
  if (option.meta == "FILE") return ValueKind::file;
  if (!asked_kind(option).empty()) return ValueKind::asked;
  static constexpr std::array<std::string_view, 2> questions{"COLUMN", "QUESTION"};
  const bool question =
      std::find(questions.begin(), questions.end(), option.meta) != questions.end();
  return question ? ValueKind::question : ValueKind::none;
}

std::string joined(const std::vector<std::string>& words, const std::string& separator) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : separator) + word;
  return text;
}

// Inside single quotes of a shell: 'it'\''s'.
std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? "'\\''" : std::string(1, c);
  return out + "'";
}

std::string function_name(std::string name) {
  std::replace(name.begin(), name.end(), '-', '_');
  return "_" + name;
}

std::string spellings(const OptionEntry& option, const std::string& separator) {
  const std::string spelled = "--" + option.long_name;
  if (option.short_name == 0) return spelled;
  return std::string("-") + option.short_name + separator + spelled;
}

// The options of each kind that is asked for: "where" and "--where|--asked".
std::vector<std::pair<std::string, std::string>> asked_options(const ToolDescription& tool) {
  std::vector<std::pair<std::string, std::string>> kinds;
  for (const OptionEntry& option : tool.options) {
    const std::string kind = asked_kind(option);
    if (kind.empty()) continue;
    const auto known = std::find_if(kinds.begin(), kinds.end(),
                                    [&](const auto& each) { return each.first == kind; });
    if (known == kinds.end())
      kinds.emplace_back(kind, spellings(option, "|"));
    else
      known->second += "|" + spellings(option, "|");
  }
  return kinds;
}

std::vector<OptionEntry> shown(const ToolDescription& tool) {
  std::vector<OptionEntry> options;
  std::copy_if(tool.options.begin(), tool.options.end(), std::back_inserter(options),
               [](const OptionEntry& option) { return !option.hidden; });
  return options;
}

bool asks_questions(const ToolDescription& tool) {
  return tool.usage.find("QUESTION") != std::string::npos;
}

// A value may have blanks and operators, inside quotes or behind backslashes, where the shell's own
// words end in the middle of it; so it is found in the line. What bash takes for the end of a word
// inside it is not repeated.
std::string bash_values(const ToolDescription& tool, const std::string& function) {
  const auto kinds = asked_options(tool);
  if (kinds.empty()) return "";
  std::string out = function +
                    "_values() {\n"
                    "  local line=${COMP_LINE:0:COMP_POINT} file kind options typed pattern value "
                    "prefix\n"
                    "  local some=\"('[^']*|\\\"[^\\\"]*|([^[:space:]'\\\"\\\\]|\\\\\\\\.)*)\"\n"
                    "  while read -r kind options; do\n"
                    "    pattern=\"[[:space:]]($options)[[:space:]=]+$some\\$\"\n"
                    "    [[ $line =~ $pattern ]] || continue\n"
                    "    typed=${BASH_REMATCH[2]}\n    " +
                    function +
                    "_file || return\n"
                    "    compopt -o nospace\n"
                    "    prefix=\n"
                    "    [[ $typed == [\\'\\\"]* || $typed != *[=:@]* ]] || "
                    "prefix=${typed%\"${typed##*[=:@]}\"}\n"
                    "    while IFS=$'\\t' read -r value _; do\n"
                    "      [[ $typed == [\\'\\\"]* ]] || printf -v value %q \"$value\"\n"
                    "      COMPREPLY+=(\"${value#\"$prefix\"}\")\n"
                    "    done < <(" +
                    tool.name +
                    " --complete \"$kind:$typed\" \"$file\" 2>/dev/null)\n"
                    "    return 0\n"
                    "  done <<'END'\n";
  for (const auto& [kind, options] : kinds) out += kind + " " + options + "\n";
  return out + "END\n  return 1\n}\n\n";
}

constexpr std::string_view head = "Made from the options of the program: --generate ";

}  // namespace

std::string bash_completion(const ToolDescription& tool) {
  const std::string function = function_name(tool.name);
  std::string out = "# " + std::string(head) + "bash\n";
  out += function +
         "_file() {\n"
         "  local word\n"
         "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
         "    word=${word/#\\~\\//~/}\n"
         "    [[ $word != -* && -f $word ]] && { file=$word; return; }\n"
         "  done\n"
         "  return 1\n"
         "}\n\n";
  // Questions may have blanks and signs: one a line, quoted for the command line.
  out += function +
         "_questions() {\n"
         "  local file question\n  " +
         function +
         "_file || return\n"
         "  while IFS= read -r question; do\n"
         "    [[ $question == \"$cur\"* ]] && COMPREPLY+=(\"$(printf '%q' \"$question\")\")\n"
         "  done < <(" +
         tool.name +
         " --list-questions \"$file\" 2>/dev/null)\n"
         "}\n\n";
  out += bash_values(tool, function);
  out += function +
         "() {\n  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
         "  COMPREPLY=()\n";
  if (!asked_options(tool).empty()) out += "  " + function + "_values && return\n";
  out += "  case $prev in\n";
  std::vector<std::string> options;
  for (const OptionEntry& option : shown(tool)) {
    options.push_back(spellings(option, " "));
    if (option.meta.empty()) continue;
    out += "    " + spellings(option, "|") + ")\n      ";
    switch (kind_of(option)) {
      case ValueKind::words:
        out += "COMPREPLY=($(compgen -W " + quoted(joined(listed_values(option), " ")) +
               " -- \"$cur\"))\n      ";
        break;
      case ValueKind::file:
        out += "compopt -o filenames\n      COMPREPLY=($(compgen -f -- \"$cur\"))\n      ";
        break;
      case ValueKind::question:
        out += function + "_questions\n      ";
        break;
      case ValueKind::asked:  // nothing on the line to ask about
      case ValueKind::none:
        break;
    }
    out += "return ;;\n";
  }
  out += "  esac\n  if [[ $cur == -* ]]; then\n    COMPREPLY=($(compgen -W " +
         quoted(joined(options, " ")) + " -- \"$cur\"))\n    return\n  fi\n";
  if (asks_questions(tool)) out += "  " + function + "_questions\n";
  out +=
      "  ((${#COMPREPLY[@]})) && return\n  compopt -o filenames\n"
      "  COMPREPLY=($(compgen -f -- \"$cur\"))\n}\n\ncomplete -F " +
      function + " " + tool.name + "\n";
  return out;
}

std::string zsh_completion(const ToolDescription& tool) {
  const std::string function = function_name(tool.name);
  // In _arguments, brackets and colons end a part.
  const auto part = [](const std::string& text) {
    std::string out;
    for (const char c : text) {
      if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
      out += c;
    }
    return out;
  };
  std::string out = "#compdef " + tool.name + "\n# " + std::string(head) + "zsh\n\n" + function +
                    "_questions() {\n"
                    "  local word\n  local -a questions\n"
                    "  for word in ${(Q)words[2,CURRENT-1]}; do\n"
                    "    if [[ $word != -* && -f $word ]]; then\n"
                    "      questions=(\"${(@f)$(" +
                    tool.name +
                    " --list-questions $word 2>/dev/null)}\")\n"
                    "      compadd -a questions\n      return\n    fi\n  done\n  return 1\n}\n\n";
  if (!asked_options(tool).empty()) {
    out += function +
           "_values() {\n"
           "  local word line\n  local -a values shown\n"
           "  for word in ${(Q)words[2,CURRENT-1]}; do\n"
           "    [[ $word != -* && -f $word ]] || continue\n"
           "    for line in \"${(@f)$(" +
           tool.name +
           " --complete \"$1:${compstate[quote]}$PREFIX\" $word 2>/dev/null)}\"; do\n"
           "      [[ -n $line ]] || continue\n"
           "      values+=(\"${line%%$'\\t'*}\")\n"
           "      shown+=(\"${${line/$'\\t'/  }%  }\")\n"
           "    done\n"
           "    compadd -S '' -l -d shown -a values\n    return\n"
           "  done\n  return 1\n}\n\n";
  }
  out += function + "() {\n  _arguments -s \\\n";
  for (const OptionEntry& option : shown(tool)) {
    const std::string help = "[" + part(help_with_default(option)) + "]";
    std::string action;
    if (!option.meta.empty()) {
      action = ":" + part(option.meta) + ":";
      switch (kind_of(option)) {
        case ValueKind::words:
          action += "(" + joined(listed_values(option), " ") + ")";
          break;
        case ValueKind::file:
          action += "_files";
          break;
        case ValueKind::question:
          action += function + "_questions";
          break;
        case ValueKind::asked:
          // The blank in front keeps zsh from adding arguments of its own.
          action += " " + function + "_values " + asked_kind(option);
          break;
        case ValueKind::none:
          action += " ";
          break;
      }
    }
    const std::string spelled = "--" + option.long_name;
    if (option.short_name == 0) {
      out += "    " + quoted("*" + spelled + help + action) + " \\\n";
    } else {
      const std::string brief = std::string("-") + option.short_name;
      for (const std::string& name : {brief, spelled})
        out += "    " + quoted("*" + name + help + action) + " \\\n";
    }
  }
  const std::string rest =
      asks_questions(tool) ? "{ " + function + "_questions || _files }" : "_files";
  out += "    " + quoted("*:argument:" + rest) + "\n}\n\n" + function + " \"$@\"\n";
  return out;
}

std::string fish_completion(const ToolDescription& tool) {
  const auto fish_quoted = [](const std::string& text) {
    std::string out = "'";
    for (const char c : text) {
      if (c == '\'' || c == '\\') out += '\\';
      out += c;
    }
    return out + "'";
  };
  const std::string function = "_" + function_name(tool.name) + "_questions";
  std::string out = "# " + std::string(head) + "fish\n\nfunction " + function +
                    "\n  for word in (commandline -opc)[2..-1]\n"
                    "    if test -f \"$word\"\n      " +
                    tool.name +
                    " --list-questions $word 2>/dev/null\n      return\n    end\n  end\nend\n\n";
  const std::string values = "_" + function_name(tool.name) + "_values";
  if (!asked_options(tool).empty()) {
    out += "function " + values +
           "\n  for word in (commandline -opc)[2..-1]\n"
           "    if test -f \"$word\"\n      " +
           tool.name +
           " --complete \"$argv[1]:\"(commandline -ct) $word 2>/dev/null\n"
           "      return\n    end\n  end\nend\n\n";
  }
  if (asks_questions(tool)) out += "complete -c " + tool.name + " -a '(" + function + ")'\n";
  for (const OptionEntry& option : shown(tool)) {
    out += "complete -c " + tool.name + " -l " + option.long_name;
    if (option.short_name != 0) out += std::string(" -s ") + option.short_name;
    if (!option.meta.empty()) {
      switch (kind_of(option)) {
        case ValueKind::words:
          out += " -x -a " + fish_quoted(joined(listed_values(option), " "));
          break;
        case ValueKind::file:
          out += " -r -F";
          break;
        case ValueKind::question:
          out += " -x -a '(" + function + ")'";
          break;
        case ValueKind::asked:
          out += " -x -a '(" + values + " " + asked_kind(option) + ")'";
          break;
        case ValueKind::none:
          out += " -x";
          break;
      }
    }
    out += " -d " + fish_quoted(help_with_default(option)) + "\n";
  }
  return out;
}

std::string bash_dispatch_completion(const std::vector<std::string>& verbs,
                                     const std::vector<std::string>& topics) {
  return "# " + std::string(head) +
         "bash\n_sondeo() {\n"
         "  local cur=${COMP_WORDS[COMP_CWORD]} verb=${COMP_WORDS[1]}\n"
         "  if ((COMP_CWORD == 1)); then\n"
         "    COMPREPLY=($(compgen -W " +
         quoted(joined(verbs, " ") + " help --help --version") +
         " -- \"$cur\"))\n"
         "  elif [[ $verb == help ]]; then\n"
         "    COMPREPLY=($(compgen -W " +
         quoted(joined(verbs, " ") + " " + joined(topics, " ")) +
         " -- \"$cur\"))\n"
         "  else\n"
         "    # What `sondeo VERB` completes is what `sondeo-VERB` does.\n"
         "    declare -F \"_sondeo_$verb\" >/dev/null || "
         ". \"${BASH_SOURCE[0]%/*}/sondeo-$verb\" 2>/dev/null || return\n"
         "    COMP_WORDS=(\"sondeo-$verb\" \"${COMP_WORDS[@]:2}\")\n"
         "    ((COMP_CWORD -= 1))\n"
         "    \"_sondeo_$verb\"\n"
         "  fi\n}\n\ncomplete -F _sondeo sondeo\n";
}

std::string zsh_dispatch_completion(const std::vector<std::string>& verbs,
                                    const std::vector<std::string>& topics) {
  return "#compdef sondeo\n# " + std::string(head) +
         "zsh\n\n_sondeo() {\n"
         "  if ((CURRENT == 2)); then\n"
         "    compadd " +
         joined(verbs, " ") +
         " help\n"
         "  elif [[ $words[2] == help ]]; then\n"
         "    compadd " +
         joined(verbs, " ") + " " + joined(topics, " ") +
         "\n"
         "  else\n"
         "    local verb=$words[2]\n"
         "    words=(\"sondeo-$verb\" \"${(@)words[3,-1]}\")\n"
         "    ((CURRENT -= 1))\n"
         "    _normal -p sondeo\n"
         "  fi\n}\n\n_sondeo \"$@\"\n";
}

std::string fish_dispatch_completion(const std::vector<std::string>& verbs,
                                     const std::vector<std::string>& topics) {
  std::string out = "# " + std::string(head) +
                    "fish\n\ncomplete -c sondeo -n __fish_use_subcommand -x -a '" +
                    joined(verbs, " ") +
                    " help'\n"
                    "complete -c sondeo -n '__fish_seen_subcommand_from help' -x -a '" +
                    joined(verbs, " ") + " " + joined(topics, " ") + "'\n";
  // What `sondeo VERB` completes is what `sondeo-VERB` does.
  out +=
      "complete -c sondeo -n 'not __fish_use_subcommand; and not __fish_seen_subcommand_from help' "
      "-a '(complete -C \"sondeo-\"(string join \" \" -- (commandline -opc)[2..-1])\" "
      "\"(commandline -ct))'\n";
  return out;
}

}  // namespace sondeo
