// SPDX-License-Identifier: MIT
// sondeo.tables/1: everything a table knows, full precision, one line per cell.
#include <nlohmann/json.hpp>

#include "render/json_number.h"
#include "render/render.h"
#include "render/rows.h"
#include "table/letter_words.h"
#include "table/letters.h"

namespace sondeo {
namespace {

using Json = nlohmann::ordered_json;

std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// `[`, the items on lines of their own, `]`.
std::string dump_lines(const std::vector<std::string>& items) {
  std::string out = "[";
  for (std::size_t i = 0; i < items.size(); ++i) out += (i == 0 ? "\n" : ",\n") + items[i];
  return out + "]";
}

// `object` (not empty) with one more member, whose value is JSON text already.
std::string with_member(std::string object, std::string_view key, const std::string& value) {
  object.pop_back();
  return object + ",\"" + std::string(key) + "\":" + value + "}";
}

std::string_view kind_name(RowKind kind) {
  switch (kind) {
    case RowKind::base:
      return "base";
    case RowKind::category:
      return "category";
    case RowKind::net:
      return "net";
    case RowKind::statistic:
      return "statistic";
    case RowKind::missing:
      return "missing";
  }
  return "";
}

Json value_json(const Value& value, const Look& look) {
  return {{"statistic", value.statistic},       {"of", value.of},
          {"value", number_json(value.number)}, {"display", display(value, look)},
          {"unit", unit_name(value.unit)},      {"flag", value.flag}};
}

Json letters_json(std::string_view of, const std::string& letters) {
  return {{"statistic", "letters"}, {"of", of},   {"value", letters},
          {"display", letters},     {"unit", ""}, {"flag", ""}};
}

std::string dump_row(const Table& table, const Row& row, const Look& look) {
  std::vector<std::string> cells;
  const auto of = shows_letters(table) ? lettered_statistic(row) : "";
  for (std::size_t j = 0; j < row.cells.size(); ++j) {
    const Cell& cell = row.cells[j];
    Json values = Json::array();
    for (const Value& value : cell.values) values.push_back(value_json(value, look));
    if (!of.empty() && !table.columns[j].group.empty())
      values.push_back(letters_json(of, cell.letters));
    cells.push_back(dump(values));
  }
  Json head = {
      {"id", row.id}, {"label", row.label}, {"kind", kind_name(row.kind)}, {"indent", row.indent}};
  if (table.sum100 && row.kind == RowKind::net) head["members"] = row.members;
  return with_member(dump(head), "cells", dump_lines(cells));
}

Json column_json(const Column& column, bool tested) {
  Json json = {{"id", column.id},
               {"label", column.label},
               {"path", column.path},
               {"mark", mark_sign(column.mark)},
               {"suppressed", column.suppressed}};
  if (tested) {
    json["group"] = column.group;
    json["letter"] = column.letter;
  }
  return json;
}

Json testing_json(const Testing& testing) {
  Json levels = Json::array();
  for (const double level : testing.levels) levels.push_back(number_json(level));
  return {{"dialect", testing.dialect},
          {"mean_dialect", testing.of_means()},
          {"levels", levels},
          {"compare", against_name(testing.against)},
          {"adjust", adjustment_name(testing.adjustment)},
          {"min_difference", number_json(testing.min_difference)},
          {"not_tested_below", number_json(testing.not_tested_below)},
          {"letter_at", testing.letter_at_lower ? "lower" : "higher"}};
}

Json comparison_json(const Table& table, const Comparison& each) {
  const auto& testing = *table.testing;
  return {{"row", table.rows[each.row].id},
          {"a", table.columns[each.a].id},
          {"b", against_id(table, each)},
          {"of", each.mean ? "mean" : "column_percent"},
          {"difference", number_json(each.difference)},
          {"se", number_json(each.se)},
          {"statistic", number_json(each.statistic)},
          {"df", number_json(each.df)},
          {"p", number_json(each.p)},
          {"p_adjusted", number_json(each.p_adjusted)},
          {"level", number_json(each.level)},
          {"dialect", each.mean ? testing.of_means() : testing.dialect},
          {"reason", each.reason}};
}

Json test_json(const TableTest& test, const Look& look) {
  Json values = Json::array();
  for (const Value& value : test.values) values.push_back(value_json(value, look));
  return {{"id", test.row},          {"label", test.label},     {"group", test.group},
          {"heading", test.heading}, {"columns", test.columns}, {"values", values}};
}

std::string dump_table(const Table& table, const Look& look) {
  std::vector<std::string> columns;
  for (const Column& column : table.columns)
    columns.push_back(dump(column_json(column, table.testing.has_value())));
  std::vector<std::string> rows;
  for (const Row& row : table.rows) rows.push_back(dump_row(table, row, look));
  Json head = {{"id", table.id},
               {"title", table.title},
               {"section", table.section},
               {"shape", table.shape == TableShape::topline ? "topline" : "banner"},
               {"base", table.base},
               {"filter", table.filter},
               {"weight", table.weight},
               {"level", number_json(table.level)},
               {"shown", table.shown},
               {"language", table.language},
               {"weight_label", table.weight_label},
               {"synthetic", table.synthetic},
               {"low_base", number_json(table.low_base)},
               {"very_low_base", number_json(table.very_low_base)}};
  if (table.sum100) head["sum100"] = true;
  std::string out = with_member(dump(head), "columns", dump_lines(columns));
  out = with_member(std::move(out), "rows", dump_lines(rows));
  std::vector<std::string> comparisons;
  for (const Comparison& each : table.comparisons)
    comparisons.push_back(dump(comparison_json(table, each)));
  if (table.testing)
    out = with_member(std::move(out), "testing", dump(testing_json(*table.testing)));
  out = with_member(std::move(out), "comparisons",
                    comparisons.empty() ? "[]" : dump_lines(comparisons));
  std::vector<std::string> tests;
  for (const TableTest& test : table.tests) tests.push_back(dump(test_json(test, look)));
  if (!tests.empty()) out = with_member(std::move(out), "tests", dump_lines(tests));
  return with_member(std::move(out), "notes", dump(table.notes));
}

Json provenance_json(const Provenance& provenance) {
  const auto named = [](const std::string& name, const std::string& xxh3) {
    Json file = Json::object();
    if (!name.empty()) file["name"] = name;
    if (!xxh3.empty()) file["xxh3"] = xxh3;
    return file;
  };
  Json json = {{"version", provenance.version}};
  if (!provenance.date.empty()) json["date"] = provenance.date;
  if (!provenance.command.empty()) json["command"] = provenance.command;
  json["input"] = named(provenance.input_name, provenance.input_xxh3);
  json["input"]["bytes"] = provenance.input_bytes;
  json["input"]["rows"] = provenance.input_rows;
  if (!provenance.study_name.empty())
    json["study"] = named(provenance.study_name, provenance.study_xxh3);
  if (!provenance.weight.empty()) {
    json["weight"] = provenance.weight;
    json["filter"] = provenance.filter;
  }
  return json;
}

}  // namespace

std::string render_json(const TableSet& tables, const RenderOptions& options) {
  std::vector<std::string> dumped;
  for (const Table& table : tables.tables) dumped.push_back(dump_table(table, options.look));
  Json head = {{"schema", "sondeo.tables/1"}};
  if (!tables.provenance.version.empty()) head["provenance"] = provenance_json(tables.provenance);
  if (!tables.title.empty()) head["title"] = tables.title;
  if (tables.weight_ratio) head["weight_ratio"] = number_json(tables.weight_ratio);
  return with_member(dump(head), "tables", dump_lines(dumped)) + "\n";
}

}  // namespace sondeo
