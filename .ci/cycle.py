"""Walks a year and a half as an office does: R5上, R5下, the publication, the next year's R6上.

The office uses the program's commands alone. The departments are played with openpyxl: they open the
workbooks that `forms` and `return` wrote, find their cells by labels, names and protection, and type.
One is on time and right, one is late, one is wrong and answers the form that it is sent back; one item
is never reported in the autumn and one is cancelled at year-end. What is published must be what was
typed, value by value.

usage: cycle.py <torimatome> <folder for the walk, made anew>
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import unicodedata
import warnings
import zipfile

import openpyxl

ROOT = pathlib.Path(__file__).resolve().parent.parent
PLAN = ROOT / "samples/ojiya-r5/計画.xlsx"
PLANNING, ROADS, GENERAL = "企画政策課", "建設課", "総務課"
LEADS = {PLANNING: [1, 2, 3, 5, 6], ROADS: [4], GENERAL: [5, 7]}
# Never reported in the autumn; cancelled at year-end.
UNREPORTED, CLOSED = 6, 4
NOTHING = "該当なし"
# What the plan itself is asked about, whatever is returned: missing targets and baselines, its index.
OF_PLAN = "K09 取組7,N05 取組1,N05 取組2,N05 取組7,N09 取組5,N09 取組6,P02 取組1,P02 取組2".split(",")
BLANK = {"raw": None, "kind": "blank"}
# An open cell is light yellow.
OPEN = "FFFFFFCC"


def fail(words):
    sys.exit(f"cycle: {words}")


def expect(what, found, wanted):
    if found != wanted:
        fail(f"{what}\n  found:    {found!r}\n  expected: {wanted!r}")


def step(words):
    print(f"cycle: {words}", flush=True)


def fold(text):
    """A label without widths, white space and brackets."""
    return re.sub(r"[\s\[\]()【】]", "", unicodedata.normalize("NFKC", str(text or "")))


# The program, as the office calls it.


class Program:
    def __init__(self, path):
        self.path = str(pathlib.Path(path).resolve())

    def run(self, status, *words):
        """Runs a command, which must end with a status; its standard output."""
        words = [str(word) for word in words]
        ended = subprocess.run([self.path, *words], capture_output=True, encoding="utf-8")
        if ended.returncode != status:
            said = ended.stdout + ended.stderr
            fail(f"{' '.join(words)} ended with {ended.returncode}, not {status}\n{said}")
        return ended.stdout

    def check(self, status, job, *words):
        return json.loads(self.run(status, "check", job, "--format", "json", *words))["findings"]

    def items(self, workbook):
        """The items of a workbook by number, as `export` reads them."""
        read = json.loads(self.run(0, "export", workbook, "--format", "json", "-o", "-"))
        return {item["number"]: item for item in read["items"]}

    def refuses(self, *words):
        """A command that must end with 2 and write nothing."""
        output = pathlib.Path(words[words.index("-o") + 1])
        self.run(2, *words)
        if output.exists():
            fail(f"{' '.join(map(str, words))} was refused and wrote {output}")


LEVELS = ("error", "warning", "info")


def open_findings(findings, levels=("error",)):
    """`N02 取組1` of every finding of some levels that nobody acknowledged, sorted."""
    told = []
    for one in findings:
        if one["level"] in levels and one["acknowledged"] is None:
            about = one["department"] if one["item"] is None else f"取組{one['item']}"
            told.append(f"{one['code']} {about}")
    return sorted(told)


# What a department types into an actual, and what is then published of it.


def quantity(typed, raw, value, unit, qualifier=None):
    said = {"raw": raw, "kind": "quantity", "value": value, "unit": unit}
    return typed, {**said, "qualifier": qualifier, "bound": None}


def count(value, unit):
    return quantity(f"{value:,}{unit}", f"{value:,}{unit}", value, unit)


def number(value, unit, lead="", qualifier=None):
    """A bare number, whose unit comes from the cell's number format."""
    return quantity(value, f"{lead}{value:,}{unit}", value, unit, qualifier)


def cumulative(value, unit="件"):
    return number(value, unit, "(累計) ", "累計")


def cumulative_text(value, unit="件"):
    text = f"(累計){value}{unit}"
    return quantity(text, text, value, unit, "累計")


def milestone(text):
    return text, {"raw": text, "kind": "milestone", "text": text}


def none(text):
    return text, {"raw": text, "kind": "none"}


def as_needed():
    return "(随時)", {"raw": "(随時)", "kind": "as_needed"}


