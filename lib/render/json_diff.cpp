// SPDX-License-Identifier: MIT
// sondeo.diff/1: every change, full precision, one line each.
#include <nlohmann/json.hpp>

#include "render/diff.h"

namespace sondeo {
namespace {

using Json = nlohmann::ordered_json;

std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json side_json(const TableNumber* side, ChangeKind kind) {
  if (side == nullptr) return nullptr;
  if (kind == ChangeKind::letters) return side->letters;
  return side->value ? Json(*side->value) : Json(nullptr);
}

Json change_json(const Change& change) {
  const TableNumber& number = change.any();
  Json json = {{"change", change_name(change.kind)},
               {"table", number.table},
               {"weight", number.weight},
               {"row_id", number.row_id},
               {"row", number.row},
               {"column_id", number.column_id},
               {"column", number.column},
               {"of", number.of},
               {"statistic", number.statistic},
               {"unit", number.unit},
               {"old", side_json(change.before, change.kind)},
               {"new", side_json(change.after, change.kind)}};
  json["difference"] = change.kind == ChangeKind::moved
                           ? Json(*change.after->value - *change.before->value)
                           : Json(nullptr);
  json["old_flag"] = change.before == nullptr ? "" : change.before->flag;
  json["new_flag"] = change.after == nullptr ? "" : change.after->flag;
  return json;
}

}  // namespace

std::string render_diff_json(const Diff& diff) {
  Json tolerance = {{"any", diff.tolerance.any}};
  for (const auto& [name, limit] : diff.tolerance.named) tolerance[name] = limit;
  const Json head = {
      {"schema", "sondeo.diff/1"}, {"old", diff.before_name},   {"new", diff.after_name},
      {"tolerance", tolerance},    {"compared", diff.compared}, {"moved", diff.moved},
      {"appeared", diff.appeared}, {"vanished", diff.vanished}, {"letters", diff.letters}};
  std::string out = dump(head);
  out.pop_back();
  out += ",\"changes\":[";
  for (std::size_t i = 0; i < diff.changes.size(); ++i)
    out += (i == 0 ? "\n" : ",\n") + dump(change_json(diff.changes[i]));
  return out + "]}\n";
}

}  // namespace sondeo
