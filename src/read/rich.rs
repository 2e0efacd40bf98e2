//! Texts in runs: which words of a cell are struck out, and what a comment says.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "events of the XML reader: what is not asked for is passed over, the walk checked it"
)]

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};

use super::error::{Problem, ReadError};
use super::limits::Limits;
use super::xml::{Walk, append};

/// `<si/>`: the shortest shared text; more of them than fit into the part cannot be true.
const SHORTEST_TEXT: u64 = 5;
/// `_x000D_`
const ESCAPE: usize = 7;

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) text: String,
    /// Whether its own font is struck through; `None` where it has the cell's font.
    pub(super) struck: Option<bool>,
}

/// Collects the runs of one text (`si`, `is`, `text`) from the events inside it, in the way in
/// which the reader behind the gate joins them.
#[derive(Debug, Default)]
pub(super) struct Runs {
    done: Vec<Run>,
    /// The text of the run, or the plain text.
    text: String,
    /// Where the open `t` begins in it.
    from: usize,
    struck: Option<bool>,
    in_text: bool,
    preserve: bool,
    phonetic: bool,
}

impl Runs {
    /// Forgets what was collected and keeps the room for it.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        *self = Self {
            text: std::mem::take(&mut self.text),
            ..Self::default()
        };
    }

    /// Takes an event in.
    pub(super) fn take(&mut self, walk: &Walk<'_>, event: &Event<'_>) -> Result<(), ReadError> {
        match event {
            Event::Start(element) => self.open(walk, element, true)?,
            Event::Empty(element) => self.open(walk, element, false)?,
            Event::End(element) => match element.local_name().as_ref() {
                "t" if self.in_text => self.settle(),
                "r" => self.push(),
                "rPh" => self.phonetic = false,
                _ => {}
            },
            text if self.in_text => append(&mut self.text, text),
            _ => {}
        }
        Ok(())
    }

    fn open(
        &mut self,
        walk: &Walk<'_>,
        element: &BytesStart<'_>,
        content: bool,
    ) -> Result<(), ReadError> {
        match element.local_name().as_ref() {
            "r" if content => {
                if !self.text.is_empty() {
                    self.push();
                }
                self.struck = None;
            }
            // Properties say all of the run's font: without a word of striking it is not struck.
            "rPr" => self.struck = Some(false),
            "strike" if self.struck.is_some() => {
                self.struck = Some(is_on(walk, element)?);
            }
            "t" if content && !self.phonetic => {
                let space = walk.attribute(element, "space")?;
                self.preserve = space.as_deref() == Some("preserve");
                (self.in_text, self.from) = (true, self.text.len());
            }
            "rPh" => self.phonetic = content,
            _ => {}
        }
        Ok(())
    }

    /// Ends a `t`: white space around it counts only where it says so, escapes always.
    fn settle(&mut self) {
        self.in_text = false;
        let text = &self.text[self.from..];
        let trimmed = match self.preserve {
            true => text,
            false => text.trim_matches([' ', '\t', '\r', '\n']),
        };
        if let Some(settled) = unescaped(trimmed) {
            self.text.truncate(self.from);
            self.text.push_str(&settled);
        } else if trimmed.len() < text.len() {
            let trimmed = trimmed.to_owned();
            self.text.truncate(self.from);
            self.text.push_str(&trimmed);
        }
    }

    fn push(&mut self) {
        self.done.push(Run {
            text: std::mem::take(&mut self.text),
            struck: self.struck.take(),
        });
    }

    /// Gives the runs of a rich text; `None` for a plain one.
    fn rich(&mut self) -> Option<Vec<Run>> {
        (!self.done.is_empty()).then(|| std::mem::take(&mut self.done))
    }

    /// Gives the whole text, struck words included.
    pub(super) fn text(&mut self) -> String {
        let mut whole: String = self.done.iter().map(|run| run.text.as_str()).collect();
        whole.push_str(&self.text);
        self.clear();
        whole
    }
}

/// Tells whether a switch such as `strike` is on: it is, unless it says otherwise.
pub(super) fn is_on(walk: &Walk<'_>, element: &BytesStart<'_>) -> Result<bool, ReadError> {
    let value = walk.attribute(element, "val")?;
    Ok(!matches!(value.as_deref(), Some("0" | "false" | "off")))
}

/// The characters for `_xHHHH_` (ECMA-376 Part 1, 22.9.2.19); `None` where there is none.
fn unescaped(text: &str) -> Option<String> {
    let unit = |at: usize| {
        let escape = text.as_bytes().get(at..at + ESCAPE)?;
        let hex = escape.strip_prefix(b"_x")?.strip_suffix(b"_")?;
        let hex = hex.iter().all(u8::is_ascii_hexdigit).then_some(hex)?;
        u16::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()
    };
    let mut units = Vec::new();
    let mut whole = String::new();
    let (mut from, mut at) = (0, 0);
    while let Some(found) = text[at..].find('_') {
        at += found;
        let Some(first) = unit(at) else {
            at += 1;
            continue;
        };
        whole.push_str(&text[from..at]);
        units.clear();
        units.push(first);
        at += ESCAPE;
        // Two that follow each other may be the halves of one character.
        while let Some(next) = unit(at) {
            units.push(next);
            at += ESCAPE;
        }
        whole.push_str(&String::from_utf16_lossy(&units));
        from = at;
    }
    whole.push_str(&text[from..]);
    (from > 0).then_some(whole)
}

