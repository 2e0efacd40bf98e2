//! The program around the library: arguments in, files and messages out.
//!
//! Exit status: 0 no finding of level error, 1 at least one, 2 the job could not be done.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the command line is where the program speaks"
)]

mod acknowledge;
mod args;
mod assemble;
mod building;
mod claim;
mod destination;
mod diff;
mod explain;
mod export;
mod failure;
mod folder;
mod forms;
mod init;
mod merge;
mod new_folder;
mod new_job;
mod new_plan;
mod official;
mod output;
mod partitioned;
mod partitions;
mod plan;
mod plan_source;
mod publish;
mod remember;
mod report;
mod returned;
mod rollover;
mod sources;
mod usage;
mod volumes;
mod watch;
mod window;

use std::ffi::OsString;
use std::io::IsTerminal;
use std::panic;
use std::process::ExitCode;

use clap::Parser;

use crate::export::Screen;
use crate::model::Finding;

use args::{Cli, Color, Command, Common};
use failure::Failure;

/// How a command that was done ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Done {
    Clean,
    Errors,
}

/// Runs the program.
pub fn run() -> ExitCode {
    // A panic inside a library is caught where a file is read; its message would tell nobody
    // anything. One of our own is told below.
    panic::set_hook(Box::new(|_| {}));
    let done = panic::catch_unwind(|| run_command(std::env::args_os().collect()));
    let code = match done {
        Ok(code) => code,
        Err(_) => {
            eprintln!(
                "プログラムの内部で誤りが起きました。出力は行っていません。実行した内容を添えて、開発者に知らせてください。"
            );
            ExitCode::from(2)
        }
    };
    window::keep_open();
    code
}

/// The command line as clap knows it: for the shells' completions and the manual pages.
pub fn command_line() -> clap::Command {
    <Cli as clap::CommandFactory>::command()
}

fn run_command(args: Vec<OsString>) -> ExitCode {
    let args = with_default_command(args);
    let command = command_of(&args);
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => return usage::explain(&error, command.as_deref()),
    };
    match dispatch(&cli.command) {
        Ok(Done::Clean) => ExitCode::SUCCESS,
        Ok(Done::Errors) => ExitCode::from(1),
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::from(2)
        }
    }
}

/// The command that is named, if it is one.
fn command_of(args: &[OsString]) -> Option<String> {
    let first = args.get(1)?.to_str()?;
    let line = command_line();
    let mut commands = line.get_subcommands();
    let is_command = commands.any(|one| one.get_name() == first);
    is_command.then(|| first.to_owned())
}

/// A folder in place of a command means `merge`: a folder dropped on the program.
fn with_default_command(mut args: Vec<OsString>) -> Vec<OsString> {
    let is_folder = args
        .get(1)
        .is_some_and(|first| std::path::Path::new(first).is_dir());
    if is_folder && command_of(&args).is_none() {
        args.insert(1, "merge".into());
    }
    args
}

fn dispatch(command: &Command) -> Result<Done, Failure> {
    match command {
        Command::Merge(args) => merge::merge(args),
        Command::Check(args) => report::check(args),
        Command::Export(args) => export::export(args),
        Command::Explain(args) => explain::explain(args),
        Command::Init(args) => init::init(args),
        Command::Forms(args) => forms::forms(args),
        Command::Return(args) => returned::send_back(args),
        Command::Diff(args) => diff::diff(args),
        Command::Rollover(args) => rollover::rollover(args),
    }
}

/// Prepares what all commands share.
fn prepare(common: &Common) -> Result<(), Failure> {
    if let Some(threads) = common.threads {
        if threads == 0 {
            return Err(Failure::Usage(
                "--threads には1以上の数を指定してください。",
            ));
        }
        // Fails only if the pool exists already; then the number is the default's.
        let _ = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build_global();
    }
    Ok(())
}

/// How the report is shown where it goes: a file and a pipe get plain, whole lines.
fn screen(common: &Common, to_stdout: bool) -> Screen {
    screen_of(common.color, to_stdout)
}

fn screen_of(color: Color, to_stdout: bool) -> Screen {
    let terminal = to_stdout && std::io::stdout().is_terminal();
    let color = match color {
        Color::Always => {
            shows_colours();
            true
        }
        Color::Never => false,
        Color::Auto => {
            terminal
                && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
                && shows_colours()
        }
    };
    let width = terminal.then(terminal_width).flatten();
    Screen { color, width }
}

/// How many columns a line on the standard output may have, if that is a terminal: one less than
/// there are, since the console of Windows begins a new line by itself after its last column.
fn terminal_width() -> Option<usize> {
    let (width, _) = terminal_size::terminal_size_of(std::io::stdout())?;
    usize::from(width.0).checked_sub(1)
}

/// The console of Windows shows the codes themselves unless it is told; an old one always does.
fn shows_colours() -> bool {
    anstyle_query::windows::enable_ansi_colors().unwrap_or(true)
}

/// Leaves what a command worked on to the end of the process, which comes now: to take a large book
/// down piece by piece takes a part of a second and is good for nothing.
fn leave_to_the_end<T>(done_with: T) {
    std::mem::forget(done_with);
}

/// The errors that nobody acknowledged.
fn open_errors(findings: &[Finding]) -> impl Iterator<Item = &Finding> {
    findings.iter().filter(|finding| finding.is_open_error())
}

/// Exit status 1 if an error remains that nobody acknowledged.
fn verdict(findings: &[Finding]) -> Done {
    match open_errors(findings).next() {
        Some(_) => Done::Errors,
        None => Done::Clean,
    }
}
