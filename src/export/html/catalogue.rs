//! The catalogue of rules as a page: the whole on the screen, one sheet of A4 to pin up when printed.

use maud::{Markup, html};

use crate::model::{Rule, When};

use super::page;

const STYLE: &str = include_str!("catalogue.css");

/// Gives rules as a page, grouped as they are numbered; a single rule is printed in full.
pub fn catalogue_html(rules: &[&'static Rule]) -> String {
    let title = match rules {
        [rule] => format!("点検規則 {} {}", rule.code, rule.title),
        _ => "点検規則一覧".to_owned(),
    };
    let groups = rules.chunk_by(|a, b| a.group() == b.group());
    let body = html! {
        h1 { (title) }
        p.key {
            span.level.error { "誤り" } "公表できない誤りや不足 "
            span.level.warning { "警告" } "誤りの疑い "
            span.level.info { "確認" } "念のための確認 "
            span.when { "年度末" } "下半期の取りまとめだけで点検"
        }
        main class=(size(rules)) {
            @for group in groups {
                @if let Some(first) = group.first() { h2 { (first.group()) " " (first.group_title()) } }
                @for rule in group { (entry(rule)) }
            }
        }
    };
    page::page(&title, STYLE, None, &body)
}

fn entry(rule: &Rule) -> Markup {
    html! {
        article {
            h3 {
                span.code { (rule.code) } " " (rule.title) " "
                span class={ "level " (rule.level.code()) } { (rule.level.label()) }
                @if rule.when == When::YearEnd { " " span.when { (rule.when.label()) } }
            }
            dl {
                div.more { dt { "理由" } dd { (rule.why) } }
                div { dt { "対応" } dd {
                    (rule.remedy_in_short())
                    span.more { (&rule.remedy[rule.remedy_in_short().len()..]) }
                } }
                div.more { dt { "例" } dd { (rule.example) } }
            }
        }
    }
}

/// The sizes of print, in half points, that the style knows: `s19` is 9.5 points.
const SIZES: std::ops::RangeInclusive<u16> = 9..=19;
/// What a column of print holds, in points: A4 on its side, three columns, below the title.
const COLUMN: (f64, f64) = (258.0, 515.0);

/// The size in which so many rules fill one sheet and no more; few are printed in full.
fn size(rules: &[&'static Rule]) -> String {
    if rules.len() <= FEW {
        return "full".to_owned();
    }
    let fitting = SIZES
        .rev()
        .find(|half| height(rules, f64::from(*half) / 2.0) <= 3.0 * COLUMN.1);
    format!("s{}", fitting.unwrap_or(*SIZES.start()))
}

/// So few rules fit on a sheet with every word.
const FEW: usize = 8;

/// About how many points the rules are high, one below the other, in a size.
fn height(rules: &[&'static Rule], size: f64) -> f64 {
    let letters = COLUMN.0 / (size * 0.95);
    let groups = rules.chunk_by(|a, b| a.group() == b.group()).count() as f64;
    let lines: f64 = rules
        .iter()
        .map(|rule| (rule.remedy_in_short().chars().count() as f64 / letters).ceil())
        .sum();
    // A title, the lines below it, the gap to the next; a heading; and what columns leave ragged.
    rules.len() as f64 * size * 1.9
        + lines * size * 1.24
        + groups * (size * 1.5 + 6.0)
        + 3.0 * size * 2.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Level;

    fn rules(count: usize) -> Vec<&'static Rule> {
        static RULE: Rule = Rule {
            code: "K03",
            name: "cumulative_decrease",
            level: Level::Error,
            when: When::YearEnd,
            title: "累計値の減少",
            why: "理由です。",
            remedy: "累計で記入してください。分からないときは<相談>してください。",
            example: "例です。",
            check: |_| Vec::new(),
        };
        vec![&RULE; count]
    }

    #[test]
    fn every_word_of_a_rule_is_on_the_page_and_escaped() {
        let page = catalogue_html(&rules(1));
        for text in [
            "K03",
            "累計値の減少",
            "誤り",
            "年度末",
            "理由です。",
            "例です。",
        ] {
            assert!(page.contains(text), "{text}");
        }
        assert!(page.contains("累計で記入してください。<span class=\"more\">分からないときは&lt;相談&gt;してください。"));
        assert!(page.contains("<title>点検規則 K03 累計値の減少</title>"));
    }

    #[test]
    fn the_more_rules_the_smaller_the_print() {
        assert_eq!(size(&rules(1)), "full");
        let sizes: Vec<String> = [20, 60, 80, 500]
            .iter()
            .map(|count| size(&rules(*count)))
            .collect();
        assert_eq!(sizes, ["s19", "s15", "s11", "s9"]);
        for half in SIZES {
            assert!(STYLE.contains(&format!("main.s{half} ")), "{half}");
        }
    }
}
