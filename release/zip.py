"""Puts a folder into a zip file, the same files into the same bytes.

usage: python3 zip.py <folder> <file.zip>
"""

import pathlib
import sys
import zipfile

WHEN = (1980, 1, 1, 0, 0, 0)


def main():
    folder, target = (pathlib.Path(arg) for arg in sys.argv[1:])
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                name = path.relative_to(folder.parent).as_posix()
                package.writestr(zipfile.ZipInfo(name, WHEN), path.read_bytes(), zipfile.ZIP_DEFLATED)


main()
