//! The small words around a number: 累計, 延べ, 約, 以上.

use crate::model::{Bound, Qualifier};

use super::glyph::{leading_bracket, trailing_bracket};
use super::unit::unit;

/// Spellings of the qualifiers, longest first.
const QUALIFIERS: [(&str, Qualifier); 12] = [
    ("累積値", Qualifier::Cumulative),
    ("累積で", Qualifier::Cumulative),
    ("累積", Qualifier::Cumulative),
    ("累計値", Qualifier::Cumulative),
    ("累計で", Qualifier::Cumulative),
    ("累計", Qualifier::Cumulative),
    ("延べ数", Qualifier::Total),
    ("延べで", Qualifier::Total),
    ("延べ", Qualifier::Total),
    ("のべで", Qualifier::Total),
    ("のべ", Qualifier::Total),
    ("延", Qualifier::Total),
];
/// Words behind a number that bound it.
const BOUNDS_AFTER: [(&str, Bound); 14] = [
    ("以上", Bound::AtLeast),
    ("以下", Bound::AtMost),
    ("以内", Bound::AtMost),
    ("未満", Bound::LessThan),
    ("を下回る", Bound::LessThan),
    ("を上回る", Bound::MoreThan),
    ("を超える", Bound::MoreThan),
    ("超える", Bound::MoreThan),
    ("超", Bound::MoreThan),
    ("程度", Bound::About),
    ("前後", Bound::About),
    ("くらい", Bound::About),
    ("ぐらい", Bound::About),
    ("ほど", Bound::About),
];
/// Words before a number that make it an approximation.
const ABOUT: [&str; 6] = ["約", "おおよそ", "およそ", "概ね", "おおむね", "ほぼ"];
/// Words that end in 約 and approximate nothing.
const AGREEMENTS: [&str; 16] = [
    "契約", "予約", "公約", "解約", "条約", "規約", "特約", "成約", "集約", "要約", "節約", "制約",
    "協約", "盟約", "誓約", "違約",
];
/// How words or a date are joined to the value behind them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    /// `利用率12%`
    Direct,
    /// `選定 6件`
    Gap,
    /// `件数:12件`
    Colon,
}

/// What the words around one number have said so far.
#[derive(Default)]
pub(super) struct Words {
    /// 累計 or 延べ
    pub(super) qualifier: Option<Qualifier>,
    /// 以上, 約 …
    pub(super) bound: Option<Bound>,
}

impl Words {
    /// Reads bounds, qualifiers and the unit behind a number.
    pub(super) fn behind(&mut self, after: &str) -> Option<String> {
        let mut rest = after.trim();
        rest = rest.strip_suffix('。').unwrap_or(rest);
        // 145(累計)件
        if let Some((inner, behind)) = leading_bracket(rest)
            && !behind.trim().is_empty()
            && let Some(found) = bracketed_qualifier(inner)
        {
            self.qualify(found)?;
            rest = behind.trim_start();
        }
        loop {
            rest = rest.trim_end();
            if let Some((head, inner)) = trailing_bracket(rest) {
                self.bracketed(inner)?;
                rest = head;
            } else if let Some((head, bound)) = bound_after(rest) {
                self.bind(bound)?;
                rest = head;
            } else if let Some((head, qualifier)) = trailing_qualifier(rest) {
                self.qualify(qualifier)?;
                rest = head;
            } else {
                return unit(rest);
            }
        }
    }

    /// Reads bounds and qualifiers before a number; gives the words that are left and their joint.
    pub(super) fn before<'a>(&mut self, before: &'a str) -> Option<(&'a str, Joint)> {
        let mut joint = Joint::Direct;
        let mut rest = before;
        loop {
            let trimmed = rest.trim_end();
            if trimmed.len() < rest.len() && joint == Joint::Direct {
                joint = Joint::Gap;
            }
            rest = trimmed;
            let equals = || rest.strip_suffix('=').filter(|head| !head.is_empty());
            if let Some(head) = rest.strip_suffix(':').or_else(equals) {
                joint = Joint::Colon;
                rest = head;
            } else if let Some((head, inner)) = trailing_bracket(rest)
                && self.bracketed(inner).is_some()
            {
                rest = head;
            } else if let Some(head) = about_before(rest) {
                self.bind(Bound::About)?;
                rest = head;
            } else if let Some((head, qualifier)) = trailing_qualifier(rest) {
                self.qualify(qualifier)?;
                rest = head;
            } else {
                break;
            }
        }
        if let Some((qualifier, tail)) = leading_qualifier(rest) {
            self.qualify(qualifier)?;
            rest = tail.trim_start_matches(|c: char| c.is_whitespace() || ":=".contains(c));
        }
        Some((rest.trim(), joint))
    }

    fn bracketed(&mut self, inner: &str) -> Option<()> {
        let inner = inner.trim();
        if let Some(found) = bracketed_qualifier(inner) {
            return self.qualify(found);
        }
        if ABOUT.contains(&inner) {
            return self.bind(Bound::About);
        }
        let (_, bound) = BOUNDS_AFTER.iter().find(|(word, _)| *word == inner)?;
        self.bind(*bound)
    }

    /// Two different qualifiers cannot both be kept; the text is not read then.
    fn qualify(&mut self, qualifier: Qualifier) -> Option<()> {
        let known = self.qualifier.replace(qualifier);
        known.is_none_or(|known| known == qualifier).then_some(())
    }

    fn bind(&mut self, bound: Bound) -> Option<()> {
        let known = self.bound.replace(bound);
        known.is_none_or(|known| known == bound).then_some(())
    }
}

