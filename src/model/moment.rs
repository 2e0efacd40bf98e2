//! When a workbook says it was saved.

use std::fmt;

/// Japanese time is nine hours ahead of universal time, all year.
const JAPAN: i64 = 9 * 3600;
const DAY: i64 = 24 * 3600;

/// A moment in Japanese time, as a workbook's own modification stamp states it; no clock is read.
///
/// Later moments are greater. It shows as a person reads it: `2024年4月12日 11:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    seconds: i64,
    nanos: u32,
}

impl Moment {
    /// Reads a stamp as `dcterms:modified` has it (W3C Date and Time Formats): a date with or
    /// without a time; a time without a zone is Japanese time.
    ///
    /// ```
    /// # use torimatome::model::Moment;
    /// let moment = Moment::parse("2024-04-12T02:00:00Z").unwrap();
    /// assert_eq!(moment.to_string(), "2024年4月12日 11:00");
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (date, time) = match text.split_once(['T', ' ']) {
            Some((date, time)) => (date, time),
            None => (text, "00:00"),
        };
        let mut date = date.split('-');
        let (year, month, day) = (date.next()?, date.next()?, date.next()?);
        let (year, month, day) = (number(year, 4)?, number(month, 2)?, number(day, 2)?);
        if date.next().is_some() || !(1..=12).contains(&month) || day < 1 || year < 1 {
            return None;
        }
        if day > days_of_month(year, month) {
            return None;
        }
        let (time, zone) = zone(time)?;
        let mut parts = time.split(':');
        let (hour, minute) = (number(parts.next()?, 2)?, number(parts.next()?, 2)?);
        let (second, nanos) = seconds(parts.next().unwrap_or("00"))?;
        if parts.next().is_some() || hour > 24 || minute > 59 || second > 60 {
            return None;
        }
        let at = days(year, month, day) * DAY + hour * 3600 + minute * 60 + second;
        Some(Self {
            seconds: at - zone + JAPAN,
            nanos,
        })
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = date(self.seconds.div_euclid(DAY));
        let within = self.seconds.rem_euclid(DAY);
        let (hour, minute) = (within / 3600, within % 3600 / 60);
        write!(f, "{year}年{month}月{day}日 {hour}:{minute:02}")
    }
}

/// A number of exactly so many digits.
fn number(text: &str, digits: usize) -> Option<i64> {
    let plain = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

/// Seconds with or without a fraction; digits beyond the nanosecond do not count.
fn seconds(text: &str) -> Option<(i64, u32)> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let nanos: String = fraction
        .chars()
        .chain("000000000".chars())
        .take(9)
        .collect();
    Some((number(whole, 2)?, nanos.parse().ok()?))
}

/// Parts a time from its zone, in seconds ahead of universal time.
fn zone(time: &str) -> Option<(&str, i64)> {
    if let Some(time) = time.strip_suffix(['Z', 'z']) {
        return Some((time, 0));
    }
    let Some(at) = time.find(['+', '-']) else {
        return Some((time, JAPAN));
    };
    let (time, zone) = time.split_at(at);
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let (hours, minutes) = zone[1..].split_once(':')?;
    let (hours, minutes) = (number(hours, 2)?, number(minutes, 2)?);
    Some((time, sign * (hours * 3600 + minutes * 60)))
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_of_month(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The days before the first of January of a year, counted from year 1 of the Gregorian calendar.
fn days_before(year: i64) -> i64 {
    let past = year - 1;
    past * 365 + past.div_euclid(4) - past.div_euclid(100) + past.div_euclid(400)
}

/// The days since 1 January 1970; `None` for a day that the calendar does not have.
pub(super) fn day_number(year: u16, month: u8, day: u8) -> Option<i32> {
    let (year, month, day) = (i64::from(year), i64::from(month), i64::from(day));
    let is_day =
        year > 0 && (1..=12).contains(&month) && (1..=days_of_month(year, month)).contains(&day);
    let since = || days(year, month, day) - days(1970, 1, 1);
    is_day.then(since)?.try_into().ok()
}

fn days(year: i64, month: i64, day: i64) -> i64 {
    let months: i64 = (1..month).map(|month| days_of_month(year, month)).sum();
    days_before(year) + months + day - 1
}

/// Year, month and day of a count of days.
fn date(days: i64) -> (i64, i64, i64) {
    // 146,097 days make 400 years; the guess is never more than a year off.
    let mut year = days * 400 / 146_097 + 1;
    while days_before(year) > days {
        year -= 1;
    }
    while days_before(year + 1) <= days {
        year += 1;
    }
    let mut rest = days - days_before(year);
    let mut month = 1;
    while rest >= days_of_month(year, month) {
        rest -= days_of_month(year, month);
        month += 1;
    }
    (year, month, rest + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<String> {
        Moment::parse(text).map(|moment| moment.to_string())
    }

    #[test]
    fn stamps_read_as_a_person_in_japan_reads_them() {
        for (text, expected) in [
            ("2024-04-12T02:00:00Z", "2024年4月12日 11:00"),
            ("2024-04-12T11:00:00+09:00", "2024年4月12日 11:00"),
            ("2024-04-12T11:05:00.123456789", "2024年4月12日 11:05"),
            ("2023-12-31T23:30:00Z", "2024年1月1日 8:30"),
            ("2024-02-28T20:00:00-05:00", "2024年2月29日 10:00"),
            ("2024-04-12T02:00Z", "2024年4月12日 11:00"),
            ("2024-04-12", "2024年4月12日 0:00"),
            (" 1999-12-31 23:59:60 ", "2000年1月1日 0:00"),
            ("0001-01-01T00:00:00+14:00", "0年12月31日 19:00"),
            ("9999-12-31T23:59:59Z", "10000年1月1日 8:59"),
        ] {
            assert_eq!(shown(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn texts_that_are_no_stamp() {
        for text in [
            "",
            "2024",
            "2024-04",
            "2024-13-01",
            "2024-02-30",
            "2023-02-29",
            "2024-04-12T",
            "2024-04-12T25:00:00Z",
            "2024-04-12T02:00:00+9",
            "2024-04-12T02:00:00,5Z",
            "2024-4-12",
            "２０２４-04-12",
            "昨日",
        ] {
            assert_eq!(shown(text), None, "{text}");
        }
    }

    #[test]
    fn later_moments_are_greater_whatever_their_spelling() {
        let sorted = [
            "2024-04-12T02:00:00Z",
            "2024-04-12T02:00:00.5Z",
            "2024-04-12T11:00:01",
            "2024-04-12T12:00:00+09:00",
            "2024-04-12T03:00:01Z",
        ];
        let moments: Vec<Moment> = sorted
            .iter()
            .filter_map(|text| Moment::parse(text))
            .collect();
        assert_eq!(moments.len(), sorted.len());
        assert!(moments.is_sorted_by(|one, next| one < next));
    }
}
