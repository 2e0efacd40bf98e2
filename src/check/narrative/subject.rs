//! What a text speaks of: the words by which a KPI is known.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::model::text::{fold, strip_marks};

/// The words that distinguish a KPI's name, and the name itself.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::check) struct Subject {
    words: Vec<String>,
    name: String,
}

/// Words of administration that distinguish nothing, longer ones before their parts.
const COMMON: &str = "取組状況 参加者 利用者 受講者 登録者 来場者 来館者 申込者 申請者 システム サービス 上半期 下半期 前期 後期 \
    今年度 本年度 年度末 年度 団体数 世帯数 窓口数 取組 状況 実績 件数 回数 人数 台数 個数 校数 社数 冊数 戸数 本数 \
    組数 基数 棟数 枚数 課数 日数 者数 箇所 目標 対象 業務 事業 実施 開催 参加 利用 受講 導入 設置 整備 推進 活用 \
    新規 今後 職員 市民 施設 効果 年間 延べ 累計 合計 作成 策定 運営 管理 決定 締結 登録 採用 拡充 拡大 向上 強化 \
    充実 促進 対応 制度 割合 延長 面積 距離 当初 実数 結果 全体 人当 市内 数値";
/// The common words with what finds them: most runs hold none of them, and making that costs more
/// than finding.
static COMMON_WORDS: LazyLock<Vec<(&str, Finder<'static>)>> = LazyLock::new(|| {
    let words = COMMON.split_whitespace();
    words.map(|word| (word, Finder::new(word))).collect()
});
/// Hiragana between two kanji that joins two words and is no part of one.
const PARTICLES: &str = "の を は が に で と へ も や から まで より する した";
/// Hiragana that ends a word at the front of a name.
const ENDS: [char; 9] = ['の', 'を', 'は', 'が', 'に', 'で', 'と', 'へ', 'も'];
/// A character that makes another thing of the word behind it: 下水道 is no 水道.
const PREFIXES: &str = "下非不未旧小中高大副準";
/// A text names a subject if it holds so much of its words, in percent.
const NAMED: usize = 60;

#[derive(Clone, Copy, PartialEq)]
enum Script {
    Kanji,
    Katakana,
    Latin,
    Other,
}

impl Subject {
    /// Takes the distinguishing words out of a name; `None` where it has none.
    pub(in crate::check) fn of(name: &str) -> Option<Self> {
        let name = fold(&strip_marks(name));
        let words = distinguishing(&without_brackets(&name));
        (!words.is_empty()).then_some(Self { words, name })
    }

    /// How much of the words a text holds, in percent.
    pub(in crate::check) fn coverage(&self, text: &str) -> usize {
        let text = fold(text);
        let weight = |word: &str, count: usize| match script(word.chars().next()) {
            Script::Latin => count * 2,
            Script::Kanji | Script::Katakana | Script::Other => count,
        };
        let length = |word: &str| word.chars().count();
        let all: usize = self
            .words
            .iter()
            .map(|word| weight(word, length(word)))
            .sum();
        let held = self
            .words
            .iter()
            .map(|word| weight(word, held(word, &text)));
        held.sum::<usize>() * 100 / all.max(1)
    }

    /// Tells whether a text names the subject.
    pub(in crate::check) fn is_named(&self, text: &str) -> bool {
        self.coverage(text) >= NAMED
    }

    /// Tells whether a text holds every word in full.
    pub(in crate::check) fn is_fully_named(&self, text: &str) -> bool {
        self.coverage(text) == 100
    }

    /// Tells whether a phrase speaks of the subject: it names it and ends in a word of it, or
    /// whatever distinguishes the phrase stands in the name.
    pub(in crate::check) fn is_meant(&self, phrase: &str) -> bool {
        let words = distinguishing(&fold(phrase));
        let own = |word: &String| self.name.contains(word.as_str());
        match words.last() {
            None => self.shares(phrase),
            Some(head) => own(head) && (self.is_named(phrase) || words.iter().all(own)),
        }
    }

    /// Tells whether nothing in a phrase distinguishes another thing from the subject.
    pub(in crate::check) fn covers(&self, phrase: &str) -> bool {
        let words = distinguishing(&fold(phrase));
        words.iter().all(|word| self.name.contains(word.as_str()))
    }

