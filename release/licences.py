"""Lists the crates that are built into the program, with their licences and the licences' texts.

usage: cargo metadata --format-version 1 --filter-platform <target> | python3 licences.py > THIRD-PARTY.txt
"""

import json
import pathlib
import sys

NAMES = ("license", "licence", "copying", "notice", "unlicense")
HEAD = """This program is built from the Rust packages below, each under its own licence.
「torimatome」は、次のRustのパッケージを組み込んでいます。それぞれのライセンスは次のとおりです。

The Rust standard library is part of it as well: MIT OR Apache-2.0, https://www.rust-lang.org
"""


def built_in(metadata):
    """The ids of the packages that the program is linked from: no tests, no build scripts."""
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    found, left = set(), [metadata["resolve"]["root"]]
    while left:
        one = left.pop()
        if one in found:
            continue
        found.add(one)
        for dependency in nodes[one]["deps"]:
            if any(kind["kind"] is None for kind in dependency["dep_kinds"]):
                left.append(dependency["pkg"])
    return found - {metadata["resolve"]["root"]}


def texts(package):
    folder = pathlib.Path(package["manifest_path"]).parent
    files = sorted(path for path in folder.iterdir() if path.is_file())
    named = [path for path in files if path.name.lower().startswith(NAMES)]
    return [path.read_text(encoding="utf-8", errors="replace").strip() for path in named]


def main():
    metadata = json.load(sys.stdin)
    wanted = built_in(metadata)
    packages = [package for package in metadata["packages"] if package["id"] in wanted]
    packages.sort(key=lambda package: (package["name"], package["version"]))
    out = [HEAD]
    shared = {}
    for package in packages:
        licence = package["license"]
        if not licence:
            sys.exit(f"{package['name']}: the licence is not named")
        name = f"{package['name']} {package['version']}"
        authors = ", ".join(author.split("<")[0].strip() for author in package["authors"])
        out.append(f"{name}  {licence}  {package['repository'] or ''}  {authors}".rstrip())
        for text in texts(package):
            shared.setdefault(text, []).append(name)
    for text, names in sorted(shared.items(), key=lambda pair: pair[1]):
        out.append("\n" + "=" * 80 + "\n" + ", ".join(names) + "\n" + "-" * 80 + "\n" + text)
    sys.stdout.reconfigure(encoding="utf-8")
    print("\n".join(out))


main()
