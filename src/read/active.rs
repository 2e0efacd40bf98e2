//! What could act in a file: found by the names of parts, relations and functions, never by trying.

use crate::model::{Active, ActiveKind, CellRef};

use super::book::{self, Relation};
use super::limits::Limits;
use super::package::Package;

/// How many are told of one file: who has a hundred has been told.
const MOST: usize = 100;
/// How much of a link or a formula is told.
const LONGEST: usize = 200;
/// Schemes of links that show a page or write a mail, and do no more.
const PLAIN: [&str; 4] = ["http:", "https:", "mailto:", "tel:"];
/// Functions that fetch from elsewhere or call a program (also of Excel 4).
const FUNCTIONS: [&str; 9] = [
    "WEBSERVICE",
    "RTD",
    "IMAGE",
    "CALL",
    "REGISTER",
    "REGISTER.ID",
    "EXEC",
    "SQL.REQUEST",
    "DDE",
];
/// Names that run a macro when a workbook is opened, closed, or a sheet is shown.
const AUTOMATIC: [&str; 4] = [
    "auto_open",
    "auto_close",
    "auto_activate",
    "auto_deactivate",
];

/// What was found, up to a limit and each once.
#[derive(Debug, Default)]
pub(super) struct Found(Vec<Active>);

impl Found {
    pub(super) fn add(&mut self, kind: ActiveKind, at: Option<(&str, CellRef)>, what: &str) {
        let active = Active {
            kind,
            at: at.map(|(sheet, cell)| (sheet.to_owned(), cell)),
            what: what.chars().take(LONGEST).collect(),
        };
        if self.0.len() < MOST && !self.0.contains(&active) {
            self.0.push(active);
        }
    }

    /// Adds what was found elsewhere in the file.
    pub(super) fn append(&mut self, other: Self) {
        self.0.extend(other.0);
        self.0.truncate(MOST);
    }

    /// What was found, in order.
    pub(super) fn finish(mut self) -> Vec<Active> {
        self.0.sort();
        self.0
    }

    /// What the workbook's own relations lead to.
    pub(super) fn of_book(
        &mut self,
        relations: &[Relation],
        package: &mut Package<'_>,
        limits: &Limits,
    ) {
        for relation in relations {
            match relation.kind.as_str() {
                "vbaProject" | "wordVbaData" => self.add(ActiveKind::Macro, None, ""),
                "connections" => self.add(ActiveKind::Connection, None, ""),
                "externalLink" => {
                    let part = relation.target.as_deref().unwrap_or_default();
                    let (kind, what) = external(part, package, limits);
                    self.add(kind, None, &what);
                }
                _ => {}
            }
        }
        // Also what no relation names: a program that looks by name finds it.
        let is_macro = |name: &str| name.ends_with("vbaproject.bin");
        if package.names().any(is_macro) {
            self.add(ActiveKind::Macro, None, "");
        }
    }

    /// What a sheet's relations lead to; `links` are its cells with a link, by the relation's name.
    pub(super) fn of_sheet(
        &mut self,
        sheet: &str,
        relations: &[Relation],
        links: &[(CellRef, String)],
    ) {
        for relation in relations {
            match relation.kind.as_str() {
                "oleObject" | "package" => self.add(ActiveKind::Embedded, None, ""),
                "control" | "activeXControl" => {
                    self.add(ActiveKind::Embedded, None, "ActiveX");
                }
                "queryTable" => self.add(ActiveKind::Connection, None, ""),
                "hyperlink" => {
                    let Some(target) = &relation.external else {
                        continue;
                    };
                    let own = links.iter().filter(|(_, id)| *id == relation.id);
                    let mut cells: Vec<CellRef> = own.map(|(cell, _)| *cell).collect();
                    if cells.is_empty() {
                        cells.push(CellRef::new(0, 0));
                    }
                    for cell in cells {
                        self.add(link(target), Some((sheet, cell)), target);
                    }
                }
                _ => {}
            }
        }
    }

    /// A name that the workbook defines.
    pub(super) fn of_name(&mut self, name: &str) {
        let lower = name.to_ascii_lowercase();
        let plain = lower.strip_prefix("_xlnm.").unwrap_or(&lower);
        if AUTOMATIC.iter().any(|own| plain.starts_with(own)) {
            self.add(ActiveKind::Macro, None, name);
        }
    }
}