def visits(schools, events):
    parts = [("①", schools, "校"), ("②", events, "回")]
    raw = "\n".join(f"{label}{value}{unit}" for label, value, unit in parts)
    said = [
        {"label": label, "kind": "quantity", "value": value, "unit": unit, "qualifier": None, "bound": None}
        for label, value, unit in parts
    ]
    return raw, {"raw": raw, "kind": "compound", "parts": said}


# By item, in the order of its KPIs.
R4 = {
    1: [none("—"), none("—"), cumulative(67)],
    2: [count(1257, "時間/年"), count(0, "件"), cumulative_text(1), cumulative_text(9)],
    3: [cumulative(17), milestone("検討")],
    4: [milestone("情報収集")],
    5: [cumulative(2), count(2, "件"), count(1, "件")],
    6: [as_needed(), count(1, "件")],
    7: [visits(3, 4), number(729, "人", "延べ", "延べ"), number(3, "人")],
}
R5 = {
    1: [number(2, "か所"), number(12, "件"), cumulative(145)],
    2: [count(1395, "時間/年"), count(1, "件"), cumulative_text(2), cumulative_text(11)],
    3: [cumulative(18), cumulative(6)],
    4: [milestone("調整・検討")],
    5: [cumulative(8), count(6, "件"), none(NOTHING)],
    6: [as_needed(), count(2, "件")],
    7: [visits(4, 5), number(1116, "人", "延べ", "延べ"), number(2, "人")],
}
GRADES = {1: "◎", 2: "○", 3: "◎", 4: "取組中止", 5: "○", 6: "○", 7: "◎"}
COMMENTS = {
    1: "手続の電子化が着実に広がり、市民の負担が軽くなりました。",
    2: "職員の作業が減り、窓口の支払い方法も増えました。",
    3: "施設の今後の姿を、利用者の声を踏まえて決めることができました。",
    4: "受け手となる事業者の体制が整わないことから、取組を中止します。",
    5: "民間との協力が深まり、市民向けの催しが増えました。",
    6: "複合施設の開館に向けた体制が整いました。",
    7: "学生との接点が増え、採用試験の受験者が増えました。",
}
ACTIONS = {
    1: "高齢の方にも使いやすい画面に改めます。",
    2: "効果の大きい業務から順に広げます。",
    3: NOTHING,
    4: "個々の委託の見直しは、通常の業務として続けます。",
    5: "協定を結んだ相手との話合いを毎年開きます。",
    6: "開館後の運営体制を引き続き検討します。",
    7: "内定者への働き掛けを早めます。",
}
AIMS = {"R5": "{}を進めます。", "R6": "{}に引き続き取り組みます。"}
FIRST = {
    "R5": "{}について、関係する課と協議しました。",
    "R6": "{}の前年度の反省を踏まえ、手順を改めました。",
}
SECOND = "{}の成果を取りまとめ、庁内に周知しました。"


class World:
    """The plan, and what the departments mean to say of it."""

    def __init__(self, plan):
        self.plan = plan

    def activities(self, item):
        return [row["activity"] for row in self.plan[item]["schedule"]]

    def kpi_names(self, item):
        return [kpi["name"] for kpi in self.plan[item]["kpis"]]

    def row(self, item, at, year, second):
        activity = self.activities(item)[at]
        first = FIRST[year].format(activity)
        if (item, at, year) == (2, 1, "R5"):
            first = NOTHING
        return {
            "plan": AIMS[year].format(activity),
            "first_half": first,
            "second_half": SECOND.format(activity) if second else None,
        }

    def status(self, item, year, second):
        return [self.row(item, at, year, second) for at in range(len(self.activities(item)))]

    def published(self, item, year, year_end, actuals):
        """The item as it must be published; the grade's words are the form's own."""
        wanted = json.loads(json.dumps(self.plan[item]))
        for values_of, known in zip(wanted["kpis"], zip(*actuals.values())):
            said = dict(zip(actuals, known))
            for values in values_of["years"]:
                values["actual"] = said[values["year"]][1] if values["year"] in said else BLANK
        wanted["status"] = self.status(item, year, year_end)
        if year_end:
            wanted["assessment"]["comment"] = COMMENTS[item]
            wanted["action"] = ACTIONS[item]
        return wanted


# A department at its workbook.


