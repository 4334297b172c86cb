// SPDX-License-Identifier: MIT
#include "render/weight_report.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <vector>

#include "base/number.h"
#include "base/text.h"

namespace sondeo {
namespace {

using Row = std::vector<std::string>;

// Two digits and an exponent, such as 1.1e-09; plain from 0.001.
std::string small_number(double value) {
  if (value == 0) return "0";
  if (value >= 0.001) return rounded(value, value < 0.1 ? 3 : 1);
  std::array<char, 32> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                 std::chars_format::scientific, 1)
                       .ptr;
  std::string text(buffer.data(), end);
  if (text[1] == '.' && text[2] == '0') text.erase(1, 2);
  return text;
}

std::string percent(double share) { return rounded(100 * share, 1) + "%"; }

// Weights of a mean about 1 need three decimals, those that stand for thousands none.
int decimals_for(double mean) { return mean < 10 ? 3 : mean < 1000 ? 1 : 0; }

std::string weight_number(double value, double mean) {
  return rounded(value, decimals_for(mean), ".", ",");
}

std::string category_name(const ReportCell& cell, bool number) {
  if (number) return "(total)";
  return cell.category.empty() ? "(no answer)" : visible(cell.category);
}

std::string people(const ReportMargin& margin) {
  return margin.name.empty() ? "(everybody)" : visible(margin.name);
}

// What a cell shows: n, target, sample, weighted, gap.
Row numbers_of(const ReportCell& cell) {
  if (!cell.target_share) {
    const auto digits = std::fabs(cell.target) < 100 ? 3 : 0;
    const auto gap = cell.target == 0 ? cell.weighted : 100 * (cell.weighted / cell.target - 1);
    return {grouped(cell.n), rounded(cell.target, digits, ".", ","),
            rounded(cell.sample, digits, ".", ","), rounded(cell.weighted, digits, ".", ","),
            rounded(gap, 1) + (cell.target == 0 ? "" : "%")};
  }
  return {grouped(cell.n), percent(*cell.target_share), percent(*cell.sample_share),
          percent(*cell.weighted_share),
          rounded(100 * (*cell.weighted_share - *cell.target_share), 1)};
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

std::string sentence_of_convergence(const ReportSegment& segment, double tolerance) {
  return "Iterations " + std::to_string(segment.iterations) + "   largest gap " +
         small_number(segment.gap_points) + " points   relative " + small_number(segment.gap) +
         "   tolerance " + small_number(tolerance);
}

Row line_of_weights(const ReportWeights& w) {
  const auto show = [&](double value) { return weight_number(value, w.mean); };
  return {"min " + show(w.least),     "p5 " + show(w.p5),
          "median " + show(w.median), "p95 " + show(w.p95),
          "max " + show(w.largest),   "max/min " + rounded(w.largest / w.least, 1)};
}

std::string joined(const Row& words, const std::string& between) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : between) + word;
  return text;
}

std::string sentence_of_kish(const ReportWeights& w) {
  return "Design effect (Kish) " + rounded(w.deff, 3) + "   effective n " +
         rounded(w.effective_n, 0, ".", ",") + " of " + grouped(w.n) + " (" +
         rounded(100 * w.effective_n / static_cast<double>(w.n), 0) + "%)";
}

std::vector<std::string> sentences_of_trimming(const Trimming& trimming) {
  std::vector<std::string> lines;
  if (trimming.below > 0)
    lines.push_back("Raised to " + rounded(trimming.options.lower, 3) + ": " +
                    grouped(trimming.below) + " weights");
  if (trimming.above > 0)
    lines.push_back("Cut to " + rounded(trimming.options.upper, 3) + ": " +
                    grouped(trimming.above) + " weights");
  if (trimming.below + trimming.above == 0) lines.emplace_back("No weight lies outside the limits");
  lines.push_back("Every other weight moved by " + rounded(trimming.shift, 4));
  return lines;
}

std::string sentence_of(const ReportProfile& profile, double mean) {
  return grouped(profile.n) + (profile.n == 1 ? " respondent, " : " respondents, ") +
         visible(profile.name) + ": weight " + weight_number(profile.weight, mean) +
         (profile.n == 1 ? "" : " on average") + ", " + percent(profile.share) + " of all";
}

std::string sentence_of_replicates(const WeightReport& report) {
  const auto& scales = report.replicate_rscales;
  const bool same =
      std::all_of(scales.begin(), scales.end(), [](double each) { return each == 1; });
  return grouped(report.replicates) + " replicates, scale " + shortest(report.replicate_scale) +
         (same ? "" : ", rscales by replicate (in the json report)");
}

