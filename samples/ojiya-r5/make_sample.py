#!/usr/bin/env python3
"""Write the sample job folder (R5, year-end) beside this script.

    python3 make_sample.py

Needs openpyxl.  The same script and the same openpyxl give the same bytes.  Every
file is opened again afterwards and its main cells are asserted.  The tables of
README.md are written from the addresses that the sheets were drawn at.
"""

import copy
import datetime
import io
import math
import re
import sys
import unicodedata
import zipfile
from pathlib import Path

sys.dont_write_bytecode = True

import openpyxl  # noqa: E402
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side  # noqa: E402
from openpyxl.utils import get_column_letter  # noqa: E402
from openpyxl.worksheet.pagebreak import Break  # noqa: E402
from openpyxl.worksheet.properties import PageSetupProperties  # noqa: E402

import content as C  # noqa: E402

HERE = Path(__file__).resolve().parent
COLLECTED = "回収"
PLAN_FILE = "計画.xlsx"
PREVIOUS_FILE = "前回.xlsx"
KIKAKU = COLLECTED + "/企画政策課.xlsx"
SOMU = COLLECTED + "/総務課.xlsx"
KENSETSU = COLLECTED + "/建設課.xlsx"

# ---------------------------------------------------------------------------
# Saving: fixed times, no author
# ---------------------------------------------------------------------------


def save(wb, name, stamp):
    """Save with fixed document and archive times and without an author."""
    wb.properties.creator = ""
    wb.properties.lastModifiedBy = None
    wb.properties.created = stamp
    buffer = io.BytesIO()
    wb.save(buffer)
    path = HERE / name
    path.parent.mkdir(exist_ok=True)
    # openpyxl stamps the time of saving into docProps/core.xml and into the
    # archive's entries; both are replaced by the fixed time.
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


# ---------------------------------------------------------------------------
# Looks
# ---------------------------------------------------------------------------

MINCHO = "ＭＳ 明朝"
GOTHIC = "ＭＳ ゴシック"
THIN = Side(style="thin", color="000000")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
SHADE = PatternFill("solid", fgColor="E7E6E6")
BAND = PatternFill("solid", fgColor="D9E1F2")
COLUMN_WIDTH = 7.6
LINE_HEIGHT = 14.2


def new_workbook():
    wb = openpyxl.Workbook()
    normal = wb._named_styles["Normal"].font
    normal.name, normal.sz, normal.scheme = MINCHO, 10, None
    wb._fonts[0].name, wb._fonts[0].sz, wb._fonts[0].scheme = MINCHO, 10, None
    wb.remove(wb.active)
    return wb


