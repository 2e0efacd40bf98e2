"""Asks the tables of a generated country five questions, in DuckDB and in Spark, row by row the same.

    cargo build --release --bin torimatome --example prefecture
    target/release/examples/prefecture target/prefecture
    python3 benches/prefecture/run.py target/prefecture

needs duckdb and pyspark (pip install duckdb pyspark) and a Java for Spark (Debian: openjdk-17-jre-headless
or newer). The queries are one text for both. Before they are asked, the program itself exports the
published workbooks of some of the cities, and its tables must be those that were generated.
"""
import glob
import os
import subprocess
import sys
import time

import duckdb
from pyspark.sql import SparkSession

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PROGRAM = os.path.join(ROOT, "target", "release", "torimatome")
VIEWS = {"kpi": "kpi", "texts": "text"}
SHOWN = 4


def duck(folder):
    base = duckdb.connect()
    for view, table in VIEWS.items():
        files = os.path.join(folder, table, "**", "*.parquet")
        base.execute(f"CREATE VIEW {view} AS FROM read_parquet('{files}', hive_partitioning = true)")
    return base


def spark_of(folder):
    builder = SparkSession.builder.master("local[*]").appName("prefecture")
    settings = {
        "spark.driver.memory": "4g",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "4",
        # The queries name columns as the standard does, and as DuckDB does.
        "spark.sql.ansi.enabled": "true",
        "spark.sql.ansi.doubleQuotedIdentifiers": "true",
    }
    for key, value in settings.items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    for view, table in VIEWS.items():
        spark.read.parquet(os.path.join(folder, table)).createOrReplaceTempView(view)
    return spark


def timed(ask):
    begun = time.perf_counter()
    rows = ask()
    return rows, time.perf_counter() - begun


def same_as_generated(folder):
    """What the program reads of published workbooks is what was generated for the same partitions."""
    exported = os.path.join(folder, "exported")
    workbooks = os.path.join(folder, "workbooks")
    command = [PROGRAM, "export", workbooks, "--format", "parquet", "-o", exported]
    ended = subprocess.run(command, stderr=subprocess.PIPE)
    print(ended.stderr.decode().strip().splitlines()[-1])
    if ended.returncode != 0:
        sys.exit(f"the export ended with {ended.returncode}")
    count = len(glob.glob(os.path.join(workbooks, "*", "*.xlsx")))
    for view, table in VIEWS.items():
        read = glob.glob(os.path.join(exported, table, "**", "*.parquet"), recursive=True)
        if len(read) != count:
            sys.exit(f"{count} workbooks gave {len(read)} files of {table}")
        made = [os.path.join(folder, "tables", os.path.relpath(file, exported)) for file in read]
        # The public reads 概ね計画どおり without its mark.
        plain = """SELECT * REPLACE (replace("本文", '○ ', '') AS "本文") FROM""" if table == "text" else "FROM"
        one, other = (
            f"{plain} read_parquet({files!r}, hive_partitioning = true)" for files in (read, made)
        )
        base = duckdb.connect()
        for left, right in ((one, other), (other, one)):
            rows = base.execute(f"({left}) EXCEPT ALL ({right})").fetchall()
            if rows:
                sys.exit(f"{table}: {len(rows)} rows differ, such as {rows[0]}")
        total = base.execute(f"SELECT count(*) FROM ({one})").fetchone()[0]
        print(f"{table}: {total} rows of {count} published workbooks are the same as generated")


def main():
    folder = os.path.abspath(sys.argv[1])
    same_as_generated(folder)
    tables = os.path.join(folder, "tables")
    base, spark = duck(tables), spark_of(tables)
    for view in VIEWS:
        ours = base.execute(f"SELECT count(*) FROM {view}").fetchone()[0]
        files = len(glob.glob(os.path.join(tables, VIEWS[view], "**", "*.parquet"), recursive=True))
        print(f"{view}: {ours} rows in {files} files")
        print("  DuckDB", ", ".join(f"{c[0]} {c[1]}" for c in base.execute(f"DESCRIBE {view}").fetchall()))
        print("  Spark ", ", ".join(f"{n} {t}" for n, t in spark.table(view).dtypes))
    for path in sorted(glob.glob(os.path.join(HERE, "queries", "*.sql"))):
        with open(path, encoding="utf-8") as file:
            query = file.read()
        ours, quick = timed(lambda: base.execute(query).fetchall())
        theirs, slow = timed(lambda: [tuple(row) for row in spark.sql(query).collect()])
        name = os.path.basename(path)
        if ours != theirs:
            differs = [pair for pair in zip(ours, theirs) if pair[0] != pair[1]]
            sys.exit(f"{name}: {len(ours)} and {len(theirs)} rows, such as {differs[:3]}")
        print(f"\n{name}: {len(ours)} rows, the same in both; Spark / DuckDB {slow / quick:.1f}")
        for row in ours[:SHOWN]:
            print("  ", *row)
    spark.stop()


main()
