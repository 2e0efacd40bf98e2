//! A workbook's package as text to be reviewed: properties, names, and of each sheet its set-up, its
//! rows' heights and its cells' formats, one thing a line.

use std::collections::BTreeMap;

use torimatome::model::CellRef;

use crate::parts::{Element, Parts, element, parts, sheets};

/// The formats by their index, named in the order in which the sheets use them.
struct Formats {
    words: Vec<String>,
    /// Names by words: formats that look alike have one name.
    names: BTreeMap<String, String>,
    legend: Vec<String>,
}

impl Formats {
    fn new(parts: &Parts) -> Self {
        let styles = element(parts, "xl/styles.xml");
        let formats = styles.below("cellXfs").iter();
        Self {
            words: formats.map(|format| words(&styles, format)).collect(),
            names: BTreeMap::new(),
            legend: Vec::new(),
        }
    }

    /// The short name of a format; it is listed when it is used first.
    fn name(&mut self, index: usize) -> String {
        let words = self.words[index].clone();
        if let Some(name) = self.names.get(&words) {
            return name.clone();
        }
        let name = format!("f{}", self.names.len());
        self.legend.push(format!("{name} {words}"));
        self.names.insert(words, name.clone());
        name
    }
}

/// A format in words: font, alignment, borders, shading.
fn words(styles: &Element, format: &Element) -> String {
    let of = |list: &str, id: &str| &styles.below(list)[format.number(id).unwrap()];
    let mut words = Vec::new();
    for part in &of("fonts", "fontId").children {
        match (part.name.as_str(), part.get("val")) {
            ("family" | "charset" | "scheme", _) => {}
            ("color", _) if part.get("theme") == Some("1") => {}
            ("name" | "sz", Some(value)) => words.insert(0, value.to_owned()),
            _ => words.push(line(part)),
        }
    }
    for part in &format.children {
        words.push(line(part));
    }
    let sides = &of("borders", "borderId").children;
    let styles_of = |side: &Element| match side.child("color").and_then(|one| one.get("rgb")) {
        Some(colour) => format!("{}({colour})", side.get("style").unwrap_or("none")),
        None => side.get("style").unwrap_or("none").to_owned(),
    };
    let sides: Vec<(&str, String)> = sides
        .iter()
        .map(|side| (side.name.as_str(), styles_of(side)))
        .filter(|(_, style)| style != "none")
        .collect();
    match sides.as_slice() {
        [] => {}
        [(_, first), rest @ ..] if rest.len() == 3 && rest.iter().all(|(_, one)| one == first) => {
            words.push(format!("border={first}"));
        }
        some => words.extend(some.iter().map(|(side, style)| format!("{side}={style}"))),
    }
    for pattern in &of("fills", "fillId").children {
        match (pattern.get("patternType"), pattern.child("fgColor")) {
            (Some("none"), _) => {}
            (_, Some(colour)) => words.push(format!("fill{}", attributes(colour))),
            (_, None) => words.push(line(pattern)),
        }
    }
    if format.number("numFmtId") != Some(0) {
        let id = format.get("numFmtId").unwrap();
        let mut codes = styles.below("numFmts").iter();
        let code = codes.find(|one| one.get("numFmtId") == Some(id));
        let code = code.and_then(|one| one.get("formatCode"));
        words.push(format!("number={}", code.unwrap_or(id)));
    }
    if format.get("quotePrefix").is_some() {
        words.push("quoted".to_owned());
    }
    words.join(" ")
}

/// An element without what is in it.
fn line(element: &Element) -> String {
    let text = match element.text.trim() {
        "" => String::new(),
        text => format!(" 「{}」", text.replace('\n', "\\n")),
    };
    format!("{}{}{text}", element.name, attributes(element))
}

fn attributes(element: &Element) -> String {
    let attributes = element.attributes.iter();
    let told = attributes.filter(|(name, _)| !name.starts_with("xmlns"));
    told.map(|(name, value)| format!(" {name}={value}"))
        .collect()
}

/// An element and all that is in it, one a line.
fn tree(element: &Element, depth: usize, text: &mut String) {
    text.push_str(&format!("{}{}\n", "  ".repeat(depth), line(element)));
    for child in &element.children {
        tree(child, depth + 1, text);
    }
}

/// Letters of a column: 0 is A.
fn letters(column: u32) -> String {
    let address = CellRef::new(0, column).to_string();
    address.trim_end_matches('1').to_owned()
}

