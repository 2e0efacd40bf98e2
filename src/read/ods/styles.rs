//! The automatic styles of an ods, as far as they hide a sheet, strike a text out or point.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "events of the XML reader: what is not asked for is passed over, the walk checked it"
)]

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};

use crate::read::error::ReadError;
use crate::read::xml::Walk;

/// Styles by name; those of the document's own style sheet are not among them.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_name: BTreeMap<String, Style>,
}

#[derive(Debug, Default)]
struct Style {
    parent: Option<String>,
    struck: Option<bool>,
    hidden: bool,
    /// A line with a head.
    pointed: bool,
}

/// No style inherits from more styles than this; a longer chain is a circle.
const LONGEST_CHAIN: usize = 16;

impl Styles {
    /// Reads the styles up to the end of the element that was just opened.
    pub(super) fn read(&mut self, walk: &mut Walk<'_>) -> Result<(), ReadError> {
        let outer = walk.depth() - 1;
        let mut current: Option<(String, Style)> = None;
        while walk.depth() > outer {
            match walk.next()? {
                Event::Start(element) | Event::Empty(element) => {
                    match element.local_name().as_ref() {
                        "style" => {
                            self.by_name.extend(current.take());
                            let parent = walk.attribute(&element, "parent-style-name")?;
                            let style = Style {
                                parent,
                                ..Style::default()
                            };
                            current = walk.attribute(&element, "name")?.map(|name| (name, style));
                        }
                        "text-properties" => {
                            if let Some((_, style)) = &mut current {
                                style.struck = struck(walk, &element)?.or(style.struck);
                            }
                        }
                        "table-properties" => {
                            let display = walk.attribute(&element, "display")?;
                            if let Some((_, style)) = &mut current {
                                style.hidden = display.as_deref() == Some("false");
                            }
                        }
                        "graphic-properties" => {
                            let mut pointed = false;
                            for end in ["marker-start", "marker-end"] {
                                let marker = walk.attribute(&element, end)?;
                                pointed |= marker.is_some_and(|marker| !marker.is_empty());
                            }
                            if let Some((_, style)) = &mut current {
                                style.pointed = pointed;
                            }
                        }
                        _ => {}
                    }
                }
                Event::Eof => return Err(walk.malformed()),
                _ => {}
            }
        }
        self.by_name.extend(current);
        Ok(())
    }

    /// Whether a style strikes its text out; `None` where it does not say.
    pub(super) fn struck(&self, name: &str) -> Option<bool> {
        let mut style = self.by_name.get(name);
        for _ in 0..LONGEST_CHAIN {
            let known = style?;
            if known.struck.is_some() {
                return known.struck;
            }
            style = self.by_name.get(known.parent.as_deref()?);
        }
        None
    }

    /// Whether a style gives its line a head.
    pub(super) fn points(&self, name: &str) -> bool {
        self.by_name.get(name).is_some_and(|style| style.pointed)
    }

    /// Whether a style hides its sheet.
    pub(super) fn hides(&self, name: &str) -> bool {
        self.by_name.get(name).is_some_and(|style| style.hidden)
    }
}

fn struck(walk: &Walk<'_>, element: &BytesStart<'_>) -> Result<Option<bool>, ReadError> {
    let mut said = None;
    for name in ["text-line-through-style", "text-line-through-type"] {
        if let Some(value) = walk.attribute(element, name)? {
            said = Some(said.unwrap_or(false) || value != "none");
        }
    }
    Ok(said)
}
