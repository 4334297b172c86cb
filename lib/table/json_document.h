// SPDX-License-Identifier: MIT
// A parsed JSON document whose faults are told by their place in it, such as
// tables[2].rows[0].cells[1][3].value: what is parsed has no lines any more. For readers of tables.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace sondeo {

// The document of `text`. Throws Error [table-file] with line and column for what is no JSON, and
// for numbers beyond the range of doubles.
nlohmann::json parse_json(const std::string& text, const std::string& file);

// One value of the document of `file`; `where` is "" or begins with a point. The functions that
// take a name give the member of this object, and throw Error [table-file] if it is missing or of
// another kind.
class JsonPlace {
 public:
  JsonPlace(const std::string& file, const nlohmann::json& json, std::string where = "")
      : file_(&file), json_(&json), where_(std::move(where)) {}

  const nlohmann::json& json() const { return *json_; }
  [[noreturn]] void refuse(const std::string& what) const;

  bool has(const char* name) const;
  JsonPlace member(const char* name) const;
  // An array, and how many items it has.
  JsonPlace list(const char* name) const;
  std::size_t size() const;
  JsonPlace item(std::size_t i) const;

  const std::string& text(const char* name) const;
  // The same for members that may be missing.
  std::string text_or(const char* name, const std::string& otherwise) const;
  double number_or(const char* name, double otherwise) const;
  bool flag_or(const char* name, bool otherwise) const;

  // This value itself: a string, or an array of nothing else.
  const std::string& text() const;
  std::vector<std::string> texts() const;

 private:
  const std::string* file_;
  const nlohmann::json* json_;
  std::string where_;
};

// Throws unless the document is an object with the schema sondeo.tables/1.
void require_tables_schema(const JsonPlace& document);

}  // namespace sondeo
