// SPDX-License-Identifier: MIT
// What each stage of a count costs: CPU time of one thread over a whole file, stage after stage.
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "cli/count_options.h"
#include "cli/study_input.h"
#include "cli/tool.h"
#include "data/question_coders.h"
#include "data/weights.h"
#include "layout/csv.h"
#include "tabulate/count.h"

namespace sondeo {
namespace {

constexpr int rounds = 5;

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

class Nothing : public BlockWorker {
 public:
  void take(const Block&) override {}
};

class Weigh : public BlockWorker {
 public:
  explicit Weigh(std::size_t column) : column_(column) {}
  void take(const Block& block) override {
    weights_.clear();
    for (std::size_t row = 0; row < block.rows; ++row) {
      double weight = 0;
      if (!read_plain_weight(block.cell(row, column_), '.', weight))
        weight = read_weight(block.cell(row, column_), {}, {}, "weight");
      weights_.push_back(weight);
    }
  }

 private:
  std::size_t column_;
  std::vector<double> weights_;
};

class Decode : public BlockWorker {
 public:
  Decode(const CountRequest& request, const std::vector<std::size_t>& needed, const Header& header)
      : header_(header),
        context_{header.file, request.rules, request.numbers},
        coders_(request.questions, needed, header_, context_) {}
  void take(const Block& block) override { coders_.code(block); }

 private:
  Header header_;
  CodingContext context_;
  QuestionCoders coders_;
};

class Micro {
 public:
  Micro(StudyInput& input, CountRequest request) : csv_(input.csv), request_(std::move(request)) {
    request_.threads = 1;
    std::set<std::size_t> needed;
    for (const auto& axis : request_.axes)
      needed.insert(axis.questions.begin(), axis.questions.end());
    needed_.assign(needed.begin(), needed.end());
  }

  void run() {
    time_stage("read", [&] { read(); });
    const double read_alone = last_;
    time_stage("+ index", [&] {
      Nothing nothing;
      auto file = open();
      scan(file, nothing);
    });
    const double indexed = last_;
    if (request_.weight.weighted()) {
      time_stage("+ weights", [&] {
        auto file = open();
        Weigh weigh(find_column(file.header(), request_.weight.column));
        scan(file, weigh);
      });
    }
    time_stage("+ decode", [&] {
      auto file = open();
      Decode decode(request_, needed_, file.header());
      scan(file, decode);
    });
    const double decoded = last_;
    time_stage("all, folded", [&] {
      auto file = open();
      rows_ = count(file, request_, issues_).rows;
    });
    std::printf("all ÷ read %.2f, ÷ read and indexed %.2f, ÷ read, indexed and decoded %.2f\n",
                last_ / read_alone, last_ / indexed, last_ / decoded);
  }

 private:
  CsvFile open() { return CsvFile(csv_, issues_); }

  void read() {
    const auto source = open_input(csv_.file, issues_);
    std::vector<char> bytes(csv_.block_bytes);
    std::uint64_t at = 0;
    while (const auto got = source->read_at(at, bytes.data(), bytes.size())) at += got;
    bytes_ = at;
  }

  void scan(CsvFile& file, BlockWorker& worker) { rows_ = file.read({&worker}, issues_).rows; }

  void time_stage(const char* name, const std::function<void()>& stage) {
    std::vector<double> times;
    for (int i = 0; i < rounds; ++i) {
      const double start = cpu_seconds();
      stage();
      times.push_back(cpu_seconds() - start);
    }
    std::sort(times.begin(), times.end());
    last_ = times[rounds / 2];
    const double rows = static_cast<double>(std::max<std::uint64_t>(rows_, 1));
    std::printf("%-14s %8.1f ms  %7.1f ns a row  %6.2f GB/s   least %.1f ms\n", name, 1e3 * last_,
                rows_ == 0 ? 0 : 1e9 * last_ / rows, 1e-9 * static_cast<double>(bytes_) / last_,
                1e3 * times[0]);
  }

  CsvOptions csv_;
  CountRequest request_;
  std::vector<std::size_t> needed_;
  Issues issues_;
  double last_ = 0;  // median of the stage before
  std::uint64_t rows_ = 0;
  std::uint64_t bytes_ = 0;
};

}  // namespace
}  // namespace sondeo

using namespace sondeo;

int main(int argc, char** argv) {
  InputOptions input;
  CountOptions counting;
  std::string banner;
  Tool tool("micro", "[OPTION]... STUDY|DATA [QUESTION]... --by BANNER",
            "times the stages of the count that sondeo-tab makes.");
  tool.option("by,b", banner, "BANNER", "columns, such as 'total + region'");
  tool.use(counting).use(input);
  return tool.run(argc, argv, [&] {
    auto source = counting.find(input);
    const auto by = banner.empty() ? std::nullopt : std::optional(banner);
    counting.check(source, by);
    open_input(source, tool);
    auto job = counting.prepare(source, by);
    for (const auto& question : source.questions) job.add(question);
    if (source.questions.empty()) job.add_all();
    Micro(source, job.request()).run();
    return 0;
  });
}
