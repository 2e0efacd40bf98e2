//! Whether a count in a Do text is a count of a KPI.

use super::count::Count;
use super::role::{Role, words};
use super::sentence::Sentence;
use super::subject::Subject;
use crate::model::FiscalYear;

/// Whose counts are looked for.
pub(super) struct Wanted<'a> {
    /// The KPI, or the label of its part.
    pub(super) subject: &'a Subject,
    /// What else on the sheet is counted in the unit.
    pub(super) rivals: &'a [Subject],
    /// The unit as prose names it.
    pub(super) unit: &'a str,
    /// The reporting year.
    pub(super) year: FiscalYear,
    /// Whether the subject is the label of a part: a place then stands for an occasion.
    pub(super) labelled: bool,
}

/// Whether a count is the KPI's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Belongs {
    Yes,
    /// It is, but of a narrower thing: what else there was is not told.
    InPart,
    No,
    Perhaps,
}

/// Words behind a count that say that it has not come about, or is of another deed.
const OTHER_DEEDS: &str = "協議 検討 調整 準備 打診 照会 依頼 断念 中止 延期 廃止 辞退 取消 却下 見送 募集 予算 申し出 \
    発注 着手 着工 契約 公告 入札 通知 送付 配布 申請 受付 応募 申込 問合せ 問い合わせ 候補 内定 点検 調査 視察 \
    報告 分け 変更 増加 減少 設計 派遣";
/// Units that measure, and count no things.
const MEASURES: &str = "時間 円 分 m km ㎡ m2 ha t トン kg kWh L";
/// Words that a count stands to without being its thing.
const ASIDE: &str = "計 合計 総計 延べ 延 のべ 新規 年間 全体 市内 町内 今年度 本年度 上半期 下半期 前期 後期 当年度";
/// Deeds of people who come: one stands for another.
const ATTENDED: &str =
    "参加 受講 来場 来館 受診 観覧 参観 出席 利用 視聴 聴講 来園 入場 見学 修了 体験 来訪 鑑賞";
/// So many bytes of a sentence before and behind a count speak of it.
const NEAR: usize = 600;

/// Tells whether a count is the wanted one; a plan that names the subject stands in for a sentence
/// that names nothing.
pub(super) fn belongs(
    count: &Count,
    sentences: &[Sentence],
    plan: &str,
    wanted: &Wanted<'_>,
) -> Belongs {
    let Some(sentence) = sentences.get(count.sentence) else {
        return Belongs::No;
    };
    let before = &sentence.text[..count.range.start];
    let after = &sentence.text[count.range.end..];
    let lead = sentence.lead.and_then(|lead| sentences.get(lead));
    let lead = lead.map_or("", |lead| lead.text.as_str());
    let context = format!(
        "{}{}{}",
        near_end(lead),
        near_end(before),
        near_start(after)
    );
    let subject = wanted.subject;
    let strongest = |text: &str| {
        let rivals = wanted.rivals.iter().map(|rival| rival.coverage(text));
        rivals.max().unwrap_or(0)
    };
    let named = subject.is_named(&context);
    let (own, other) = match named {
        true => (subject.coverage(&context), strongest(&context)),
        false if wanted.rivals.iter().any(|rival| rival.is_named(&context)) => return Belongs::No,
        false => (subject.coverage(plan), strongest(plan)),
    };
    if !named && !subject.is_named(plan) {
        let hinted = subject.coverage(&context).max(own) >= 30;
        return if hinted {
            Belongs::Perhaps
        } else {
            Belongs::No
        };
    }
    match count.role {
        _ if other > own => return Belongs::No,
        Role::Share | Role::Aim | Role::Aside => return Belongs::No,
        Role::Unclear => return Belongs::Perhaps,
        _ if other == own => return Belongs::Perhaps,
        Role::Done | Role::Total | Role::Year | Role::Cumulative => {}
    }
    let label = label(before);
    if label.is_some_and(|label| measures_itself(label) && !subject.shares(label)) {
        return Belongs::No;
    }
    let rest = after.split(['、', '\n']).next().unwrap_or("");
    let other_deed = words(OTHER_DEEDS).any(|deed| rest.contains(deed) && !subject.says(deed))
        || wanted.unit == "人" && !did_the_same(before, after, subject);
    let subdivided = !lead.is_empty() || wanted.unit != "人" && has_topic(before, subject);
    let label = label.filter(|_| !subdivided);
    let measured = words(MEASURES).any(|unit| unit == wanted.unit);
    let things = if measured {
        Vec::new()
    } else {
        things(before, after)
    };
    let meant = |thing: &[&str; 2]| thing.iter().any(|thing| subject.is_meant(thing));
    if other_deed
        || !things.iter().all(meant)
        || label.is_some_and(|label| !subject.is_meant(label))
    {
        return Belongs::Perhaps;
    }
    let whole = |[thing, _]: &[&str; 2]| subject.covers(thing);
    match things.iter().all(whole) && label.is_none_or(|label| subject.covers(label)) {
        true => Belongs::Yes,
        false => Belongs::InPart,
    }
}

/// Tells whether people are said to have done what the KPI counts: 乗車人数 counts who rode.
fn did_the_same(before: &str, after: &str, subject: &Subject) -> bool {
    let Some(deed) = subject.deed() else {
        return true;
    };
    let clause = before.rsplit(['、', '\n']).next().unwrap_or("");
    let rest = after.split(['、', '\n']).next().unwrap_or("");
    let attended = words(ATTENDED).any(|word| word == deed);
    let also = words(ATTENDED).any(|word| clause.contains(word) || after.contains(word));
    let mut topics = before.split('、').filter(|piece| piece.ends_with('は'));
    let topic = topics.any(|topic| topic.contains(deed));
    topic || clause.contains(deed) || rest.contains(deed) || attended && also
}

