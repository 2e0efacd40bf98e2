//! Paragraphs as a person sees them: white space, line breaks, furigana, struck runs.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "events of the XML reader: what is not asked for is passed over, the walk checked it"
)]

use quick_xml::events::{BytesStart, Event};

use crate::read::beside::Runs;
use crate::read::error::ReadError;
use crate::read::xml::Walk;

use super::styles::Styles;

/// More spaces than fit into a cell need not be made.
const MOST_SPACES: usize = 32_768;

/// A text of one or more paragraphs.
#[derive(Debug, Default)]
pub(super) struct Paragraphs {
    runs: Runs,
    count: usize,
    /// Whether the last paragraph has characters.
    begun: bool,
    /// White space that shows as one space, unless the paragraph begins or ends with it.
    gap: Option<Gap>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gap {
    /// Spaces alone, as they are typed.
    Typed,
    /// Line breaks or tabs too, as a program indents.
    Indented,
}

impl Paragraphs {
    /// How many paragraphs there are.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// The whole text.
    pub(super) fn text(&self) -> String {
        self.runs.iter().map(|(text, _)| text.as_str()).collect()
    }

    /// The text in runs, if any of it is struck out.
    pub(super) fn struck(self) -> Option<Runs> {
        let struck = |(text, struck): &(String, bool)| *struck && !text.trim().is_empty();
        self.runs.iter().any(struck).then_some(self.runs)
    }

    /// Begins a paragraph: what came before ends with a line break.
    pub(super) fn begin(&mut self) {
        if self.count > 0 {
            self.push("\n", false);
        }
        self.count += 1;
        self.begun = false;
        self.gap = None;
    }

    /// Reads a paragraph up to its end; `struck` is what its cell's style says. What is no text of
    /// its own is handed to `other`, which reads it up to its end.
    pub(super) fn read<'a>(
        &mut self,
        walk: &mut Walk<'a>,
        styles: &Styles,
        struck: bool,
        other: &mut dyn FnMut(&mut Walk<'a>, &BytesStart<'a>) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        self.begin();
        let outer = walk.depth() - 1;
        let mut open = vec![struck];
        while walk.depth() > outer {
            let struck = open.last().copied().unwrap_or(struck);
            match walk.next()? {
                Event::Text(text) => self.words(&text, struck),
                Event::CData(text) => self.words(&text, struck),
                Event::GeneralRef(reference) => {
                    let c = match reference.resolve_char_ref() {
                        Ok(Some(c)) => c,
                        Ok(None) | Err(_) => named(&reference).ok_or_else(|| walk.malformed())?,
                    };
                    self.words(c.encode_utf8(&mut [0; 4]), struck);
                }
                Event::Start(element) => match element.local_name().as_ref() {
                    "span" => {
                        let style = walk.attribute(&element, "style-name")?;
                        let own = style.and_then(|style| styles.struck(&style));
                        open.push(own.unwrap_or(struck));
                    }
                    // Signs may be written with an end tag of their own.
                    "s" | "tab" | "line-break" => {
                        self.sign(walk, &element, struck)?;
                        open.push(struck);
                    }
                    "ruby-text" => skip(walk)?,
                    "annotation" | "frame" | "custom-shape" => other(walk, &element)?,
                    _ => open.push(struck),
                },
                Event::Empty(element) => self.sign(walk, &element, struck)?,
                Event::End(_) => {
                    open.pop();
                }
                Event::Eof => return Err(walk.malformed()),
                _ => {}
            }
        }
        if self.gap.take() == Some(Gap::Typed) && self.begun {
            self.push(" ", struck);
        }
        Ok(())
    }

    fn sign(
        &mut self,
        walk: &Walk<'_>,
        element: &BytesStart<'_>,
        struck: bool,
    ) -> Result<(), ReadError> {
        let sign = match element.local_name().as_ref() {
            "s" => {
                let count = walk.attribute(element, "c")?;
                let count = count.and_then(|count| count.parse::<usize>().ok());
                " ".repeat(count.unwrap_or(1).min(MOST_SPACES))
            }
            "tab" => "\t".to_owned(),
            "line-break" => "\n".to_owned(),
            _ => return Ok(()),
        };
        if self.gap.take().is_some() && self.begun {
            self.push(" ", struck);
        }
        self.push(&sign, struck);
        Ok(())
    }

    /// Adds characters; white space of any length shows as one space, and none at the beginning.
    fn words(&mut self, text: &str, struck: bool) {
        let is_white = |c: char| matches!(c, ' ' | '\t' | '\r' | '\n');
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let white = is_white(first);
            let end = rest.find(|c| is_white(c) != white).unwrap_or(rest.len());
            let (piece, behind) = rest.split_at(end);
            rest = behind;
            if white {
                let typed = piece.bytes().all(|byte| byte == b' ');
                let typed = typed && self.gap != Some(Gap::Indented);
                self.gap = Some(if typed { Gap::Typed } else { Gap::Indented });
                continue;
            }
            if self.gap.take().is_some() && self.begun {
                self.push(" ", struck);
            }
            self.push(piece, struck);
        }
    }

    fn push(&mut self, text: &str, struck: bool) {
        self.begun = true;
        match self.runs.last_mut() {
            Some((last, same)) if *same == struck => last.push_str(text),
            Some(_) | None => self.runs.push((text.to_owned(), struck)),
        }
    }
}

fn named(name: &str) -> Option<char> {
    Some(match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "apos" => '\'',
        "quot" => '"',
        _ => return None,
    })
}

/// Passes over an element that was just opened.
pub(super) fn skip(walk: &mut Walk<'_>) -> Result<(), ReadError> {
    let outer = walk.depth() - 1;
    while walk.depth() > outer {
        if walk.next()? == Event::Eof {
            return Err(walk.malformed());
        }
    }
    Ok(())
}