/// The shared texts of which the runs matter, by their index.
#[derive(Debug, Default)]
pub(super) struct SharedTexts {
    runs: BTreeMap<u32, Vec<Run>>,
    /// Fonts of cells are struck through: a run may be the only one that is not.
    every: bool,
}

impl SharedTexts {
    /// Says of which texts the runs matter where there is no part of shared ones.
    pub(super) fn none(every: bool) -> Self {
        Self {
            runs: BTreeMap::new(),
            every,
        }
    }

    /// Checks the shared texts, whose announced number is used to reserve memory, and keeps the
    /// runs that matter: of texts with a struck run, or of `every` rich text.
    pub(super) fn read(
        part: &str,
        bytes: &[u8],
        every: bool,
        limits: &Limits,
    ) -> Result<Self, ReadError> {
        let mut walk = Walk::new(part, bytes, limits)?;
        let mut texts = Self::none(every);
        let mut runs = Runs::default();
        let (mut index, mut in_text) = (0u32, false);
        loop {
            let event = walk.next()?;
            match &event {
                Event::Start(element) | Event::Empty(element) => {
                    let name = element.local_name();
                    let name = name.as_ref();
                    let nested = walk.depth() > 2;
                    if in_text || (matches!(name, "si" | "sst") && nested) {
                        return Err(walk.malformed());
                    }
                    let open = matches!(event, Event::Start(_));
                    match name {
                        "sst" => {
                            let count = walk.attribute(element, "uniqueCount")?;
                            let count = count.and_then(|count| count.parse::<u64>().ok());
                            if count.unwrap_or(0) > bytes.len() as u64 / SHORTEST_TEXT {
                                return Err(walk.broken(Problem::TextCount));
                            }
                        }
                        "si" if open => runs.clear(),
                        "si" => index += 1,
                        "t" => in_text = open,
                        _ => {}
                    }
                }
                Event::End(element) => {
                    in_text = false;
                    if element.local_name().as_ref() == "si" {
                        texts
                            .runs
                            .extend(texts.worth(&mut runs).map(|runs| (index, runs)));
                        index += 1;
                    }
                }
                Event::Eof => return Ok(texts),
                _ => {}
            }
            runs.take(&walk, &event)?;
        }
    }

    /// The runs of a text, where they matter.
    pub(super) fn runs(&self, index: u32) -> Option<&[Run]> {
        self.runs.get(&index).map(Vec::as_slice)
    }

    /// The runs that were collected, if they matter.
    pub(super) fn worth(&self, runs: &mut Runs) -> Option<Vec<Run>> {
        let rich = runs.rich()?;
        let struck = rich.iter().any(|run| run.struck == Some(true));
        (self.every || struck).then_some(rich)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, every: bool) -> Result<SharedTexts, ReadError> {
        SharedTexts::read("s", text.as_bytes(), every, &Limits::default())
    }

    #[test]
    fn more_shared_texts_than_bytes_are_refused() {
        for (count, ok) in [("1", true), ("100000000", false), ("x", true)] {
            let text = format!("<sst uniqueCount=\"{count}\"><si><t>あ</t></si></sst>");
            assert_eq!(read(&text, false).is_ok(), ok, "{count}");
        }
        let nested = "<sst><si><t>a<si><t>b</t></si></t></si></sst>";
        assert!(read(nested, false).is_err());
    }

    #[test]
    fn struck_runs_are_kept_with_their_index() {
        let text = "<sst><si><t>甲</t></si><si/><si><r><rPr><b/></rPr><t>太字</t></r></si>\
            <si><r><t>乙</t></r><r><rPr><strike/><sz val=\"11\"/></rPr><t xml:space=\"preserve\"> 12&#x4EF6;_x000D_\n</t></r>\
            <r><rPr><strike val=\"0\"/></rPr><t> 丙 </t></r><rPh sb=\"0\" eb=\"1\"><t>オツ</t></rPh></si></sst>";
        let texts = read(text, false).unwrap();
        assert_eq!(texts.runs.len(), 1, "what is not struck costs nothing");
        let run = |text: &str, struck| Run {
            text: text.to_owned(),
            struck,
        };
        let expected = [
            run("乙", None),
            run(" 12件\r\n", Some(true)),
            run("丙", Some(false)),
        ];
        assert_eq!(texts.runs(3), Some(&expected[..]));
        assert_eq!(read(text, true).unwrap().runs.len(), 2);
    }

    #[test]
    fn escapes_are_characters_and_look_alikes_are_not() {
        for (text, expected) in [
            ("a_x000D_b", Some("a\rb")),
            ("_x005F_x000D_", Some("_x000D_")),
            ("_xD83D__xDCF7_!", Some("📷!")),
            ("_xD83D_", Some("\u{FFFD}")),
            ("_x00あ_x000D", None),
            ("__x000A_", Some("_\n")),
            ("", None),
        ] {
            assert_eq!(unescaped(text).as_deref(), expected, "{text}");
        }
    }
}
