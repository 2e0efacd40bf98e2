//! `explain`: what a rule finds, why, and what to do.

use crate::check;
use crate::model::Rule;

use super::Done;
use super::args::{Explain, ReportFormat};
use super::failure::Failure;
use super::output;

pub(super) fn explain(args: &Explain) -> Result<Done, Failure> {
    match args.format {
        ReportFormat::Text => {}
        ReportFormat::Json | ReportFormat::Csv | ReportFormat::Xlsx | ReportFormat::Html => {
            return Err(Failure::NotYet("explain の --format"));
        }
    }
    let text = match (&args.code, args.all) {
        (Some(code), false) => page(find(code)?),
        (Some(_), true) => {
            return Err(Failure::Usage(
                "規則の番号と --all は、どちらか一方だけを指定してください。",
            ));
        }
        (None, true) => check::rules()
            .iter()
            .map(|rule| page(rule))
            .collect::<Vec<_>>()
            .join("\n"),
        (None, false) => list(),
    };
    output::to_stdout(text.as_bytes())?;
    Ok(Done::Clean)
}

fn find(code: &str) -> Result<&'static Rule, Failure> {
    let wanted = crate::model::text::fold(code).to_uppercase();
    let found = check::rule(&wanted).or_else(|| check::rule(&with_zero(&wanted)?));
    found.ok_or_else(|| {
        let nearest = check::rules()
            .iter()
            .min_by_key(|rule| strsim::levenshtein(rule.code, &wanted))
            .map_or(String::new(), |rule| {
                format!("「{}」（{}）でしょうか。", rule.code, rule.title)
            });
        Failure::NoSuchRule(
            code.to_owned(),
            format!("{nearest}一覧は torimatome explain で見られます。"),
        )
    })
}

/// `K3` → `K03`: a code of one digit, as it is often typed.
fn with_zero(code: &str) -> Option<String> {
    let digit = code.strip_prefix(|c: char| c.is_ascii_uppercase())?;
    let single = digit.len() == 1 && digit.chars().all(|c| c.is_ascii_digit());
    single.then(|| format!("{}0{digit}", &code[..1]))
}

fn page(rule: &Rule) -> String {
    format!(
        "{code} {title}（{level}、{when}）\n  理由　　: {why}\n  対応　　: {remedy}\n  例　　　: {example}\n",
        code = rule.code,
        title = rule.title,
        level = rule.level.label(),
        when = rule.when.label(),
        why = rule.why,
        remedy = rule.remedy,
        example = rule.example,
    )
}

fn list() -> String {
    let mut text = String::new();
    for rule in check::rules() {
        text.push_str(&format!(
            "{}  {}  {}\n",
            rule.code,
            rule.level.label(),
            rule.title
        ));
    }
    text.push_str("くわしくは torimatome explain K03 のように、番号を付けて実行してください。\n");
    text
}