fn qualifier(word: &str) -> Option<Qualifier> {
    let word = word.trim();
    let (_, qualifier) = QUALIFIERS.iter().find(|(spelling, _)| *spelling == word)?;
    Some(*qualifier)
}

/// In brackets 累計 is shortened to fit a narrow cell: `(累)145件`.
fn bracketed_qualifier(inner: &str) -> Option<Qualifier> {
    match inner.trim() {
        "累" => Some(Qualifier::Cumulative),
        inner => qualifier(inner),
    }
}

/// A qualifier at the end of words; 遅延 and 順延 end in 延 and qualify nothing.
fn trailing_qualifier(text: &str) -> Option<(&str, Qualifier)> {
    QUALIFIERS.iter().find_map(|(word, qualifier)| {
        let head = text.strip_suffix(word)?;
        (*word != "延" || !head.ends_with(['遅', '順', '圧', '外'])).then_some((head, *qualifier))
    })
}

fn bound_after(text: &str) -> Option<(&str, Bound)> {
    BOUNDS_AFTER
        .iter()
        .find_map(|(word, bound)| Some((text.strip_suffix(word)?, *bound)))
}

fn about_before(text: &str) -> Option<&str> {
    if AGREEMENTS.iter().any(|word| text.ends_with(word)) {
        return None;
    }
    ABOUT.iter().find_map(|word| text.strip_suffix(word))
}

/// Takes a qualifier off the front of a text, bare or in brackets.
pub(super) fn leading_qualifier(text: &str) -> Option<(Qualifier, &str)> {
    let text = text.trim_start();
    if let Some((inner, rest)) = leading_bracket(text) {
        return Some((bracketed_qualifier(inner)?, rest));
    }
    let (qualifier, rest) = QUALIFIERS
        .iter()
        .find_map(|(word, qualifier)| Some((*qualifier, text.strip_prefix(word)?)))?;
    // 延べ床面積 is an area of its own, no total of attendances; 延長 and its like are words.
    (!rest.starts_with(['床', '長', '滞', '期', '伸', '命', '焼'])).then_some((qualifier, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Measure;
    use crate::parse::measure;

    #[test]
    fn qualifiers_stand_anywhere_in_any_bracket() {
        for text in [
            "(累計)\n145件",
            "（累計）１４５件",
            "（累計)145件",
            "累計145件",
            "累計 145件",
            "累計\n145件",
            "累計：145件",
            "累計で145件",
            "累計値：145件",
            "145件（累計）",
            "145件\n(累計)",
            "145件累計",
            "145件 累計",
            "【累計】145件",
            "〔累計〕 145 件",
            "（累計145件）",
            "( 累計 ) 145件",
            "≪累計≫145件",
            "＜累計＞ 145件",
            "〖累計〗145件",
            "145（累計）件",
            "累計＝145件",
            "累計 = 145件",
            "累積145件",
            "(累積) 145件",
            "（累）145件",
            "145件[累計]",
            "累計\u{3000}\n145件",
            "\u{200B}累計\u{A0}145件\u{FEFF}",
        ] {
            let Some(Measure::Quantity(quantity)) = measure(text) else {
                panic!("{text}");
            };
            assert_eq!(quantity.value, 145.into(), "{text}");
            assert_eq!(quantity.unit, "件", "{text}");
            assert_eq!(quantity.qualifier, Some(Qualifier::Cumulative), "{text}");
            assert_eq!(quantity.label, None, "{text}");
        }
        for text in [
            "延べ800人",
            "延べ 800人",
            "のべ800人",
            "延800人",
            "800人（延べ）",
            "延 800人",
            "(延べ)８００人",
        ] {
            let Some(Measure::Quantity(quantity)) = measure(text) else {
                panic!("{text}");
            };
            assert_eq!(quantity.qualifier, Some(Qualifier::Total), "{text}");
            assert_eq!(
                (quantity.value, quantity.label),
                (800.into(), None),
                "{text}"
            );
        }
    }

    #[test]
    fn bounds_stand_before_and_behind() {
        for (text, bound, value) in [
            ("2人以上", Bound::AtLeast, 2),
            ("2人（以上）", Bound::AtLeast, 2),
            ("2人 以上", Bound::AtLeast, 2),
            ("20%以下", Bound::AtMost, 20),
            ("3日以内", Bound::AtMost, 3),
            ("20％未満", Bound::LessThan, 20),
            ("100件超", Bound::MoreThan, 100),
            ("100件を超える", Bound::MoreThan, 100),
            ("約1,200人", Bound::About, 1200),
            ("(約)1,200人", Bound::About, 1200),
            ("おおよそ10件", Bound::About, 10),
            ("およそ10件", Bound::About, 10),
            ("概ね10件", Bound::About, 10),
            ("10件程度", Bound::About, 10),
            ("約10件程度", Bound::About, 10),
            ("10件前後", Bound::About, 10),
            ("10件ほど", Bound::About, 10),
            ("(累計) 10件以上", Bound::AtLeast, 10),
            ("利用者約1,200人", Bound::About, 1200),
        ] {
            let Some(Measure::Quantity(quantity)) = measure(text) else {
                panic!("{text}");
            };
            assert_eq!(
                (quantity.bound, quantity.value),
                (Some(bound), value.into()),
                "{text}"
            );
        }
    }
}
