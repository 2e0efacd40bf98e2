//! Whether a workbook's package is such as Excel opens without offering to repair it.
//!
//! The orders are those of ECMA-376 Part 1 (5th edition, Annex A); where the schema leaves an order
//! open (fonts), it is the one that Excel writes.
#![allow(dead_code, reason = "each test crate uses a part")]

use std::collections::{BTreeMap, BTreeSet};

use torimatome::model::{CellRange, CellRef};

use crate::parts::{Element, Parts, element, parts, sheets, targets};

/// The children that an element may have, in their order.
const ORDERS: [(&str, &str); 46] = [
    (
        "worksheet",
        "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection \
         protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells \
         phoneticPr conditionalFormatting dataValidations hyperlinks printOptions pageMargins \
         pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors \
         smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls \
         webPublishItems tableParts extLst",
    ),
    ("sheetPr", "tabColor outlinePr pageSetUpPr"),
    ("sheetViews", "sheetView extLst"),
    ("sheetView", "pane selection pivotSelection extLst"),
    ("cols", "col"),
    ("sheetData", "row"),
    ("row", "c extLst"),
    ("c", "f v is extLst"),
    ("is", "t r rPh phoneticPr"),
    ("autoFilter", "filterColumn sortState extLst"),
    ("mergeCells", "mergeCell"),
    ("conditionalFormatting", "cfRule extLst"),
    ("cfRule", "formula colorScale dataBar iconSet extLst"),
    ("dataValidations", "dataValidation"),
    ("dataValidation", "formula1 formula2"),
    ("hyperlinks", "hyperlink"),
    (
        "headerFooter",
        "oddHeader oddFooter evenHeader evenFooter firstHeader firstFooter",
    ),
    ("rowBreaks", "brk"),
    ("colBreaks", "brk"),
    ("ignoredErrors", "ignoredError extLst"),
    (
        "workbook",
        "fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups \
         externalReferences definedNames calcPr oleSize customWorkbookViews pivotCaches smartTagPr \
         smartTagTypes webPublishing fileRecoveryPr webPublishObjects extLst",
    ),
    ("bookViews", "workbookView extLst"),
    ("sheets", "sheet"),
    ("definedNames", "definedName"),
    (
        "styleSheet",
        "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst",
    ),
    ("numFmts", "numFmt"),
    ("fonts", "font"),
    (
        "font",
        "b i strike condense extend outline shadow u vertAlign sz color name family charset scheme",
    ),
    ("fills", "fill"),
    ("fill", "patternFill gradientFill"),
    ("patternFill", "fgColor bgColor"),
    ("borders", "border"),
    (
        "border",
        "start end left right top bottom diagonal vertical horizontal",
    ),
    ("left", "color"),
    ("right", "color"),
    ("top", "color"),
    ("bottom", "color"),
    ("cellStyleXfs", "xf"),
    ("cellXfs", "xf"),
    ("xf", "alignment protection extLst"),
    ("cellStyles", "cellStyle extLst"),
    ("dxfs", "dxf"),
    ("dxf", "font numFmt fill alignment border protection extLst"),
    ("sst", "si extLst"),
    ("si", "t r rPh phoneticPr"),
    ("r", "rPr t"),
];

/// The order of a run's properties, as Excel writes it.
const RUN: &str = "b i strike condense extend outline shadow u vertAlign sz color rFont family \
                   charset scheme";

/// Everything that is wrong with a package, a line each.
pub fn faults(bytes: &[u8]) -> Vec<String> {
    let parts = parts(bytes);
    let mut faults = Vec::new();
    for (name, xml) in &parts {
        if let Err(error) = Element::parse(xml) {
            faults.push(format!("{name} is not well-formed: {error}"));
        }
        if xml.contains(is_forbidden) {
            faults.push(format!("{name} holds a character that XML does not"));
        }
    }
    if !faults.is_empty() {
        return faults;
    }
    content_types(&parts, &mut faults);
    relationships(&parts, &mut faults);
    if !faults.is_empty() {
        return faults;
    }
    for (name, _) in parts.iter().filter(|(name, _)| is_ordered(name)) {
        order(name, &element(&parts, name), &mut faults);
    }
    let styles = Counted::new(&parts, &mut faults);
    names(&parts, &mut faults);
    for (name, part, sheet) in sheets(&parts) {
        rows(&name, &sheet, &styles, &mut faults);
        areas(&name, &sheet, &styles, &mut faults);
        links(&parts, &name, &part, &sheet, &mut faults);
    }
    faults
}

