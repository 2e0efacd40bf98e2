//! Where a table's file stands: `city=小千谷市/fiscal_year=2023/half=second`.

use crate::model::Period;

/// What Hive writes for a value that is not known; DuckDB and Spark read it as null.
const UNKNOWN: &str = "__HIVE_DEFAULT_PARTITION__";

/// Gives the folder of a city and a period below that of its table.
///
/// The year is that which is reported, by its Western number; `half` is `first` or `second`, as in
/// the JSON. A city that is not known is Hive's null.
///
/// ```
/// # use torimatome::export::partition;
/// # use torimatome::model::Period;
/// let period = Period::parse("R5下").unwrap();
/// let folder = partition(Some("小千谷市"), period);
/// assert_eq!(folder, "city=小千谷市/fiscal_year=2023/half=second");
/// ```
pub fn partition(city: Option<&str>, period: Period) -> String {
    let city = match city {
        Some(city) if !city.is_empty() => escaped(city),
        Some(_) | None => UNKNOWN.to_owned(),
    };
    let (year, half) = (period.year.0, period.half.code());
    format!("city={city}/fiscal_year={year}/half={half}")
}

/// Escapes what Hive escapes, what a file's name cannot hold on Windows, and white space at the end
/// of a name, which Windows drops.
fn escaped(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    let body = value.trim_end_matches(['.', ' ']).len();
    for (at, c) in value.char_indices() {
        let special = c.is_ascii_control() || " \"#%'*/:<=>?\\|{}[]^".contains(c);
        if special || at >= body {
            escaped.push_str(&format!("%{:02X}", u32::from(c)));
        } else {
            escaped.push(c);
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_escaped_as_hive_reads_them() {
        let period = Period::parse("R6上").unwrap();
        for (city, folder) in [
            (Some("見本市"), "見本市"),
            (Some("見本市　東区"), "見本市　東区"),
            (Some("見本市 東/西区"), "見本市%20東%2F西区"),
            (Some("100%市=a"), "100%25市%3Da"),
            (Some("市."), "市%2E"),
            (Some("<市>:\"*?|\\"), "%3C市%3E%3A%22%2A%3F%7C%5C"),
            (Some("a\n市[1]"), "a%0A市%5B1%5D"),
            (Some(""), UNKNOWN),
            (None, UNKNOWN),
        ] {
            let wanted = format!("city={folder}/fiscal_year=2024/half=first");
            assert_eq!(partition(city, period), wanted, "{city:?}");
        }
    }
}
