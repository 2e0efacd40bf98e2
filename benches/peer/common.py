"""The job that every peer does: read N returned forms, check them simply, write one workbook.

The check is the least that could be called one: blank entries of the status block and a blank grade
are findings. The workbook has an index, an item a sheet with its merges, and the findings.
"""
import glob
import os
import sys

BORDER = {"border": 1, "text_wrap": True, "valign": "top", "font_name": "ＭＳ 明朝", "font_size": 10.5}


def paths(job):
    return sorted(glob.glob(os.path.join(job, "回収", "*.xlsx")))


def findings(number, rows):
    """rows: lists of values; labels are found by their words, as the forms are regular."""
    found = []
    for at, row in enumerate(rows):
        first = row[0] if row else None
        if isinstance(first, str) and first.startswith("取組目標"):
            for below in range(at + 1, at + 6):
                line = rows[below] if below < len(rows) else []
                if len(line) > 8 and line[0] and not line[8]:
                    found.append((number, below, "下半期の取組結果が未記入です。"))
        if isinstance(first, str) and first.startswith("取組全体の評価"):
            line = rows[at + 1] if at + 1 < len(rows) else []
            if not line or not line[0]:
                found.append((number, at + 1, "評価区分が未記入です。"))
    return found


def arguments():
    job, output = sys.argv[1:3]
    return paths(job), output
