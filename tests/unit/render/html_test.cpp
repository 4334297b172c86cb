// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <map>
#include <vector>

#include "base/sha256.h"
#include "render/render.h"
#include "sample.h"

namespace sondeo {
namespace {

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::string html_of(const Table& table, const RenderOptions& options = {}) {
  TableSet set;
  set.tables = {table};
  return render_html(set, options);
}

// A tag with its attributes as written, and the text up to the next tag.
struct Tag {
  std::string name;
  std::string attributes;
  std::string text;
};

// Reads what render_html writes: attributes in double quotes, no comments, no raw text but in
// style.
std::vector<Tag> tags_of(const std::string& html) {
  std::vector<Tag> tags;
  for (std::size_t at = html.find('<'); at != std::string::npos;) {
    const std::size_t end = html.find('>', at);
    const std::size_t next = html.find('<', end);
    const std::string inside = html.substr(at + 1, end - at - 1);
    const std::size_t blank = inside.find(' ');
    tags.push_back({inside.substr(0, blank), blank == std::string::npos ? "" : inside.substr(blank),
                    html.substr(end + 1, next == std::string::npos ? next : next - end - 1)});
    at = next;
  }
  return tags;
}

std::string attribute(const Tag& tag, const std::string& name) {
  const std::string key = " " + name + "=\"";
  const std::size_t at = tag.attributes.find(key);
  if (at == std::string::npos) return "";
  const std::size_t begin = at + key.size();
  return tag.attributes.substr(begin, tag.attributes.find('"', begin) - begin);
}

std::size_t span_of(const Tag& tag, const std::string& name) {
  const std::string value = attribute(tag, name);
  return value.empty() ? 1 : std::stoul(value);
}

// The columns that each row of each table covers, rowspans counted.
std::vector<std::vector<std::size_t>> row_widths(const std::vector<Tag>& tags) {
  std::vector<std::vector<std::size_t>> tables;
  std::map<std::size_t, std::size_t> below;  // row -> columns taken from above
  std::size_t row = 0;
  for (const Tag& tag : tags) {
    if (tag.name == "table") {
      tables.emplace_back();
      below.clear();
      row = 0;
    } else if (tag.name == "tr") {
      tables.back().push_back(below[row]);
    } else if (tag.name == "td" || tag.name == "th") {
      const std::size_t columns = span_of(tag, "colspan");
      tables.back().back() += columns;
      for (std::size_t k = 1; k < span_of(tag, "rowspan"); ++k) below[row + k] += columns;
    } else if (tag.name == "/tr") {
      ++row;
    }
  }
  return tables;
}

}  // namespace

TEST_CASE("html: every tag is closed in order, whatever the labels") {
  const std::vector<Tag> tags = tags_of(render_html(sample::kitchen_sink(), {}));
  std::vector<std::string> open;
  for (const Tag& tag : tags) {
    CAPTURE(tag.name);
    if (tag.name == "!DOCTYPE" || tag.name == "meta" || tag.name == "br") continue;
    if (tag.attributes.ends_with("/")) continue;
    if (tag.name.front() != '/') {
      open.push_back(tag.name);
      continue;
    }
    REQUIRE(!open.empty());
    CHECK("/" + open.back() == tag.name);
    open.pop_back();
  }
  CHECK(open.empty());
}

TEST_CASE("html: all rows of a table cover the same columns") {
  for (const auto& rows : row_widths(tags_of(render_html(sample::kitchen_sink(), {})))) {
    REQUIRE(!rows.empty());
    for (const std::size_t width : rows) CHECK(width == rows.front());
  }
}

TEST_CASE("html: the policy allows the one style and nothing else") {
  const std::string html = render_html(sample::kitchen_sink(), {});
  const std::size_t begin = html.find("<style>") + 7;
  const std::string style = html.substr(begin, html.find("</style>") - begin);
  CHECK(contains(
      html, "content=\"default-src 'none'; style-src 'sha256-" + sha256_base64(style) + "'\""));
  for (const Tag& tag : tags_of(html)) {
    for (const char* name : {"script", "link", "img", "iframe", "object", "base", "form"})
      CHECK(tag.name != name);
    for (const char* name : {" style=", " src=", " on"}) CHECK(!contains(tag.attributes, name));
    const std::string href = attribute(tag, "href");
    CHECK((href.empty() || href.front() == '#'));
  }
}

TEST_CASE("html: labels are text, their line ends and directions kept") {
  const std::string html = render_html(sample::kitchen_sink(), {});
  CHECK(contains(
      html, "<bdi>&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&quot; [a](b) `c`</bdi>"));
  CHECK(contains(html, "<bdi>two<br>lines</bdi>"));
  CHECK(contains(html, "<bdi>escape \\x1b[31mred\\x1b[0m bell \\x07</bdi>"));
  CHECK(contains(html, "<bdi>שלום עולם</bdi>"));
  CHECK(contains(html, "&#39;quoted"));
  CHECK(!contains(html, "\x1b"));
  CHECK(!contains(html, "\u202e"));
}

TEST_CASE("html: a topline, its bars and their intervals") {
  Table table = sample::topline();
  auto& values = table.rows[1].cells[0].values;
  values.push_back(sample::value("ci_low", 46.004, Unit::percent, "column_percent"));
  values.push_back(sample::value("ci_high", 101.0, Unit::percent, "column_percent"));
  const std::string html = html_of(table);
  CHECK(contains(html, "<title>Q3 Overall, do you approve?</title>"));
  CHECK(contains(html, "<caption><div><h1><span class=\"id\"><bdi>Q3</bdi></span>"));
  CHECK(contains(html,
                 "<tr class=\"net\"><th scope=\"row\"><bdi>Approve (net)</bdi></th><td>49</td>"
                 "<td>1.9</td><td>751</td>"));
  CHECK(contains(html,
                 "<rect class=\"fill\" width=\"48.60%\" height=\"100%\"/><line "
                 "class=\"whisker\" x1=\"46.00%\" x2=\"100.00%\" y1=\"50%\" y2=\"50%\"/>"));
  CHECK(contains(html, "<th scope=\"row\" class=\"in1\"><bdi>Strongly approve</bdi></th>"));
  CHECK(contains(html, "Base: n = 1,504 · effective n = 1,404 · design effect 1.07 · MoE ±2.6"));
  CHECK(contains(html, "Not in the base: 12"));
  CHECK(!contains(html, "<nav"));
}

TEST_CASE("html: a banner's header tree, its marks, and why a number is absent") {
  Table table = sample::banner();
  table.rows[1].cells[2].values[2] = sample::absent("column_percent", Unit::percent, "zero_base");
  const std::string html = html_of(table);
  CHECK(contains(html,
                 "<tr><td colspan=\"1\" rowspan=\"2\"></td><th scope=\"col\" rowspan=\"2\" "
                 "class=\"leaf\"><bdi>Total</bdi></th><th scope=\"colgroup\" colspan=\"2\" "
                 "class=\"group first\"><bdi>Region</bdi></th>"));
  CHECK(contains(html, "<td>87<span class=\"mark\">*</span></td>"));
  CHECK(contains(html, "<span class=\"mark\">**</span>"));
  CHECK(contains(html, "<td title=\"zero base\">–</td>"));
  CHECK(contains(html, "* effective base &lt; 100, ** &lt; 30"));
}

TEST_CASE("html: contents for several tables, numbers as told, provenance if there is any") {
  TableSet set;
  set.tables = {sample::topline(), sample::banner()};
  RenderOptions options;
  options.look = {1, ",", "."};
  const std::string html = render_html(set, options);
  CHECK(contains(html, "<li><a href=\"#t2\">"));
  CHECK(contains(html, "<section id=\"t2\">"));
  CHECK(contains(html, "<td>48,6</td>"));
  CHECK(contains(html, "<td>1.504</td>"));
  CHECK(!contains(html, "<footer>"));
  set.provenance.version = "0.1.0";
  set.provenance.input_bytes = 99;
  set.provenance.input_rows = 1504;
  CHECK(contains(render_html(set, options),
                 "<footer>sondeo 0.1.0 · 1.504 respondents in the file</footer>"));
  set.provenance.input_name = "<b>.csv";
  set.provenance.input_xxh3 = "2d06800538d394c2";
  set.provenance.command = "sondeo-freq '<b>.csv' q1";
  CHECK(contains(render_html(set, options), "&lt;b&gt;.csv</bdi> (XXH3 2d06800538d394c2)<br>"));
  CHECK(contains(render_html(set, options), "<code>sondeo-freq "));
  CHECK(!contains(render_html(set, options), "<b>.csv"));
}

TEST_CASE("html: sections head their tables and group the contents") {
  TableSet set;
  set.tables = {sample::topline(), sample::banner(), sample::topline()};
  set.tables[1].section = set.tables[2].section = "Who & why";
  const std::string html = render_html(set, {});
  CHECK(contains(html, "<p class=\"part\"><a href=\"#s2\"><bdi>Who &amp; why</bdi></a></p>"));
  CHECK(contains(html, "<h2 class=\"part\" id=\"s2\"><bdi>Who &amp; why</bdi></h2>"));
  CHECK(!contains(html, "id=\"s3\""));
  // A table outside sections has a heading of their level, those within one below.
  int second = 0;
  int third = 0;
  for (const Tag& tag : tags_of(html)) {
    second += tag.name == "h2";
    third += tag.name == "h3";
  }
  CHECK(second == 3);  // contents, first table, section
  CHECK(third == 2);
  set.tables[1].section = set.tables[2].section = "";
  CHECK(!contains(render_html(set, {}), "part"));
}

TEST_CASE("html: several languages in one file, one of them seen, without a script") {
  TableSet english;
  english.title = "A survey";
  english.tables = {sample::topline(), sample::banner()};
  english.provenance.version = "0.1.0";
  english.provenance.input_rows = 1504;
  TableSet spanish = english;
  spanish.title = "Una encuesta";
  for (Table& table : spanish.tables) table.language = "es-MX";
  RenderOptions commas;
  commas.look = {1, ",", "."};
  const std::vector<Edition> editions = {{english, {}}, {spanish, commas}};
  const std::string html = render_html_editions(editions);

  const std::size_t begin = html.find("<style>") + 7;
  const std::string style = html.substr(begin, html.find("</style>") - begin);
  CHECK(contains(
      html, "content=\"default-src 'none'; style-src 'sha256-" + sha256_base64(style) + "'\""));
  CHECK(contains(style, "#l1:checked ~ .edition:not(.in-l1) { display: none; }"));
  CHECK(contains(style, "#l2:checked ~ .edition:not(.in-l2) { display: none; }"));

  std::map<std::string, int> ids;
  std::map<std::string, int> names;
  std::string edition;
  int checked = 0;
  for (const Tag& tag : tags_of(html)) {
    ++names[tag.name];
    if (const std::string id = attribute(tag, "id"); !id.empty()) ++ids[id];
    if (tag.name == "html") CHECK(attribute(tag, "lang") == "en");
    if (tag.name == "title") CHECK(tag.text == "A survey");
    if (tag.name == "input" && contains(tag.attributes, " checked")) ++checked;
    if (attribute(tag, "class").starts_with("edition in-")) {
      edition = attribute(tag, "class").substr(11);
      CHECK(attribute(tag, "lang") == (edition == "l1" ? "en" : "es-MX"));
    }
    // A contents list leads to the tables of its own language.
    if (tag.name == "a") CHECK(attribute(tag, "href").starts_with("#" + edition + "-t"));
  }
  CHECK(checked == 1);
  CHECK(names["input"] == 2);
  CHECK(names["label"] == 2);
  CHECK(names["table"] == 4);
  CHECK(names["script"] == 0);
  for (const auto& [id, times] : ids) CHECK_MESSAGE(times == 1, id);
  for (const char* id : {"l1", "l2", "l1-t1", "l1-t2", "l2-t1", "l2-t2"}) CHECK(ids.count(id) == 1);

  CHECK(contains(html, "for=\"l1\" lang=\"en\">English</label>"));
  CHECK(contains(html, "for=\"l2\" lang=\"es-MX\">Español (es-MX)</label>"));
  CHECK(contains(html, "1,504 respondents in the file"));
  CHECK(contains(html, "1.504 personas en el archivo"));
  CHECK(contains(html, "<td>48,6</td>"));

  CHECK(render_html_editions(std::vector<Edition>{{english, {}}}) == render_html(english, {}));
}

}  // namespace sondeo
