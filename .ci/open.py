"""Opens the sample's workbooks with openpyxl, every warning an error, and looks into their sheets.

usage: open.py <merged.xlsx> <published, forced.xlsx> <report.xlsx>
"""

import sys
import warnings

import openpyxl

ITEMS = [f"取組{number}" for number in range(1, 8)]
PUBLIC = ["表紙", "取組項目一覧", *ITEMS]
# Sheets that stand behind the items, in this order; others may come between.
OFFICE = ["提出状況", "点検結果", "出典"]
CREATED = "2024-04-01 00:00:00"


def opened(path):
    """A workbook whose every sheet is visible and whose properties name nobody."""
    book = openpyxl.load_workbook(path)
    properties = book.properties
    expect(path, "creator", properties.creator or "", "")
    expect(path, "last modified by", properties.lastModifiedBy or "", "")
    expect(path, "created", str(properties.created), CREATED)
    for sheet in book:
        expect(path, f"state of {sheet.title}", sheet.sheet_state, "visible")
        if not sheet.print_area:
            sys.exit(f"{path}: {sheet.title} has no print area")
    return book


def expect(path, what, found, wanted):
    if found != wanted:
        sys.exit(f"{path}: {what} is {found!r}, not {wanted!r}")


def texts(sheet):
    return [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]


def right_of(sheet, label):
    """What stands right of a label."""
    for row in sheet.iter_rows():
        values = [cell.value for cell in row if cell.value is not None]
        if label in values[:-1]:
            return values[values.index(label) + 1]
    sys.exit(f"{sheet.title}: {label} was not found")


def items(path, book):
    for number, name in enumerate(ITEMS, 1):
        sheet = book[name]
        expect(path, f"取組番号 of {name}", str(right_of(sheet, "取組番号")), str(number))
        if not all(isinstance(text, str) for text in texts(sheet)):
            sys.exit(f"{path}: {name} holds what is no text")
    cells = [cell for row in book["取組項目一覧"].iter_rows() for cell in row]
    links = [cell.hyperlink.location for cell in cells if cell.hyperlink]
    expect(path, "links", links, [f"'{name}'!A1" for name in ITEMS])
    cover = texts(book["表紙"])
    for text in ["《令和5年度》", "小千谷市行政改革実施計画", "(令和4年度～令和6年度)", "進捗管理票", "令和6年6月"]:
        if text not in cover:
            sys.exit(f"{path}: the cover does not say {text}")


def main():
    warnings.simplefilter("error")
    # It passes the sparklines of 数値目標総括表 over, and says so.
    warnings.filterwarnings("ignore", message="Sparkline Group extension is not supported")
    merged, published, report = sys.argv[1:4]

    book = opened(merged)
    expect(merged, "first sheets", book.sheetnames[: len(PUBLIC)], PUBLIC)
    expect(merged, "office's sheets", [name for name in book.sheetnames if name in OFFICE], OFFICE)
    items(merged, book)
    found = len(texts(book["点検結果"]))

    book = opened(published)
    expect(published, "sheets", book.sheetnames, PUBLIC)
    items(published, book)
    for sheet in book:
        if "未確定" not in (sheet.oddHeader.center.text or ""):
            sys.exit(f"{published}: {sheet.title} is printed without 未確定")
    if "未確定" not in texts(book["表紙"]):
        sys.exit(f"{published}: the cover does not say 未確定")

    book = opened(report)
    expect(report, "sheets", book.sheetnames, ["点検結果", "提出状況"])
    told = texts(book["点検結果"])
    for code in ["P10", "N03", "P06", "N08", "P01", "S05", "P05"]:
        if code not in told:
            sys.exit(f"{report}: {code} is not told")
    print(f"openpyxl {openpyxl.__version__}: three workbooks opened, {found} cells of findings")


main()