def text_width(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def line_count(text, columns):
    """How many lines the text takes in a cell that many columns wide."""
    room = columns * COLUMN_WIDTH - 1.5
    return sum(max(1, math.ceil(text_width(line) / room)) for line in str(text).split("\n"))


class Form:
    """Draws one item sheet and remembers where its fields are."""

    def __init__(self, ws, top=0, left=0, label=lambda s: s, value=lambda s: s, gaps=()):
        self.ws = ws
        self.row = top + 1
        self.left = left
        self.label_text = label
        self.value_text = value
        self.gaps = gaps
        self.at = {}
        self.heights = {}
        for i in range(12):
            ws.column_dimensions[get_column_letter(left + i + 1)].width = COLUMN_WIDTH

    # -- single cells

    def cell(self, first, last, text, kind, rows=1, field=None, align=None, number_format=None):
        """Write one (merged) cell at the current row; columns count from 1 = A."""
        ws, row = self.ws, self.row
        c1, c2 = first + self.left, last + self.left
        for r in range(row, row + rows):
            for c in range(c1, c2 + 1):
                ws.cell(r, c).border = BOX if kind != "foot" else Border()
        if c2 > c1 or rows > 1:
            ws.merge_cells(start_row=row, start_column=c1, end_row=row + rows - 1, end_column=c2)
        cell = ws.cell(row, c1)
        if text is not None:
            cell.value = text
        if number_format:
            cell.number_format = number_format
        heading = kind in ("label", "band")
        cell.font = Font(name=GOTHIC if heading else MINCHO, size=9 if kind == "foot" else 10)
        if heading:
            for r in range(row, row + rows):
                for c in range(c1, c2 + 1):
                    ws.cell(r, c).fill = SHADE if kind == "label" else BAND
        horizontal = align or ("center" if heading else "left")
        name = field[0] if isinstance(field, tuple) else field
        short = name in ("priority", "title", "department", "activity", "kpi")
        vertical = "center" if heading or short or horizontal == "center" else "top"
        cell.alignment = Alignment(horizontal=horizontal, vertical=vertical, wrap_text=True)
        if text is not None:
            lines = line_count(text, last - first + 1)
            for r in range(row, row + rows):
                self.heights[r] = max(self.heights.get(r, 1), lines / rows)
        if field is not None:
            self.at[field] = cell.coordinate
        return cell

    def label(self, first, last, text, rows=1):
        return self.cell(first, last, self.label_text(text), "label", rows)

    def band(self, text):
        self.cell(1, 12, self.label_text(text), "band")
        self.next()

    def next(self, rows=1):
        self.row += rows

    def gap(self, name):
        """A blank row that the department inserted."""
        if name in self.gaps:
            self.next()

    # -- blocks

    def header(self, number, priority, title, department, content, effects):
        self.label(1, 2, "取組番号")
        self.cell(3, 3, number, "value", field="number", align="center")
        self.label(4, 5, "重点項目")
        self.cell(6, 12, priority, "value", field="priority")
        self.next()
        for text, value, field in (
            ("取組項目", title, "title"),
            ("主管課\n(関係課)", department, "department"),
        ):
            self.label(1, 2, text)
            self.cell(3, 12, value, "value", field=field)
            self.next()
        self.gap("content")
        for text, value, field in (
            ("実施内容", content, "content"),
            ("期待される効果", effects, "effects"),
        ):
            self.label(1, 2, text)
            self.cell(3, 12, "\n".join("・" + line for line in value), "value", field=field)
            self.next()

    def schedule(self, rows, notes, note_first_column):
        self.next()
        self.gap("schedule")
        self.band("年次計画")
        self.label(1, 3, "実施項目")
        for i, year in enumerate(C.PLAN_YEARS):
            self.label(4 + 3 * i, 6 + 3 * i, f"R{year}年度")
        self.next()
        for n, (activity, phases) in enumerate(rows):
            self.cell(1, 3, activity, "value", field=("activity", n))
            free = set(C.PLAN_YEARS)
            for begin, end, text in phases:
                self.cell(
                    4 + 3 * (begin - C.PLAN_YEARS[0]),
                    6 + 3 * (end - C.PLAN_YEARS[0]),
                    text,
                    "value",
                    align="center",
                    field=("phase", n, begin),
                )
                free -= set(range(begin, end + 1))
            for year in sorted(free):
                i = year - C.PLAN_YEARS[0]
                self.cell(4 + 3 * i, 6 + 3 * i, None, "value")
            self.next()
        for n, note in enumerate(notes):
            if note_first_column > 1:
                self.cell(1, note_first_column - 1, None, "value")
            self.cell(note_first_column, 12, note, "value", field=("schedule_note", n))
            self.next()

    def kpis(self, kpis):
        self.next()
        self.gap("kpi")
        self.label(1, 3, "数値目標等\n【基準値】", rows=2)
        for storey in ("実績値", "目標値"):
            for i, year in enumerate(C.PLAN_YEARS):
                self.label(4 + 3 * i, 6 + 3 * i, f"R{year}年度\n【{storey}】")
            self.next()
        for n, kpi in enumerate(kpis):
            name = kpi["name"]
            if kpi["baseline"] is not None:
                name += "\n" + self.value_text(kpi["baseline"])
            self.cell(1, 3, name, "value", rows=2, field=("kpi", n))
            for storey, field in ((0, "actual"), (1, "target")):
                for i, year in enumerate(C.PLAN_YEARS):
                    value, fmt = kpi["years"][year][storey], None
                    if isinstance(value, tuple):
                        value, fmt = value
                    elif value is not None:
                        value = self.value_text(value)
                    self.cell(
                        4 + 3 * i,
                        6 + 3 * i,
                        value,
                        "value",
                        align="center",
                        number_format=fmt,
                        field=(field, n, year),
                    )
                self.next()
            if kpi["note"] is not None:
                self.cell(1, 12, kpi["note"], "value", field=("kpi_note", n))
                self.next()

    def status(self, year, rows):
        self.next()
        self.gap("status")
        self.ws.row_breaks.append(Break(id=self.row - 1))
        self.band(f"令和{year}年度の実施状況")
        self.label(1, 4, "取組目標\n【Plan】")
        self.label(5, 8, "上半期の取組結果\n【Do】")
        self.label(9, 12, "下半期の取組結果\n【Do】")
        self.next()
        for n, row in enumerate(rows):
            for i, (text, field) in enumerate(zip(row, ("plan", "first", "second"))):
                filler = text == "—"
                self.cell(
                    4 * i + 1,
                    4 * i + 4,
                    text,
                    "value",
                    field=(field, n),
                    align="center" if filler else None,
                )
            if not any(row):
                self.heights[self.row] = 3
            self.next()

    def check_and_action(self, grade, comment, action):
        self.gap("check")
        self.band("取組全体の評価【Check】")
        self.cell(1, 3, grade, "value", field="grade", align="center")
        self.cell(4, 12, comment, "value", field="comment")
        if comment is None:
            self.heights[self.row] = 4
        self.next()
        self.gap("action")
        self.band("改善事項・今後の進め方【Action】")
        self.cell(1, 12, action, "value", field="action")
        if action is None:
            self.heights[self.row] = 4
        self.next()

    def footnotes(self, notes):
        self.gap("footnotes")
        for n, (mark, term, text) in enumerate(notes):
            self.cell(1, 12, f"{mark} {term}…{text}", "foot", field=("footnote", n))
            self.next()

    def finish(self):
        ws = self.ws
        for row, lines in self.heights.items():
            ws.row_dimensions[row].height = min(409, round(lines * LINE_HEIGHT + 6, 1))
        last = get_column_letter(self.left + 12)
        ws.print_area = f"A1:{last}{self.row - 1}"
        page_setup(ws)


def page_setup(ws):
    ws.page_setup.paperSize = ws.PAPERSIZE_A4
    ws.page_setup.orientation = "portrait"
    ws.page_setup.fitToWidth = 1
    ws.page_setup.fitToHeight = 0
    ws.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    ws.page_margins.left = ws.page_margins.right = 0.6
    ws.page_margins.top = ws.page_margins.bottom = 0.4
    ws.print_options.horizontalCentered = True


def draw_item(form, number, data, year):
    form.header(number, data["priority"], data["title"], data["department"], data["content"], data["effects"])
    form.schedule(data["schedule"], data["schedule_notes"], data["schedule_note_column"])
    form.kpis(data["kpis"])
    form.status(year, data["status"])
    form.check_and_action(data["grade"], data["comment"], data["action"])
    form.footnotes(data["footnotes"])
    form.finish()
    return form


def draw_cover(ws, lines):
    for i in range(12):
        ws.column_dimensions[get_column_letter(i + 1)].width = COLUMN_WIDTH
    for row, text, size in lines:
        ws.merge_cells(start_row=row, start_column=1, end_row=row, end_column=12)
        cell = ws.cell(row, 1, text)
        cell.font = Font(name=GOTHIC if size > 14 else MINCHO, size=size)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        ws.row_dimensions[row].height = size * 2
    ws.print_area = f"A1:L{lines[-1][0]}"
    page_setup(ws)


def draw_index(ws):
    """Columns A..D: priority, number, title, lead departments."""
    for column, width in zip("ABCD", (34, 10, 40, 16)):
        ws.column_dimensions[column].width = width
    ws.merge_cells("A1:D1")
    ws["A1"] = f"{C.PLAN_NAME} 取組項目一覧"
    ws["A1"].font = Font(name=GOTHIC, size=14)
    ws["A1"].alignment = Alignment(horizontal="center", vertical="center")
    ws.row_dimensions[1].height = 30
    for column, text in zip("ABCD", ("重点項目", "取組番号", "取組項目", "主管課")):
        cell = ws[f"{column}2"]
        cell.value, cell.font, cell.fill, cell.border = text, Font(name=GOTHIC, size=10), SHADE, BOX
        cell.alignment = Alignment(horizontal="center", vertical="center")
    ws.row_dimensions[2].height = 20
    at = {}
    row = 3
    for priority, wording in C.INDEX_PRIORITIES.items():
        numbers = [n for n, item in C.ITEMS.items() if item["priority"] == priority]
        if len(numbers) > 1:
            ws.merge_cells(start_row=row, start_column=1, end_row=row + len(numbers) - 1, end_column=1)
        ws.cell(row, 1, wording)
        at[priority] = f"A{row}"
        for n in numbers:
            for column, value in enumerate((n,) + C.INDEX[n], start=2):
                ws.cell(row, column, value)
            for column in range(1, 5):
                cell = ws.cell(row, column)
                cell.font, cell.border = Font(name=MINCHO, size=10), BOX
                cell.alignment = Alignment(
                    horizontal="center" if column in (2, 4) else "left", vertical="center", wrap_text=True
                )
            ws.row_dimensions[row].height = 36
            row += 1
    ws.print_area = f"A1:D{row - 1}"
    page_setup(ws)
    return at


# ---------------------------------------------------------------------------
# What stands on a sheet at each stage
# ---------------------------------------------------------------------------


def item_data(number):
    """The complete year-end report R5 of one item, with nothing wrong in it."""
    item, prose = C.ITEMS[number], C.PROSE_R5[number]
    return {
        "priority": C.PRIORITIES[item["priority"]],
        "title": item["title"],
        "department": item["department_line"],
        "content": prose["content"],
        "effects": prose["effects"],
        "schedule": item["schedule"],
        "schedule_notes": item["schedule_notes"],
        "schedule_note_column": 4 if number == 3 else 1,
        "kpis": copy.deepcopy(item["kpis"]),
        "status": [tuple(row) for row in prose["status"]],
        "grade": item["grade"],
        "comment": prose["comment"],
        "action": prose["action"],
        "footnotes": prose["footnotes"],
    }


def plan_data(number):
    """Plan fields only: targets and baselines, no entries."""
    data = item_data(number)
    for kpi in data["kpis"]:
        kpi["years"] = {year: (None, target) for year, (_, target) in kpi["years"].items()}
        kpi["note"] = None
    data.update(schedule_notes=[], status=[(None, None, None)] * 4, grade=None, comment=None, action=None)
    used = C.PROSE_R5[number]["plan_marks"]
    data["footnotes"] = [note for note in data["footnotes"] if note[0] in used]
    return data


def previous_data(number):
    """Last year's published sheet: actuals, status and assessment of R4."""
    data, prose = item_data(number), C.PROSE_R4[number]
    for n, kpi in enumerate(data["kpis"]):
        kpi["years"] = {
            year: (actual if year == 4 else None, target) for year, (actual, target) in kpi["years"].items()
        }
        kpi["note"] = prose["kpi_notes"].get(n)
    for field in ("status", "grade", "comment", "action", "footnotes", "schedule_notes"):
        data[field] = prose[field]
    return data


# --- 企画政策課: another geometry, full-width digits, labels typed by hand

WIDE = {ord(c): ord(c) + 0xFEE0 for c in "0123456789,()/R"}
WIDE[ord("—")] = ord("－")


def widen(text):
    """Digits, commas, brackets, slash and R in full width; the dash as －."""
    return text.translate(WIDE)


def typed_label(text):
    text = text.replace("【", "［").replace("】", "］").replace("(関係課)", "（関係課）")
    text = re.sub(r"R(\d)年度", lambda m: widen(m.group(0)), text)
    text = re.sub(r"令和(\d)年度", lambda m: widen(m.group(0)), text)
    if text in ("取組番号", "重点項目", "取組項目", "実施内容"):
        text = " ".join(text)
    elif text == "年次計画":
        text = "年 次 計 画"
    return text.replace("主管課\n（関係課）", "主管課（関係課）")


KIKAKU_SHEETS = {
    # item: (rows inserted on top, row of the title cell, blank rows inserted before these blocks)
    1: (3, 2, ("schedule", "check")),
    2: (2, 1, ("content", "kpi", "action")),
    3: (3, 1, ("status", "check", "footnotes")),
    6: (2, 1, ("kpi", "action")),
}
GUIDE_CELL = "B1"
KIKAKU_TITLE = "令和５年度　行政改革実施計画　進捗管理票（下半期）"


def draw_guide(ws):
    ws.column_dimensions["A"].width = 3
    ws.column_dimensions["B"].width = 84
    ws[GUIDE_CELL] = C.GUIDE_TITLE
    ws[GUIDE_CELL].font = Font(name=GOTHIC, size=14)
    for row, line in enumerate(C.GUIDE, start=3):
        cell = ws.cell(row, 2, line)
        cell.font = Font(name=MINCHO, size=10)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    page_setup(ws)


# --- 総務課: quantities stored as numbers, the unit only in the number format

NUMBER_FORMATS = [
    (re.compile(r"^\(累計\)\n?([\d,]+)件$"), '"(累計)"0"件"'),
    (re.compile(r"^延べ([\d,]+)人$"), '"延べ"#,##0"人"'),
    (re.compile(r"^([\d,]+)人$"), '#,##0"人"'),
    (re.compile(r"^([\d,]+)人以上$"), '0"人以上"'),
    (re.compile(r"^([\d,]+)件$"), '0"件"'),
]


def as_number(text):
    for pattern, fmt in NUMBER_FORMATS:
        match = pattern.match(text or "")
        if match:
            return (int(match.group(1).replace(",", "")), fmt)
    return text


# ---------------------------------------------------------------------------
# The seeded defects
# ---------------------------------------------------------------------------

seeded = []  # (rule, file, sheet, cell, item, what)


def replace_year(kpi, year, storey, value):
    pair = list(kpi["years"][year])
    pair[storey] = value
    kpi["years"][year] = tuple(pair)


def kikaku_data(number):
    data = item_data(number)
    if number == 1:
        replace_year(data["kpis"][2], 4, 0, "(累計)\n76件")
    elif number == 2:
        plan, first, _ = data["status"][1]
        data["status"][1] = (plan, first, None)
    elif number == 3:
        replace_year(data["kpis"][1], 6, 1, "(累計)\n7件")
    elif number == 6:
        data["action"] = None
    return data


def somu_data(number):
    data = item_data(number)
    for kpi in data["kpis"]:
        kpi["years"] = {y: tuple(as_number(v) for v in pair) for y, pair in kpi["years"].items()}
    if number == 7:
        data["title"] = "社会情勢に適応した人材の確保と育成"
        data["kpis"][1]["baseline"] = "R3年度：延べ900人"
    return data


MEMO_COLUMN = "N"
MEMO = "4/12 山田さんに確認済み"

# ---------------------------------------------------------------------------
# The files
# ---------------------------------------------------------------------------


def make_plan():
    wb = new_workbook()
    draw_cover(
        wb.create_sheet("表紙"),
        [(8, C.PLAN_NAME, 24), (10, C.PLAN_SPAN, 16), (30, C.CITY, 14), (31, C.ISSUER, 14)],
    )
    index = draw_index(wb.create_sheet("取組項目一覧"))
    forms = {}
    for number in C.ITEMS:
        form = Form(wb.create_sheet(f"取組{number}"))
        forms[number] = draw_item(form, number, plan_data(number), 5)
    save(wb, PLAN_FILE, datetime.datetime(2024, 4, 1, 9, 0, 0))
    return index, forms


def make_previous():
    wb = new_workbook()
    draw_cover(
        wb.create_sheet("表紙"),
        [
            (4, "《令和4年度》", 18),
            (8, C.PLAN_NAME, 24),
            (10, C.PLAN_SPAN, 16),
            (13, C.REPORT_NAME, 20),
            (30, "令和5年6月", 14),
            (31, C.ISSUER, 14),
        ],
    )
    draw_index(wb.create_sheet("取組項目一覧"))
    forms = {}
    for number in C.ITEMS:
        form = Form(wb.create_sheet(f"取組{number}"))
        forms[number] = draw_item(form, number, previous_data(number), 4)
    save(wb, PREVIOUS_FILE, datetime.datetime(2023, 6, 30, 9, 0, 0))
    return forms


def make_kikaku():
    wb = new_workbook()
    draw_guide(wb.create_sheet(C.GUIDE_TITLE))
    forms = {}
    for number, (top, title_row, gaps) in KIKAKU_SHEETS.items():
        ws = wb.create_sheet(str(number))
        ws.column_dimensions["A"].width = 2.5
        ws.cell(title_row, 2, KIKAKU_TITLE).font = Font(name=GOTHIC, size=12)
        form = Form(ws, top=top, left=1, label=typed_label, value=widen, gaps=gaps)
        forms[number] = draw_item(form, widen(str(number)), kikaku_data(number), 5)
    save(wb, KIKAKU, datetime.datetime(2024, 4, 15, 9, 0, 0))
    at = {number: form.at for number, form in forms.items()}
    seeded.append(("P10", KIKAKU, "1", at[1]["actual", 2, 4], 1,
                   "R4 actual of オンライン申請が利用できるサービス数 typed （累計）７６件; the previous workbook has (累計)67件"))
    seeded.append(("N03", KIKAKU, "2", at[2]["second", 1], 2,
                   "second-half Do of the electronic approval row (勤務状況管理システム) left blank"))
    seeded.append(("P06", KIKAKU, "3", at[3]["target", 1, 6], 3,
                   "R6 target of 直営施設の運営方法検討件数 typed （累計）７件; the plan has (累計)6件"))
    seeded.append(("N08", KIKAKU, "6", at[6]["action"], 6, "Action left blank (footnotes follow directly below)"))
    return forms


def make_somu():
    wb = new_workbook()
    forms = {}
    for number in (5, 7):
        ws = wb.create_sheet(f"取組{number}")
        form = Form(ws)
        forms[number] = draw_item(form, number, somu_data(number), 5)
    five, seven = forms[5], forms[7]
    memo = f"{MEMO_COLUMN}{five.ws[five.at['actual', 0, 5]].row}"
    five.ws[memo] = MEMO
    five.ws[memo].font = Font(name=MINCHO, size=10)
    save(wb, SOMU, datetime.datetime(2024, 4, 16, 9, 0, 0))
    seeded.append(("P01", SOMU, "取組7", seven.at["title"], 7,
                   "title typed 社会情勢に適応した人材の確保と育成; the plan has …確保及び育成"))
    seeded.append(("S05", SOMU, "取組5", memo, 5, f"a stray memo right of the form: {MEMO}"))
    seeded.append(("P05", SOMU, "取組7", seven.at["kpi", 1], 7,
                   "baseline of 研修参加者数 typed R3年度：延べ900人; the plan has 延べ800人"))
    return forms


def make_kensetsu():
    wb = new_workbook()
    form = Form(wb.create_sheet("取組4"))
    forms = {4: draw_item(form, 4, item_data(4), 5)}
    save(wb, KENSETSU, datetime.datetime(2024, 4, 12, 9, 0, 0))
    return forms


TOML = """\
# 取りまとめの設定（小千谷市行政改革実施計画 令和5年度 下半期）
# この見本の案件フォルダについては README.md を見てください。

[period]
fiscal_year = "R5"      # 取りまとめる年度
half = "下半期"          # 「上半期」または「下半期」（年度末）

[plan]
file = "計画.xlsx"       # 実施計画（公式様式。計画欄のみ記入）

[previous]
file = "前回.xlsx"       # 前回の集約版（令和4年度末の公表版）

[collect]
folder = "回収"          # 各課から戻ったファイルを置くフォルダ

[cover]                  # 集約版の表紙に印刷する内容
issued = "令和6年6月"
issuer = "小千谷市行政改革推進委員会 幹事会"
"""

# ---------------------------------------------------------------------------
# README: addresses are those of the files just written
# ---------------------------------------------------------------------------


def table(header, rows):
    lines = ["| " + " | ".join(header) + " |", "|" + " --- |" * len(header)]
    lines += ["| " + " | ".join(str(v) for v in row) + " |" for row in rows]
    return "\n".join(lines)


def inherited(index, forms, where):
    """Findings that follow from the public document's own facts."""
    rows = []

    def add(rule, number, cells, what):
        file, sheet = where[number]
        rows.append((rule, number, f"`{file}`", sheet, ", ".join(cells), what))

    at = {number: form.at for number, form in forms.items()}
    for number in (2, 3, 5, 7):
        add("H02", number, [at[number]["grade"]], "概ね計画どおり without its mark ○")
    add("H01 (info)", 4, [at[4]["grade"]], "導入検討の結果、取組中止とする: a status of its own; later entries no longer required")
    for number, item in C.ITEMS.items():
        for n, kpi in enumerate(item["kpis"]):
            years = [y for y in (5, 6) if kpi["years"][y][1] is None]
            if years:
                add("N05", number, [at[number]["target", n, y] for y in years],
                    f"{kpi['name']}: no target for " + ", ".join(f"R{y}" for y in years) + " (nor in the plan)")
    for number, n in ((5, 1), (5, 2), (6, 1)):
        add("N09 (info)", number, [at[number]["kpi", n]],
            C.ITEMS[number]["kpis"][n]["name"] + ": counted in 件, no baseline (nor in the plan)")
    add("K04", 7, [at[7]["actual", 1, 4], at[7]["actual", 1, 5]],
        "研修参加者数: actuals 729人 and 1,116人, target 延べ800人")
    for number in (1, 2):
        rows.append(("P02", number, f"`{PLAN_FILE}`", f"取組{number}", "F1",
                     f"対応した on the item sheet, 適応した in the index ({index[1]})"))
    rows.append(("S04 (info)", "—", f"`{KIKAKU}`", C.GUIDE_TITLE, GUIDE_CELL, "the instruction sheet is no form"))
    add("K09 (info)", 7, [at[7]["target", 2, 5]], "人事交流等職員数: target 3人 in R4, 2人以上 in R5")
    add("K10", 2, [at[2]["actual", 0, 5]],
        "RPA導入による業務削減効果: 134 + 5 = 139 hours in the text, 1,395 − 1,257 = 138 in the table")
    add("K10", 7, [at[7]["actual", 0, 5]], "就職説明会等 ②: 4回 in the table, 2 + 2 + 2 in the text")
    add("T02", 5, [at[5]["second", 1], at[5]["second", 2]], "令和6年度 and R5年度 within one item")
    add("T03", 5, [at[5]["second", 2]], "㈱, which JIS X 0208 does not hold")
    add("T05", 6, [at[6]["kpi_note", 1]], "窓口改革推進員委員会, elsewhere 窓口改革推進委員会")
    add("T05", 6, [at[6]["second", 0], at[6]["comment"]],
        "小千谷市・ひと・まち・文化共創拠点 / 小千谷市ひと・まち・文化共創拠点")
    return rows


def make_readme(index, forms, where):
    seeded_rows = [(r, n, f"`{f}`", s, c, w) for r, f, s, c, n, w in seeded]
    a = {number: form.at for number, form in forms.items()}
    text = f"""\
# Sample job: Ojiya City, fiscal year R5, year-end

A complete job folder (案件フォルダ) for `torimatome`: an approved plan, last year's published workbook and the
returns of three departments, in three states of repair and with known defects.

```
torimatome check samples/ojiya-r5
```

Names, KPI figures and the schedule are those of the city's published progress report for R5 (令和6年6月). All
prose was written for this sample; so were the half-year accounts and grades of R4 and the defects below. None
of it is the city's wording, and the memo names nobody.

| file | what it is |
| --- | --- |
| `torimatome.toml` | the settings |
| `{PLAN_FILE}` | the approved plan, official layout, plan fields only (no actuals, no notes of a year, no entries) |
| `{PREVIOUS_FILE}` | last year's published workbook (R4, year-end): R4 actuals, status, assessment |
| `{KENSETSU}` | item 4; clean, official layout |
| `{KIKAKU}` | items 1, 2, 3, 6 on sheets 1, 2, 3, 6; an instruction sheet in front; a column on the left, rows on top with a title cell and blank rows between the blocks inserted; labels typed by hand; item number, baselines and KPI values in full width (`（累計）` `１４５件`, `Ｒ３年度：０か所`, a dash typed `－`) |
| `{SOMU}` | items 5 and 7; official layout; KPI quantities are numbers whose unit is only in the number format (`"(累計)"0"件"`, `#,##0"人"`, `"延べ"#,##0"人"`, `0"件"`, `0"人以上"`); compound and as-needed cells are text |

## Remaking it

```
python3 make_sample.py
```

needs Python 3 and openpyxl. `content.py` holds the facts and the prose, `make_sample.py` the layout, the
conditions and the defects; it writes every file of this folder, this page included, with fixed times, opens
them again and asserts their main cells.

## Seeded defects

{table(("rule", "item", "file", "sheet", "cell", "what it is"), seeded_rows)}

Consequences, not causes of their own: if the increase of item 1's third KPI is reckoned from the return's R4
value and not from the previous workbook's, K10 sees 145 − 76 = 69 against 78 named in the text.

## Inherited from the public document

{table(("rule", "item", "file", "sheet", "cell", "what it is"), inherited(index, forms, where))}

The tests hold the program to both tables, row by row: it finds these and nothing else.

The full-width values of 企画政策課 are values and no texts, so T01 does not speak of them. Item 1's
actuals that stay at 0 while the target appears ({a[1]["actual", 0, 5]}, {a[1]["actual", 1, 5]}) are K06 only if a dash
counts as last year's value.

Not defects, and easily taken for some: item 3's R4 value 選定 6件 ({a[3]["actual", 1, 4]}) beside (累計) is a
milestone, no K04; 「目標値を上回る6件」 in item 5 speaks of the yearly figure (8 − 2), not of
the cumulative target 7; the baseline 12件 of that KPI is a stock, so 2件 in R4 is no decrease; the claims about
reached and missed targets in items 2 and 7 cannot be judged where no target is shown; the note of
キャッシュレス決済 ({a[2]["kpi_note", 3]}) adds up to 11件 by years (2 + 7 + 1 + 1), its 4件 being part of the 7.
"""
    (HERE / "README.md").write_text(text, encoding="utf-8", newline="\n")


# ---------------------------------------------------------------------------
# Checks on what was written
# ---------------------------------------------------------------------------


def verify(plan, previous, returned):
    def load(name):
        return openpyxl.load_workbook(HERE / name)

    def plain(value):
        return None if value is None else unicodedata.normalize("NFKC", str(value).replace("－", "—"))

    def displayed(number, number_format):
        before, digits, after = re.fullmatch(r'(?:"([^"]*)")?(#,##0|0)"([^"]*)"', number_format).groups()
        return (before or "") + (f"{number:,}" if "," in digits else str(number)) + after

    items = [f"取組{n}" for n in C.ITEMS]
    for name, forms in ((PLAN_FILE, plan), (PREVIOUS_FILE, previous)):
        wb = load(name)
        assert wb.sheetnames == ["表紙", "取組項目一覧"] + items, wb.sheetnames
        index = wb["取組項目一覧"]
        assert index["A1"].value == "小千谷市行政改革実施計画 取組項目一覧"
        assert "適応した" in index["A3"].value and index["D7"].value == "総務課\n企画政策課"
        assert [index.cell(r, 2).value for r in range(3, 10)] == list(C.ITEMS)
        for number, item in C.ITEMS.items():
            ws, at = wb[f"取組{number}"], forms[number].at
            assert ws["A1"].value == "取組番号" and ws["C1"].value == number
            assert ws["F1"].value == C.PRIORITIES[item["priority"]]
            assert ws[at["title"]].value == item["title"]
            for n, kpi in enumerate(item["kpis"]):
                for year, (actual, target) in kpi["years"].items():
                    assert ws[at["target", n, year]].value == target
                    shown = actual if forms is previous and year == 4 else None
                    assert ws[at["actual", n, year]].value == shown
            for field in ("grade", "comment", "action"):
                assert (ws[at[field]].value is None) == (forms is plan), (name, number, field)
            assert f"令和{5 if forms is plan else 4}年度の実施状況" in [c.value for c in ws["A"]]
    assert load(PREVIOUS_FILE)["表紙"]["A4"].value == "《令和4年度》"

    wrong = {(file, sheet, cell) for _, file, sheet, cell, _, _ in seeded}
    for name, forms in returned.items():
        wb = load(name)
        for number, form in forms.items():
            ws, at, good = wb[form.ws.title], form.at, item_data(number)

            def same(field, value):
                cell = ws[at[field]]
                got = cell.value
                if isinstance(got, int) and field != "number":
                    got = displayed(got, cell.number_format)
                    value = value.replace("\n", "")
                equal = plain(got) == plain(value)
                assert equal != ((name, ws.title, at[field]) in wrong), (name, ws.title, at[field], got, value)

            same("number", number)
            for field in ("priority", "title", "department", "grade", "comment", "action"):
                same(field, good[field])
            for n, row in enumerate(good["status"]):
                for field, text in zip(("plan", "first", "second"), row):
                    same((field, n), text)
            for n, kpi in enumerate(good["kpis"]):
                same(("kpi", n), kpi["name"] + ("\n" + kpi["baseline"] if kpi["baseline"] else ""))
                for year, pair in kpi["years"].items():
                    same(("actual", n, year), pair[0])
                    same(("target", n, year), pair[1])
                if kpi["note"]:
                    same(("kpi_note", n), kpi["note"])
    somu = load(SOMU)
    memo = [(s, c) for r, f, s, c, *_ in seeded if r == "S05"][0]
    assert somu[memo[0]][memo[1]].value == MEMO
    assert load(KIKAKU).sheetnames == [C.GUIDE_TITLE, "1", "2", "3", "6"]


def main():
    index, plan = make_plan()
    previous = make_previous()
    returned = {KIKAKU: make_kikaku(), SOMU: make_somu(), KENSETSU: make_kensetsu()}
    (HERE / "torimatome.toml").write_text(TOML, encoding="utf-8", newline="\n")
    forms = {number: form for group in returned.values() for number, form in group.items()}
    where = {n: (name, form.ws.title) for name, group in returned.items() for n, form in group.items()}
    make_readme(index, forms, where)
    verify(plan, previous, returned)
    for rule, file, sheet, cell, number, what in seeded:
        print(f"{rule}  {file}  {sheet}!{cell}  {what}")


if __name__ == "__main__":
    main()