/// Characters that no XML may hold.
fn is_forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{B}'..='\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

/// Whether a part is one of those whose elements stand in [`ORDERS`].
fn is_ordered(name: &str) -> bool {
    let whole = ["xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"];
    let sheet = name.starts_with("xl/worksheets/") && !name.contains("_rels");
    sheet || whole.contains(&name)
}

fn content_types(parts: &Parts, faults: &mut Vec<String>) {
    let types = element(parts, "[Content_Types].xml");
    let of = |kind: &str, key: &str| {
        let found = types.children.iter().filter(|one| one.name == kind);
        let found = found.map(|one| one.get(key).unwrap_or_default().to_owned());
        found.collect::<BTreeSet<String>>()
    };
    let (defaults, overrides) = (of("Default", "Extension"), of("Override", "PartName"));
    for name in parts.keys().filter(|name| *name != "[Content_Types].xml") {
        let extension = name.rsplit('.').next().unwrap_or_default();
        // What an XML part is, only its own entry says.
        let known = overrides.contains(&format!("/{name}"))
            || extension != "xml" && defaults.contains(extension);
        if !known {
            faults.push(format!("{name} has no content type"));
        }
    }
    for part in overrides {
        if !parts.contains_key(part.trim_start_matches('/')) {
            faults.push(format!("{part} has a content type and is not there"));
        }
    }
}

fn relationships(parts: &Parts, faults: &mut Vec<String>) {
    for name in parts.keys().filter(|name| name.ends_with(".rels")) {
        let source = name.replacen("_rels/", "", 1).replace(".rels", "");
        if !source.is_empty() && !parts.contains_key(&source) {
            faults.push(format!("{name} belongs to no part"));
        }
        for target in targets(parts, &source).values() {
            if !parts.contains_key(target) {
                faults.push(format!("{name} leads to {target}, which is not there"));
            }
        }
    }
}

/// Children stand in the order of the schema, and only such as it knows.
fn order(part: &str, element: &Element, faults: &mut Vec<String>) {
    let known = |(name, _): &&(&str, &str)| *name == element.name;
    let names = match element.name.as_str() {
        "rPr" => RUN,
        _ => ORDERS.iter().find(known).map_or("", |(_, order)| order),
    };
    let names: Vec<&str> = names.split_whitespace().collect();
    let mut last = 0;
    for child in &element.children {
        match names.iter().position(|name| *name == child.name) {
            Some(at) if at >= last => last = at,
            Some(_) => faults.push(format!(
                "{part}: {} stands too late in {}",
                child.name, element.name
            )),
            None => faults.push(format!(
                "{part}: {} is unknown in {}",
                child.name, element.name
            )),
        }
        // An extension has rules of its own.
        if child.name != "extLst" {
            order(part, child, faults);
        }
    }
}

/// How many formats and shared texts there are.
struct Counted {
    formats: usize,
    differences: usize,
    texts: usize,
}