    /// Tells whether a phrase holds two characters on end of the name.
    pub(in crate::check) fn shares(&self, phrase: &str) -> bool {
        let phrase: Vec<char> = fold(phrase).chars().collect();
        let is_word = |pair: &[char]| pair.iter().all(|c| script(Some(*c)) != Script::Other);
        phrase
            .windows(2)
            .filter(|pair| is_word(pair))
            .any(|pair| self.name.contains(&pair.iter().collect::<String>()))
    }

    /// What the people whom the name counts did: 受講 of 研修の受講者数.
    pub(in crate::check) fn deed(&self) -> Option<&str> {
        let ends = ["者数", "人数", "者"].iter();
        let name = without_bracket_at_end(&self.name);
        let name = ends.filter_map(|end| name.strip_suffix(end)).next()?;
        let kanji = |(_, c): &(usize, char)| script(Some(*c)) == Script::Kanji;
        let run = name.char_indices().rev().take_while(kanji).take(2);
        let (start, _) = run.last()?;
        Some(&name[start..]).filter(|deed| deed.chars().count() == 2)
    }

    /// Tells whether the name holds a word.
    pub(in crate::check) fn says(&self, word: &str) -> bool {
        self.name.contains(word)
    }
}

/// The characters of a word's longest piece in a text, if that is half of the word.
fn held(word: &str, text: &str) -> usize {
    let chars: Vec<char> = word.chars().collect();
    let least = (chars.len().div_ceil(2)).max(2);
    let piece = |length: &usize| {
        let mut pieces = chars
            .windows(*length)
            .map(|piece| piece.iter().collect::<String>());
        pieces.any(|piece| {
            let mut found = text.match_indices(&piece);
            found.any(|(at, _)| !text[..at].ends_with(|c| PREFIXES.contains(c)))
        })
    };
    (least..=chars.len()).rev().find(piece).unwrap_or(0)
}

