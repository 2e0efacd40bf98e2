//! A label's spellings, and what a cell's words say when they are one of them.

use serde::Deserialize;

use crate::model::text::label_key;
use crate::model::{FiscalYear, Half};

/// The spellings of one label; the first is the one that is written.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct Label {
    spellings: Vec<String>,
    pub(super) patterns: Vec<Vec<Token>>,
}

/// A piece of a spelling, ready to be compared with a key.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Literal(String),
    Year,
    Half,
    Name,
}

/// What a label's placeholders stood for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LabelMatch {
    /// `{year}` or `{nengo}`
    pub year: Option<FiscalYear>,
    /// `{half}`
    pub half: Option<Half>,
}

impl From<Vec<String>> for Label {
    fn from(spellings: Vec<String>) -> Self {
        let patterns = spellings.iter().map(|spelling| tokens(spelling)).collect();
        Self {
            spellings,
            patterns,
        }
    }
}

fn tokens(spelling: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut rest = spelling;
    while let Some(open) = rest.find('{') {
        found.push(Token::Literal(label_key(&rest[..open])));
        rest = &rest[open + 1..];
        let close = rest.find('}').unwrap_or(rest.len());
        found.push(match &rest[..close] {
            "year" | "nengo" => Token::Year,
            "half" => Token::Half,
            "name" => Token::Name,
            other => Token::Literal(label_key(other)),
        });
        rest = rest.get(close + 1..).unwrap_or("");
    }
    found.push(Token::Literal(label_key(rest)));
    found.retain(|token| *token != Token::Literal(String::new()));
    found
}

impl Label {
    /// Tells whether the layout has no such label.
    pub fn is_none(&self) -> bool {
        self.spellings.is_empty()
    }

    /// Its spellings, the written one first.
    pub fn spellings(&self) -> &[String] {
        &self.spellings
    }

    /// Tells whether the spelling that is written names a year.
    pub fn names_year(&self) -> bool {
        let written = self.patterns.first();
        written.is_some_and(|pattern| pattern.contains(&Token::Year))
    }

    /// The text that is written, with its placeholders filled.
    pub fn written(&self, year: FiscalYear) -> String {
        self.plain()
            .replace("{year}", &year.short())
            .replace("{nengo}", &year.long())
    }

    /// The text that is written where there is no placeholder.
    pub fn plain(&self) -> &str {
        self.spellings.first().map_or("", String::as_str)
    }

    /// Tells whether a key ([`label_key`]) is one of the spellings, and what its placeholders say.
    pub fn matches(&self, key: &str) -> Option<LabelMatch> {
        self.patterns
            .iter()
            .find_map(|pattern| match_tokens(pattern, key))
    }
}

fn match_tokens(pattern: &[Token], key: &str) -> Option<LabelMatch> {
    let mut found = LabelMatch::default();
    // Most spellings are plain words, and most texts are of another length.
    if let [Token::Literal(literal)] = pattern {
        return (literal == key).then_some(found);
    }
    // How a text ends is told sooner than which year it names.
    if let Some(Token::Literal(end)) = pattern.last()
        && !key.ends_with(end.as_str())
    {
        return None;
    }
    let mut rest = key;
    for token in pattern {
        rest = match token {
            Token::Literal(literal) => rest.strip_prefix(literal.as_str())?,
            Token::Year => {
                let (year, rest) = FiscalYear::prefix(rest)?;
                found.year = Some(year);
                // 令和4年度(2022年度) names one year twice.
                FiscalYear::prefix(rest)
                    .filter(|(again, _)| *again == year)
                    .map_or(rest, |(_, rest)| rest)
            }
            Token::Half => {
                let (half, rest) = Half::prefix(rest)?;
                found.half = Some(half);
                rest
            }
            // Most texts name no plan, which is told sooner than where the last one ends.
            Token::Name if !rest.contains("計画") => return None,
            Token::Name => &rest[rest.rfind("計画")? + "計画".len()..],
        };
    }
    (rest.is_empty() && !pattern.is_empty()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(spellings: &[&str]) -> Label {
        let spellings: Vec<String> = spellings.iter().map(|one| (*one).to_owned()).collect();
        spellings.into()
    }

    #[test]
    fn placeholders_match_any_spelling_of_a_year() {
        let status = label(&["{nengo}の実施状況"]);
        for text in [
            "令和5年度の実施状況",
            "Ｒ５年度の実施状況",
            "2023年度 の 実施状況",
            "【令和５年度の実施状況】",
        ] {
            let found = status.matches(&label_key(text));
            assert_eq!(
                found.and_then(|found| found.year),
                Some(FiscalYear(2023)),
                "{text}"
            );
        }
        assert_eq!(status.matches(&label_key("令和5年度の実施内容")), None);
        assert_eq!(status.written(FiscalYear(2023)), "令和5年度の実施状況");
    }

    #[test]
    fn storeys_are_told_apart_by_their_words() {
        let actual = label(&["{year}\n【実績値】"]);
        assert!(actual.matches(&label_key("Ｒ５年度［実績値］")).is_some());
        assert!(actual.matches(&label_key("Ｒ５年度［目標値］")).is_none());
        assert_eq!(actual.written(FiscalYear(2023)), "R5年度\n【実績値】");
    }

    #[test]
    fn headings_name_year_and_half() {
        let heading = label(&["{year}{half}進捗管理票", "{name}進捗管理票", "進捗管理票"]);
        let found = heading
            .matches(&label_key("令和５年度 上半期 進捗管理票"))
            .unwrap();
        assert_eq!(
            (found.year, found.half),
            (Some(FiscalYear(2023)), Some(Half::First))
        );
        assert!(
            heading
                .matches(&label_key("小千谷市行政改革実施計画 進捗管理票"))
                .is_some()
        );
        assert!(
            heading
                .matches(&label_key("進捗管理票は提出済み"))
                .is_none()
        );
    }
}
