// SPDX-License-Identifier: MIT
// How a study's respondents stand for the population: its weights, what is known of the population,
// and how the sample was drawn.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "codebook/study_code.h"

namespace sondeo {

// A weight that the data hold.
struct StudyWeight {
  std::string name;
  std::string column;  // "": the name
  Texts label;         // how it was made: "raked: region, age, sex"
  // What it was calibrated to: questions of categories, crossed ones ("sex × region"), or numbers
  // whose totals were met.
  std::vector<std::string> margins;
  std::string calibration;    // "", raking, regression
  std::string design_weight;  // what calibration started from: a weight or column; none; "" unknown
  Place at;
};

// What is known of the population: the target of one margin, or the total of one number.
struct StudyTarget {
  struct Cell {
    std::string category;  // code or label; of crossed questions joined by " × "
    double target = 0;
    Place at;
  };
  std::string variable;  // a question, crossed ones, or "": the number of people
  std::string segment;   // the category of the population's part that it is of, or ""
  bool counts = false;   // the cells are counts, not shares
  std::vector<Cell> cells;
  std::optional<double> total;  // instead of cells
  Place at;
};

struct StudyReplicates {
  std::string columns;  // as find_columns reads them
  std::string method;   // brr, fay, jk1, jkn, jk2, bootstrap, sdr
  std::optional<double> scale;
  std::vector<double> rscales;
  std::optional<double> rho;  // fay
  bool combined = false;      // the columns are whole weights, not factors
  bool mse = false;           // about the estimate, not about the mean of the replicates
};

// The sampling design; empty lists for a sample drawn respondent by respondent.
struct StudyDesign {
  std::vector<std::string> strata;    // columns or questions, one a stage
  std::vector<std::string> clusters;  // one a stage, the first is the psu
  std::vector<std::string> fpc;       // one a stage
  bool nest = false;                  // cluster labels repeat from stratum to stratum
  std::string lonely_psu;             // "", fail, certainty, centered, scaled
  std::optional<StudyReplicates> replicates;
};

}  // namespace sondeo
