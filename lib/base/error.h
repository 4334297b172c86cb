// SPDX-License-Identifier: MIT
// What goes wrong, and where: errors stop the run, issues are counted and reported at its end.
#pragma once

#include <cstdint>
#include <exception>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sondeo {

// A position in an input. Lines and columns are physical, counted from 1; 0 means "not known".
struct Place {
  std::string file;
  std::uint64_t line = 0;
  std::uint64_t column = 0;
};

// A refusal: FILE:LINE:COL: error: MESSAGE [ID], then the hint. Exit status 2.
class Error : public std::exception {
 public:
  Error(std::string id, std::string message, std::string hint = "");
  Error(Place place, std::string id, std::string message, std::string hint = "");

  const char* what() const noexcept override { return message_.c_str(); }
  const Place& place() const { return place_; }
  const std::string& id() const { return id_; }
  const std::string& message() const { return message_; }
  const std::string& hint() const { return hint_; }

 private:
  Place place_;
  std::string id_;
  std::string message_;
  std::string hint_;
};

// A finding that does not stop the run, grouped: how often, and where first.
struct Issue {
  std::string id;
  std::string message;
  std::string hint;
  Place first;
  std::uint64_t count = 0;
};

// Findings of one run. Adding and merging commute, so that threads may report in any order:
// issues with the same id and message are one issue, with the earliest place.
class Issues {
 public:
  void add(Place place, std::string_view id, std::string_view message, std::string_view hint = "",
           std::uint64_t count = 1);
  void merge(const Issues& other);
  // In order of first place, then id.
  std::vector<Issue> list() const;
  bool empty() const { return issues_.empty(); }

 private:
  std::map<std::pair<std::string, std::string>, Issue> issues_;
};

}  // namespace sondeo
