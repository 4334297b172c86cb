# SPDX-License-Identifier: MIT
"""The other tools: one entry in PEERS each. A peer is ready when ready() returns "" and not a reason to leave it out;
variants() are its ways to do a job, of which the fastest counts; cells() reads what it printed."""

import os
import re
import shutil
import subprocess

import jobs

NPM_PACKAGE = "@duckdb/node-api"


class DuckDB:
    kinds = ("text", "codes", "reps")
    jobs = ("j1", "j2", "j3", "j4", "j4a", "j5", "j8")

    def ready(self, kit):
        binary = os.path.join(kit, "duck")
        if os.path.exists(binary):
            return ""
        if not shutil.which("npm"):
            return f"npm is not installed, and the npm package {NPM_PACKAGE} has its library"
        npm = os.path.join(kit, "npm")
        done = subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--prefix", npm, NPM_PACKAGE],
                              stdin=subprocess.DEVNULL, capture_output=True, text=True)
        libraries = [folder for folder, _, files in os.walk(npm) if "libduckdb.so" in files]
        if done.returncode or not libraries:
            return f"the npm package {NPM_PACKAGE} cannot be had (exit status {done.returncode})"
        origin = "$ORIGIN/" + os.path.relpath(libraries[0], kit)
        built = subprocess.run(["cc", "-O2", "-w", "-o", binary, os.path.join(kit, "duck.c"), "-L" + libraries[0],
                                "-lduckdb", "-Wl,-rpath," + origin], capture_output=True, text=True)
        return f"duck.c does not build: {built.stderr.strip()}" if built.returncode else ""

    def version(self, kit):
        return "DuckDB " + subprocess.run([os.path.join(kit, "duck")], capture_output=True, text=True).stderr.split()[-1]

    def variants(self, kit, job, file, threads):
        names = {"grouping sets": job, "temporary table": job + "b"}
        if job not in ("j3", "j4", "j4a"):
            names = {"grouping sets" if job == "j8" else "one query": job}
        return {name: [os.path.join(kit, "duck"), str(threads), self.sql(kit, sql_job, file)]
                for name, sql_job in names.items()}

    def sql(self, kit, job, file):
        """The kit's query with declared types; the age groups of j4 taken out, which j4a keeps. j5 rakes in ten rounds
        of updates."""
        text = subprocess.run(["bash", os.path.join(kit, "sql.sh"), "duckt", job[:2] + job[2:].replace("a", ""), file],
                              check=True, capture_output=True, text=True).stdout
        if job.startswith("j4a") or job in ("j5", "j8"):
            return text
        text = re.sub(r"select \w+,agegrp,sum\(weight\),count\(\*\) from t group by \w+,agegrp;", "", text)
        text = re.sub(r",\(\w+,agegrp\)", "", text)
        text = re.sub(r",\(case when age<25 [^)]* end\) agegrp", "", text)
        return text.replace(",agegrp,", ",")

    def cells(self, job, variant, path, ours):
        if job == "j5":  # its query writes a file of its own
            return list(jobs.read_weights(os.path.join(os.environ.get("TMPDIR", "/tmp"), "bench-out.csv")).items())
        if variant == "grouping sets":
            return jobs.read_grouping_sets(job, path)
        return jobs.read_queries(job, path, ours)


class Mawk:
    kinds = ("codes",)
    jobs = ("j1", "j2", "j3", "j4")

    def ready(self, kit):
        return "" if shutil.which("mawk") else "mawk is not installed"

    def version(self, kit):
        done = subprocess.run(["mawk", "-W", "version"], stdin=subprocess.DEVNULL, capture_output=True, text=True)
        return " ".join((done.stdout + done.stderr).split()[:2])

    def variants(self, kit, job, file, threads):
        """The kit's program, printing sums in full; the age groups of j4 taken out."""
        with open(os.path.join(kit, "jobs.awk"), encoding="utf-8") as program:
            text = re.sub(r'k=p"a"g;w\[k\]\+=\$8;n\[k\]\+\+', "", program.read())
        text = re.sub(r"g=\$3<25[^;]*;", "", text)
        return {"arrays": ["mawk", "-F,", "-v", "J=" + job, "-v", "OFMT=%.17g", text, file]}

    def cells(self, job, variant, path, ours):
        banner = {"c": "country", "r": "region", "j": "role", "s": "size"}
        cells = []
        for line in open(path, encoding="utf-8").read().splitlines():
            key, weight, n = line.rsplit(" ", 2)
            value = (int(n), float(weight))
            if job == "j1":
                name = ("q1", key, "", "")
            elif job == "j2":
                answer, _, category = key.partition(",")
                name = ("q1", answer, "region", category)
            else:
                q, answer, *by = key.split(",")
                by = by[0] if by else ""
                name = (jobs.QUESTIONS[int(q) - 1], answer) + ((banner[by[0]], by[1:]) if by else ("", ""))
            cells.append((name, value))
        return cells


