# SPDX-License-Identifier: MIT
"""Quantiles, tests, models and imputations: cases as options of sondeo-estimate, and what comes out."""
import estimates
from cases import Skip, name_of
from estimates import Runs, column_of, compare_base, is_category

INTERVALS = {"xlogit": "logit", "quantile": "replicates"}


def compare_quantile(comparison, runs, each, column):
    run, table, row = runs.with_(), each["var"], "_quantile_%r" % each["prob"]
    what = "quantile %r of %s in %s" % (each["prob"], table, column)
    comparison.number(what, run.get(table, row, column, "quantile"), each["est"])
    for field, kind in (("se", "se"), ("ci_low", "se"), ("ci_high", "se"), ("df", "estimate")):
        comparison.number("%s of %s" % (field, what), run.get(table, row, column, field, "quantile"), each[field], kind)
    for field, statistic, of in (("p_hat", "cumulative_percent", ""), ("p_se", "se", "cumulative_percent"),
                                 ("p_low", "ci_low", "cumulative_percent"),
                                 ("p_high", "ci_high", "cumulative_percent")):
        if field in each:
            comparison.number("%s of %s" % (field, what), run.get(table, row, column, statistic, of, 100), each[field],
                              "se" if of else "estimate")


def quantile(case, folder, work, comparison):
    results = case["results"]
    interval = case.get("interval", "mean")
    options = ["--quantile", ",".join(map(name_of, case["vars"])), "--at", ",".join(map(repr, case["probs"])),
               "--rule", case.get("qrule", "math"), "--quantile-interval", INTERVALS.get(interval, interval)]
    by = case.get("by")
    runs = Runs(case, folder, work, comparison, options + (["--by", " > ".join(map(name_of, by))] if by else []))
    for each in results["estimates"]:
        column = column_of(case, each["by"]) if by else "_total"
        compare_quantile(comparison, runs, each, column)
        if "n_used" in each:
            comparison.number("n_used in " + column, runs.with_().get(each["var"], "_base", column, "n_positive"),
                              each["n_used"])
    if not by:
        compare_base(comparison, runs, case["vars"][0], "_total", results)


def by(case, folder, work, comparison):
    (quantile if case["stat"] == "quantile" else estimates.by_domain)(case, folder, work, comparison)


# Row here, and the name of the statistic's own value; "" for that of the whole table.
TESTS = {"F": "_second_order", "Chisq": "_first_order", "Wald": "_wald", "adjWald": "_adjusted_wald",
         "lincom_exact": "_mixture", "LR_F": "_likelihood_ratio"}


def chisq(case, folder, work, comparison):
    rows, columns, results = case["row"], case["col"], case["results"]
    table = "%s * %s" % (rows, columns)
    run = Runs(case, folder, work, comparison, ["--chisq", "%s * %s" % (name_of(rows), name_of(columns))]).with_()

    def get(row, statistic):
        return run.get(table, row, "_total", statistic)

    for name, row, statistic, kind in (
            ("n_rows", "_base", "n", "estimate"), ("n_used", "_base", "n_positive", "estimate"),
            ("nu", "_base", "df", "estimate"), ("pearson_x2", "_statistics", "pearson_x2", "se"),
            ("lr_x2", "_statistics", "likelihood_ratio_g2", "se"), ("d0", "_statistics", "d0", "deff")):
        comparison.number(name, get(row, statistic), results[name], kind)
    deffs = [get("_deff_%d" % (i + 1), "generalized_deff") for i in range(len(results["delta_eigenvalues"]))]
    for i, value in enumerate(results["delta_eigenvalues"]):
        comparison.number("eigenvalue %d" % (i + 1), deffs[i], value, "deff")
    mean = sum(deffs) / len(deffs) if all(deffs) else None
    comparison.number("mean of the eigenvalues", mean, results["delta_mean"], "deff")
    for test in results["tests"]:
        name = test["statistic"]
        if name not in TESTS:
            comparison.leave_out("the saddlepoint approximation of the linear combination: here it is exact",
                                 {k: v for k, v in test.items() if k in ("value", "p")})
            continue
        row = TESTS[name]
        # R prints X2 itself beside the p-value of X2 over the mean design effect.
        value = get("_statistics", "pearson_x2") if name == "Chisq" else get(row, "test")
        comparison.number(name, value, test["value"], "deff")
        for field, statistic, kind in (("p", "p", "deff"), ("ndf", "df", "deff"), ("df", "df", "deff"),
                                       ("ddf", "denominator_df", "deff")):
            if field in test:
                comparison.number("%s of %s" % (field, name), get(row, statistic), test[field], kind)


def goodness(case, folder, work, comparison):
    variable, results = case["vars"][0], case["results"]
    options = ["--fit", name_of(variable), "--shares", ",".join(map(repr, case["p"]))]
    run = Runs(case, folder, work, comparison, options).with_()

    def get(row, statistic):
        return run.get(variable, row, "_total", statistic)

    comparison.number("n_used", get("_base", "n_positive"), results["n_used"])
    # R's X2 and eigenvalues are on the scale of the weights, ours on that of the respondents.
    scale = get("_base", "weighted_n") / get("_base", "n_positive")
    deffs = [scale * get("_deff_%d" % (i + 1), "generalized_deff") for i in range(len(results["lambda"]))]
    comparison.number("x2", scale * get("_statistics", "pearson_x2"), results["x2"], "deff")
    for i, value in enumerate(results["lambda"]):
        comparison.number("lambda %d" % (i + 1), deffs[i], value, "deff")
    comparison.number("scale", sum(d * d for d in deffs) / sum(deffs), results["scale"], "deff")
    comparison.number("df", get("_satterthwaite", "df"), results["df"], "deff")
    comparison.number("p", get("_satterthwaite", "p"), results["p"], "deff")


