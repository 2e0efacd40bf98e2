//! Labels that were edited: a mark set before them, a word added, a character mistyped.

use crate::model::text::{AnyWidthDigit, fold, label_key};
use crate::model::{Label, LabelMatch, Layout};

use super::labels::{Kind, kinds};

/// A longer text is no edited label.
const LONGEST: usize = 60;
/// What is set before a label to point at it.
const MARKS: &str = "※＊*★☆●○〇◎■□◆◇▼▽▲△▶▷►・･→⇒➡✓✔☑";
/// What may stand between a label and the words that were added to it.
const JOINTS: [char; 16] = [
    'を', 'は', 'の', 'に', '欄', '(', '（', '[', '［', '【', '<', '〈', ':', '：', '、', '※',
];

/// The label that an edited text was, if it is one of the wanted and nearer to it than to any
/// other label of the layout.
pub(super) fn label_of(text: &str, wanted: &[Kind], layout: &Layout) -> Option<(Kind, LabelMatch)> {
    if text.chars().nth(LONGEST).is_some() {
        return None;
    }
    let kinds = kinds(layout);
    let unmarked = without_marks(text.trim(), layout);
    let bare = without_additions(unmarked, layout).unwrap_or(unmarked);
    let of_wanted = || kinds.iter().filter(|(kind, _)| wanted.contains(kind));
    for text in [unmarked, bare, with_words(unmarked, layout).unwrap_or(bare)] {
        let key = label_key(text);
        if let Some(found) = of_wanted().find_map(|(kind, label)| {
            let found = label.matches(&key)?;
            Some((*kind, found))
        }) {
            return Some(found);
        }
    }
    mistyped(&label_key(bare), wanted, &kinds)
}

/// The wanted label from which a key differs least, and less than from every other label.
fn mistyped(key: &str, wanted: &[Kind], kinds: &[(Kind, &Label)]) -> Option<(Kind, LabelMatch)> {
    let near = |(kind, label): &(Kind, &Label)| Some((*kind, label.likeness(key)?));
    let of_wanted = kinds.iter().filter(|(kind, _)| wanted.contains(kind));
    let (kind, likeness) = of_wanted
        .filter_map(near)
        .min_by_key(|(_, likeness)| likeness.distance)?;
    let mut others = kinds.iter().filter(|(other, _)| !is_same(*other, kind));
    let clear =
        others.all(|other| near(other).is_none_or(|(_, other)| other.distance > likeness.distance));
    clear.then_some((kind, likeness.found))
}

/// 主管課 heads a field of the form and a column of the index in the same words.
fn is_same(one: Kind, other: Kind) -> bool {
    let departments = [Kind::Departments, Kind::Lead];
    one == other || departments.contains(&one) && departments.contains(&other)
}

/// A text without what was added behind it in brackets, on a line of its own, or after a ※.
pub(super) fn without_additions<'a>(text: &'a str, layout: &Layout) -> Option<&'a str> {
    let mut rest = text.trim_end();
    while let Some(head) = shorter(rest, layout) {
        rest = head.trim_end();
    }
    (!rest.is_empty() && rest.len() < text.trim_end().len()).then_some(rest)
}

fn shorter<'a>(text: &'a str, layout: &Layout) -> Option<&'a str> {
    if text.ends_with([')', '）', ']', '］', '】', '>', '＞', '〉', '》', '〕']) {
        let open = text.rfind(['(', '（', '[', '［', '【', '<', '＜', '〈', '《', '〔'])?;
        if is_addition(&text[open..], layout) {
            return Some(&text[..open]);
        }
    }
    if let Some(at) = text.rfind('※').filter(|at| *at > 0) {
        let behind = &text[at + '※'.len_utf8()..];
        let next = behind.chars().next();
        let is_footnote = next.is_some_and(|c| c.nfkc_digit().is_some());
        if !is_footnote && is_addition(behind, layout) {
            return Some(&text[..at]);
        }
    }
    let (head, line) = text.rsplit_once('\n')?;
    is_addition(line, layout).then_some(head)
}

/// Tells whether words ask for an entry, as no entry and no label does.
fn is_addition(text: &str, layout: &Layout) -> bool {
    let folded = fold(text);
    let mut words = layout.labels.additions.iter();
    words.any(|word| folded.contains(&fold(word)))
}

/// A text without marks, a number or a word in brackets before it: `※`, `①`, `(1)`, `１．`, `【必須】`.
fn without_marks<'a>(text: &'a str, layout: &Layout) -> &'a str {
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let behind = rest.strip_prefix(|c| MARKS.contains(c) || is_enclosed_number(c));
        let behind = behind.or_else(|| without_number(rest));
        let behind = behind.or_else(|| {
            let inner = rest.strip_prefix(['(', '（', '[', '［', '【', '<', '＜', '〈', '〔'])?;
            let end = inner.find([')', '）', ']', '］', '】', '>', '＞', '〉', '〕'])?;
            let behind = inner[end..].strip_prefix(|_: char| true)?;
            is_addition(&inner[..end], layout).then_some(behind)
        });
        match behind {
            Some(behind) if !behind.trim().is_empty() => rest = behind,
            Some(_) | None => return rest,
        }
    }
}