/// The words of a folded phrase that distinguish it from others.
fn distinguishing(phrase: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for run in runs(phrase) {
        let mut pieces = vec![run.as_str()];
        let held = |(_, finder): &&(&str, Finder<'_>)| finder.find(run.as_bytes()).is_some();
        for (common, _) in COMMON_WORDS.iter().filter(held) {
            pieces = pieces
                .iter()
                .flat_map(|piece| piece.split(*common))
                .collect();
        }
        words.extend(pieces.iter().filter_map(|piece| word(piece)));
    }
    words.dedup();
    words
}

/// A piece of a run without what counts at its end; `None` where too little is left.
fn word(piece: &str) -> Option<String> {
    let piece = piece.trim_matches(['数', '率', '額', '量', '等', '者', '件', '回', '-']);
    let digits = piece.chars().all(|c| c.is_ascii_digit());
    (piece.chars().count() >= 2 && !digits).then(|| piece.to_owned())
}

fn without_bracket_at_end(name: &str) -> &str {
    let open = name.rfind('(').filter(|_| name.ends_with(')'));
    open.map_or(name, |open| &name[..open])
}

fn without_brackets(name: &str) -> String {
    let mut kept = String::new();
    let mut depth = 0_usize;
    for c in name.chars() {
        match c {
            '(' | '[' | '【' | '〔' => depth += 1,
            ')' | ']' | '】' | '〕' => depth = depth.saturating_sub(1),
            c if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    if kept.is_empty() {
        name.to_owned()
    } else {
        kept
    }
}

/// Runs of one script; 空き家, 見守り活動 and おはなし会 are one.
fn runs(name: &str) -> Vec<String> {
    let chars: Vec<char> = name.chars().collect();
    let mut runs = Vec::new();
    let mut run = String::new();
    let mut own = Script::Other;
    for (at, c) in chars.iter().enumerate() {
        let next = script(Some(*c));
        let dash = *c == '-' && matches!(own, Script::Katakana | Script::Latin);
        if dash || (next == own && next != Script::Other) || joins(&chars, at, own) {
            run.push(*c);
            continue;
        }
        if !run.is_empty() {
            runs.push(std::mem::take(&mut run));
        }
        own = next;
        if next != Script::Other {
            run.push(*c);
        }
    }
    runs.push(run);
    runs.splice(0..0, hiragana(&chars));
    runs.retain(|run| !run.is_empty());
    runs
}

/// The word that a name begins with in hiragana: ごみ, まつり, おはなし会.
fn hiragana(chars: &[char]) -> Option<String> {
    let all: String = chars.iter().take_while(|c| is_hiragana(**c)).collect();
    let word = all.trim_end_matches(ENDS);
    if word.chars().count() < 2 {
        return None;
    }
    let joined = word.len() == all.len();
    let behind = chars.iter().skip(all.chars().count());
    let behind = behind.take_while(|c| joined && script(Some(**c)) == Script::Kanji);
    Some(word.chars().chain(behind.copied()).collect())
}

fn is_hiragana(c: char) -> bool {
    ('ぁ'..='ん').contains(&c)
}

/// Tells whether a hiragana stands inside a word: one or two between kanji, and no particle.
fn joins(chars: &[char], at: usize, own: Script) -> bool {
    let hiragana = |at: usize| chars.get(at).is_some_and(|c| is_hiragana(*c));
    if own != Script::Kanji || !hiragana(at) {
        return false;
    }
    let start = (0..at)
        .rev()
        .find(|at| !hiragana(*at))
        .map_or(0, |at| at + 1);
    let end = (at..chars.len())
        .find(|at| !hiragana(*at))
        .unwrap_or(chars.len());
    let word: String = chars[start..end].iter().collect();
    end - start <= 2
        && script(chars.get(end).copied()) == Script::Kanji
        && PARTICLES
            .split_whitespace()
            .all(|particle| particle != word)
}

fn script(c: Option<char>) -> Script {
    match c {
        Some('\u{3400}'..='\u{9FFF}' | '々' | 'ヶ') => Script::Kanji,
        Some('ァ'..='ヺ' | 'ー') => Script::Katakana,
        Some(c) if c.is_ascii_alphanumeric() => Script::Latin,
        Some(_) | None => Script::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_by_what_distinguishes_them() {
        for (name, words) in [
            ("RPA導入による業務削減効果", &["RPA", "削減"][..]),
            ("研修参加者数 (オンライン研修を含む)", &["研修"]),
            ("人事交流等職員数", &["人事交流"]),
            (
                "取組状況を検証する協定件数(防災協定除く)",
                &["検証", "協定"],
            ),
            ("空き家相談会の相談件数", &["空き家相談会", "相談"]),
            ("AIシステムの導入数", &["AI"]),
            ("学校訪問", &["学校訪問"]),
            ("就職説明会等", &["就職説明会"]),
            ("無料Wi-Fiの設置箇所数", &["無料", "Wi-Fi"]),
            ("おはなし会の開催回数", &["おはなし会"]),
            ("ごみの排出量", &["ごみ", "排出"]),
        ] {
            let subject = Subject::of(name).unwrap();
            assert_eq!(subject.words, words, "{name}");
        }
        for name in ["", "参加者数", "実施回数", "65件"] {
            assert_eq!(Subject::of(name), None, "{name}");
        }
    }

    #[test]
    fn a_text_names_what_it_holds_most_words_of() {
        let subject = |name| Subject::of(name).unwrap();
        for (name, text) in [
            (
                "RPA導入による業務削減効果",
                "2業務を新たにＲＰＡの対象に加え",
            ),
            ("就職説明会等", "合同就職説明会に2回参加"),
            ("電子申請に対応した手続数", "次の手続を電子申請に対応させ"),
        ] {
            assert!(subject(name).is_named(text), "{name}");
        }
        for (name, text) in [
            ("学校訪問", "専門学校1校の就職説明会"),
            ("避難訓練の回数", "防災訓練を2回"),
            ("人事交流等職員数", "23名の職員を配置"),
            ("水道の有収率", "下水道の有収率"),
        ] {
            assert!(!subject(name).is_named(text), "{name}");
        }
        assert!(subject("空き家相談会の相談件数").shares("相談"));
        assert!(!subject("婚活イベントの開催回数").shares("打合せ"));
    }
}
