//! The shared texts of an xls, as far as they have fonts of their own ([MS-XLS] 2.4.265).

use std::collections::BTreeMap;

use crate::read::beside::Mark;
use crate::read::styles::Styles;

const WIDE: u8 = 0x01;
const FURIGANA: u8 = 0x04;
const IN_RUNS: u8 = 0x08;

/// The marks of texts in runs, by the texts' numbers.
pub(super) type Marks = BTreeMap<u32, Vec<Mark>>;

/// Reads how long each text is, and where its runs begin; `None` where the texts are not as they should be.
/// `pieces` is the record and those that go on with it.
pub(super) fn read(pieces: Vec<&[u8]>, styles: &Styles) -> Option<(Vec<u16>, Marks)> {
    let mut texts = Texts {
        pieces: pieces.into_iter(),
        rest: &[],
    };
    texts.rest = texts.pieces.next()?;
    texts.u32()?;
    let count = texts.u32()?;
    let (mut lengths, mut marks) = (Vec::new(), Marks::new());
    for number in 0..count {
        let (length, found) = texts.text(styles)?;
        lengths.push(length);
        if !found.is_empty() {
            marks.insert(number, found);
        }
    }
    Some((lengths, marks))
}

struct Texts<'a> {
    pieces: std::vec::IntoIter<&'a [u8]>,
    rest: &'a [u8],
}

impl Texts<'_> {
    fn text(&mut self, styles: &Styles) -> Option<(u16, Vec<Mark>)> {
        let length = self.u16()?;
        let mut characters = usize::from(length);
        let flags = self.u8()?;
        let runs = match flags & IN_RUNS {
            0 => 0,
            _ => self.u16()?,
        };
        let furigana = match flags & FURIGANA {
            0 => 0,
            _ => self.u32()?,
        };
        let mut wide = flags & WIDE != 0;
        while characters > 0 {
            if self.rest.is_empty() {
                self.rest = self.pieces.next()?;
                // Each piece says anew how wide its characters are.
                wide = self.u8()? & WIDE != 0;
            }
            let width = if wide { 2 } else { 1 };
            let here = characters.min(self.rest.len() / width);
            if here == 0 {
                return None;
            }
            self.rest = self.rest.get(here * width..)?;
            characters -= here;
        }
        let mut marks = Vec::new();
        for _ in 0..runs {
            let (from, font) = (self.u16()?, self.u16()?);
            let struck = styles.is_struck(super::globals::font(font));
            marks.push((usize::from(from), struck));
        }
        for _ in 0..furigana {
            self.u8()?;
        }
        Some((length, marks))
    }

    fn u8(&mut self) -> Option<u8> {
        while self.rest.is_empty() {
            self.rest = self.pieces.next()?;
        }
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.u8()?, self.u8()?]))
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from(self.u16()?) | u32::from(self.u16()?) << 16)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_found_behind_texts_that_go_on_in_other_records() {
        let mut styles = Styles::default();
        for struck in [false, false, false, false, true] {
            styles.add_font(struck);
        }
        let first: &[u8] = &[
            3, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, b'a', b'b', 4, 0, 8, 2, 0, b'c',
        ];
        // Wide characters from here on, two runs, then furigana behind a plain text.
        let second: &[u8] = &[1, 1, 0x30, 2, 0x30, 3, 0x30, 1, 0, 5, 0, 3, 0];
        let third: &[u8] = &[0, 0, 1, 0, 5, 2, 0, 0, 0, 9, 0x30, 7, 7];
        let (lengths, found) = read(vec![first, second, third], &styles).unwrap();
        assert_eq!(lengths, [2, 4, 1]);
        let expected = Marks::from([(1, vec![(1, true), (3, false)])]);
        assert_eq!(found, expected);
        assert!(read(vec![&first[..18]], &styles).is_none(), "broken off");
    }
}