fn span(first: &str, last: &str) -> String {
    match first == last {
        true => first.to_owned(),
        false => format!("{first}-{last}"),
    }
}

/// Equal neighbours as one: `A-C f2, D f3`.
fn runs(cells: &[(u32, String)]) -> String {
    let mut runs: Vec<(u32, u32, &str)> = Vec::new();
    for (column, name) in cells {
        match runs.last_mut() {
            Some((_, last, known)) if *known == name && *last + 1 == *column => *last = *column,
            _ => runs.push((*column, *column, name)),
        }
    }
    let runs = runs
        .into_iter()
        .map(|(first, last, name)| format!("{} {name}", span(&letters(first), &letters(last))));
    runs.collect::<Vec<_>>().join(", ")
}

/// Heights and formats of the rows; equal neighbours are one line.
fn rows(sheet: &Element, formats: &mut Formats) -> String {
    let mut lines: Vec<(usize, usize, String)> = Vec::new();
    for row in sheet.below("sheetData") {
        let number = row.number("r").unwrap();
        let mut cells = Vec::new();
        for cell in &row.children {
            let at = CellRef::parse(cell.get("r").unwrap()).unwrap();
            let name = formats.name(cell.number("s").unwrap_or(0));
            cells.push((at.column, name));
        }
        let mut said = row.get("ht").unwrap_or("-").to_owned();
        for (name, value) in &row.attributes {
            if !["r", "ht", "spans", "customHeight"].contains(&name.as_str()) {
                said.push_str(&format!(" {name}={value}"));
            }
        }
        said = format!("{said} {}", runs(&cells)).trim_end().to_owned();
        match lines.last_mut() {
            Some((_, last, known)) if *known == said && *last + 1 == number => *last = number,
            _ => lines.push((number, number, said)),
        }
    }
    let lines = lines.into_iter().map(|(first, last, said)| {
        let rows = span(&first.to_string(), &last.to_string());
        format!("  row {rows} {said}\n")
    });
    lines.collect()
}

fn columns(list: &[Element], formats: &mut Formats) -> String {
    let mut text = String::new();
    for column in list {
        let letter = |name| letters(column.number(name).unwrap() as u32 - 1);
        text.push_str(&format!(
            "  col {} {}",
            span(&letter("min"), &letter("max")),
            column.get("width").unwrap_or("-")
        ));
        for (name, value) in &column.attributes {
            match name.as_str() {
                "min" | "max" | "width" | "customWidth" => {}
                "style" => text.push_str(&format!(" {}", formats.name(value.parse().unwrap()))),
                name => text.push_str(&format!(" {name}={value}")),
            }
        }
        text.push('\n');
    }
    text
}

/// A sheet's set-up, columns and rows; its texts and merges are told elsewhere.
fn sheet(sheet: &Element, formats: &mut Formats) -> String {
    let mut text = String::new();
    for child in &sheet.children {
        match child.name.as_str() {
            "dimension" | "mergeCells" => {}
            "cols" => text.push_str(&columns(&child.children, formats)),
            "sheetData" => text.push_str(&rows(sheet, formats)),
            "hyperlinks" => {
                for link in &child.children {
                    let (from, to) = (link.get("ref"), link.get("location"));
                    text.push_str(&format!("  link {} {}\n", from.unwrap(), to.unwrap_or("-")));
                }
            }
            _ => tree(child, 1, &mut text),
        }
    }
    text
}

/// The package as text.
pub fn described(bytes: &[u8]) -> String {
    let parts = parts(bytes);
    let mut text = String::new();
    text.push_str("■ parts\n");
    for name in parts.keys() {
        text.push_str(&format!("  {name}\n"));
    }
    for name in ["docProps/app.xml", "docProps/core.xml", "xl/workbook.xml"] {
        text.push_str(&format!("■ {name}\n"));
        for child in &element(&parts, name).children {
            tree(child, 1, &mut text);
        }
    }
    let mut formats = Formats::new(&parts);
    let mut described = String::new();
    for (name, _, one) in sheets(&parts) {
        described.push_str(&format!("■ {name}\n{}", sheet(&one, &mut formats)));
    }
    text.push_str("■ formats\n");
    for line in &formats.legend {
        text.push_str(&format!("  {line}\n"));
    }
    text + &described
}
