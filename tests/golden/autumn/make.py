#!/usr/bin/env python3
"""Write the job folder `in` beside this script: a collection in the autumn (上半期).

    python3 make.py

Needs openpyxl. Three items of three departments: one returned in order with its second half
empty, one with a first half left blank and a row added, one not returned at all. The same script
and the same openpyxl give the same bytes.
"""

import datetime
import io
import re
import zipfile
from pathlib import Path

import openpyxl

HERE = Path(__file__).resolve().parent / "in"
YEARS = ("R5", "R6")
# Columns of the form: the name's, then one pair a year.
WIDTH = 6

ITEMS = {
    1: {
        "priority": "1 窓口の見直し",
        "title": "書かない窓口の導入",
        "departments": "市民課\n(デジタル推進課)",
        "content": "申請書を書かずに済む窓口を設けます。",
        "effects": "・待ち時間が短くなる。\n・記入誤りが減る。",
        "schedule": [("窓口の開設", [("検討", 1), ("実施", 1)]), ("職員研修", [("実施", 2)])],
        "kpis": [("対応する手続の数\nR4年度：3件", [(None, "(累計)\n10件"), (None, "(累計)\n20件")])],
    },
    2: {
        "priority": "2 施設の見直し",
        "title": "遊休施設の利活用",
        "departments": "管財課",
        "content": "使われていない施設を貸し出し、又は売却します。",
        "effects": "維持費を減らす。",
        "schedule": [("利活用の公募", [("実施", 2)])],
        "kpis": [
            ("利活用した施設の数\nR4年度：0か所", [(None, "1か所"), (None, "2か所")]),
            ("見学会の開催", [(None, "随時"), (None, "随時")]),
        ],
    },
    3: {
        "priority": "2 施設の見直し",
        "title": "公用車の共同利用",
        "departments": "総務課",
        "content": "課ごとの公用車を共同で使います。",
        "effects": "台数を減らす。",
        "schedule": [("予約の仕組みの導入", [("実施", 1)])],
        "kpis": [("公用車の台数\nR4年度：52台", [(None, "50台以下"), (None, "45台以下")])],
    },
}


def save(book, name):
    """Saves with fixed times and no author."""
    book.properties.creator = ""
    book.properties.created = datetime.datetime(2023, 10, 2, 9, 0, 0)
    buffer = io.BytesIO()
    book.save(buffer)
    path = HERE / name
    path.parent.mkdir(parents=True, exist_ok=True)
    fixed = rb"\g<1>2023-10-02T09:00:00Z\g<2>"
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for entry in source.infolist():
            data = source.read(entry.filename)
            if entry.filename == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)", fixed, data)
            fresh = zipfile.ZipInfo(entry.filename, (2023, 10, 2, 9, 0, 0))
            fresh.compress_type = zipfile.ZIP_DEFLATED
            fresh.create_system = 0
            out.writestr(fresh, data)


class Sheet:
    """Rows from the top, each divided among the columns."""

    def __init__(self, sheet):
        self.sheet, self.row = sheet, 0

    def add(self, *cells):
        """Adds a row of (text, columns), merged where a cell has more than one."""
        self.row += 1
        column = 1
        for text, span in cells:
            self.sheet.cell(self.row, column, text)
            if span > 1:
                self.sheet.merge_cells(
                    start_row=self.row, end_row=self.row, start_column=column, end_column=column + span - 1
                )
            column += span


def form(sheet, number, item, status=(), half=None):
    rows = Sheet(sheet)
    if half:
        rows.add((f"令和5年度 {half} 進捗管理票", WIDTH))
    rows.add(("取組番号", 1), (number, 1), ("重点項目", 1), (item["priority"], 3))
    for label, field in (
        ("取組項目", "title"), ("主管課\n(関係課)", "departments"),
        ("実施内容", "content"), ("期待される効果", "effects"),
    ):
        rows.add((label, 1), (item[field], 5))
    rows.add(("年次計画", WIDTH))
    rows.add(("実施項目", 2), *((f"{year}年度", 2) for year in YEARS))
    for name, phases in item["schedule"]:
        rows.add((name, 2), *((text, 2 * years) for text, years in phases))
    rows.add(("数値目標等\n【基準値】", 2), *((f"{year}年度\n【実績値】", 2) for year in YEARS))
    rows.add((None, 2), *((f"{year}年度\n【目標値】", 2) for year in YEARS))
    for name, values in item["kpis"]:
        rows.add((name, 2), *((actual, 2) for actual, _ in values))
        rows.add((None, 2), *((target, 2) for _, target in values))
    rows.add(("令和5年度の実施状況", WIDTH))
    rows.add(("取組目標\n【Plan】", 2), ("上半期の取組結果\n【Do】", 2), ("下半期の取組結果\n【Do】", 2))
    for plan, first in status or [(None, None)]:
        rows.add((plan, 2), (first, 2), (None, 2))
    rows.add(("取組全体の評価【Check】", WIDTH))
    rows.add((None, 2), (None, 4))
    rows.add(("改善事項・今後の進め方【Action】", WIDTH))
    rows.add((None, WIDTH))


def book():
    new = openpyxl.Workbook()
    new.remove(new.active)
    return new


def main():
    plan = book()
    cover = plan.create_sheet("表紙")
    cover["A4"], cover["A6"] = "見本市行政改革実施計画", "（令和5年度～令和6年度）"
    index = Sheet(plan.create_sheet("取組項目一覧"))
    index.add(("重点項目", 1), ("取組番号", 1), ("取組項目", 1), ("主管課", 1))
    for number, item in ITEMS.items():
        index.add((item["priority"], 1), (number, 1), (item["title"], 1), (item["departments"].split("\n")[0], 1))
    for number, item in ITEMS.items():
        form(plan.create_sheet(f"取組{number}"), number, item)
    save(plan, "計画.xlsx")

    citizens = book()
    form(
        citizens.create_sheet("市民課"), 1, ITEMS[1], half="上半期",
        status=[
            ("書かない窓口を開設する。", "6月に開設し、4手続で始めました。"),
            ("—", None),
            (None, "・転入\n・転出\n・転居\n・出生"),
            ("職員研修を行う。", "8月に1回行いました。"),
        ],
    )
    save(citizens, "回収/市民課.xlsx")

    assets = book()
    form(
        assets.create_sheet("Sheet1"), "２", ITEMS[2] | {"title": "遊休施設の利活用等"},
        status=[("公募を行う。", None), ("見学会を開く。", "9月に開きました。")],
    )
    assets["Sheet1"]["H3"] = "公募は10月に延期"
    save(assets, "回収/R5上_管財課.xlsx")

    settings = '[period]\nfiscal_year = "R5"\nhalf = "上半期"\n\n[cover]\nissued = "令和5年11月"\n'
    (HERE / "torimatome.toml").write_text(settings, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