fn is_enclosed_number(c: char) -> bool {
    matches!(c, '\u{2460}'..='\u{249B}' | '\u{24EB}'..='\u{24FF}' | '\u{2776}'..='\u{2793}' | 'Ⅰ'..='ⅻ')
}

/// Takes `(1)`, `1)`, `１．`, `1 ` off.
fn without_number(text: &str) -> Option<&str> {
    let inner = text.strip_prefix(['(', '（']).unwrap_or(text);
    let behind = inner.trim_start_matches(|c: char| c.nfkc_digit().is_some());
    let digits = inner.len() - behind.len();
    if digits == 0 || inner[..digits].chars().count() > 2 {
        return None;
    }
    behind.strip_prefix([')', '）', '.', '．', '、', ' ', '\u{3000}'])
}

/// The label at the beginning of a text that goes on with words like を記入してください.
fn with_words<'a>(text: &'a str, layout: &Layout) -> Option<&'a str> {
    if !is_addition(text, layout) {
        return None;
    }
    let kinds = kinds(layout);
    let words = &layout.labels.additions;
    let ends = text.char_indices().skip(1);
    let mut ends: Vec<usize> = ends
        .filter(|(at, c)| {
            let word = words.iter().any(|word| text[*at..].starts_with(word));
            word || JOINTS.contains(c) || c.is_whitespace()
        })
        .map(|(at, _)| at)
        .collect();
    ends.reverse();
    ends.into_iter()
        .filter(|at| is_addition(&text[*at..], layout))
        .map(|at| &text[..at])
        .find(|head| {
            let key = label_key(head);
            kinds.iter().any(|(_, label)| label.matches(&key).is_some())
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locate::labels::HEADER;

    fn layout() -> Layout {
        toml::from_str(include_str!("../../templates/ojiya-r4.toml")).unwrap()
    }

    fn kind(text: &str, wanted: &[Kind]) -> Option<Kind> {
        label_of(text, wanted, &layout()).map(|(kind, _)| kind)
    }

    const STATUS: [Kind; 3] = [Kind::Plan, Kind::FirstHalf, Kind::SecondHalf];

    #[test]
    fn a_word_that_was_added_is_taken_off() {
        for text in [
            "取組目標【Plan】（記入してください）",
            "※取組目標【Plan】",
            "取組目標【Plan】\n※200字以内",
            "取組目標【Plan】 ※必須",
            "①取組目標【Plan】（必須）※箇条書き",
            "（1） 取組目標【Plan】",
            "１．取組目標",
            "【必須】取組目標【Plan】",
            "取組目標【Plan】を記入してください",
            "取組目標記入欄",
            "★取組目標：必ず記入",
            "取組目標【Plan】[記入欄](任意)",
        ] {
            assert_eq!(kind(text, &STATUS), Some(Kind::Plan), "{text}");
        }
        assert_eq!(kind("※主管課", &HEADER), Some(Kind::Departments));
    }

    #[test]
    fn a_mistyped_label_is_known_by_the_nearest() {
        for (text, wanted) in [
            ("取組番合", Kind::Number),
            ("取組番號", Kind::Number),
            ("取組み番号", Kind::Number),
            ("取組項日", Kind::Title),
            ("実施内用", Kind::Content),
            ("期侍される効果", Kind::Effects),
            ("重点項日", Kind::Priority),
            ("※実施内用（必須）", Kind::Content),
            ("主管課（関係科）", Kind::Departments),
        ] {
            assert_eq!(kind(text, &HEADER), Some(wanted), "{text}");
        }
        assert_eq!(
            kind("上半期の取組結課【Do】", &STATUS),
            Some(Kind::FirstHalf)
        );
        assert_eq!(kind("数値目樣等【基準値】", &[Kind::Kpi]), Some(Kind::Kpi));
        assert_eq!(
            kind("Ｒ５年度［実積値］", &[Kind::Actual]),
            Some(Kind::Actual)
        );
    }

    #[test]
    fn what_could_be_two_labels_or_an_entry_is_none() {
        for text in [
            "",
            "※",
            "主幹課",
            "関係課",
            "総務課",
            "取組目項",
            "取組番号：7",
            "取組番号 7",
            "取組番号：七",
            "取組項目：窓口",
            "主管課（総務課）",
            "主管課：総務課",
            "取組項目を増やす",
            "期待される効果は大きい",
            "実施する内容",
            "番号",
        ] {
            assert_eq!(kind(text, &HEADER), None, "{text}");
        }
        for text in [
            "止半期の取組結果【Do】",
            "半期の取組結果【Do】",
            "取組結果",
            "Do",
        ] {
            assert_eq!(kind(text, &STATUS), None, "{text}");
        }
        // A word of another label is none of these.
        assert_eq!(kind("取組目標", &HEADER), None);
        assert_eq!(kind("取組番合", &[Kind::Title]), None);
    }
}