/// The words that a number stands to directly or as a list's value: `申請書読取数：997件`.
fn label(before: &str) -> Option<&str> {
    let trimmed = before.trim_end_matches([' ', ':', '…', '→']);
    let apart = trimmed.len() < before.len();
    let start = match apart {
        true => trimmed.rfind(['、', '。', '(', ')', ' ', '\n', ':', '・', '「', '」']),
        false => trimmed.rfind(|c: char| !is_noun(c)),
    };
    let start = start.map_or(0, |at| {
        at + trimmed[at..].chars().next().map_or(0, char::len_utf8)
    });
    let label = trimmed[start..].trim();
    let aside = words(ASIDE).any(|word| word == label);
    let date =
        label.chars().count() < 2 || trimmed[..start].ends_with(|c: char| c.is_ascii_digit());
    (!aside && !date).then_some(label)
}

fn is_noun(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '々' | 'ァ'..='ヺ' | 'ー') || c.is_ascii_alphabetic()
}

fn measures_itself(label: &str) -> bool {
    label.ends_with(['数', '率', '額', '量'])
}

/// Tells whether the sentence has the subject for its topic: `合同就職説明会は、対面形式2回`.
fn has_topic(before: &str, subject: &Subject) -> bool {
    let mut topics = before
        .split_inclusive('は')
        .filter(|piece| piece.ends_with('は'));
    topics.any(|piece| {
        let piece = piece.rsplit(['、', '。']).next().unwrap_or(piece);
        subject.is_meant(piece)
    })
}

/// The nouns that a count counts: before を, は, が or も, and behind の; each to the first particle
/// and to the next を, for a particle may be a part of the noun.
fn things<'a>(before: &'a str, after: &'a str) -> Vec<[&'a str; 2]> {
    let clause = before.rsplit(['、', '\n', '(', ')']).next().unwrap_or("");
    let mut things = Vec::new();
    if let Some(at) = clause.rfind(['を', 'は', 'が', 'も']) {
        let topic = &clause[..at];
        let start = topic.rfind(['を', 'は', 'が', 'に', 'で']);
        let thing = &topic[start.map_or(0, |at| at + 'を'.len_utf8())..];
        // A place or a time: 会場では, 下半期は.
        let beside = topic.ends_with(['に', 'で', 'と', '期', '度', '月', '年']);
        if !beside && !thing.is_empty() {
            things.push([thing, topic]);
        }
    }
    if let Some(rest) = after.strip_prefix('の') {
        let to = |ends: &[char]| &rest[..rest.find(ends).unwrap_or(rest.len())];
        let short = to(&['、', 'を', 'は', 'が', 'に', 'で', 'と', 'も', '\n', ')']);
        things.push([short, to(&['、', 'を', '\n', ')'])]);
    }
    things
}

fn near_end(text: &str) -> &str {
    let mut start = text.len().saturating_sub(NEAR);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

fn near_start(text: &str) -> &str {
    let mut end = text.len().min(NEAR);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::narrative::count::counts;
    use crate::check::narrative::sentences;

    fn read(name: &str, plan: &str, text: &str, unit: &str) -> Vec<Belongs> {
        let subject = Subject::of(name).unwrap();
        let rivals = [Subject::of("移住相談の件数").unwrap()];
        let wanted = Wanted {
            subject: &subject,
            rivals: &rivals,
            unit,
            year: FiscalYear(2023),
            labelled: false,
        };
        let sentences = sentences(text);
        let counts = counts(&sentences, unit, wanted.year);
        let belong = |count: &Count| belongs(count, &sentences, plan, &wanted);
        counts.iter().map(belong).collect()
    }

    #[test]
    fn counts_are_told_apart_by_what_stands_around_them() {
        use Belongs::{InPart, No, Perhaps, Yes};
        for (name, text, unit, expected) in [
            ("避難訓練の回数", "避難訓練を3回実施した", "回", Yes),
            ("避難訓練の回数", "地区の避難訓練は3回", "回", InPart),
            ("避難訓練の回数", "・避難訓練：3回", "回", Yes),
            (
                "避難訓練の回数",
                "避難訓練の打合せを3回行った",
                "回",
                Perhaps,
            ),
            ("避難訓練の回数", "合同訓練を3回実施した", "回", Perhaps),
            ("避難訓練の回数", "避難訓練を3回中止した", "回", Perhaps),
            ("避難訓練の回数", "会議を3回開いた", "回", No),
            ("避難訓練の回数", "避難訓練のうち夜間は3回", "回", No),
            (
                "空き家相談会の相談件数",
                "空き家相談会で3件の相談を受けた",
                "件",
                Yes,
            ),
            ("起業相談の件数", "移住相談を3件受けた", "件", No),
            (
                "AI議事録の導入課数",
                "AI議事録の操作会 申請書読取数：3件",
                "件",
                No,
            ),
            (
                "出前講座参加者数",
                "出前講座に講師3人を派遣した",
                "人",
                Perhaps,
            ),
        ] {
            assert_eq!(read(name, "", text, unit), [expected], "{text}");
        }
        let plan = "避難訓練を実施する";
        for (text, expected) in [
            ("地区の集会所で3回実施した", Yes),
            ("説明会を3回実施した", Perhaps),
            ("移住相談の件数は3回", No),
        ] {
            assert_eq!(
                read("避難訓練の回数", plan, text, "回"),
                [expected],
                "{text}"
            );
        }
    }
}