def t_test(case, folder, work, comparison):
    results, name = case["results"], name_of(case["vars"][0])
    text = "%s by %s" % (name, name_of(case["group_var"])) if "group_var" in case else "%s = %r" % (name, case["null"])
    runs = Runs(case, folder, work, comparison, ["--ttest", text])
    reduced, design = runs.with_("--ttest-df", "minus-one"), runs.with_()
    for field, run, statistic, of, kind in (
            ("estimate", reduced, "difference", "", "estimate"), ("se", reduced, "se", "difference", "se"),
            ("t", reduced, "test", "difference", "se"), ("df", reduced, "df", "difference", "estimate"),
            ("p", reduced, "p", "difference", "deff"), ("ci_low", reduced, "ci_low", "difference", "se"),
            ("ci_high", reduced, "ci_high", "difference", "se"),
            ("p_design_df", design, "p", "difference", "deff"), ("design_df", design, "df", "difference", "estimate")):
        comparison.number(field, run.get(text, "_difference", "_total", statistic, of), results[field], kind)
    comparison.number("n_used", design.get(text, "_base", "_total", "n_positive"), results["n_used"])


def rank_test(case, folder, work, comparison):
    raise Skip("R ranks tied respondents by their place in the file; here ties share one rank, whatever the order")


def model(case, folder, work, comparison):
    results, logistic = case["results"], case["family"] != "gaussian"
    left, right = (part.strip() for part in case["formula"].split("~"))
    if left.startswith("I("):
        name, value = left[2:-1].split("==")
        left = "%s = %s" % (name_of(name), value.strip("'"))
    else:
        left = name_of(left)
    rows, terms = {"(Intercept)": "_constant"}, []
    for term in (part.strip() for part in right.split("+")):
        if not is_category(case, folder, term):
            rows[term] = term
            terms.append(name_of(term))
            continue
        terms.append("factor(%s)" % name_of(term))
        for level in folder.column(case["data"], term)["levels"]:
            rows[term + level] = "%s=%s" % (term, level)
    text = "%s ~ %s" % (left, " + ".join(terms))
    run = Runs(case, folder, work, comparison, ["--logistic" if logistic else "--regress", text]).with_()
    comparison.number("n_used", run.get(text, "_base", "_total", "n_positive"), results["n_used"])
    for each in results["estimates"]:
        row = rows[each["term"]]
        comparison.number(each["term"], run.get(text, row, "_total", "coefficient"), each["est"])
        for field, statistic, kind in (("se", "se", "se"), ("t", "test", "se"), ("p", "p", "deff")):
            comparison.number("%s of %s" % (field, each["term"]),
                              run.get(text, row, "_total", statistic, "coefficient"), each[field], kind)
        comparison.number("df of " + each["term"], run.get(text, row, "_total", "df", "coefficient"),
                          results["df_resid"])


def columns(case, folder, work, comparison):
    rows, across, results = case["row"], case["col"], case["results"]
    table = "%s * %s" % (rows, across)
    runs = Runs(case, folder, work, comparison, ["--compare", "%s * %s" % (name_of(rows), name_of(across))])
    compare_base(comparison, runs, table, "_total", results)
    for each in results["estimates"]:
        row = "%s:%s:%s" % (each["row"], each["col_a"], each["col_b"])
        run = runs.with_()
        for field, statistic, of, scale, kind in (
                ("diff", "difference", "", 100, "estimate"), ("se", "se", "difference", 100, "se"),
                ("cov", "covariance", "difference", 1e4, "deff"), ("t", "test", "difference", 1, "se"),
                ("df", "df", "difference", 1, "estimate"), ("p", "p", "difference", 1, "deff")):
            comparison.number("%s of %s" % (field, row), run.get(table, row, "_total", statistic, of, scale),
                              each[field], kind)
        for adjustment in ("bonferroni", "holm", "bh"):
            ours = runs.with_("--adjust", adjustment).get(table, row, "_total", "p_adjusted", "difference")
            comparison.number("%s of %s" % (adjustment, row), ours, each["p_" + adjustment], "deff")


def imputed(case, folder, work, comparison):
    results, table = case["results"], ",".join(case["imputed"])
    run = Runs(case, folder, work, comparison, ["--imputed", ",".join(map(name_of, case["imputed"]))]).with_()
    for i, each in enumerate(results["per_imputation"]):
        row = "_imputation_%d" % (i + 1)
        comparison.number("mean %d" % (i + 1), run.get(table, row, "_total", "mean"), each["est"])
        comparison.number("variance %d" % (i + 1), run.get(table, row, "_total", "se", "mean") ** 2, each["var"], "deff")
    comparison.number("est", run.get(table, "_mean", "_total", "mean"), results["est"])
    for field, statistic, kind in (("within", "within_variance", "deff"), ("between", "between_variance", "deff"),
                                   ("se", "se", "se"), ("df_rubin1987", "df_rubin", "deff"),
                                   ("r", "variance_increase", "deff"), ("fmi_lambda", "missing_information", "deff"),
                                   ("df_barnard_rubin", "df", "deff")):
        comparison.number(field, run.get(table, "_mean", "_total", statistic, "mean"), results[field], kind)
    comparison.number("total_var", run.get(table, "_mean", "_total", "se", "mean") ** 2, results["total_var"], "deff")
    comparison.number("df_complete", run.get(table, "_base", "_total", "df"), results["df_complete"])
    comparison.number("m", float(len(case["imputed"])), results["m"])


ESTIMATORS = {"quantile": quantile, "by": by, "chisq": chisq, "gof": goodness, "ttest": t_test, "ranktest": rank_test,
              "glm": model, "coltest": columns, "mi": imputed}
