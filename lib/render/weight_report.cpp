// SPDX-License-Identifier: MIT
#include "render/weight_report.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <vector>

#include "base/number.h"
#include "base/text.h"
#include "table/weight_words.h"
#include "table/words.h"

namespace sondeo {
namespace {

using Row = std::vector<std::string>;

// The words and number marks of the report.
struct Speech {
  explicit Speech(const WeightReport& report)
      : words(weight_words_of(report.language)), marks(words_of(report.language)) {}

  std::string number(double value, int digits) const {
    return rounded(value, digits, marks.decimal, marks.thousands);
  }
  std::string count(std::uint64_t n) const { return grouped(n, marks.thousands); }
  std::string percent(double share, int digits) const {
    return number(100 * share, digits) + std::string(marks.percent);
  }

  const WeightWords& words;
  const Words& marks;
};

// Two digits and an exponent, such as 1.1e-09; plain from 0.001.
std::string small_number(double value, const Speech& speech) {
  if (value == 0) return "0";
  if (value >= 0.001) return speech.number(value, value < 0.1 ? 3 : 1);
  std::array<char, 32> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                 std::chars_format::scientific, 1)
                       .ptr;
  std::string text(buffer.data(), end);
  if (text[1] == '.' && text[2] == '0') text.erase(1, 2);
  if (text[1] == '.') text.replace(1, 1, speech.marks.decimal);
  return text;
}

// Weights of a mean about 1 need three decimals, those that stand for thousands none.
int decimals_for(double mean) { return mean < 10 ? 3 : mean < 1000 ? 1 : 0; }

std::string weight_number(double value, double mean, const Speech& speech) {
  return speech.number(value, decimals_for(mean));
}

std::string category_name(const ReportCell& cell, bool number, const Speech& speech) {
  if (number) return std::string(speech.words.total_cell);
  return cell.category.empty() ? std::string(speech.words.no_answer) : visible(cell.category);
}

std::string people(const ReportMargin& margin, const Speech& speech) {
  return margin.name.empty() ? std::string(speech.words.everybody) : visible(margin.name);
}

// What a cell shows: n, target, sample, weighted, gap.
Row numbers_of(const ReportCell& cell, const Speech& speech) {
  if (!cell.target_share) {
    const auto digits = std::fabs(cell.target) < 100 ? 3 : 0;
    const auto gap = cell.target == 0 ? cell.weighted : 100 * (cell.weighted / cell.target - 1);
    return {speech.count(cell.n), speech.number(cell.target, digits),
            speech.number(cell.sample, digits), speech.number(cell.weighted, digits),
            speech.number(gap, 1) + (cell.target == 0 ? "" : std::string(speech.marks.percent))};
  }
  return {speech.count(cell.n), speech.percent(*cell.target_share, 1),
          speech.percent(*cell.sample_share, 1), speech.percent(*cell.weighted_share, 1),
          speech.number(100 * (*cell.weighted_share - *cell.target_share), 1)};
}

Row header_of_margins(const Speech& speech) {
  return {speech.words.columns.begin(), speech.words.columns.end()};
}

Row header_of_classes(const Speech& speech) {
  return {speech.words.class_columns.begin(), speech.words.class_columns.end()};
}

Row row_of_class(const ReportClass& each, const Speech& speech) {
  return {visible(each.name), speech.count(each.n), speech.number(each.eligible, 1),
          speech.number(each.respondents, 1), speech.number(each.factor, 3)};
}

std::string aligned(const std::vector<Row>& rows, std::size_t left_columns) {
  std::vector<int> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()), 0);
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], display_width(row[i]));
  }
  std::string out;
  for (const auto& row : rows) {
    std::string line = " ";
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string pad(static_cast<std::size_t>(widths[i] - display_width(row[i])), ' ');
      const bool left = i < left_columns || i > left_columns + 4;
      line += (i == 0 ? " " : "  ") + (left ? row[i] + pad : pad + row[i]);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

std::string sentence_of_convergence(const ReportSegment& segment, double tolerance,
                                    const Speech& speech) {
  const auto& words = speech.words;
  return std::string(words.iterations) + " " + std::to_string(segment.iterations) + "   " +
         std::string(words.largest_gap) + " " + small_number(segment.gap_points, speech) + " " +
         std::string(words.points) + "   " + std::string(words.relative) + " " +
         small_number(segment.gap, speech) + "   " + std::string(words.tolerance) + " " +
         small_number(tolerance, speech);
}

Row line_of_weights(const ReportWeights& w, const Speech& speech) {
  const auto& words = speech.words;
  const auto show = [&](std::string_view name, double value) {
    return std::string(name) + " " + weight_number(value, w.mean, speech);
  };
  return {show(words.least, w.least),
          show(words.p5, w.p5),
          show(words.median, w.median),
          show(words.p95, w.p95),
          show(words.most, w.largest),
          std::string(words.ratio) + " " + speech.number(w.largest / w.least, 1)};
}

std::string joined(const Row& words, const std::string& between) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : between) + word;
  return text;
}