class Forms:
    def __init__(self, path):
        self.path = path
        self.book = openpyxl.load_workbook(path)

    def save(self, path, day):
        """Saves as on a day of the walk, so that every walk makes the same bytes of it."""
        made = path.with_suffix(".new")
        self.book.save(made)
        stamp = f"{day}T09:00:00Z"
        with zipfile.ZipFile(made) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                part = old.read(name)
                if name == "docProps/core.xml":
                    part = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp.encode(), part)
                new.writestr(zipfile.ZipInfo(name), part)
        made.unlink()

    def keep(self, items):
        """Sends some of the forms only, as a department that copies the others out."""
        for sheet in list(self.book.worksheets):
            if sheet.title.startswith("取組") and int(sheet.title[2:]) not in items:
                for name in list(self.book.defined_names.values()):
                    if f"'{sheet.title}'!" in name.attr_text:
                        name.attr_text = name.attr_text.replace(f"'{sheet.title}'!", "#REF!")
                self.book.remove(sheet)

    def items(self):
        names = self.book.sheetnames
        return [int(name[2:]) for name in names if name.startswith("取組")]

    def form(self, item):
        return Form(self, item)


class Form:
    """One item's sheet, in which cells are found as a person finds them."""

    def __init__(self, forms, item):
        self.forms, self.item = forms, item
        self.sheet = forms.book[f"取組{item}"]
        self.merged = {}
        for block in self.sheet.merged_cells.ranges:
            for row, column in block.cells:
                self.merged[(row, column)] = (block.min_row, block.min_col)

    def labelled(self, words, below=0):
        """The first cell below a row whose text begins with some words."""
        for cells in self.sheet.iter_rows(min_row=below + 1):
            for cell in cells:
                if cell.value is not None and fold(cell.value).startswith(words):
                    return cell
        fail(f"{self.where()}: {words} was not found")

    def where(self, cell=None):
        return f"{self.forms.path.name} {self.sheet.title}" + (f"!{cell.coordinate}" if cell else "")

    def is_open(self, cell):
        return not cell.protection.locked

    def type(self, cell, value):
        if not self.is_open(cell):
            fail(f"{self.where(cell)} is protected; {value!r} cannot be typed")
        cell.value = value

    def actual(self, kpi, year):
        head = self.labelled("数値目標等")
        column = self.of_year(head.row, year).column
        return self.sheet.cell(self.kpi_row(kpi, head.row), column)

    def target(self, kpi, year):
        actual = self.actual(kpi, year)
        return self.sheet.cell(actual.row + 1, actual.column)

    def of_year(self, row, year):
        for cell in self.sheet[row]:
            if fold(cell.value) == f"{year}年度実績値":
                return cell
        fail(f"{self.where()}: no column of {year}'s actuals")

    def kpi_row(self, kpi, below):
        for row in range(below + 1, self.sheet.max_row + 1):
            text = self.sheet.cell(row, 1).value
            if text and str(text).split("\n")[0] == kpi:
                return row
        fail(f"{self.where()}: no KPI {kpi}")

    def status(self):
        """The rows of the 実施状況, each the cells of Plan and both halves."""
        head = self.labelled("取組目標Plan")
        halves = [self.labelled(f"{half}半期の取組結果", head.row - 1) for half in "上下"]
        end = self.labelled("取組全体の評価", head.row).row
        columns = [cell.column for cell in (head, *halves)]
        return [[self.sheet.cell(row, column) for column in columns] for row in range(head.row + 1, end)]

    def named(self, words):
        """The cell of a defined name: grade, comment, action."""
        for name, defined in self.forms.book.defined_names.items():
            if name.startswith("tm_") and name.endswith(f"_{self.item:02}_{words}"):
                sheet, cell = defined.attr_text.split("!")
                expect(f"sheet of {name}", sheet.strip("'"), self.sheet.title)
                return self.sheet[cell.replace("$", "")]
        fail(f"{self.where()}: no name of {words}")

    def grade(self):
        cell = self.named("grade")
        expect(f"{self.where(cell)} below its label", cell.row, self.labelled("取組全体の評価").row + 1)
        return cell

    def action(self):
        cell = self.named("action")
        expect(f"{self.where(cell)} below its label", cell.row, self.labelled("改善事項").row + 1)
        return cell

    def choices(self, cell):
        """What a cell's drop-down offers."""
        for rule in self.sheet.data_validations.dataValidation:
            if cell.coordinate in rule.sqref and rule.type == "list":
                sheet, cells = rule.formula1.replace("$", "").split("!")
                rows = self.forms.book[sheet][cells]
                rows = rows if isinstance(rows, tuple) else ((rows,),)
                return [one.value for row in rows for one in row]
        fail(f"{self.where(cell)} has no drop-down")

    def choose(self, cell, words):
        offered = [choice for choice in self.choices(cell) if choice.startswith(words)]
        expect(f"{self.where(cell)}: choices that begin with {words}", len(offered), 1)
        self.type(cell, offered[0])

    # What is to be filled in now.

    def fill_rows(self, rows, blank=()):
        """Types the rows; what an earlier half said must stand there already, protected."""
        room = self.status()
        if len(room) < len(rows):
            fail(f"{self.where()} has {len(room)} rows for {len(rows)} activities")
        for at, (cells, row) in enumerate(zip(room, rows)):
            for cell, (part, text) in zip(cells, row.items()):
                if text is None or (at, part) in blank:
                    expect(f"{self.where(cell)} ({part})", cell.value, None)
                elif self.is_open(cell):
                    self.type(cell, text)
                else:
                    expect(f"{self.where(cell)} ({part}), carried", cell.value, text)

    def fill_actuals(self, names, year, values):
        for name, (typed, _) in zip(names, values, strict=True):
            self.type(self.actual(name, year), typed)

    def assess(self, blank=()):
        if "grade" not in blank:
            self.choose(self.grade(), GRADES[self.item])
        self.type(self.named("comment"), COMMENTS[self.item])
        self.type(self.action(), ACTIONS[self.item])


