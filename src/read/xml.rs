//! A strict walk over a part: well-formed, UTF-8, no document type, no undefined entity.

use std::collections::BTreeSet;
use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};

use super::error::{Problem, ReadError};
use super::limited::Limited;
use super::limits::Limits;

/// Names of attributes that are compared one by one; an element has more only in rare cases.
const FEW: usize = 8;
const BYTE_ORDER_MARK: char = '\u{FEFF}';

/// A part that is walked event by event; what programs read differently is refused.
pub(super) struct Walk<'a> {
    reader: Reader<&'a [u8]>,
    part: &'a str,
    limits: &'a Limits,
    depth: usize,
    rooted: bool,
    /// The last event was a tag: behind it stands a text or the next tag.
    after_tag: bool,
    start: usize,
    /// The length of a byte order mark, which the XML reader does not count.
    mark: usize,
}

impl<'a> Walk<'a> {
    pub(super) fn new(
        part: &'a str,
        bytes: &'a [u8],
        limits: &'a Limits,
    ) -> Result<Self, ReadError> {
        let Ok(text) = std::str::from_utf8(bytes) else {
            return Err(ReadError::broken(part, Problem::NotUtf8));
        };
        let mark = match text.starts_with(BYTE_ORDER_MARK) {
            true => BYTE_ORDER_MARK.len_utf8(),
            false => 0,
        };
        Ok(Self {
            reader: Reader::from_str(text),
            part,
            limits,
            depth: 0,
            rooted: false,
            after_tag: false,
            start: 0,
            mark,
        })
    }