std::string sentence_of_zero(const ReportWeights& w) {
  return grouped(w.zero) + (w.zero == 1 ? " respondent has" : " respondents have") + " weight 0";
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
  std::string out;
  if (!report.method.empty()) {
    const bool iterated = !report.segments.empty();
    out += report.method +
           (iterated ? std::string(ascii ? " ...  " : " …  ") +
                           (report.converged ? "converged" : "NOT converged")
                     : "") +
           "\n";
  }
  for (const auto& segment : report.segments) {
    if (!segment.name.empty()) out += visible(segment.name) + "\n";
    std::vector<Row> rows{{"Margin", "Category", "n", "Target", "Sample", "Weighted", "Gap"}};
    for (const auto& margin : segment.margins) {
      bool first = true;
      for (const auto& cell : margin.cells) {
        Row row{first ? people(margin) : "", category_name(cell, margin.number)};
        const auto numbers = numbers_of(cell);
        row.insert(row.end(), numbers.begin(), numbers.end());
        if (cell.under_sampled) row.emplace_back(ascii ? "< under-sampled" : "◂ under-sampled");
        rows.push_back(std::move(row));
        first = false;
      }
    }
    out += aligned(rows, 2);
    out += "  " + sentence_of_convergence(segment, report.tolerance) + "\n";
  }
  if (!report.classes.empty()) {
    std::vector<Row> rows{{"Class", "respondents", "eligible", "responded", "factor"}};
    for (const auto& each : report.classes)
      rows.push_back({visible(each.name), grouped(each.n), rounded(each.eligible, 1, ".", ","),
                      rounded(each.respondents, 1, ".", ","), rounded(each.factor, 3)});
    out += aligned(rows, 1);
  }
  if (report.trimming) {
    for (const auto& line : sentences_of_trimming(*report.trimming)) out += "  " + line + "\n";
  }
  if (report.weights && report.weights->n > 0) {
    const auto& w = *report.weights;
    out += "  Weights   " + joined(line_of_weights(w), "   ") + "\n  " + sentence_of_kish(w) + "\n";
    const char* lead = "  Largest   ";
    for (const auto& profile : report.extremes) {
      out += lead + sentence_of(profile, w.mean) + "\n";
      lead = "            ";
    }
    if (w.zero > 0) out += "  " + sentence_of_zero(w) + "\n";
    if (!report.replicate_rscales.empty()) out += "  " + sentence_of_replicates(report) + "\n";
  }
  for (const auto& note : report.notes) out += "  note: " + visible(note) + "\n";
  for (const auto& line : report.closing) out += "  " + visible(line) + "\n";
  return out;
}

std::string render_weights_md(const WeightReport& report) {
  std::string out = "## Weighting\n\n";
  if (!report.method.empty()) {
    out += report.method +
           (report.segments.empty() ? ""
            : report.converged      ? ": converged"
                                    : ": NOT converged") +
           ".\n\n";
  }
  for (const auto& segment : report.segments) {
    if (!segment.name.empty()) out += "### " + visible(segment.name) + "\n\n";
    out +=
        "| Margin | Category | n | Target | Sample | Weighted | Gap |\n"
        "| --- | --- | ---: | ---: | ---: | ---: | ---: |\n";
    for (const auto& margin : segment.margins) {
      for (const auto& cell : margin.cells) {
        Row row{people(margin), category_name(cell, margin.number)};
        const auto numbers = numbers_of(cell);
        row.insert(row.end(), numbers.begin(), numbers.end());
        out += md_row(row);
      }
    }
    out += "\n" + sentence_of_convergence(segment, report.tolerance) + "\n\n";
  }
  if (!report.classes.empty()) {
    out +=
        "| Class | Respondents | Eligible | Responded | Factor |\n"
        "| --- | ---: | ---: | ---: | ---: |\n";
    for (const auto& each : report.classes)
      out += md_row({visible(each.name), grouped(each.n), rounded(each.eligible, 1, ".", ","),
                     rounded(each.respondents, 1, ".", ","), rounded(each.factor, 3)});
    out += "\n";
  }
  if (report.trimming) {
    for (const auto& line : sentences_of_trimming(*report.trimming)) out += "- " + line + "\n";
  }
  if (report.weights && report.weights->n > 0) {
    const auto& w = *report.weights;
    out += "- Weights: " + joined(line_of_weights(w), ", ") + "\n- " + sentence_of_kish(w) + "\n";
    for (const auto& profile : report.extremes)
      out += "- Largest: " + md(sentence_of(profile, w.mean)) + "\n";
    if (w.zero > 0) out += "- " + sentence_of_zero(w) + "\n";
    if (!report.replicate_rscales.empty()) out += "- " + sentence_of_replicates(report) + "\n";
  }
  for (const auto& note : report.notes) out += "- Note: " + md(visible(note)) + "\n";
  for (const auto& line : report.closing) out += "- " + md(visible(line)) + "\n";
  return out;
}

}  // namespace sondeo
