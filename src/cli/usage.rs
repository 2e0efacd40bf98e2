//! What is wrong with a command line, in Japanese.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "clap's kinds are open-ended"
)]

use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// Tells what is wrong; help and version are no errors.
pub(super) fn explain(error: &clap::Error, command: Option<&str>) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            print!("{error}");
            return ExitCode::SUCCESS;
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            eprint!("{error}");
            return ExitCode::from(2);
        }
        _ => {}
    }
    eprintln!("{}", sentence(error));
    let command = command.unwrap_or("merge");
    eprintln!("使い方は torimatome --help または torimatome {command} --help で見られます。");
    ExitCode::from(2)
}

fn sentence(error: &clap::Error) -> String {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        Some(_) | None => String::new(),
    };
    let argument = text(ContextKind::InvalidArg);
    let value = text(ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let near = text(ContextKind::SuggestedSubcommand);
            let near = if near.is_empty() {
                near
            } else {
                format!("「{near}」でしょうか。")
            };
            format!(
                "「{}」というコマンドはありません。{near}",
                text(ContextKind::InvalidSubcommand)
            )
        }
        ErrorKind::UnknownArgument => {
            let near = text(ContextKind::SuggestedArg);
            let near = if near.is_empty() {
                near
            } else {
                format!("「{near}」でしょうか。")
            };
            format!("「{argument}」という指定はありません。{near}")
        }
        ErrorKind::InvalidValue if value.is_empty() => format!("「{argument}」に値がありません。"),
        ErrorKind::InvalidValue => {
            let valid = text(ContextKind::ValidValue);
            format!(
                "「{argument}」に「{value}」は指定できません。次のどれかを指定してください: {valid}"
            )
        }
        // Only counts are parsed here: of files' names nothing is wrong, and periods are read later.
        ErrorKind::ValueValidation => format!(
            "「{argument}」の値「{value}」を読み取れません。1以上の数を、半角の数字で指定してください。"
        ),
        ErrorKind::MissingRequiredArgument => format!("「{argument}」の指定が必要です。"),
        ErrorKind::MissingSubcommand => "コマンドを指定してください。".to_owned(),
        ErrorKind::ArgumentConflict => format!("「{argument}」は一度だけ指定してください。"),
        _ => format!("指定が正しくありません（{}）。", error.kind()),
    }
}