# What every form must be, seen by a second reader.


def verify(forms, department, period, items, sent_back=False):
    book = forms.book
    expect(f"{forms.path.name}: forms", forms.items(), items)
    first = ["確認事項", "記入要領"] if sent_back else ["記入要領"]
    expect(f"{forms.path.name}: first sheets", book.sheetnames[: len(first)], first)
    said = {one.name: one.value for one in book.custom_doc_props.props}
    expect(f"{forms.path.name}: period", said["torimatome_period"], period)
    expect(f"{forms.path.name}: department", said["torimatome_department"], department)
    if not sent_back:
        expect(f"{forms.path.name}: items", said["torimatome_items"], ",".join(map(str, items)))
    for sheet in book:
        if sheet.sheet_state == "hidden":
            expect(f"{forms.path.name}: hidden", sheet.title, "_lists")
            continue
        expect(f"{forms.path.name} {sheet.title}: protected", sheet.protection.sheet, True)
        expect(f"{forms.path.name} {sheet.title}: password", sheet.protection.password, None)
    for item in items:
        verify_form(forms.form(item), period)


def verify_form(form, period):
    if f"様式ID {period}-{form.item:02}-" not in str(form.sheet["H1"].value):
        fail(f"{form.where()}: no 様式ID of {period}")
    told = form.sheet.data_validations.dataValidation
    # Of a merged block only the first cell can be entered.
    for row in form.sheet.iter_rows():
        for cell in row:
            at = (cell.row, cell.column)
            if form.merged.get(at, at) != at:
                continue
            is_yellow = cell.fill.fgColor.rgb == OPEN
            if form.is_open(cell) and not cell.comment and not is_yellow:
                fail(f"{form.where(cell)} is open and not coloured")
            if is_yellow and not form.is_open(cell):
                fail(f"{form.where(cell)} is coloured and protected")
            if form.is_open(cell):
                prompts = [rule for rule in told if cell.coordinate in rule.sqref]
                expect(f"{form.where(cell)}: messages", len(prompts), 1)
                if not prompts[0].prompt or not prompts[0].showInputMessage:
                    fail(f"{form.where(cell)} says nothing when it is entered")


def notes(forms, item):
    """The notes of a form that was sent back, by cell."""
    found = {}
    for row in forms.book[f"取組{item}"].iter_rows():
        for cell in row:
            if cell.comment:
                found[cell.coordinate] = cell.comment.text
    return found


def expect_note(forms, item, cell, code):
    if f"【{code} " not in notes(forms, item).get(cell.coordinate, ""):
        fail(f"{forms.path.name} 取組{item}!{cell.coordinate} has no note of {code}: {notes(forms, item)}")


def compare(what, found, wanted):
    """Every value of the items, by the path that leads to it."""
    expect(f"{what}: items", sorted(found), sorted(wanted))
    different = []

    def walk(path, one, other):
        if isinstance(one, dict) and isinstance(other, dict):
            for key in sorted({*one, *other}):
                walk(f"{path}.{key}", one.get(key, "(missing)"), other.get(key, "(missing)"))
        elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
            for at, pair in enumerate(zip(one, other)):
                walk(f"{path}[{at}]", *pair)
        elif one != other:
            different.append(f"  {path}: {one!r}, not {other!r}")

    for item in sorted(wanted):
        walk(f"取組{item}", found[item], wanted[item])
    if different:
        fail(f"{what} does not say what was typed\n" + "\n".join(different))