    /// The next event; comments, declarations and the like are checked and passed on.
    pub(super) fn next(&mut self) -> Result<Event<'a>, ReadError> {
        let event = self.next_with_attributes()?;
        if let Event::Start(element) | Event::Empty(element) = &event {
            self.check_attributes(element)?;
        }
        Ok(event)
    }

    /// The next event like [`Walk::next`]; the attributes of its element are the caller's to check.
    pub(super) fn next_with_attributes(&mut self) -> Result<Event<'a>, ReadError> {
        self.start = self.position();
        let event = self.reader.read_event().map_err(|_| self.malformed())?;
        if self.position() - self.start > self.limits.token {
            return Err(self.over(Limited::Token, self.limits.token));
        }
        self.after_tag = matches!(event, Event::Start(_) | Event::Empty(_) | Event::End(_));
        match &event {
            Event::Start(_) => {
                self.open()?;
                self.depth += 1;
                if self.depth > self.limits.depth {
                    return Err(self.over(Limited::Depth, self.limits.depth));
                }
            }
            Event::Empty(_) => self.open()?,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            Event::Text(text) => {
                if self.depth == 0 && !text.trim_start_matches(BYTE_ORDER_MARK).trim().is_empty() {
                    return Err(self.malformed());
                }
            }
            Event::CData(_) if self.depth == 0 => return Err(self.malformed()),
            Event::CData(_) | Event::Comment(_) | Event::PI(_) => {}
            Event::Decl(declaration) => {
                let encoding = declaration.encoding().transpose();
                let encoding = encoding.map_err(|_| self.malformed())?;
                if encoding.is_some_and(|name| !name.eq_ignore_ascii_case("utf-8")) {
                    return Err(self.broken(Problem::NotUtf8));
                }
            }
            Event::DocType(_) => return Err(self.broken(Problem::Doctype)),
            Event::GeneralRef(reference) => {
                let known = match reference.resolve_char_ref() {
                    Ok(Some(_)) => true,
                    Ok(None) => matches!(&**reference, "lt" | "gt" | "amp" | "apos" | "quot"),
                    Err(_) => false,
                };
                if self.depth == 0 || !known {
                    return Err(self.malformed());
                }
            }
            Event::Eof => {
                if self.depth > 0 || !self.rooted {
                    return Err(self.malformed());
                }
            }
        }
        Ok(event)
    }

    /// Passes an empty element that stands right behind the last tag if it is spelled in a way that
    /// is known whole: `spelled` gives what it says and its length in bytes. All else is for
    /// [`Walk::next`].
    pub(super) fn pass<T>(&mut self, spelled: impl Fn(&[u8]) -> Option<(T, usize)>) -> Option<T> {
        // Behind anything but a tag the XML reader may be in the middle of something.
        if !self.after_tag {
            return None;
        }
        let (said, length) = spelled(self.reader.get_ref())?;
        if length > self.limits.token {
            return None;
        }
        self.start = self.position();
        self.reader.stream().consume(length);
        Some(said)
    }

    /// Walks to the end of the element that was just opened and gives all the text in it.
    pub(super) fn text(&mut self) -> Result<String, ReadError> {
        let outer = self.depth.saturating_sub(1);
        let mut text = String::new();
        while self.depth > outer {
            append(&mut text, &self.next()?);
        }
        Ok(text)
    }

    /// How many elements are open; 1 inside the root.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// Where the last event stands in the part.
    pub(super) fn span(&self) -> std::ops::Range<usize> {
        self.start..self.position()
    }

    pub(super) fn malformed(&self) -> ReadError {
        self.broken(Problem::Malformed)
    }

    pub(super) fn broken(&self, problem: Problem) -> ReadError {
        ReadError::broken(self.part, problem)
    }

    pub(super) fn over(&self, what: Limited, limit: usize) -> ReadError {
        ReadError::over(what, limit as u64, Some(self.part))
    }

    /// An attribute's text by its local name: `id` finds `r:id`.
    pub(super) fn attribute(
        &self,
        element: &BytesStart<'_>,
        name: &str,
    ) -> Result<Option<String>, ReadError> {
        // Doubled names were refused when the element came.
        for attribute in element.attributes().with_checks(false) {
            let attribute = attribute.map_err(|_| self.malformed())?;
            if attribute.key.local_name().as_ref() == name {
                let text = attribute.normalized_value(XmlVersion::Implicit1_0);
                return Ok(Some(text.map_err(|_| self.malformed())?.into_owned()));
            }
        }
        Ok(None)
    }

    /// The attributes of an element; one that is given twice, which is read differently by different
    /// programs, is refused.
    pub(super) fn attributes<'e>(
        &'e self,
        element: &'e BytesStart<'_>,
    ) -> impl Iterator<Item = Result<Attribute<'e>, ReadError>> {
        let mut few = [""; FEW];
        let mut more = BTreeSet::new();
        // The XML reader's own check asks for memory for each element.
        let mut attributes = element.attributes();
        attributes.with_checks(false);
        attributes.enumerate().map(move |(number, attribute)| {
            let attribute = attribute.map_err(|_| self.malformed())?;
            let name = attribute.key.into_inner();
            if few[..number.min(FEW)].contains(&name) {
                return Err(self.malformed());
            }
            match few.get_mut(number) {
                Some(free) => *free = name,
                None if more.insert(name) => {}
                None => return Err(self.malformed()),
            }
            Ok(attribute)
        })
    }

    /// Refuses an element with attributes that are malformed or given twice.
    pub(super) fn check_attributes(&self, element: &BytesStart<'_>) -> Result<(), ReadError> {
        self.attributes(element)
            .try_for_each(|attribute| attribute.map(|_| ()))
    }

    fn open(&mut self) -> Result<(), ReadError> {
        if self.depth == 0 && self.rooted {
            return Err(self.malformed());
        }
        self.rooted = true;
        Ok(())
    }

    fn position(&self) -> usize {
        let counted = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
        counted.saturating_add(self.mark)
    }
}

