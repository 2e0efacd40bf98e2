//! Writes what a release ships beside the program: the shells' completions and the manual pages.
//!
//! `cargo run --example manuals -- <folder>` makes `completions/` and `man/man1/` in that folder.
#![expect(clippy::print_stderr, reason = "a program of its own")]

use std::fs;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use clap_complete::Shell;
use clap_mangen::Man;

const PROGRAM: &str = "torimatome";

/// The generator's headings in Japanese.
const HEADINGS: [(&str, &str); 7] = [
    ("NAME", "名前"),
    ("SYNOPSIS", "書式"),
    ("DESCRIPTION", "説明"),
    ("OPTIONS", "オプション"),
    ("SUBCOMMANDS", "コマンド"),
    ("EXTRA", "補足"),
    ("VERSION", "版"),
];

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1) else {
        eprintln!("書き出すフォルダを指定してください: cargo run --example manuals -- <フォルダ>");
        return ExitCode::from(2);
    };
    match write(Path::new(&folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: 書き出せませんでした（{error}）。", folder.display());
            ExitCode::from(2)
        }
    }
}

/// Writes completions and manual pages below a folder.
pub fn write(folder: &Path) -> io::Result<()> {
    let completions = folder.join("completions");
    fs::create_dir_all(&completions)?;
    for (shell, name) in [
        (Shell::Bash, "torimatome.bash"),
        (Shell::Fish, "torimatome.fish"),
        (Shell::PowerShell, "torimatome.ps1"),
        (Shell::Zsh, "_torimatome"),
    ] {
        let mut script = Vec::new();
        // Without its mark, PowerShell 5.1 takes a script for CP932.
        if shell == Shell::PowerShell {
            script.extend("\u{FEFF}".bytes());
        }
        let mut command = torimatome::cli::command_line();
        clap_complete::generate(shell, &mut command, PROGRAM, &mut script);
        fs::write(completions.join(name), script)?;
    }
    let manuals = folder.join("man").join("man1");
    fs::create_dir_all(&manuals)?;
    let mut command = torimatome::cli::command_line();
    command.build();
    page(&manuals, PROGRAM, &command)?;
    for part in command.get_subcommands().filter(|part| !part.is_hide_set()) {
        page(&manuals, &format!("{PROGRAM}-{}", part.get_name()), part)?;
    }
    Ok(())
}

fn page(folder: &Path, name: &str, command: &clap::Command) -> io::Result<()> {
    let mut text = Vec::new();
    let command = command.clone().display_name(name.to_owned());
    Man::new(command).render(&mut text)?;
    let text = String::from_utf8_lossy(&text);
    let lines = text.lines().map(|line| {
        let heading = line.strip_prefix(".SH ");
        let heading = heading.map(|heading| heading.trim_matches('"'));
        let known = HEADINGS.iter().find(|(one, _)| Some(*one) == heading);
        known.map_or_else(|| line.to_owned(), |(_, word)| format!(".SH {word}"))
    });
    let lines: Vec<String> = lines.collect();
    fs::write(folder.join(format!("{name}.1")), lines.join("\n") + "\n")
}