/// Tells whether a relation leads to a sheet of Excel 4's macros.
pub(super) fn is_macro(kind: &str) -> bool {
    matches!(kind, "xlMacrosheet" | "xlIntlMacrosheet")
}

/// What a part for links to elsewhere is: its kind, and where it leads.
fn external(part: &str, package: &mut Package<'_>, limits: &Limits) -> (ActiveKind, String) {
    let bytes = package.part(part).unwrap_or_default();
    let has = |word: &[u8]| bytes.windows(word.len()).any(|at| at == word);
    if has(b"ddeLink") {
        return (ActiveKind::Dde, String::new());
    }
    let kind = match has(b"oleLink") {
        true => ActiveKind::Embedded,
        false => ActiveKind::ExternalLink,
    };
    let relations = book::relations(package, part, limits).unwrap_or_default();
    let target = relations.into_iter().find_map(|relation| relation.external);
    (kind, target.unwrap_or_default())
}

/// What a click on a link does.
pub(super) fn link(target: &str) -> ActiveKind {
    let folded = target.trim().to_ascii_lowercase();
    match PLAIN.iter().any(|scheme| folded.starts_with(scheme)) {
        true => ActiveKind::PlainLink,
        false => ActiveKind::Link,
    }
}

/// What a formula does beside calculating; `None` for what only calculates.
pub(super) fn formula(text: &str) -> Option<ActiveKind> {
    if !text.contains(['|', '(']) {
        return None;
    }
    // Words within quotation marks are texts.
    let code: Vec<&str> = text.split('"').step_by(2).collect();
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_');
    for piece in &code {
        let dde = piece.split_once('|').filter(|(before, after)| {
            before.ends_with(|c| is_word(c) || c == '\'') && after.contains('!')
        });
        if dde.is_some() {
            return Some(ActiveKind::Dde);
        }
        for (at, _) in piece.match_indices('(') {
            let before = piece[..at].trim_end();
            let from = before
                .char_indices()
                .rev()
                .find(|(_, c)| !is_word(*c))
                .map_or(0, |(at, c)| at + c.len_utf8());
            let name = before[from..].to_ascii_uppercase();
            let name = name.strip_prefix("_XLFN.").unwrap_or(&name);
            if FUNCTIONS.contains(&name) {
                return Some(match name {
                    "DDE" => ActiveKind::Dde,
                    _ => ActiveKind::Formula,
                });
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_that_start_or_fetch_are_told_from_those_that_calculate() {
        for (text, expected) in [
            ("cmd|'/C calc'!A0", Some(ActiveKind::Dde)),
            ("'cmd'|'/C calc'!A0", Some(ActiveKind::Dde)),
            ("DDE(\"a\";\"b\";\"c\")", Some(ActiveKind::Dde)),
            ("_xlfn.WEBSERVICE(\"http://a\")", Some(ActiveKind::Formula)),
            ("1+webservice (A1)", Some(ActiveKind::Formula)),
            ("A1&\"|\"&B1&\"!\"", None),
            ("SUM(A1:A3)", None),
            ("IF(A1=\"EXEC(\",1,2)", None),
            ("AVERAGEIMAGE(A1)", None),
            ("画像IMAGE(A1)", None),
            ("A1", None),
        ] {
            assert_eq!(formula(text), expected, "{text}");
        }
    }

    #[test]
    fn links_of_every_day_are_told_from_those_that_act() {
        for (target, expected) in [
            ("https://www.city.example.jp/", ActiveKind::PlainLink),
            (" MAILTO:a@example.jp", ActiveKind::PlainLink),
            ("javascript:alert(1)", ActiveKind::Link),
            ("file://///server/share/a.exe", ActiveKind::Link),
            ("\\\\server\\share", ActiveKind::Link),
            ("ms-word:ofe|u|http://a", ActiveKind::Link),
        ] {
            assert_eq!(link(target), expected, "{target}");
        }
    }

    #[test]
    fn names_that_run_by_themselves_are_told_once() {
        let mut found = Found::default();
        for name in ["Auto_Open", "_xlnm.Auto_Open", "Auto_Open", "自動", "auto"] {
            found.of_name(name);
        }
        let what: Vec<String> = found.finish().into_iter().map(|one| one.what).collect();
        assert_eq!(what, ["Auto_Open", "_xlnm.Auto_Open"]);
    }
}
