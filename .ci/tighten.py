"""Lowers every other row of a workbook by almost a line, for a rendering that must still show every line.

usage: tighten.py <workbook.xlsx> <lowered.xlsx> <0 or 1: which rows>

A line that was wholly within its cell is still seen in part when the cell is lowered by less than a line, so
its characters are in the rendering; a line that was clipped before lies outside now and is missing from it.
Texts are set at the top of their cells, so that all of what is taken is taken from the last line. Cells of two
rows lose no more than cells of one; only every other row is lowered.
"""

import re
import sys
import zipfile

# A little less than a line of the smallest type that long texts are set in (9.5 points).
LESS = 8.0


def lowered(part, odd):
    def row(match):
        number, height = int(match["number"]), float(match["height"])
        if number % 2 != odd or height <= LESS + 2:
            return match[0]
        return match[0].replace(f'ht="{match["height"]}"', f'ht="{height - LESS:g}"')

    return re.sub(r'<row r="(?P<number>\d+)"[^>]* ht="(?P<height>[\d.]+)"[^>]*>', row, part)


def main():
    source, target, odd = sys.argv[1], sys.argv[2], int(sys.argv[3])
    changed = 0
    with zipfile.ZipFile(source) as src, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as dst:
        for info in src.infolist():
            part = src.read(info.filename)
            if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", info.filename):
                text = part.decode()
                lower = lowered(text, odd)
                changed += lower != text
                part = lower.encode()
            if info.filename == "xl/styles.xml":
                part = part.replace(b'vertical="center"', b'vertical="top"')
            dst.writestr(info, part)
    if not changed:
        sys.exit("no row was lowered: nothing would be shown")


main()
