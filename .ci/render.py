"""Compares a rendered workbook with its cells: no character may be lost, no item take too many pages.

usage: render.py <workbook.xlsx> <rendering.pdf> <most pages an item>

A line that a row is too low for is not painted, so its characters are missing from the rendering.
"""

import collections
import re
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree as ElementTree
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def folded(text):
    """What is left of a text when looks and spaces do not count."""
    text = unicodedata.normalize("NFKC", text).replace("〜", "~").replace("−", "-")
    return "".join(text.split())


def cell_texts(path):
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
        strings = ElementTree.fromstring(package.read("xl/sharedStrings.xml"))
        strings = ["".join(t.text or "" for t in si.iter(MAIN + "t")) for si in strings.iter(MAIN + "si")]
        for name in sorted(n for n in names if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", n)):
            for cell in ElementTree.fromstring(package.read(name)).iter(MAIN + "c"):
                value = cell.find(MAIN + "v")
                if cell.get("t") == "s" and value is not None:
                    yield strings[int(value.text)]


def main():
    workbook, pdf, most = sys.argv[1], sys.argv[2], int(sys.argv[3])
    # Without -raw a hyphen at the end of a line is taken for the typesetter's.
    pages = subprocess.run(["pdftotext", "-raw", pdf, "-"], check=True, capture_output=True).stdout.decode().split("\f")
    wanted = collections.Counter()
    for text in cell_texts(workbook):
        wanted.update(folded(text))
    painted = collections.Counter(folded("".join(pages)))
    lost = wanted - painted
    items = collections.Counter()
    for page in pages:
        heading = re.search(r"取組番号 (\d+)$", page, re.MULTILINE)
        if heading:
            items[heading.group(1)] += 1
    print(f"{pdf}: {len(pages) - 1} pages, {sum(wanted.values())} characters, {sum(lost.values())} lost")
    if not items or sum(wanted.values()) < 1000:
        sys.exit("the rendering holds no items: nothing was compared")
    if lost:
        sys.exit("lost in the rendering: " + "".join(sorted(lost.elements())))
    long = {item: count for item, count in items.items() if count > most}
    if long:
        sys.exit(f"more than {most} pages: {long}")


main()
