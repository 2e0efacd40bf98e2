//! The parts of a workbook's package, and their elements as a tree.
#![allow(dead_code, clippy::unwrap_used, reason = "each test crate uses a part")]

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The texts of the parts by name.
pub type Parts = BTreeMap<String, String>;

/// Every part of a package; none may be there twice.
pub fn parts(bytes: &[u8]) -> Parts {
    let mut package = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for at in 0..package.len() {
        let mut part = package.by_index(at).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        let name = part.name().unwrap().into_owned();
        assert!(parts.insert(name.clone(), text).is_none(), "{name} twice");
    }
    parts
}

/// A package of these parts.
pub fn package(parts: &Parts) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        let options = SimpleFileOptions::default();
        out.start_file(name.as_str(), options).unwrap();
        out.write_all(text.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// An element with what is in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Element {
    /// The name as written, with its prefix.
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Element>,
    /// The text directly in it.
    pub text: String,
}

impl Element {
    /// Parses a part.
    pub fn parse(xml: &str) -> Result<Self, String> {
        let mut reader = Reader::from_str(xml);
        let mut open = vec![Self::default()];
        let said = |error: &dyn std::fmt::Display| error.to_string();
        loop {
            match reader.read_event().map_err(|error| said(&error))? {
                Event::Start(start) => open.push(Self::of(&start)?),
                Event::Empty(start) => {
                    let element = Self::of(&start)?;
                    open.last_mut().unwrap().children.push(element);
                }
                Event::End(_) => {
                    let element = open.pop().unwrap();
                    open.last_mut()
                        .ok_or("too many ends")?
                        .children
                        .push(element);
                }
                Event::Text(text) => open.last_mut().unwrap().text.push_str(&text),
                Event::GeneralRef(reference) => {
                    let code = reference.resolve_char_ref().map_err(|error| said(&error))?;
                    let text = &mut open.last_mut().unwrap().text;
                    match code {
                        Some(c) => text.push(c),
                        None => text.push_str(resolve_xml_entity(&reference).ok_or("an entity")?),
                    }
                }
                Event::CData(_) | Event::DocType(_) | Event::PI(_) => {
                    return Err("an event that is never written".to_owned());
                }
                Event::Comment(_) | Event::Decl(_) => {}
                Event::Eof => break,
            }
        }
        match (open.pop(), open.is_empty()) {
            (Some(mut outside), true) if outside.children.len() == 1 => {
                Ok(outside.children.remove(0))
            }
            _ => Err("not one whole element".to_owned()),
        }
    }

    fn of(start: &BytesStart<'_>) -> Result<Self, String> {
        let mut attributes = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| error.to_string())?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            let value = value.map_err(|error| error.to_string())?.into_owned();
            attributes.push((attribute.key.as_ref().to_owned(), value));
        }
        Ok(Self {
            name: start.name().as_ref().to_owned(),
            attributes,
            ..Self::default()
        })
    }

    /// An attribute's value.
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        let found = attributes.find(|(known, _)| known == name)?;
        Some(&found.1)
    }

    /// An attribute's number.
    pub fn number(&self, name: &str) -> Option<usize> {
        self.get(name)?.parse().ok()
    }

    /// The first child of a name.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The children of a child, none where there is no such child.
    pub fn below(&self, name: &str) -> &[Self] {
        self.child(name).map_or(&[], |child| &child.children)
    }

    /// Itself and all that is in it, in the order of writing.
    pub fn all(&self) -> Vec<&Self> {
        let mut all = vec![self];
        for child in &self.children {
            all.extend(child.all());
        }
        all
    }

    /// The text of it and of all that is in it.
    pub fn words(&self) -> String {
        let mut words = self.text.clone();
        for child in &self.children {
            words.push_str(&child.words());
        }
        words
    }
}

/// The element of a part that must be there.
#[track_caller]
pub fn element(parts: &Parts, name: &str) -> Element {
    let xml = parts
        .get(name)
        .unwrap_or_else(|| panic!("there is no {name}"));
    Element::parse(xml).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// What the relationships of a part lead to, by id; the part of the package itself is "".
pub fn targets(parts: &Parts, part: &str) -> BTreeMap<String, String> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let folder = match folder {
        "" => String::new(),
        folder => format!("{folder}/"),
    };
    let name = format!("{folder}_rels/{file}.rels");
    if !parts.contains_key(&name) {
        return BTreeMap::new();
    }
    let relationships = element(parts, &name).children;
    let target = |one: &Element| {
        let target = one.get("Target").unwrap();
        let target = match target.strip_prefix('/') {
            Some(whole) => whole.to_owned(),
            None => plain(&format!("{folder}{target}")),
        };
        (one.get("Id").unwrap().to_owned(), target)
    };
    relationships.iter().map(target).collect()
}

/// A path without `..`.
fn plain(path: &str) -> String {
    let mut plain: Vec<&str> = Vec::new();
    for step in path.split('/') {
        match step {
            ".." => drop(plain.pop()),
            step => plain.push(step),
        }
    }
    plain.join("/")
}

/// The sheets in the order of their tabs: name, part, element.
pub fn sheets(parts: &Parts) -> Vec<(String, String, Element)> {
    let targets = targets(parts, "xl/workbook.xml");
    let workbook = element(parts, "xl/workbook.xml");
    let sheet = |one: &Element| {
        let part = targets[one.get("r:id").unwrap()].clone();
        let sheet = element(parts, &part);
        (one.get("name").unwrap().to_owned(), part, sheet)
    };
    workbook.below("sheets").iter().map(sheet).collect()
}
