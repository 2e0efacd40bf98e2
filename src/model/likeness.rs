//! Whether two texts say the same, or nearly the same.

use super::text::fold;

/// Names at least this alike (normalised Levenshtein) may be one name, changed.
pub const ALIKE: f64 = 0.5;
/// What two departments wrote is one thing only if it is at least this alike.
pub const NEARLY: f64 = 0.75;
/// How much of a text likeness looks at: it costs the square of this.
const COMPARED: usize = 100;

/// The key by which texts of two returns are compared: folded, but circled figures stay apart from
/// plain ones: ①3校 is not 13校.
pub fn content_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(is_circled) {
        key.push_str(&fold(&rest[..at]));
        let circled = rest[at..].chars().next();
        key.extend(circled);
        rest = &rest[at + circled.map_or(0, char::len_utf8)..];
    }
    key.push_str(&fold(rest));
    key
}

fn is_circled(c: char) -> bool {
    matches!(c, '\u{2460}'..='\u{24FF}' | '\u{2776}'..='\u{2793}' | '\u{3251}'..='\u{325F}' | '\u{32B1}'..='\u{32BF}')
}

/// How alike two keys are, from 0 to 1; what goes on where the other ends is nearly the same.
pub fn likeness(one: &str, other: &str) -> f64 {
    if one == other {
        return 1.0;
    }
    let head = |text: &str| -> String { text.chars().take(COMPARED).collect() };
    let score = strsim::normalized_levenshtein(&head(one), &head(other));
    let (short, long) = match one.len() < other.len() {
        true => (one, other),
        false => (other, one),
    };
    match !short.is_empty() && long.starts_with(short) {
        true => score.max(NEARLY),
        false => score,
    }
}

/// Tells whether two keys may be one text, changed.
pub fn alike(one: &str, other: &str) -> bool {
    likeness(one, other) >= ALIKE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_spaces_and_line_breaks_do_not_count_but_circled_figures_do() {
        assert_eq!(
            content_key("（累計）\n１４５件"),
            content_key("(累計) 145件")
        );
        assert_ne!(content_key("①3校"), content_key("13校"));
        assert_eq!(content_key("①３校 ②４回"), "①3校②4回");
    }

    #[test]
    fn a_text_that_goes_on_is_alike_and_another_is_not() {
        assert!(alike(
            "研修を実施",
            "研修を実施し、受講後の状況も確かめる。参加者は全課から募る。"
        ));
        assert!(alike("手続を増やす", "手続を減らす"));
        assert!(!alike("手続を増やす", "庁舎の照明を替える"));
        let long = "あ".repeat(100_000);
        assert!(alike(&long, &format!("{long}い")));
    }
}
