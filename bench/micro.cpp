// SPDX-License-Identifier: MIT
// What each stage of the count costs: CPU time of one thread over a whole file, stage after stage.
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "codebook/question.h"
#include "data/answers.h"
#include "data/weights.h"
#include "layout/csv.h"
#include "tabulate/joint_fold.h"

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

class Decode : public BlockWorker {
 public:
  explicit Decode(const std::vector<std::unique_ptr<AnswerCoder>>& coders) : coders_(coders) {}
  void take(const Block& block) override {
    for (const auto& coder : coders_) coder->code(block);
  }

 private:
  const std::vector<std::unique_ptr<AnswerCoder>>& coders_;
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
  const std::vector<double>& weights() const { return weights_; }

 private:
  std::size_t column_;
  std::vector<double> weights_;
};

class Fold : public BlockWorker {
 public:
  Fold(const CountRequest& request, const std::vector<std::unique_ptr<AnswerCoder>>& coders,
       std::size_t weight)
      : decode_(coders), weigh_(weight), fold_(request, coders) {}
  void take(const Block& block) override {
    decode_.take(block);
    weigh_.take(block);
    for (auto row = kept_.size(); row < block.rows; ++row)
      kept_.push_back(static_cast<std::uint32_t>(row));
    kept_.resize(block.rows);
    fold_.add(block.rows, kept_, weigh_.weights().data());
  }

 private:
  Decode decode_;
  Weigh weigh_;
  JointFold fold_;
  std::vector<std::uint32_t> kept_;
};

class Micro {
 public:
  Micro(std::string path, const std::string& weight, const std::vector<std::string>& rows,
        const std::vector<std::string>& columns)
      : path_(std::move(path)) {
    Issues issues;
    const CsvFile file(options(), issues);
    const Header header{file.name(), file.header_line(), file.header()};
    weight_ = find_column(header, weight);
    request_.weight.column = weight;
    const auto add = [&](const std::string& name) {
      Question question;
      question.name = name;
      question.columns = {find_column(header, name)};
      request_.axes.push_back({{request_.questions.size()}, false});
      request_.questions.push_back(question);
    };
    request_.axes.push_back({});
    for (const auto& row : rows) add(row);
    for (const auto& column : columns) add(column);
    for (std::size_t i = 1; i <= rows.size(); ++i) {
      request_.tables.push_back({i, 0});
      for (std::size_t j = 1; j <= columns.size(); ++j)
        request_.tables.push_back({i, rows.size() + j});
    }
    context_.file = path_;
  }

  void run() {
    time_stage("read", [&] { read(); });
    time_stage("+ index", [&] { scan(std::make_unique<Nothing>()); });
    time_stage("+ weights", [&] { scan(std::make_unique<Weigh>(weight_)); });
    std::vector<std::unique_ptr<AnswerCoder>> coders;
    const auto fresh = [&] {
      coders.clear();
      for (const auto& question : request_.questions)
        coders.push_back(make_coder(question, context_));
    };
    time_stage("+ decode", [&] {
      fresh();
      scan(std::make_unique<Decode>(coders));
    });
    time_stage("all, folded", [&] {
      fresh();
      scan(std::make_unique<Fold>(request_, coders, weight_));
    });
  }

 private:
  CsvOptions options() const {
    CsvOptions options;
    options.file.path = path_;
    return options;
  }

  void read() {
    Issues issues;
    const auto source = open_input(options().file, issues);
    std::vector<char> bytes(options().block_bytes);
    std::uint64_t at = 0;
    while (const auto got = source->read_at(at, bytes.data(), bytes.size())) at += got;
    bytes_ = at;
  }

  void scan(std::unique_ptr<BlockWorker> worker) {
    Issues issues;
    CsvFile file(options(), issues);
    rows_ = file.read({worker.get()}, issues).rows;
  }

  void time_stage(const char* name, const std::function<void()>& stage) {
    std::vector<double> times;
    for (int i = 0; i < rounds; ++i) {
      const double start = cpu_seconds();
      stage();
      times.push_back(cpu_seconds() - start);
    }
    std::sort(times.begin(), times.end());
    const double median = times[rounds / 2];
    const double rows = static_cast<double>(std::max<std::uint64_t>(rows_, 1));
    std::printf("%-14s %8.1f ms  %7.1f ns a row  %6.2f GB/s   least %.1f ms\n", name, 1e3 * median,
                rows_ == 0 ? 0 : 1e9 * median / rows, 1e-9 * static_cast<double>(bytes_) / median,
                1e3 * times[0]);
  }

  std::string path_;
  std::size_t weight_ = 0;
  CountRequest request_;
  CodingContext context_;
  std::uint64_t rows_ = 0;
  std::uint64_t bytes_ = 0;
};

}  // namespace
}  // namespace sondeo

// micro FILE WEIGHT ROW... [--by COLUMN...]
int main(int argc, char** argv) {
  if (argc < 4) {
    std::fprintf(stderr, "usage: micro FILE WEIGHT QUESTION... [--by QUESTION...]\n");
    return 2;
  }
  std::vector<std::string> rows;
  std::vector<std::string> columns;
  bool by = false;
  for (int i = 3; i < argc; ++i) {
    if (std::string(argv[i]) == "--by")
      by = true;
    else
      (by ? columns : rows).emplace_back(argv[i]);
  }
  try {
    sondeo::Micro(argv[1], argv[2], rows, columns).run();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "micro: %s\n", error.what());
    return 2;
  }
  return 0;
}
