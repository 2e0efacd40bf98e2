//! `explain`: what a rule finds, why, and what to do.

use std::path::Path;

use crate::model::Rule;
use crate::write::Stamp;
use crate::{check, default_layout, export};

use super::args::{Explain, ExplainFormat};
use super::destination::{self, Destination, Kind};
use super::failure::Failure;
use super::{Done, terminal_width};

/// The catalogue belongs to no period; the same rules give the same bytes.
pub(super) const STAMP: Stamp = Stamp {
    year: 2024,
    month: 4,
    day: 1,
};

pub(super) fn explain(args: &Explain) -> Result<Done, Failure> {
    if args.code.is_some() && args.all {
        return Err(Failure::Usage(
            "規則の番号と --all は、どちらか一方だけを指定してください。",
        ));
    }
    let kind = match args.format {
        ExplainFormat::Text => Kind::Text,
        ExplainFormat::Xlsx => Kind::Xlsx,
        ExplainFormat::Html => Kind::Html,
    };
    let named = args.output.as_deref();
    destination::refuse(kind, named)?;
    let one = args.code.as_deref().map(find).transpose()?;
    let rules: Vec<&'static Rule> = match one {
        Some(rule) => vec![rule],
        None => check::rules().to_vec(),
    };
    let width = named.is_none().then(terminal_width).flatten();
    let explained = |rule: &&'static Rule| export::rule_text(rule, width);
    let destination = Destination::new(kind, named, Path::new(""), || match one {
        Some(rule) => format!("点検規則_{}", rule.code),
        None => "点検規則".to_owned(),
    });
    let document = match args.format {
        ExplainFormat::Text if one.is_none() && !args.all => destination.text(list()),
        ExplainFormat::Text => {
            let pages: Vec<String> = rules.iter().map(explained).collect();
            destination.text(pages.join("\n"))
        }
        ExplainFormat::Xlsx => crate::catalogue(&rules, &default_layout(), STAMP)?,
        ExplainFormat::Html => export::catalogue_html(&rules).into_bytes(),
    };
    match (destination.write(&document, "点検規則の説明")?, kind) {
        (Some(said), Kind::Text) => eprintln!("{said}"),
        (Some(said), Kind::Xlsx | Kind::Html) => println!("{said}"),
        (None, Kind::Text | Kind::Xlsx | Kind::Html) => {}
    }
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

fn list() -> String {
    let mut text = String::new();
    for group in check::rules().chunk_by(|a, b| a.group() == b.group()) {
        if let Some(first) = group.first() {
            text.push_str(&format!("{} {}\n", first.group(), first.group_title()));
        }
        for rule in group {
            let (code, level, title) = (rule.code, rule.level.label(), rule.title);
            text.push_str(&format!("  {code}  {level}  {title}\n"));
        }
    }
    text.push_str("くわしくは torimatome explain K03 のように、番号を付けて実行してください。\n");
    text
}
