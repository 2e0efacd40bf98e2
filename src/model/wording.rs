//! Where two wordings of one text differ: the characters, not the whole.

use std::borrow::Cow;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_width::UnicodeWidthChar;

use super::likeness::content_key;

/// More words than this between what two texts begin and end with alike are not aligned: the work
/// grows with their square.
const MOST_WORDS: usize = 12_000;
/// What is the same between two changes counts as changed where it is so many times shorter than
/// they are: single characters that two sentences happen to share tell nothing.
const ISLAND: usize = 4;

/// A stretch of two texts, one after the other in both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Its bytes in the earlier text.
    pub before: Range<usize>,
    /// Its bytes in the later text.
    pub after: Range<usize>,
    /// Whether both say the same there.
    pub same: bool,
}

/// Cuts two texts into stretches that are the same and stretches that differ, by turns; joined they
/// are the texts. Numbers, Latin and katakana words are never cut.
///
/// Unless it is asked for `exact`ly the same, other widths and spaces are no difference.
///
/// ```
/// # use torimatome::model::wording::stretches;
/// let (before, after) = ("研修に20人が参加", "研修に25人が参加");
/// let changed = stretches(before, after, true).into_iter().find(|stretch| !stretch.same).unwrap();
/// assert_eq!((&before[changed.before], &after[changed.after]), ("20", "25"));
/// ```
pub fn stretches(before: &str, after: &str, exact: bool) -> Vec<Stretch> {
    let (old, new) = (Words::of(before, exact), Words::of(after, exact));
    let heads = old.keys.iter().zip(&new.keys);
    let head = heads.take_while(|(one, other)| one == other).count();
    let (rest_old, rest_new) = (&old.keys[head..], &new.keys[head..]);
    let tails = rest_old.iter().rev().zip(rest_new.iter().rev());
    let tail = tails.take_while(|(one, other)| one == other).count();
    let (end_old, end_new) = (old.keys.len() - tail, new.keys.len() - tail);
    let mut found = Stretches {
        list: Vec::new(),
        at: [0, 0],
    };
    let mut push = |same, old_words: Range<usize>, new_words: Range<usize>| {
        found.push(same, old.bytes(old_words), new.bytes(new_words));
    };
    push(true, 0..head, 0..head);
    let (middle_old, middle_new) = (&old.keys[head..end_old], &new.keys[head..end_new]);
    if middle_old.len() + middle_new.len() > MOST_WORDS {
        push(false, head..end_old, head..end_new);
    } else {
        for op in capture_diff_slices(Algorithm::Myers, middle_old, middle_new) {
            let same = matches!(op, DiffOp::Equal { .. });
            let below = |words: Range<usize>| words.start + head..words.end + head;
            push(same, below(op.old_range()), below(op.new_range()));
        }
    }
    push(true, end_old..old.keys.len(), end_new..new.keys.len());
    without_islands(found.list)
}

/// How much of two texts is the same, from 0 to 1.
pub fn share(stretches: &[Stretch]) -> f64 {
    let (mut same, mut all) = (0, 0);
    for stretch in stretches {
        let bytes = stretch.before.len() + stretch.after.len();
        all += bytes;
        same += if stretch.same { bytes } else { 0 };
    }
    if all == 0 {
        return 1.0;
    }
    same as f64 / all as f64
}

struct Stretches {
    list: Vec<Stretch>,
    at: [usize; 2],
}

impl Stretches {
    fn push(&mut self, same: bool, before: usize, after: usize) {
        if before + after == 0 {
            return;
        }
        let [old, new] = self.at;
        self.at = [old + before, new + after];
        match self.list.last_mut() {
            Some(last) if last.same == same => {
                last.before.end += before;
                last.after.end += after;
            }
            Some(_) | None => self.list.push(Stretch {
                before: old..old + before,
                after: new..new + after,
                same,
            }),
        }
    }
}

/// Joins changes that only a short stretch parts.
fn without_islands(list: Vec<Stretch>) -> Vec<Stretch> {
    let changed = |stretch: &Stretch| stretch.before.len().max(stretch.after.len());
    let mut kept: Vec<Stretch> = Vec::with_capacity(list.len());
    for stretch in list {
        if let [.., left, island] = &mut kept[..]
            && !stretch.same
            && island.same
            && island.before.len() * ISLAND <= changed(left) + changed(&stretch)
        {
            left.before.end = stretch.before.end;
            left.after.end = stretch.after.end;
            kept.pop();
            continue;
        }
        kept.push(stretch);
    }
    kept
}

/// What kind of word a character belongs to; others stand alone.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Number,
    Latin,
    Katakana,
    /// What has no width of its own belongs to the character before it.
    Joined,
    Alone,
}