class RSurvey:
    """The kit's program: fread of data.table, then svydesign, svrepdesign, svyby, svychisq, svymean and rake of the package
    survey, fwrite of id and weight."""
    kinds = ("codes", "reps")
    jobs = ("j5", "j6", "j7", "j8")
    reads = {"j8": "j8r"}  # what it prints of j8 are estimates, not sums

    def ready(self, kit):
        if not shutil.which("Rscript"):
            return "Rscript is not installed"
        done = subprocess.run(["Rscript", "-e", "library(survey); library(data.table)"], stdin=subprocess.DEVNULL,
                              capture_output=True)
        return "R has not the packages survey and data.table" if done.returncode else ""

    def version(self, kit):
        code = 'cat(R.version$major, ".", R.version$minor, " survey ", as.character(packageVersion("survey")), sep="")'
        return "R " + subprocess.run(["Rscript", "-e", code], stdin=subprocess.DEVNULL, capture_output=True,
                                     text=True).stdout.strip()

    def variants(self, kit, job, file, threads):
        """Numbers are printed in full, weights to standard output; raking stops when tables move by less than 1e-7 of the
        sum of weights, the loosest power of ten that gives the six decimals (the kit's limit is a share for rake if it is
        below 1, else a sum: what it means would depend on the number of rows); replicates are held against the estimate,
        as ours with --mse."""
        program = os.path.join(kit, "r-stdout.R")
        changes = [('file.path(tempdir(), "out.csv")', '""'),
                   ("epsilon=1e-6*sum(d$weight)", "epsilon=1e-7"),
                   ("print(svyby(~q1, ~region, D, svymean))", "write.csv(svyby(~q1, ~region, D, svymean))"),
                   ("print(svychisq(~q1+region, D))", "{t <- svychisq(~q1+region, D); write.csv(data.frame(test=t$statistic, "
                    "df=t$parameter[1], denominator_df=t$parameter[2], p=t$p.value))}"),
                   ("combined.weights=TRUE)", "combined.weights=TRUE, mse=TRUE)"),
                   ("for (q in Q) print(svymean(fm(q), D, na.rm=TRUE))}",
                    "for (q in Q) write.csv(as.data.frame(svymean(fm(q), D, na.rm=TRUE)))}")]
        with open(os.path.join(kit, "r.R"), encoding="utf-8") as text:
            code = text.read()
        for old, new in changes:
            if code.count(old) != 1:
                raise ValueError(f"r.R of the kit is not what was expected: {old}")
            code = code.replace(old, new)
        with open(program, "w", encoding="utf-8") as out:
            out.write(code)
        return {"rake" if job == "j5" else "survey": ["env", f"THREADS={threads}", "Rscript", program, "survey", job, file]}

    def cells(self, job, variant, path, ours):
        return list(jobs.read_weights(path).items() if job == "j5" else jobs.read_r(job, path))


class Cat:
    """No tool for tables: how fast the file can be read at all. It has no numbers to compare."""
    kinds = ("text", "codes", "reps")
    jobs = ("j1",)

    def ready(self, kit):
        return ""

    def version(self, kit):
        done = subprocess.run(["cat", "--version"], stdin=subprocess.DEVNULL, capture_output=True, text=True)
        return "cat " + done.stdout.split("\n")[0].split()[-1]

    def variants(self, kit, job, file, threads):
        return {"to /dev/null": ["sh", "-c", 'exec cat "$0" >/dev/null', file]}

    def cells(self, job, variant, path, ours):
        return list(ours.items())


class OwnCrossTab:
    """Our j2, to see what standard errors and tests cost besides the pass over the file: peer ÷ ours is below 1."""
    kinds = ("text", "codes", "reps")
    jobs = ("j6", "j7")

    def ready(self, kit):
        return ""

    def version(self, kit):
        return "j2 of ours"

    def variants(self, kit, job, file, threads):
        return {"j2": jobs.command(jobs.BIN, "j2", file, threads)}

    def cells(self, job, variant, path, ours):
        return list(ours.items())


PEERS = {"duckdb": DuckDB(), "mawk": Mawk(), "survey": RSurvey(), "cat": Cat(), "j2": OwnCrossTab()}