/// Adds what an event says to a text: characters, and references to characters.
pub(super) fn append(text: &mut String, event: &Event<'_>) {
    match event {
        Event::Text(more) => text.push_str(&more.xml_content(XmlVersion::Implicit1_0)),
        Event::CData(more) => text.push_str(&more.xml_content(XmlVersion::Implicit1_0)),
        Event::GeneralRef(name) => match name.resolve_char_ref() {
            Ok(Some(c)) => text.push(c),
            // The walk lets only the five of XML pass.
            Ok(None) | Err(_) => text.push_str(resolve_xml_entity(name).unwrap_or("")),
        },
        Event::Start(_)
        | Event::End(_)
        | Event::Empty(_)
        | Event::Comment(_)
        | Event::Decl(_)
        | Event::PI(_)
        | Event::DocType(_)
        | Event::Eof => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(text: &[u8]) -> Result<usize, ReadError> {
        let limits = Limits {
            depth: 3,
            token: 64,
            ..Limits::default()
        };
        let mut walk = Walk::new("x.xml", text, &limits)?;
        let mut events = 0;
        while walk.next()? != Event::Eof {
            events += 1;
        }
        Ok(events)
    }

    #[test]
    fn well_formed_parts_pass() {
        for text in [
            "<a/>",
            "\u{FEFF}<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a b=\"1\">x&amp;&#x3042;<b/></a>\n",
            "<a><!-- x --><![CDATA[y]]></a>",
        ] {
            assert!(walk(text.as_bytes()).is_ok(), "{text}");
        }
    }

    #[test]
    fn everything_that_programs_read_differently_is_refused() {
        for (text, problem) in [
            ("", Problem::Malformed),
            ("<a>", Problem::Malformed),
            ("<a></b>", Problem::Malformed),
            ("<a/><a/>", Problem::Malformed),
            ("<a/>x", Problem::Malformed),
            ("<a b='1' b='2'/>", Problem::Malformed),
            ("<a>&nbsp;</a>", Problem::Malformed),
            ("<a>&#x0;</a>", Problem::Malformed),
            ("<a", Problem::Malformed),
            ("<!DOCTYPE a><a/>", Problem::Doctype),
            (
                "<?xml version='1.0' encoding='Shift_JIS'?><a/>",
                Problem::NotUtf8,
            ),
        ] {
            let expected = Err(ReadError::broken("x.xml", problem));
            assert_eq!(walk(text.as_bytes()), expected, "{text}");
        }
        let latin = walk(b"<a>\xE9</a>");
        assert_eq!(latin, Err(ReadError::broken("x.xml", Problem::NotUtf8)));
    }

    #[test]
    fn the_text_of_an_element_is_all_that_stands_in_it() {
        let limits = Limits::default();
        let part = b"<a><b>x &lt;<c>&#x3042;</c><![CDATA[<y>]]><!-- z --></b><d/></a>";
        let mut walk = Walk::new("x.xml", part, &limits).unwrap();
        walk.next().unwrap();
        walk.next().unwrap();
        assert_eq!(walk.text().unwrap(), "x <あ<y>");
        assert!(matches!(walk.next(), Ok(Event::Empty(_))));
    }

    #[test]
    fn a_byte_order_mark_moves_nothing() {
        let limits = Limits::default();
        let part = "\u{FEFF}<a><b/></a>";
        let mut walk = Walk::new("x.xml", part.as_bytes(), &limits).unwrap();
        walk.next().unwrap();
        walk.next().unwrap();
        assert_eq!(&part[walk.span()], "<b/>");
    }

    #[test]
    fn more_attributes_than_a_few_are_compared_too() {
        let names: String = (0..12).map(|number| format!(" a{number}=\"\"")).collect();
        assert!(walk(format!("<a{}/>", &names[..60]).as_bytes()).is_ok());
        let limits = Limits::default();
        for (again, ok) in [("", true), (" a0=\"\"", false), (" a11=\"\"", false)] {
            let part = format!("<a{names}{again}/>");
            let mut walk = Walk::new("x.xml", part.as_bytes(), &limits).unwrap();
            assert_eq!(walk.next().is_ok(), ok, "{part}");
        }
    }

    #[test]
    fn only_what_stands_behind_a_tag_is_passed_whole() {
        let known = |left: &[u8]| left.starts_with(b"<b/>").then_some(((), 4));
        let limits = Limits {
            token: 4,
            ..Limits::default()
        };
        let part = b"<a><b/> <b/></a>";
        let mut walk = Walk::new("x.xml", part, &limits).unwrap();
        assert!(walk.pass(known).is_none(), "nothing was read");
        walk.next().unwrap();
        assert!(walk.pass(known).is_some());
        assert_eq!(walk.span(), 3..7);
        assert!(walk.pass(known).is_none());
        assert!(matches!(walk.next(), Ok(Event::Text(_))));
        assert!(walk.pass(known).is_none(), "the reader is at the next tag");
        assert!(matches!(walk.next(), Ok(Event::Empty(_))));
        assert!(matches!(walk.next(), Ok(Event::End(_))));
        let limits = Limits { token: 3, ..limits };
        let mut walk = Walk::new("x.xml", part, &limits).unwrap();
        walk.next().unwrap();
        assert!(walk.pass(known).is_none(), "longer than a token may be");
    }

    #[test]
    fn deep_nesting_and_long_tokens_run_into_the_limits() {
        let deep = walk(b"<a><a><a><a/></a></a></a>");
        assert!(deep.is_ok(), "an empty element does not nest");
        let deep = walk(b"<a><a><a><a></a></a></a></a>");
        assert!(matches!(
            deep,
            Err(ReadError::OverLimit {
                what: Limited::Depth,
                ..
            })
        ));
        let long = format!("<a>{}</a>", "x".repeat(65));
        assert!(matches!(
            walk(long.as_bytes()),
            Err(ReadError::OverLimit {
                what: Limited::Token,
                ..
            })
        ));
    }
}
