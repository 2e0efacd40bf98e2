"""The job as it is usually written with openpyxl: load each workbook whole, copy cell by cell with styles."""
from copy import copy

from openpyxl import Workbook, load_workbook

from common import arguments, findings

files, output = arguments()
book = Workbook()
index = book.active
index.title = "取組項目一覧"
found = []
for path in files:
    source = load_workbook(path).active
    number = source["C1"].value
    target = book.create_sheet(f"取組{number}")
    for row in source.iter_rows():
        for cell in row:
            if cell.value is None and not cell.has_style:
                continue
            copied = target.cell(cell.row, cell.column, cell.value)
            if cell.has_style:
                copied.font = copy(cell.font)
                copied.border = copy(cell.border)
                copied.fill = copy(cell.fill)
                copied.alignment = copy(cell.alignment)
                copied.number_format = cell.number_format
    for merge in source.merged_cells.ranges:
        target.merge_cells(str(merge))
    rows = [[cell.value for cell in row] for row in source.iter_rows()]
    found += findings(number, rows)
    index.append([number, source["C2"].value])
report = book.create_sheet("点検結果")
for line in found:
    report.append(line)
book.save(output)
