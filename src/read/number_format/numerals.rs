//! Kanji and full-width digits (`[DBNum1]` to `[DBNum3]`).

use super::code::Numerals;

const KANJI: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const FORMAL: [char; 10] = ['〇', '壱', '弐', '参', '四', '伍', '六', '七', '八', '九'];

/// Full-width digits for half-width ones; everything else stays.
pub(super) fn wide(text: &str) -> String {
    let wide = |c: char| match c.to_digit(10) {
        Some(digit) => char::from_u32('０' as u32 + digit).unwrap_or(c),
        None => c,
    };
    text.chars().map(wide).collect()
}

/// A part of a date in a section's digits: a year digit by digit, a month or a day as it is spoken.
pub(super) fn part(number: u32, width: usize, numerals: Numerals) -> String {
    let plain = format!("{number:0width$}");
    let (digits, ten) = match numerals {
        Numerals::Plain => return plain,
        Numerals::Wide => return wide(&plain),
        Numerals::Kanji => (KANJI, '十'),
        Numerals::Formal => (FORMAL, '拾'),
    };
    let digit = |digit: u32| digits.get(digit as usize).copied();
    if !(10..100).contains(&number) {
        let number = number.to_string();
        let all = number.chars().filter_map(|c| digit(c.to_digit(10)?));
        return all.collect();
    }
    let (tens, ones) = (number / 10, number % 10);
    let tens = digit(tens).filter(|_| tens > 1 || numerals == Numerals::Formal);
    let ones = digit(ones).filter(|_| ones > 0);
    [tens, Some(ten), ones].into_iter().flatten().collect()
}