impl Counted {
    fn new(parts: &Parts, faults: &mut Vec<String>) -> Self {
        let styles = element(parts, "xl/styles.xml");
        let counts = |name: &str| styles.below(name).len();
        for name in ["fonts", "fills", "borders", "cellXfs", "dxfs", "numFmts"] {
            let told = styles.child(name).and_then(|list| list.number("count"));
            if told.is_some_and(|told| told != counts(name)) {
                faults.push(format!("xl/styles.xml: {name} are miscounted"));
            }
        }
        for format in styles.below("cellXfs") {
            for (id, list) in [
                ("fontId", "fonts"),
                ("fillId", "fills"),
                ("borderId", "borders"),
                ("xfId", "cellStyleXfs"),
            ] {
                if format.number(id).is_none_or(|id| id >= counts(list)) {
                    faults.push(format!("xl/styles.xml: {id} is out of range"));
                }
            }
        }
        let texts = match parts.contains_key("xl/sharedStrings.xml") {
            true => {
                let texts = element(parts, "xl/sharedStrings.xml");
                if texts.number("uniqueCount") != Some(texts.children.len()) {
                    faults.push("xl/sharedStrings.xml is miscounted".to_owned());
                }
                for text in &texts.children {
                    if text.words().encode_utf16().count() > 32_767 {
                        faults.push("xl/sharedStrings.xml: a text is too long".to_owned());
                    }
                }
                texts.children.len()
            }
            false => 0,
        };
        Self {
            formats: counts("cellXfs"),
            differences: counts("dxfs"),
            texts,
        }
    }
}

/// Sheets' names, and names defined for them.
fn names(parts: &Parts, faults: &mut Vec<String>) {
    let workbook = element(parts, "xl/workbook.xml");
    let mut names = BTreeSet::new();
    for sheet in workbook.below("sheets") {
        let name = sheet.get("name").unwrap_or_default();
        let forbidden = |c: char| "[]:*?/\\".contains(c) || c.is_control();
        let length = name.encode_utf16().count();
        if length == 0 || length > 31 || name.contains(forbidden) || name.starts_with('\'') {
            faults.push(format!("{name} is no name for a sheet"));
        }
        if !names.insert(name.to_lowercase()) {
            faults.push(format!("two sheets are called {name}"));
        }
    }
    let mut defined = BTreeSet::new();
    for name in workbook.below("definedNames") {
        let told = name.get("name").unwrap_or_default();
        let local = name.number("localSheetId");
        if !defined.insert((told, local)) {
            faults.push(format!("{told} is defined twice"));
        }
        if local.is_some_and(|at| at >= names.len()) {
            faults.push(format!("{told} is defined for a sheet that is not there"));
        }
        // A name may stand for two areas: rows and columns that are repeated.
        for area in name.text.split(',') {
            let sheet = sheet_of(area).unwrap_or_default();
            if !names.contains(&sheet.to_lowercase()) {
                faults.push(format!("{told} leads to {area}"));
            }
        }
    }
}

/// The sheet of a reference: `'取組 1'!$A$1:$L$34`.
fn sheet_of(reference: &str) -> Option<String> {
    let (sheet, _) = reference.rsplit_once('!')?;
    let quoted = sheet
        .strip_prefix('\'')
        .and_then(|rest| rest.strip_suffix('\''));
    Some(quoted.map_or_else(|| sheet.to_owned(), |name| name.replace("''", "'")))
}

fn rows(name: &str, sheet: &Element, styles: &Counted, faults: &mut Vec<String>) {
    let mut last_row = 0;
    for row in sheet.below("sheetData") {
        let number = row.number("r").unwrap_or(0);
        if number <= last_row {
            faults.push(format!("{name}: row {number} is out of order"));
        }
        last_row = number;
        let height = row
            .get("ht")
            .map(|height| height.parse().unwrap_or(f64::NAN));
        if height.is_some_and(|height: f64| !(0.0..=409.5).contains(&height)) {
            faults.push(format!("{name}: row {number} is too high"));
        }
        let mut last_column = None;
        for cell in &row.children {
            let address = cell.get("r").unwrap_or_default();
            let Some(at) = CellRef::parse(address) else {
                faults.push(format!("{name}: {address} is no address"));
                continue;
            };
            if at.row as usize + 1 != number || last_column >= Some(at.column) {
                faults.push(format!("{name}: {address} is out of order"));
            }
            last_column = Some(at.column);
            if cell
                .number("s")
                .is_some_and(|format| format >= styles.formats)
            {
                faults.push(format!("{name}: {address} has no format"));
            }
            let value = cell.child("v").map(|value| value.text.as_str());
            let shared = cell.get("t") == Some("s");
            let text = value.and_then(|value| value.parse::<usize>().ok());
            if shared && text.is_none_or(|text| text >= styles.texts) {
                faults.push(format!("{name}: {address} has no text"));
            }
        }
    }
}

