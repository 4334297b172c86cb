# SPDX-License-Identifier: MIT
# survey.R DESIGNS.csv OUT.csv: the estimates of every design by R's package survey, one row a number's place.
suppressPackageStartupMessages(library(survey))
files <- commandArgs(trailingOnly = TRUE)
designs <- read.csv(files[1], colClasses = "character")
out <- list()
keep <- function(design, statistic, row, column, estimate, se, df)
  out[[length(out) + 1]] <<- data.frame(design, statistic, row = as.character(row), column = as.character(column),
                                       estimate = as.numeric(estimate), se = as.numeric(se), df = as.numeric(df))
columns <- function(text) if (text == "") NULL else reformulate(strsplit(text, ",")[[1]])
for (i in seq_len(nrow(designs))) {
  spec <- designs[i, ]
  data <- read.csv(file.path(dirname(files[1]), spec$file), colClasses = c(cat = "character", grp = "character"),
                   na.strings = "", stringsAsFactors = FALSE)
  options(survey.lonely.psu = spec$lonely, survey.adjust.domain.lonely = FALSE)
  data$cat <- factor(data$cat)
  data$grp <- factor(data$grp)
  if (spec$replicates != "") {
    full <- svydesign(ids = columns(spec$clusters), strata = columns(spec$strata), weights = ~w, data = data,
                      nest = spec$nest == "yes")
    weights <- as.matrix(data[, grep("^rw[0-9]+$", names(data))])
    d <- svrepdesign(data = data, weights = ~w, repweights = weights, combined.weights = TRUE, type = "other",
                     scale = as.numeric(spec$scale), rscales = rep(1, ncol(weights)), mse = spec$mse == "yes")
  } else {
    d <- svydesign(ids = if (spec$clusters == "") ~1 else columns(spec$clusters), strata = columns(spec$strata),
                   weights = ~w, fpc = columns(spec$fpc), data = data, nest = spec$nest == "yes")
  }
  if (spec$where == "yes") d <- subset(d, dom == 1)
  answered <- function(...) {
    ok <- Reduce(`&`, lapply(c(...), function(v) !is.na(data[[v]])))
    if (spec$where == "yes") ok <- ok & data$dom == 1
    ok
  }
  part <- function(...) {
    full_rows <- answered(...)
    rows <- if (spec$where == "yes") which(data$dom == 1) else seq_len(nrow(data))
    subset(d, full_rows[rows])
  }
  # Replicate designs keep their degrees of freedom only as the rank of the rows that are left.
  one <- function(statistic, result, domain, row = "", column = "") {
    freedom <- tryCatch(degf(domain), error = function(e) NA)
    keep(spec$design, statistic, row, column, coef(result), SE(result), freedom)
  }
  try(one("mean", svymean(~y, part("y")), part("y")))
  try(one("total", svytotal(~y, part("y")), part("y")))
  try(one("mean-big", svymean(~big, part("big")), part("big")))
  try(one("ratio", svyratio(~y, ~x, part("y", "x")), part("y", "x")))
  try({
    p <- part("cat")
    share <- svymean(~cat, p)
    one("proportion", share, p, row = sub("^cat", "", names(share)))
    count <- svytotal(~cat, p)
    one("count", count, p, row = sub("^cat", "", names(count)))
  })
  for (level in levels(data$grp)) try({
    p <- part("y", "grp")
    rows <- p$variables$grp == level
    p <- subset(p, rows)
    if (sum(weights(p, "sampling") > 0) > 0) one("mean-by", svymean(~y, p), p, column = level)
  }, silent = TRUE)
}
result <- do.call(rbind, out)
for (name in c("estimate", "se", "df")) result[[name]] <- format(result[[name]], digits = 17, trim = TRUE)
write.csv(result, files[2], row.names = FALSE, quote = FALSE)
