//! A rule's explanation for the terminal.

use super::wrap::{columns, wrapped};
use crate::model::Rule;

/// Gives what a rule finds, why, what to do and an example; without a width each is one line.
pub fn rule_text(rule: &Rule, width: Option<usize>) -> String {
    let heading = format!(
        "{} {}（{}、{}）",
        rule.code,
        rule.title,
        rule.level.label(),
        rule.when.label()
    );
    let mut text = wrapped(&heading, "", 4, width);
    for (head, words) in [
        ("  理由　　: ", rule.why),
        ("  対応　　: ", rule.remedy),
        ("  例　　　: ", rule.example),
    ] {
        text.push_str(&wrapped(words, head, columns(head), width));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::tests::CUMULATIVE_DECREASE;

    #[test]
    fn an_explanation_keeps_to_the_terminal_s_columns() {
        let rule = Rule {
            why: "累計の実績値が前年度や基準値を下回ることはなく、公表後に訂正が必要になります。",
            remedy: "累計で記入してください。",
            ..CUMULATIVE_DECREASE
        };
        let whole = rule_text(&rule, None);
        let expected = format!(
            "K03 累計値の減少（誤り、上半期・年度末）\n  理由　　: {}\n",
            rule.why
        );
        assert!(whole.starts_with(&expected), "{whole}");
        let narrow = rule_text(&rule, Some(50));
        assert!(narrow.lines().all(|line| columns(line) <= 50), "{narrow}");
        assert!(narrow.contains("\n            ") && narrow.contains("  対応　　: 累計で"));
    }
}
