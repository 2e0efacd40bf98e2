#!/usr/bin/env python3
"""Write the sample job folder of a made-up city (R5) beside this script.

    python3 make_sample.py

Needs openpyxl.  The same script and the same openpyxl give the same bytes.  The
form is drawn here by itself, on another grid than templates/hoshikawa-r4.toml
describes: what is read from it is read by its labels.  The tables of README.md
are written from the addresses that the sheets were drawn at.
"""

import copy
import datetime
import io
import re
import sys
import zipfile
from pathlib import Path

sys.dont_write_bytecode = True

import openpyxl  # noqa: E402
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side  # noqa: E402
from openpyxl.utils import get_column_letter  # noqa: E402

import content as C  # noqa: E402

HERE = Path(__file__).resolve().parent
PLAN_FILE = "計画.xlsx"
SPORTS = "回収/文化スポーツ課.xlsx"
CITIZENS = "回収/市民生活課.xlsx"
FINANCE = "回収/財政課.xlsx"
YEAR = 5

FONT = "游ゴシック"
THIN = Side(style="thin", color="7F7F7F")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
SHADE = PatternFill("solid", fgColor="DDEBF7")


def save(wb, name, stamp):
    """Save with fixed document and archive times and without an author."""
    wb.properties.creator = ""
    wb.properties.lastModifiedBy = None
    wb.properties.created = stamp
    buffer = io.BytesIO()
    wb.save(buffer)
    path = HERE / name
    path.parent.mkdir(exist_ok=True)
    fixed = stamp.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    out = io.BytesIO()
    with zipfile.ZipFile(buffer) as src, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as dst:
        for info in src.infolist():
            data = src.read(info.filename)
            if info.filename == "docProps/core.xml":
                data = re.sub(
                    rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)",
                    rb"\g<1>" + fixed + rb"\g<2>",
                    data,
                )
            entry = zipfile.ZipInfo(info.filename, stamp.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            dst.writestr(entry, data)
    path.write_bytes(out.getvalue())


class Form:
    """Draws one sheet on 24 columns and remembers where its fields are.

    The looks: "official" as it was distributed; "typed" with the years within the heads of the
    values and the axes beside each other; "loose" with the actual left of the target and without
    the merges of the years above them.
    """

    def __init__(self, ws, look="official", top=0, left=0):
        self.ws, self.look, self.row, self.left = ws, look, top + 1, left
        self.at = {}
        for i in range(24):
            ws.column_dimensions[get_column_letter(left + i + 1)].width = 5.2

    def cell(self, first, last, value, label=False, rows=1, field=None, merge=True, fmt=None, centre=False):
        ws, c1, c2 = self.ws, first + self.left, last + self.left
        for r in range(self.row, self.row + rows):
            for c in range(c1, c2 + 1):
                ws.cell(r, c).border = BOX
                if label:
                    ws.cell(r, c).fill = SHADE
        if merge and (c2 > c1 or rows > 1):
            ws.merge_cells(start_row=self.row, start_column=c1, end_row=self.row + rows - 1, end_column=c2)
        cell = ws.cell(self.row, c1)
        if value is not None:
            cell.value = value
        if fmt:
            cell.number_format = fmt
        cell.font = Font(name=FONT, size=9, bold=label)
        cell.alignment = Alignment(
            horizontal="center" if label or centre else "left", vertical="center", wrap_text=True
        )
        if field is not None:
            self.at[field] = cell.coordinate

    def label(self, first, last, text, rows=1, merge=True):
        if self.look == "typed" and text in ("進捗", "達成", "工程表"):
            text = " ".join(text)
        self.cell(first, last, text, label=True, rows=rows, merge=merge)

    def next(self, height=None, rows=1):
        if height:
            for r in range(self.row, self.row + rows):
                self.ws.row_dimensions[r].height = height
        self.row += rows

    def band(self, text):
        self.label(1, 24, text)
        self.next(18)

    def header(self, number, item):
        self.label(1, 3, "政策の柱")
        self.cell(4, 15, item["pillar_text"], field="pillar")
        self.label(16, 18, "担当課\n(関係課)")
        self.cell(19, 24, item["department"], field="department")
        self.next(28)
        self.label(1, 3, "整理番号")
        self.cell(4, 4, number, field="number", centre=True)
        self.label(5, 8, "主要事業名")
        self.cell(9, 24, item["title"], field="title")
        self.next(24)
        for text, field in (("事業の概要", "content"), ("目指す姿", "effects")):
            self.label(1, 3, text)
            self.cell(4, 24, "\n".join("・" + line for line in item[field]), field=field)
            self.next(34)

    def schedule(self, rows):
        self.band("四か年の工程" if self.look == "official" else "工程表")
        self.label(1, 8, "実施内容")
        for i, year in enumerate(C.YEARS):
            self.label(9 + 4 * i, 12 + 4 * i, f"R{year}年度")
        self.next(18)
        for activity, phases in rows:
            self.cell(1, 8, activity)
            free = set(C.YEARS)
            for begin, end, text in phases:
                self.cell(9 + 4 * (begin - 4), 12 + 4 * (end - 4), text, centre=True)
                free -= set(range(begin, end + 1))
            for year in sorted(free):
                self.cell(9 + 4 * (year - 4), 12 + 4 * (year - 4), None)
            self.next(22)

    def kpis(self, kpis):
        order = ("実績", "目標") if self.look == "loose" else ("目標", "実績")
        one_row = self.look == "typed"
        rows = 1 if one_row else 2
        self.label(1, 5, "成果指標", rows)
        self.label(6, 8, "現状値" if one_row else "基準", rows)
        if not one_row:
            for i, year in enumerate(C.YEARS):
                self.label(9 + 4 * i, 12 + 4 * i, f"令和{year}年度", merge=self.look != "loose")
            self.next(18)
        for i, year in enumerate(C.YEARS):
            for half, word in enumerate(order):
                text = f"R{year}年度\n{word}" if one_row else word
                self.label(9 + 4 * i + 2 * half, 10 + 4 * i + 2 * half, text)
        self.next(30 if one_row else 18)
        for n, (name, baseline, targets, actuals) in enumerate(kpis):
            self.cell(1, 5, name, field=("kpi", n))
            self.cell(6, 8, baseline, field=("baseline", n), centre=True)
            for i, year in enumerate(C.YEARS):
                values = {"目標": targets[i], "実績": actuals[i] if i < len(actuals) else None}
                for half, word in enumerate(order):
                    value, fmt = values[word], None
                    if self.look == "loose":
                        value, fmt = as_number(value)
                    self.cell(9 + 4 * i + 2 * half, 10 + 4 * i + 2 * half, value,
                              field=(word, n, year), fmt=fmt, centre=True)
            self.next(30)

    def status(self, rows):
        self.band(f"令和{YEAR}年度の実施計画と実施結果")
        self.label(1, 9, "実施計画【P】")
        self.label(10, 24, "実施結果【D】")
        self.next(18)
        for n, (plan, result) in enumerate(rows):
            self.cell(1, 9, plan, field=("plan", n))
            self.cell(10, 24, result, field=("result", n))
            self.next(44)

    def assessment(self, item):
        self.band("評価【C】")
        grades = item["grades"] or (None, None)
        if self.look == "typed":
            for i, axis in enumerate(("進捗", "達成")):
                self.label(1 + 6 * i, 2 + 6 * i, axis)
                self.cell(3 + 6 * i, 6 + 6 * i, grades[i], field=("grade", i), centre=True)
            self.cell(13, 24, item["comment"], field="comment")
            self.next(48)
        else:
            self.cell(9, 24, item["comment"], rows=2, field="comment")
            for i, axis in enumerate(("進捗", "達成")):
                self.label(1, 3, axis)
                self.cell(4, 8, grades[i], field=("grade", i), centre=True)
                self.next(30)
        self.band("次年度に向けて【A】")
        self.cell(1, 24, item["action"], field="action")
        self.next(36)
        for note in item["footnotes"]:
            self.cell(1, 24, note)
            self.next(20)

    def draw(self, number, item):
        self.header(number, item)
        self.next(6)
        self.schedule(item["schedule"])
        self.next(6)
        self.kpis(item["kpis"])
        self.next(6)
        self.status(item["status"])
        self.assessment(item)
        page_setup(self.ws)
        return self


def as_number(text):
    """Quantities of the loose look are numbers whose unit is only in their format."""
    match = re.fullmatch(r"(\(累計\)\n)?(\d+)(件|施設)", text or "")
    if not match:
        return text, None
    before = '"(累計)"' if match.group(1) else ""
    return int(match.group(2)), f'{before}0"{match.group(3)}"'


def page_setup(ws):
    ws.page_setup.paperSize = ws.PAPERSIZE_A4
    ws.page_setup.orientation = "landscape"
    ws.page_setup.fitToWidth = 1
    ws.page_setup.fitToHeight = 0
    ws.sheet_properties.pageSetUpPr.fitToPage = True


def workbook():
    wb = openpyxl.Workbook()
    wb._fonts[0].name, wb._fonts[0].sz, wb._fonts[0].scheme = FONT, 9, None
    wb._named_styles["Normal"].font.name = FONT
    wb.remove(wb.active)
    return wb


def item_data(number):
    item = copy.deepcopy(C.ITEMS[number])
    item["pillar_text"] = C.PILLARS[item["pillar"]]
    return item


def plan_data(number):
    """Plan fields only: baselines and targets, no entries."""
    item = item_data(number)
    item["kpis"] = [(name, baseline, targets, ()) for name, baseline, targets, _ in item["kpis"]]
    item.update(status=[(None, None)] * 3, grades=None, comment=None, action=None)
    return item


# ---------------------------------------------------------------------------
# The seeded defects
# ---------------------------------------------------------------------------

seeded = []  # (rule, item, file, sheet, cell, what)
follows = []  # what follows from them


def seed(rule, number, file, form, field, what):
    cell = form.at[field] if field in form.at else field
    seeded.append((rule, number, f"`{file}`", form.ws.title, cell, what))


def seed_follows(rule, number, file, form, field, what):
    follows.append((rule, number, f"`{file}`", form.ws.title, form.at[field], what))


def with_actual(item, n, actuals):
    name, baseline, targets, _ = item["kpis"][n]
    item["kpis"][n] = (name, baseline, targets, actuals)


def make_plan():
    wb = workbook()
    ws = wb.create_sheet("表紙")
    ws.column_dimensions["B"].width = 60
    for row, text in ((4, C.PLAN_NAME), (6, C.PLAN_SPAN), (20, C.ISSUER)):
        ws.cell(row, 2, text).font = Font(name=FONT, size=18)
    ws = wb.create_sheet("事業一覧")
    for column, (text, width) in enumerate((("政策の柱", 34), ("整理番号", 10), ("主要事業名", 40), ("担当課", 20)), 1):
        ws.cell(1, column, text).fill = SHADE
        ws.column_dimensions[get_column_letter(column)].width = width
    row = 2
    for pillar, text in C.PILLARS.items():
        numbers = [n for n, item in C.ITEMS.items() if item["pillar"] == pillar]
        ws.merge_cells(start_row=row, start_column=1, end_row=row + len(numbers) - 1, end_column=1)
        ws.cell(row, 1, text)
        for n in numbers:
            title = C.ITEMS[n]["title"].replace("（※1）", "")
            for column, value in enumerate((n, title, C.ITEMS[n]["lead"]), start=2):
                ws.cell(row, column, value)
            row += 1
    for number in C.ITEMS:
        Form(wb.create_sheet(f"No.{number}")).draw(number, plan_data(number))
    save(wb, PLAN_FILE, datetime.datetime(2023, 4, 3, 9, 0, 0))


def make_sports():
    """Item 1, as it was distributed."""
    wb = workbook()
    item = item_data(1)
    plan, _ = item["status"][1]
    item["status"][1] = (plan, None)
    form = Form(wb.create_sheet("No.1")).draw(1, item)
    seed("N03", 1, SPORTS, form, ("result", 1), "the result of the second row left blank")
    save(wb, SPORTS, datetime.datetime(2024, 4, 12, 16, 20, 0))


def make_citizens():
    """Items 2 and 3: a title on top, a column on the left, years within the heads of the values."""
    wb = workbook()
    forms = {}
    for number in (2, 3):
        item = item_data(number)
        ws = wb.create_sheet(f"事業{number}")
        if number == 2:
            with_actual(item, 0, ("(累計)\n5手続", None))
            item["grades"] = (item["grades"][0], None)
        else:
            name, baseline, targets, actuals = item["kpis"][0]
            item["kpis"][0] = (name, baseline, targets[:2] + ("875g",) + targets[3:], actuals)
            item["grades"] = ("B やや遅れ", item["grades"][1])
        ws.cell(1, 2, "令和５年度　実績評価シート").font = Font(name=FONT, size=14)
        forms[number] = Form(ws, look="typed", top=2, left=1).draw(number, item)
    seed("N04", 2, CITIZENS, forms[2], ("実績", 0, 5), "R5 実績 of 書かない窓口で受け付ける手続数 left blank")
    seed("N06", 2, CITIZENS, forms[2], ("grade", 1), "the grade of the axis 達成 left blank, that of 進捗 is there")
    seed("P06", 3, CITIZENS, forms[3], ("目標", 0, 6), "R6 目標 of ごみ排出量 typed 875g; the plan has 870g")
    seed("H02", 3, CITIZENS, forms[3], ("grade", 0), "進捗 typed B やや遅れ; やや遅れ is C")
    save(wb, CITIZENS, datetime.datetime(2024, 4, 15, 11, 5, 0))


def make_finance():
    """Items 4 and 5: 実績 left of 目標, the years above them not merged, numbers with formats."""
    wb = workbook()
    forms = {}
    for number in (4, 5):
        item = item_data(number)
        if number == 4:
            with_actual(item, 0, ("(累計)\n2件", "(累計)\n1件"))
        else:
            item["grades"] = (item["grades"][0], "A 目標を上回る")
        forms[number] = Form(wb.create_sheet(f"No.{number}"), look="loose").draw(number, item)
    seed_follows("K12 (info)", 4, FINANCE, forms[4], ("実績", 0, 5), "from the wrong (累計)1件 the last target is out of reach")
    forms[5].ws["Z4"] = "財政課内で4/10に確認済み"
    seed("K03", 4, FINANCE, forms[4], ("実績", 0, 5), "R5 実績 of 売却した未利用地の件数 typed (累計)1件 after (累計)2件")
    seed("H03", 5, FINANCE, forms[5], ("grade", 1), "達成 typed A 目標を上回る; (累計)24件 against a target of (累計)25件")
    seed("S05", 5, FINANCE, forms[5], "Z4", "a stray memo right of the form")
    save(wb, FINANCE, datetime.datetime(2024, 4, 11, 9, 40, 0))


def table(head, rows):
    lines = [" | ".join(head), " | ".join("---" for _ in head)]
    lines += [" | ".join(str(value) for value in row) for row in rows]
    return "\n".join(f"| {line} |" for line in lines)


TOML = f"""\
# 取りまとめの設定（{C.PLAN_NAME} 令和5年度）
# 架空の市の見本です。この案件フォルダについては README.md を見てください。

[period]
fiscal_year = "R5"
half = "年度末"          # 半期に分けない様式では「年度末」

[layout]
file = "../../templates/hoshikawa-r4.toml"   # 様式の定義

[cover]
issued = "令和6年6月"
issuer = "{C.ISSUER}"
"""


def make_readme():
    text = f"""\
# Sample job: a made-up city with another layout, fiscal year R5

A job folder (案件フォルダ) whose form has nothing in common with that of `samples/ojiya-r5` but what every such
form has: four fiscal years, one column of results a year (no halves), 基準・目標・実績 side by side, two grades
(進捗 and 達成) with vocabularies of their own, A4 landscape, other words in every label. The layout is described
in `templates/hoshikawa-r4.toml`; the program's code knows nothing of it.

```
torimatome check samples/hoshikawa-r5
```

The city, its plan, its figures and all prose are made up.

| file | what it is |
| --- | --- |
| `torimatome.toml` | the settings; they name the layout |
| `{PLAN_FILE}` | the plan, drawn by the script on a grid of its own, plan fields only |
| `{SPORTS}` | item 1, as distributed |
| `{CITIZENS}` | items 2 and 3; a title row and a column inserted; the years within the heads of the values (`R5年度` over `目標` in one cell), 現状値 for 基準, the two axes beside each other, letters of labels spaced |
| `{FINANCE}` | items 4 and 5; 実績 left of 目標; the years above them without their merges; quantities are numbers whose unit is only in the number format |

## Remaking it

```
python3 make_sample.py
```

needs Python 3 and openpyxl. `content.py` holds the facts and the prose, `make_sample.py` the forms and the
defects; it writes every file of this folder, this page included, with fixed times.

## Seeded defects

{table(("rule", "item", "file", "sheet", "cell", "what it is"), seeded)}

## What follows from them

{table(("rule", "item", "file", "sheet", "cell", "what it is"), follows)}

The tests hold the program to both tables, row by row: it finds these and nothing else.

Not defects, and easily taken for some: the results of items 2 and 5 hold a filler row and a supplementary row;
item 3 misses a target and says so; of item 4 the 達成 is B although the wrong actual misses its target, for B is
neither the best grade nor the lowest.
"""
    (HERE / "README.md").write_text(text, encoding="utf-8", newline="\n")


def main():
    make_plan()
    make_sports()
    make_citizens()
    make_finance()
    (HERE / "torimatome.toml").write_text(TOML, encoding="utf-8", newline="\n")
    make_readme()
    for rule, number, file, sheet, cell, what in seeded:
        print(f"{rule}  {file}  {sheet}!{cell}  {what}")


if __name__ == "__main__":
    main()