fn script(c: char) -> Script {
    match c {
        '0'..='9' | '０'..='９' | '.' | ',' | '．' | '，' => Script::Number,
        'a'..='z' | 'A'..='Z' | 'ａ'..='ｚ' | 'Ａ'..='Ｚ' => Script::Latin,
        'ァ'..='ヺ' | 'ー' | 'ｦ'..='ﾟ' => Script::Katakana,
        '\n' | '\t' => Script::Alone,
        c if UnicodeWidthChar::width(c) == Some(0) => Script::Joined,
        _ => Script::Alone,
    }
}

/// The words of a text, each beside what it is compared by.
struct Words<'t> {
    texts: Vec<&'t str>,
    keys: Vec<Cow<'t, str>>,
}

impl<'t> Words<'t> {
    fn of(text: &'t str, exact: bool) -> Self {
        let texts = cut(text);
        let keys = texts.iter().map(|text| match exact || text.contains('\n') {
            true => Cow::from(*text),
            false => content_key(text).into(),
        });
        Self {
            keys: keys.collect(),
            texts,
        }
    }

    fn bytes(&self, words: Range<usize>) -> usize {
        self.texts[words].iter().map(|word| word.len()).sum()
    }
}

fn cut(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut last: Option<Script> = None;
    for (at, c) in text.char_indices() {
        let own = script(c);
        let goes_on = match (last, own) {
            (None, _) | (Some(_), Script::Joined) => true,
            (Some(last), own) => own == last && own != Script::Alone,
        };
        if !goes_on {
            words.push(&text[start..at]);
            start = at;
        }
        if own != Script::Joined || last.is_none() {
            last = Some(own);
        }
    }
    if start < text.len() {
        words.push(&text[start..]);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The texts in one line: `[-before-]{+after+}` where they differ.
    fn marked(before: &str, after: &str) -> String {
        let stretches = stretches(before, after, true);
        let (mut old, mut new) = (String::new(), String::new());
        let mut line = String::new();
        for stretch in stretches {
            let (one, other) = (&before[stretch.before], &after[stretch.after]);
            old.push_str(one);
            new.push_str(other);
            match stretch.same {
                true => line.push_str(one),
                false => line.push_str(&format!("[-{one}-]{{+{other}+}}")),
            }
        }
        assert_eq!((old.as_str(), new.as_str()), (before, after));
        line
    }

    #[test]
    fn numbers_and_words_are_not_cut() {
        for (before, after, expected) in [
            ("参加者20人", "参加者25人", "参加者[-20-]{+25+}人"),
            ("1,257時間", "1,357時間", "[-1,257-]{+1,357+}時間"),
            ("令和5年11月", "令和6年6月", "令和[-5-]{+6+}年[-11-]{+6+}月"),
            (
                "サービスの拡充",
                "サーバーの拡充",
                "[-サービス-]{+サーバー+}の拡充",
            ),
            ("研修を実施", "研修を2回実施", "研修を[--]{+2回+}実施"),
            ("葛\u{E0100}城", "葛城", "[-葛\u{E0100}-]{+葛+}城"),
            ("同じ", "同じ", "同じ"),
            ("", "新しい", "[--]{+新しい+}"),
        ] {
            assert_eq!(marked(before, after), expected);
        }
    }

    #[test]
    fn other_widths_and_spaces_are_told_only_where_they_are_asked_for() {
        let (before, after) = ("(累計)　20件\n", "（累計） ２５件\n");
        let changed = |exact| -> Vec<String> {
            let stretches = stretches(before, after, exact).into_iter();
            let changed = stretches.filter(|stretch| !stretch.same);
            changed.map(|one| after[one.after].to_owned()).collect()
        };
        assert_eq!(changed(false), ["２５"]);
        assert_eq!(changed(true), ["（", "） ２５"]);
    }

    #[test]
    fn a_sentence_that_was_rewritten_is_not_pieced_together() {
        let stretches = stretches(
            "窓口の手続を見直し、待ち時間を短縮しました。",
            "庁内の研修を開催し、職員の意識を改めました。",
            true,
        );
        assert!(stretches.len() <= 6, "{stretches:?}");
        assert!(share(&stretches) < 0.5, "{stretches:?}");
    }

    #[test]
    fn texts_too_long_to_be_aligned_differ_between_their_ends() {
        let before = format!("初め{}終わり", "あ".repeat(10_000));
        let after = format!("初め{}終わり", "い".repeat(10_000));
        let stretches = stretches(&before, &after, true);
        assert_eq!(stretches.len(), 3);
        assert_eq!(&before[stretches[0].before.clone()], "初め");
        assert_eq!(share(&[]), 1.0);
    }
}
