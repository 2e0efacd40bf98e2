//! Signs that stand for a figure: 「○○件」「●件」「XX人」「○月○日」.
//!
//! The same signs are bullets (○人材育成), grades, zeros (二〇件) and part of names (○○小学校): only
//! before a counter that ends a word do they stand for a figure.

/// What figures count; longer ones first where one begins another.
const COUNTERS: [&str; 38] = [
    "年度", "年間", "世帯", "か所", "カ所", "ヶ所", "ヵ所", "箇所", "か月", "ヶ月", "カ月", "時間",
    "千円", "万円", "億円", "万人", "千人", "万件", "千件", "件", "人", "名", "回", "台", "個",
    "本", "枚", "冊", "戸", "分", "日", "月", "年", "円", "割", "歳", "点", "%",
];
const CIRCLES: [char; 4] = ['○', '◯', '〇', '●'];
const OTHERS: [char; 11] = ['△', '▲', '□', '■', '◇', '◆', '×', '*', '?', '_', '✕'];
const NUMERALS: &str = "一二三四五六七八九十百千";

/// What is said of a figure right behind its counter: △△時間削減, ○○人参加.
const ACCOUNTS: &str = "以未超程増減削短達実開参利申処受";

/// Tells whether signs and nothing else stand in a text: `●●`, `○件`.
pub(super) fn is_nothing_else(text: &str) -> bool {
    let clause = text.trim().trim_end_matches('。');
    let Some(sign) = clause.chars().next().filter(|c| is_sign(*c)) else {
        return false;
    };
    let rest = clause.trim_start_matches(sign);
    let run = clause[..clause.len() - rest.len()].chars().count();
    match rest {
        "" => run > 1,
        rest => COUNTERS.contains(&rest) && (run > 1 || CIRCLES.contains(&sign)),
    }
}

/// Tells whether signs stand for a figure somewhere in a line.
pub(super) fn is_in(line: &str) -> bool {
    let chars: Vec<char> = line.chars().collect();
    let mut at = 0;
    while at < chars.len() {
        let sign = chars[at];
        let run = chars[at..].iter().take_while(|c| **c == sign).count();
        if is_sign(sign) && is_figure(&chars, at, run) {
            return true;
        }
        at += run;
    }
    false
}

fn is_sign(c: char) -> bool {
    CIRCLES.contains(&c) || OTHERS.contains(&c) || c == 'X' || c == 'x'
}

fn is_figure(chars: &[char], at: usize, run: usize) -> bool {
    let sign = chars[at];
    let before = at.checked_sub(1).map(|at| chars[at]);
    let behind: String = chars[at + run..].iter().take(4).collect();
    let Some(counter) = COUNTERS
        .iter()
        .find(|counter| behind.starts_with(**counter))
    else {
        return false;
    };
    let next = behind[counter.len()..].chars().next();
    if is_circle(sign) && next.is_some_and(is_circle) && matches!(*counter, "年" | "月") {
        return true;
    }
    let zero = sign == '〇' && before.is_some_and(|c| NUMERALS.contains(c));
    let in_word = before.is_some_and(|c| c.is_ascii_digit() || c == '第')
        || (sign.is_ascii_alphabetic() && before.is_some_and(|c| c.is_ascii_alphanumeric()));
    let accounts = run > 1 && next.is_some_and(|c| ACCOUNTS.contains(c));
    let ends = *counter == "%" || accounts || !next.is_some_and(goes_on);
    if zero || in_word || !ends {
        return false;
    }
    // A single circle at the start, or behind a space or a full stop, is a bullet.
    let single = is_circle(sign)
        && before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '(' | ':' | '約'));
    run > 1 || single
}

fn is_circle(c: char) -> bool {
    CIRCLES.contains(&c)
}

/// Tells whether a word goes on: 人材, 件名, 点検; kana end a counter.
fn goes_on(c: char) -> bool {
    c.is_alphanumeric() && !('\u{3040}'..='\u{309F}').contains(&c)
}
