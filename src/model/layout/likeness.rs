//! How near an edited text comes to a label.

use super::label::Token;
use crate::model::text::label_key;
use crate::model::{FiscalYear, Half, Label, LabelMatch};

/// How near a key comes to one of a label's spellings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Likeness {
    /// Characters to change, add, take away or exchange with their neighbour.
    pub distance: usize,
    /// What the spelling's placeholders stand for.
    pub found: LabelMatch,
}

/// A year that was read is as good as so many characters.
const YEAR: usize = 2;

/// How many characters of a label so long may be wrong; a short one must be right.
fn allowed(length: usize) -> usize {
    match length {
        0..=3 => 0,
        4..=7 => 1,
        8..=13 => 2,
        _ => 3,
    }
}

/// A label and the colon behind it are no longer.
const LONGEST_JOINED: usize = 40;

impl Label {
    /// The entry that was typed into the label's own cell, behind a colon or on the next line:
    /// `取組項目：研修の充実`.
    pub fn entry_behind<'t>(&self, text: &'t str) -> Option<&'t str> {
        let mut ends: Vec<(usize, char)> = text
            .char_indices()
            .take(LONGEST_JOINED)
            .filter(|(_, c)| [':', '：', '\n'].contains(c))
            .collect();
        ends.reverse();
        let (at, c) = ends
            .into_iter()
            .find(|(at, _)| self.matches(&label_key(&text[..*at])).is_some())?;
        let entry = text[at + c.len_utf8()..].trim();
        (!entry.is_empty()).then_some(entry)
    }

    /// Tells how near a key ([`label_key`](crate::model::text::label_key)) comes to the nearest
    /// spelling; `None` where it is near none of them.
    ///
    /// Only words can be mistyped: what stands for a placeholder must be right and stand in front.
    pub fn likeness(&self, key: &str) -> Option<Likeness> {
        self.patterns
            .iter()
            .filter_map(|pattern| nearness(pattern, key))
            .min_by_key(|likeness| likeness.distance)
    }
}

fn nearness(pattern: &[Token], key: &str) -> Option<Likeness> {
    let mut found = LabelMatch::default();
    let mut rest = key;
    let mut words = String::new();
    for token in pattern {
        match token {
            Token::Literal(literal) => words.push_str(literal),
            Token::Year | Token::Half | Token::Name if !words.is_empty() => return None,
            Token::Year => {
                let (year, behind) = FiscalYear::prefix(rest)?;
                found.year = Some(year);
                rest = behind;
            }
            Token::Half => {
                let (half, behind) = Half::prefix(rest)?;
                found.half = Some(half);
                rest = behind;
            }
            Token::Name => return None,
        }
    }
    let length = words.chars().count();
    if length == 0 {
        return None;
    }
    let with_year = length + if found.year.is_some() { YEAR } else { 0 };
    let most = allowed(with_year);
    if rest.chars().count().abs_diff(length) > most {
        return None;
    }
    // Figures and words at an end are no slips: they may be the entry itself.
    let figures = |text: &str| {
        text.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    let added = rest.len() > words.len() && (rest.starts_with(&words) || rest.ends_with(&words));
    if added || figures(rest) != figures(&words) {
        return None;
    }
    let distance = strsim::osa_distance(&words, rest);
    (distance <= most).then_some(Likeness { distance, found })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn distance(spellings: &[&str], text: &str) -> Option<usize> {
        let spellings: Vec<String> = spellings.iter().map(|one| (*one).to_owned()).collect();
        let likeness = Label::from(spellings).likeness(&label_key(text))?;
        Some(likeness.distance)
    }

    #[test]
    fn a_label_may_be_mistyped_in_proportion_to_its_length() {
        for (label, text, expected) in [
            ("取組番号", "取組番号", Some(0)),
            ("取組番号", "取組番合", Some(1)),
            ("取組番号", "取組号番", Some(1)),
            ("取組番号", "取組み番号", Some(1)),
            ("取組番号", "取組番", Some(1)),
            ("取組番号", "取組項目", None),
            ("取組番号", "取組番号7", None),
            ("取組番号", "取組番7", None),
            ("取組番号", "取組番号七", None),
            ("主管課", "主幹課", None),
            ("上半期の取組結果【Do】", "上半期の取組結課【Dо】", Some(2)),
            ("{year}\n【実績値】", "R5年度\n【実積値】", Some(1)),
            ("{year}\n【実績値】", "R5年度\n【目標値】", None),
            ("{year}\n【実績値】", "五年度\n【実績値】", None),
            ("{year}", "R5年廈", None),
            ("実績値{year}", "実積値R5年度", None),
            ("", "取組番号", None),
        ] {
            assert_eq!(distance(&[label], text), expected, "{label} {text}");
        }
        assert_eq!(distance(&["Plan", "取組目標"], "取組日標"), Some(1));
    }

    #[test]
    fn an_entry_may_stand_behind_its_label() {
        let label = ["主管課\n(関係課)", "主管課"].map(str::to_owned).to_vec();
        let label = Label::from(label);
        for (text, entry) in [
            ("主管課：総務課", Some("総務課")),
            (
                "主管課\n（関係課）\n総務課\n（全課）",
                Some("総務課\n（全課）"),
            ),
            ("主 管 課: 総務課", Some("総務課")),
            ("主管課：", None),
            ("主管課 総務課", None),
            ("担当：総務課", None),
        ] {
            assert_eq!(label.entry_behind(text), entry, "{text}");
        }
    }

    #[test]
    fn a_mistyped_label_keeps_its_year_and_half() {
        let label = Label::from(vec!["{nengo}{half}の実施状況".to_owned()]);
        let key = label_key("令和５年度 上半期の実旋状況");
        let found = label.likeness(&key).unwrap().found;
        assert_eq!(found.year, Some(FiscalYear(2023)));
        assert_eq!(found.half, Some(Half::First));
    }
}