# The walk.


class Walk:
    def __init__(self, program, home):
        self.program, self.home = Program(program), home
        self.world = World(self.program.items(PLAN))

    def job(self, name):
        return self.home / name

    def forms_of(self, job, department, folder="配布様式", suffix=""):
        period = job.name.removesuffix("半期")
        return Forms(job / folder / f"{period}_{department}_進捗管理票{suffix}.xlsx")

    def hand_in(self, job, forms, day, name):
        forms.save(job / "回収" / name, day)

    def autumn(self):
        """上半期: one on time, one late, one wrong; one item never comes."""
        program, job = self.program, self.job("R5上半期")
        program.run(0, "init", job, "--plan", PLAN, "--period", "R5上")
        program.run(0, "forms", job)
        expect("forms", [path.name for path in sorted((job / "配布様式").iterdir())],
               [f"R5上_{name}_進捗管理票.xlsx" for name in sorted(LEADS)])
        for department, items in LEADS.items():
            verify(self.forms_of(job, department), department, "R5H1", items)
        form = self.forms_of(job, PLANNING).form(1)
        for cell in (form.grade(), form.named("comment"), form.action(), form.status()[0][2],
                     form.actual(self.world.kpi_names(1)[0], "R5")):
            expect(f"{form.where(cell)}: open in the autumn", form.is_open(cell), False)
        everybody = sorted(f"S01 {name}" for name in LEADS)
        expect("before anything came", open_findings(program.check(1, job)), everybody)
        step("R5上: a job out of the plan, forms for three departments; nobody has returned")

        roads = self.forms_of(job, ROADS)
        self.fill_autumn(roads, [4])
        self.hand_in(job, roads, "2023-10-02", "建設課.xlsx")
        planning = self.forms_of(job, PLANNING)
        self.fill_autumn(planning, [1, 2, 3], blank={1: {(1, "first_half")}})
        planning.keep([1, 2, 3])
        self.hand_in(job, planning, "2023-10-10", "企画政策課 上半期.xlsx")
        wanted = ["N02 取組1", "S01 総務課", "S02 取組5", "S02 取組6"]
        expect("two returned", open_findings(program.check(1, job)), wanted)
        step("R5上: 建設課 is right, 企画政策課 left a result blank and two forms out, 総務課 is late")

        program.run(1, "return", job)
        sent = job / "返却"
        expect("sent back", sorted(path.name for path in sent.iterdir()), sorted([
            "R5上_企画政策課_進捗管理票_返却.xlsx", "R5上_企画政策課_督促文.txt", "R5上_企画政策課_督促文.eml",
            "R5上_総務課_進捗管理票.xlsx", "R5上_総務課_督促文.txt", "R5上_総務課_督促文.eml"]))
        self.expect_letter(sent / "R5上_総務課_督促文.txt", ["総務課 御中", "・取組5 ", "・取組7 "])
        self.expect_letter(sent / "R5上_企画政策課_督促文.txt", ["企画政策課 御中", "・取組6 ", "・取組1 "])
        back = self.forms_of(job, PLANNING, "返却", "_返却")
        verify(back, PLANNING, "R5H1", [1, 5, 6], sent_back=True)
        row = back.form(1).status()[1]
        expect_note(back, 1, row[1], "N02")
        expect("notes of 取組1", len(notes(back, 1)), 1)
        expect("its own words in the form sent back", row[0].value, self.world.row(1, 1, "R5", False)["plan"])
        back.form(1).type(row[1], self.world.row(1, 1, "R5", False)["first_half"])
        back.keep([1])
        self.hand_in(job, back, "2023-10-20", "企画政策課 再提出.xlsx")
        general = self.forms_of(job, GENERAL, "返却")
        verify(general, GENERAL, "R5H1", [5, 7])
        self.fill_autumn(general, [5, 7])
        self.hand_in(job, general, "2023-10-23", "総務課.xlsx")
        found = program.check(1, job)
        expect("after the answers", open_findings(found), ["S02 取組6"])
        self.expect_superseded(found, 1, "企画政策課 上半期.xlsx")
        step("R5上: 企画政策課 answered its form, 総務課 filled in the reminder's; 取組6 is still to come")

        public = job / "公表版.xlsx"
        program.refuses("merge", job, "--publish", "-o", public)
        reason = "組織改正の準備中のため、年度末にまとめて報告する。"
        found = program.check(0, job, "--acknowledge", "S02 取組6", "--reason", reason)
        known = [one["acknowledged"] for one in found if one["code"] == "S02"]
        if len(known) != 1 or reason not in json.dumps(known[0], ensure_ascii=False):
            fail(f"S02 of 取組6 is not acknowledged with its reason: {known}")
        of_plan = [one for one in OF_PLAN if one != f"N09 取組{UNREPORTED}"]
        expect("what is left", open_findings(found, LEVELS), sorted([*of_plan, "S20 取組1"]))
        program.run(0, "merge", job)
        self.expect_standing(job / "進捗管理票_R5上半期.xlsx", 6, "未提出")
        program.run(0, "merge", job, "--publish", "-o", public)
        wanted = {}
        for item in self.world.plan:
            wanted[item] = self.world.published(item, "R5", False, {"R4": R4[item]})
        wanted[UNREPORTED] = self.world.plan[UNREPORTED]
        compare("公表版 R5上", program.items(public), wanted)
        step("R5上: refused with an open error, published once it was acknowledged; every value is what was typed")
        return public

    def fill_autumn(self, forms, items, blank=None):
        for item in items:
            form = forms.form(item)
            form.fill_rows(self.world.status(item, "R5", False), (blank or {}).get(item, ()))
            form.fill_actuals(self.world.kpi_names(item), "R4", R4[item])

    def year_end(self, autumn):
        """下半期: 取組4 is cancelled, 企画政策課 is wrong in four ways and answers."""
        program, job = self.program, self.job("R5下半期")
        program.run(0, "init", job, "--from", autumn)
        program.run(0, "forms", job)
        for department, items in LEADS.items():
            forms = self.forms_of(job, department)
            verify(forms, department, "R5H2", items)
            self.expect_carried(forms, items)
        expect("before anything came", open_findings(program.check(1, job)),
               sorted(f"S01 {name}" for name in LEADS))
        step("R5下: a job out of the autumn's publication; the forms hold what the autumn said, protected")

        roads = self.forms_of(job, ROADS)
        self.fill_year_end(roads, [4])
        self.hand_in(job, roads, "2024-04-08", "建設課.xlsx")
        general = self.forms_of(job, GENERAL)
        # The shared 取組5 comes from the other lead; its form goes back as it was given out.
        self.fill_year_end(general, [7])
        self.hand_in(job, general, "2024-04-09", "総務課.xlsx")
        planning = self.forms_of(job, PLANNING)
        self.fill_year_end(planning, [1, 2, 3, 5, 6], blank={2: {"grade"}, 3: {(0, "second_half")}})
        names = self.world.kpi_names
        first = planning.form(1)
        first.type(first.actual(names(1)[2], "R5"), 60)
        # There is no password: somebody takes the protection off and changes a target.
        third = planning.form(3)
        third.sheet.protection.sheet = False
        target = third.target(names(3)[1], "R5")
        planned = target.value
        target.value = "(累計)\n5件"
        self.hand_in(job, planning, "2024-04-15", "企画政策課 年度末.xlsx")
        found = program.check(1, job)
        expect("all returned", open_findings(found), ["K03 取組1", "N03 取組3", "N06 取組2", "P06 取組3"])
        # The total that fell misses its target as well; 取組4 is to be confirmed as cancelled.
        beside = ["H01 取組4", "H03 取組1", "H04 取組1"]
        expect("all returned, beside the errors", open_findings(found, ("warning", "info")),
               sorted([*OF_PLAN, *beside]))
        step("R5下: a falling total, no grade, a changed target and a blank result are found, in their items")

        program.run(1, "return", job)
        back = self.forms_of(job, PLANNING, "返却", "_返却")
        asked = back.items()
        if not {1, 2, 3} <= set(asked):
            fail(f"{back.path.name}: forms of {asked}, though 1, 2 and 3 are asked about")
        verify(back, PLANNING, "R5H2", asked, sent_back=True)
        first, second, third = (back.form(item) for item in (1, 2, 3))
        actual = first.actual(names(1)[2], "R5")
        expect_note(back, 1, actual, "K03")
        expect_note(back, 2, second.grade(), "N06")
        expect_note(back, 3, third.status()[0][2], "N03")
        target = third.target(names(3)[1], "R5")
        expect_note(back, 3, target, "P06")
        expect("the plan's target in the form sent back", target.value, planned)
        expect("the target's cell is open", third.is_open(target), False)
        self.expect_letter(job / "返却/R5下_企画政策課_督促文.txt",
                           ["企画政策課 御中", "・取組1 ", "・取組2 ", "・取組3 "])
        first.type(actual, R5[1][2][0])
        second.choose(second.grade(), GRADES[2])
        third.type(third.status()[0][2], self.world.row(3, 0, "R5", True)["second_half"])
        self.hand_in(job, back, "2024-04-22", "企画政策課 再提出.xlsx")
        found = program.check(0, job)
        answered = [f"S20 取組{item}" for item in (1, 2, 3)]
        expect("after the answer", open_findings(found, LEVELS), sorted([*OF_PLAN, *answered, "H01 取組4"]))
        for item in (1, 2, 3):
            self.expect_superseded(found, item, "企画政策課 年度末.xlsx")
        step("R5下: each question stood on its cell, the answers took the place of the first return")

        public = job / "公表版.xlsx"
        program.run(0, "merge", job)
        self.expect_stated(job / "進捗管理票_R5下半期.xlsx", [("2", "上半期"), ("3", "【Action】"), ("5", "【実績値】")])
        program.run(0, "merge", job, "--publish", "-o", public)
        found = program.items(public)
        wanted = {}
        for item in self.world.plan:
            wanted[item] = self.world.published(item, "R5", True, {"R4": R4[item], "R5": R5[item]})
            wanted[item]["assessment"]["grade"] = self.grade_said(item, found)
        compare("公表版 R5下", found, wanted)
        step("R5下: published without a finding left; every value is what was typed")

        table = program.run(0, "diff", autumn, public, "--format", "csv", "-o", "-")
        for words in ["(累計) 145件", COMMENTS[1], "取組中止"]:
            if words not in table:
                fail(f"diff of the two publications does not tell {words}\n{table}")
        step("R5下: diff tells what the second half brought")
        return public

    def fill_year_end(self, forms, items, blank=None):
        for item in items:
            form, left = forms.form(item), (blank or {}).get(item, ())
            form.fill_rows(self.world.status(item, "R5", True), left)
            form.fill_actuals(self.world.kpi_names(item), "R5", R5[item])
            if item == UNREPORTED:
                form.fill_actuals(self.world.kpi_names(item), "R4", R4[item])
            form.assess(left)

    def expect_carried(self, forms, items):
        """At year-end a form holds what was published of the autumn, and only the rest is open."""
        for item in items:
            form = forms.form(item)
            rows = self.world.status(item, "R5", False)
            came = item != UNREPORTED
            for cells, row in zip(form.status(), rows):
                for cell, text in zip(cells, row.values()):
                    is_due = cell is cells[2] or not came
                    expect(f"{form.where(cell)}: value", cell.value, text if came else None)
                    expect(f"{form.where(cell)}: open", form.is_open(cell), is_due)
            for name, known in zip(self.world.kpi_names(item), R4[item]):
                cell = form.actual(name, "R4")
                told = (cell.value, form.is_open(cell))
                # What no workbook tells of the year before, the department is asked for.
                expect(f"{form.where(cell)}: R4's actual", told, (known[1]["raw"], False) if came else (None, True))
                now = form.actual(name, "R5")
                expect(f"{form.where(now)}: R5's actual", (now.value, form.is_open(now)), (None, True))
                if NOTHING not in form.choices(now):
                    fail(f"{form.where(now)} does not offer {NOTHING}")
            offered = form.choices(form.grade())
            for words in GRADES.values():
                expect(f"{form.where()}: choices of {words}", sum(one.startswith(words) for one in offered), 1)

    def grade_said(self, item, found):
        """The grade as published: the mark and words that begin with what was chosen."""
        grade = found[item]["assessment"]["grade"]
        if not grade or not grade["raw"].startswith(GRADES[item]):
            fail(f"取組{item} is published with {grade}, not {GRADES[item]}")
        return grade

    def next_year(self, public):
        """R6上: 取組4 is closed, everything else begins anew."""
        program, job = self.program, self.job("R6上半期")
        program.run(0, "rollover", public, "-o", job)
        found = program.check(1, job)
        expect("the new year", open_findings(found, LEVELS), ["S01 企画政策課", "S01 総務課"])
        if any(one["item"] == CLOSED for one in found):
            fail(f"something is asked of the closed 取組{CLOSED}: {found}")
        program.run(0, "forms", job)
        expect("R6's forms", sorted(path.name for path in (job / "配布様式").iterdir()),
               sorted(f"R6上_{name}_進捗管理票.xlsx" for name in (PLANNING, GENERAL)))
        for department in (PLANNING, GENERAL):
            forms = self.forms_of(job, department)
            verify(forms, department, "R6H1", LEADS[department])
            for item in LEADS[department]:
                self.expect_new(forms.form(item))
        step("R6上: rolled over; the closed 取組4 asks nothing, R5's actuals are past, the rest is empty")

        for department, items, day in ((GENERAL, [7], "2024-10-03"), (PLANNING, [1, 2, 3, 5, 6], "2024-10-04")):
            forms = self.forms_of(job, department)
            for item in items:
                forms.form(item).fill_rows(self.world.status(item, "R6", False))
            forms.keep(items)
            self.hand_in(job, forms, day, f"{department}.xlsx")
        expect("R6 returned", open_findings(program.check(0, job), LEVELS), OF_PLAN)
        last = job / "公表版.xlsx"
        program.run(0, "merge", job, "--publish", "-o", last)
        found = program.items(last)
        wanted = {}
        for item in self.world.plan:
            wanted[item] = self.world.published(item, "R6", False, {"R4": R4[item], "R5": R5[item]})
        wanted[CLOSED]["status"] = []
        wanted[CLOSED]["assessment"]["grade"] = self.grade_said(CLOSED, found)
        expect("the closed item's grade", found[CLOSED]["assessment"]["grade"]["raw"], "取組中止（令和5年度）")
        compare("公表版 R6上", found, wanted)
        step("R6上: published; every value is what was typed, 取組4 is 取組中止（令和5年度）")

    def expect_new(self, form):
        for cells in form.status():
            opened = [form.is_open(cell) for cell in cells]
            expect(f"{form.where(cells[0])}: row", [cell.value for cell in cells], [None] * 3)
            expect(f"{form.where(cells[0])}: open", opened, [True, True, False])
        for year, known in (("R4", R4), ("R5", R5)):
            for name, (_, said) in zip(self.world.kpi_names(form.item), known[form.item]):
                cell = form.actual(name, year)
                expect(f"{form.where(cell)}: past actual", (cell.value, form.is_open(cell)), (said["raw"], False))
        for name in self.world.kpi_names(form.item):
            cell = form.actual(name, "R6")
            expect(f"{form.where(cell)}: R6's actual", (cell.value, form.is_open(cell)), (None, False))
        for cell in (form.grade(), form.named("comment"), form.action()):
            expect(f"{form.where(cell)}: assessment", (cell.value, form.is_open(cell)), (None, False))
        for cells in form.sheet.iter_rows():
            for cell in cells:
                if "令和5年度" in str(cell.value) and "状況" in str(cell.value):
                    fail(f"{form.where(cell)} still says {cell.value}")

    def expect_letter(self, path, words):
        text = path.read_text(encoding="utf-8-sig")
        for word in words:
            if word not in text:
                fail(f"{path.name} does not say {word!r}\n{text}")
        mail = path.with_suffix(".eml").read_text(encoding="ascii").split("\n\n")[0]
        if re.search(r"^(To|Cc|Bcc):", mail, re.MULTILINE):
            fail(f"{path.stem}.eml has a recipient\n{mail}")

    def expect_superseded(self, findings, item, file):
        told = [one["message"] for one in findings if one["code"] == "S20" and one["item"] == item]
        if not any("返却した様式で出し直された" in text and file in text for text in told):
            fail(f"取組{item}: {file} is not told to be superseded: {told}")

    def expect_standing(self, workbook, item, words):
        sheet = openpyxl.load_workbook(workbook)["提出状況"]
        for row in sheet.iter_rows(values_only=True):
            if str(row[0]) == str(item):
                if not any(words in str(value) for value in row):
                    fail(f"{workbook.name} 提出状況: 取組{item} is {row}, not {words}")
                return
        fail(f"{workbook.name} 提出状況: no row of 取組{item}")


    def expect_stated(self, workbook, wanted):
        """該当なし is listed, apart from what is blank."""
        sheet = openpyxl.load_workbook(workbook)["提出状況"]
        rows = [[value for value in row if value is not None] for row in sheet.iter_rows(values_only=True)]
        found = [row for row in rows if len(row) == 3 and row[2] == NOTHING]
        expect(f"{workbook.name} 提出状況: {NOTHING}", [row[0] for row in found], [item for item, _ in wanted])
        for (_, entry, _), (item, words) in zip(found, wanted):
            if words not in entry:
                fail(f"{workbook.name} 提出状況: 取組{item}: {NOTHING} of {entry}, not of {words}")


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    warnings.simplefilter("error")
    # It passes the sparklines of 数値目標総括表 over, and says so.
    warnings.filterwarnings("ignore", message="Sparkline Group extension is not supported")
    home = pathlib.Path(sys.argv[2])
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    walk = Walk(sys.argv[1], home)
    walk.next_year(walk.year_end(walk.autumn()))


main()