/// Merges, columns, page breaks, headers and conditional formats.
fn areas(name: &str, sheet: &Element, styles: &Counted, faults: &mut Vec<String>) {
    let mut covered = BTreeMap::new();
    for merge in sheet.below("mergeCells") {
        let area = merge.get("ref").unwrap_or_default();
        let Some(range) = CellRange::parse(area) else {
            faults.push(format!("{name}: {area} is no area"));
            continue;
        };
        if range.first == range.last {
            faults.push(format!("{name}: {area} is one cell"));
        }
        for row in range.first.row..=range.last.row {
            for column in range.first.column..=range.last.column {
                if covered
                    .insert(CellRef::new(row, column), range.first)
                    .is_some()
                {
                    faults.push(format!("{name}: {area} overlaps another"));
                }
            }
        }
    }
    for cell in sheet
        .below("sheetData")
        .iter()
        .flat_map(|row| &row.children)
    {
        let address = cell.get("r").unwrap_or_default();
        let at = CellRef::parse(address);
        let hidden = at.is_some_and(|at| covered.get(&at).is_some_and(|first| *first != at));
        if hidden && cell.child("v").is_some() {
            faults.push(format!("{name}: {address} is covered and says something"));
        }
    }
    let mut last = 0;
    for column in sheet.below("cols") {
        let (min, max) = (column.number("min"), column.number("max"));
        if min.is_none_or(|min| min <= last) || max < min || max > Some(16_384) {
            faults.push(format!("{name}: columns are out of order"));
        }
        last = max.unwrap_or(last);
    }
    for list in ["mergeCells", "rowBreaks", "dataValidations"] {
        let told = sheet.child(list).and_then(|list| list.number("count"));
        if told.is_some_and(|told| told != sheet.below(list).len()) {
            faults.push(format!("{name}: {list} are miscounted"));
        }
    }
    for text in sheet.below("headerFooter") {
        if text.text.encode_utf16().count() > 255 {
            faults.push(format!("{name}: {} is too long", text.name));
        }
    }
    if sheet.below("rowBreaks").len() > 1_023 {
        faults.push(format!("{name}: too many page breaks"));
    }
    let mut offers = sheet.below("dataValidations").iter();
    if offers.any(|one| one.words().encode_utf16().count() > 255 + 2) {
        faults.push(format!("{name}: too much is offered in a cell"));
    }
    for rule in sheet.all().into_iter().filter(|one| one.name == "cfRule") {
        if rule
            .number("dxfId")
            .is_some_and(|id| id >= styles.differences)
        {
            faults.push(format!("{name}: a condition has no format"));
        }
    }
}

/// Links lead to a cell of a sheet that is there; what a sheet relates to is in its relationships.
fn links(parts: &Parts, name: &str, part: &str, sheet: &Element, faults: &mut Vec<String>) {
    let workbook = element(parts, "xl/workbook.xml");
    let names = workbook.below("sheets").iter();
    let names: Vec<&str> = names.filter_map(|sheet| sheet.get("name")).collect();
    for link in sheet.below("hyperlinks") {
        let Some(location) = link.get("location") else {
            continue;
        };
        let found = sheet_of(location).is_some_and(|sheet| names.contains(&sheet.as_str()));
        if !found {
            faults.push(format!("{name}: a link leads to {location}"));
        }
    }
    if sheet.below("hyperlinks").len() > 65_530 {
        faults.push(format!("{name}: too many links"));
    }
    let known = targets(parts, part);
    for one in sheet.all() {
        if one.get("r:id").is_some_and(|id| !known.contains_key(id)) {
            faults.push(format!("{name}: {} relates to nothing", one.name));
        }
    }
}
