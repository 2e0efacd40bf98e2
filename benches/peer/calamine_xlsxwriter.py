"""The job with the quickest libraries of Python: python-calamine reads, XlsxWriter writes."""
import xlsxwriter
from python_calamine import CalamineWorkbook

from common import BORDER, arguments, findings

files, output = arguments()
book = xlsxwriter.Workbook(output)
form = book.add_format(BORDER)
index = book.add_worksheet("取組項目一覧")
found = []
for at, path in enumerate(files):
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    rows = sheet.to_python(skip_empty_area=False)
    number = str(rows[0][2])
    target = book.add_worksheet(f"取組{number}")
    covered = set()
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        target.merge_range(top, left, bottom, right, rows[top][left], form)
        covered.update((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if value != "" and (row, column) not in covered:
                target.write(row, column, value, form)
    found += findings(number, rows)
    index.write_row(at, 0, [number, rows[1][2]])
report = book.add_worksheet("点検結果")
for at, line in enumerate(found):
    report.write_row(at, 0, line)
book.close()
