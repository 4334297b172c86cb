// SPDX-License-Identifier: MIT
#include "table/json_document.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/text.h"

namespace sondeo {
namespace {

// Line and column of a byte, counted from 1.
Place place_of(const std::string& file, std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, byte > 0 ? byte - 1 : 0);
  const std::size_t line_end = before.rfind('\n');
  const std::size_t start = line_end == std::string_view::npos ? 0 : line_end + 1;
  const auto lines = static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n'));
  return {file, lines + 1, before.size() - start + 1};
}

}  // namespace

nlohmann::json parse_json(const std::string& text, const std::string& file) {
  try {
    return nlohmann::json::parse(text);
  } catch (const nlohmann::json::parse_error& error) {
    const bool cut = error.byte > text.size();
    throw Error(place_of(file, text, error.byte), "table-file",
                cut ? "the JSON ends here, in the middle" : "this is not JSON",
                cut ? "was the file written completely?" : "tables are saved with -f json");
  } catch (const nlohmann::json::exception&) {
    throw Error(Place{file}, "table-file", "the JSON holds a number beyond the range of doubles");
  }
}

void JsonPlace::refuse(const std::string& what) const {
  throw Error(Place{*file_}, "table-file",
              "this is no table file: " + (where_.empty() ? "it" : where_.substr(1)) + " " + what,
              "table files are what -f json writes");
}

bool JsonPlace::has(const char* name) const {
  return json_->is_object() && json_->find(name) != json_->end();
}

JsonPlace JsonPlace::member(const char* name) const {
  if (!json_->is_object()) refuse("must be an object");
  const auto found = json_->find(name);
  if (found == json_->end()) JsonPlace(*file_, *json_, where_ + "." + name).refuse("is missing");
  return {*file_, *found, where_ + "." + name};
}

JsonPlace JsonPlace::list(const char* name) const {
  JsonPlace value = member(name);
  if (!value.json().is_array()) value.refuse("must be an array");
  return value;
}

std::size_t JsonPlace::size() const { return json_->size(); }

JsonPlace JsonPlace::item(std::size_t i) const {
  return {*file_, (*json_)[i], where_ + "[" + std::to_string(i) + "]"};
}

const std::string& JsonPlace::text() const {
  if (!json_->is_string()) refuse("must be a string");
  return json_->get_ref<const std::string&>();
}

const std::string& JsonPlace::text(const char* name) const { return member(name).text(); }

std::string JsonPlace::text_or(const char* name, const std::string& otherwise) const {
  return has(name) ? text(name) : otherwise;
}

double JsonPlace::number_or(const char* name, double otherwise) const {
  if (!has(name)) return otherwise;
  const JsonPlace value = member(name);
  if (!value.json().is_number()) value.refuse("must be a number");
  return value.json().get<double>();
}

bool JsonPlace::flag_or(const char* name, bool otherwise) const {
  if (!has(name)) return otherwise;
  const JsonPlace value = member(name);
  if (!value.json().is_boolean()) value.refuse("must be true or false");
  return value.json().get<bool>();
}

std::vector<std::string> JsonPlace::texts() const {
  std::vector<std::string> texts;
  if (!json_->is_array()) refuse("must be an array");
  for (const nlohmann::json& each : *json_) {
    if (!each.is_string()) refuse("must hold strings only");
    texts.push_back(each.get<std::string>());
  }
  return texts;
}

void require_tables_schema(const JsonPlace& document) {
  if (!document.json().is_object()) document.refuse("must be an object");
  const std::string& schema = document.text("schema");
  if (schema != "sondeo.tables/1")
    document.member("schema").refuse("is '" + excerpt(schema) + "', not 'sondeo.tables/1'");
}

}  // namespace sondeo