std::string sentence_of_kish(const ReportWeights& w, const Speech& speech) {
  const auto& words = speech.words;
  return std::string(words.design_effect) + " " + speech.number(w.deff, 3) + "   " +
         std::string(words.effective_n) + " " + speech.number(w.effective_n, 0) + " " +
         std::string(words.of) + " " + speech.count(w.n) + " (" +
         speech.percent(w.effective_n / static_cast<double>(w.n), 0) + ")";
}

std::vector<std::string> sentences_of_trimming(const Trimming& trimming, const Speech& speech) {
  const auto& words = speech.words;
  const auto moved = [&](std::string_view verb, double limit, std::uint64_t n) {
    return std::string(verb) + speech.number(limit, 3) + ": " + speech.count(n) + " " +
           std::string(words.weight_noun.of(n));
  };
  std::vector<std::string> lines;
  if (trimming.below > 0)
    lines.push_back(moved(words.raised, trimming.options.lower, trimming.below));
  if (trimming.above > 0) lines.push_back(moved(words.cut, trimming.options.upper, trimming.above));
  if (trimming.below + trimming.above == 0) lines.emplace_back(words.none_outside);
  lines.push_back(std::string(words.moved) + speech.number(trimming.shift, 4));
  return lines;
}

std::string sentence_of(const ReportProfile& profile, double mean, const Speech& speech) {
  const auto& words = speech.words;
  return speech.count(profile.n) + " " + std::string(words.respondent.of(profile.n)) + ", " +
         visible(profile.name) + ": " + std::string(words.weight) + " " +
         weight_number(profile.weight, mean, speech) +
         (profile.n == 1 ? "" : std::string(words.on_average)) + ", " +
         speech.percent(profile.share, 1) + " " + std::string(words.of_all);
}

std::string sentence_of_replicates(const WeightReport& report, const Speech& speech) {
  const auto& scales = report.replicate_rscales;
  const bool same =
      std::all_of(scales.begin(), scales.end(), [](double each) { return each == 1; });
  std::string scale = shortest(report.replicate_scale);
  if (const auto point = scale.find('.'); point != std::string::npos)
    scale.replace(point, 1, speech.marks.decimal);
  return speech.count(report.replicates) + " " + std::string(speech.words.replicates) + ", " +
         std::string(speech.words.scale) + " " + scale +
         (same ? "" : std::string(speech.words.rscales));
}

std::string sentence_of_zero(const ReportWeights& w, const Speech& speech) {
  return speech.count(w.zero) + " " + std::string(speech.words.has_zero.of(w.zero));
}

// A lead of the text report, as wide as its longest.
std::string lead_of(std::string_view word, const Speech& speech) {
  const int width =
      std::max(display_width(speech.words.weights), display_width(speech.words.largest));
  return "  " + std::string(word) +
         std::string(static_cast<std::size_t>(width - display_width(word) + 3), ' ');
}

// A cell of a Markdown table.
std::string md(std::string text) {
  for (std::size_t at = 0; (at = text.find_first_of("|\n\\", at)) != std::string::npos;) {
    if (text[at] == '\n') {
      text[at] = ' ';
    } else {
      text.insert(at++, "\\");
    }
    ++at;
  }
  return text;
}

std::string md_row(const Row& cells) {
  std::string line = "|";
  for (const auto& cell : cells) line += " " + md(cell) + " |";
  return line + "\n";
}

}  // namespace

std::string render_weights_text(const WeightReport& report, bool ascii) {
  const Speech speech(report);
  const auto& words = speech.words;
  std::string out;
  if (!report.method.empty()) {
    const bool iterated = !report.segments.empty();
    out += report.method +
           (iterated ? std::string(ascii ? " ...  " : " …  ") +
                           std::string(report.converged ? words.converged : words.not_converged)
                     : "") +
           "\n";
  }
  for (const auto& segment : report.segments) {
    if (!segment.name.empty()) out += visible(segment.name) + "\n";
    std::vector<Row> rows{header_of_margins(speech)};
    for (const auto& margin : segment.margins) {
      bool first = true;
      for (const auto& cell : margin.cells) {
        Row row{first ? people(margin, speech) : "", category_name(cell, margin.number, speech)};
        const auto numbers = numbers_of(cell, speech);
        row.insert(row.end(), numbers.begin(), numbers.end());
        if (cell.under_sampled)
          row.push_back((ascii ? "< " : "◂ ") + std::string(words.under_sampled));
        rows.push_back(std::move(row));
        first = false;
      }
    }
    out += aligned(rows, 2);
    out += "  " + sentence_of_convergence(segment, report.tolerance, speech) + "\n";
  }
  if (!report.classes.empty()) {
    std::vector<Row> rows{header_of_classes(speech)};
    for (const auto& each : report.classes) rows.push_back(row_of_class(each, speech));
    out += aligned(rows, 1);
  }
  if (report.trimming) {
    for (const auto& line : sentences_of_trimming(*report.trimming, speech))
      out += "  " + line + "\n";
  }
  if (report.weights && report.weights->n > 0) {
    const auto& w = *report.weights;
    out += lead_of(words.weights, speech) + joined(line_of_weights(w, speech), "   ") + "\n  " +
           sentence_of_kish(w, speech) + "\n";
    std::string lead = lead_of(words.largest, speech);
    for (const auto& profile : report.extremes) {
      out += lead + sentence_of(profile, w.mean, speech) + "\n";
      lead = lead_of("", speech);
    }
    if (w.zero > 0) out += "  " + sentence_of_zero(w, speech) + "\n";
    if (!report.replicate_rscales.empty())
      out += "  " + sentence_of_replicates(report, speech) + "\n";
  }
  for (const auto& note : report.notes)
    out += "  " + std::string(words.note) + ": " + visible(note) + "\n";
  for (const auto& line : report.closing) out += "  " + visible(line) + "\n";
  return out;
}

std::string render_weights_md(const WeightReport& report) {
  const Speech speech(report);
  const auto& words = speech.words;
  std::string out = "## " + std::string(words.heading) + "\n\n";
  if (!report.method.empty()) {
    out += report.method +
           (report.segments.empty()
                ? ""
                : ": " + std::string(report.converged ? words.converged : words.not_converged)) +
           ".\n\n";
  }
  for (const auto& segment : report.segments) {
    if (!segment.name.empty()) out += "### " + visible(segment.name) + "\n\n";
    out += md_row(header_of_margins(speech)) + "| --- | --- | ---: | ---: | ---: | ---: | ---: |\n";
    for (const auto& margin : segment.margins) {
      for (const auto& cell : margin.cells) {
        Row row{people(margin, speech), category_name(cell, margin.number, speech)};
        const auto numbers = numbers_of(cell, speech);
        row.insert(row.end(), numbers.begin(), numbers.end());
        out += md_row(row);
      }
    }
    out += "\n" + sentence_of_convergence(segment, report.tolerance, speech) + "\n\n";
  }
  if (!report.classes.empty()) {
    out += md_row(header_of_classes(speech)) + "| --- | ---: | ---: | ---: | ---: |\n";
    for (const auto& each : report.classes) out += md_row(row_of_class(each, speech));
    out += "\n";
  }
  if (report.trimming) {
    for (const auto& line : sentences_of_trimming(*report.trimming, speech))
      out += "- " + line + "\n";
  }
  if (report.weights && report.weights->n > 0) {
    const auto& w = *report.weights;
    out += "- " + std::string(words.weights) + ": " + joined(line_of_weights(w, speech), ", ") +
           "\n- " + sentence_of_kish(w, speech) + "\n";
    for (const auto& profile : report.extremes)
      out += "- " + std::string(words.largest) + ": " + md(sentence_of(profile, w.mean, speech)) +
             "\n";
    if (w.zero > 0) out += "- " + sentence_of_zero(w, speech) + "\n";
    if (!report.replicate_rscales.empty())
      out += "- " + sentence_of_replicates(report, speech) + "\n";
  }
  for (const auto& note : report.notes)
    out += "- " + std::string(words.note) + ": " + md(visible(note)) + "\n";
  for (const auto& line : report.closing) out += "- " + md(visible(line)) + "\n";
  return out;
}

}  // namespace sondeo
