//! A time for each file: what takes longer is left out, and the run is done without it.
//!
//! A thread cannot be stopped from outside, and one that runs on would take the next file's time.
//! So the program starts over in its own place, with the names of the files that are to be left
//! out: nothing was written yet, and what ran on is gone with the old process. A process for each
//! file would do the same at several times the cost of reading one.
//!
//! Time is counted in ticks that were slept through, not read from a clock: a computer that was
//! asleep costs no file its turn.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, exit};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use crate::Step;

/// How often is looked.
const TICK: Duration = Duration::from_millis(50);
const TICKS_A_SECOND: u64 = 20;
/// Up to here a file has the time of a small one; each MiB more gives it a second more.
const SMALL: u64 = 8 << 20;
const MIB: u64 = 1 << 20;
/// Tells the program that starts over which files are to be left out: a JSON list of names.
const OVERDUE: &str = "TORIMATOME_OVERDUE";

/// The seconds that a file may take: `seconds`, and more where it is large.
pub(super) fn seconds_for(path: &Path, seconds: u64) -> u64 {
    let length = std::fs::metadata(path).map_or(0, |there| there.len());
    seconds.saturating_add(length.saturating_sub(SMALL).div_ceil(MIB))
}

/// Files that are being read, with the ticks that they took so far.
#[derive(Debug, Default)]
struct Running {
    ticks: BTreeMap<usize, u64>,
    over: bool,
}

/// Watches over the reading of files until it is dropped.
#[derive(Debug)]
pub(super) struct Watch {
    running: Arc<Mutex<Running>>,
}

impl Watch {
    /// Starts to watch files that may take so many seconds each; `act` is called with the first
    /// that takes longer, and need not come back.
    pub(super) fn start(seconds: Vec<u64>, act: impl Fn(usize) + Send + 'static) -> Self {
        let running = Arc::new(Mutex::new(Running::default()));
        let watched = Arc::clone(&running);
        thread::spawn(move || {
            loop {
                thread::sleep(TICK);
                let late = {
                    let mut running = lock(&watched);
                    if running.over {
                        return;
                    }
                    tick(&mut running.ticks, &seconds)
                };
                if let Some(late) = late {
                    act(late);
                }
            }
        });
        Self { running }
    }

    /// Notes what is told of a file.
    pub(super) fn note(&self, step: Step) {
        let mut running = lock(&self.running);
        match step {
            Step::Begun(number) => running.ticks.insert(number, 0),
            Step::Paused(number) | Step::Done(number) => running.ticks.remove(&number),
        };
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        lock(&self.running).over = true;
    }
}

fn lock(running: &Mutex<Running>) -> MutexGuard<'_, Running> {
    running.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Counts a tick for each file, and gives the first that has used up its time.
fn tick(ticks: &mut BTreeMap<usize, u64>, seconds: &[u64]) -> Option<usize> {
    let mut late = None;
    for (number, ticks) in ticks {
        *ticks += 1;
        let most = seconds.get(*number).copied().unwrap_or(u64::MAX);
        if *ticks > most.saturating_mul(TICKS_A_SECOND) {
            late = late.or(Some(*number));
        }
    }
    late
}

/// The files that an earlier start found to take too long, by the names that it was told.
pub(super) fn overdue() -> Vec<String> {
    let told = std::env::var_os(OVERDUE).unwrap_or_default();
    let told = told.to_str().unwrap_or_default();
    serde_json::from_str(told).unwrap_or_default()
}

/// Starts the program over in its own place, without a file more; comes back only where the system
/// lets no program start.
pub(super) fn start_over(name: &str) -> std::io::Error {
    let mut names = overdue();
    names.push(name.to_owned());
    let names = serde_json::to_string(&names).unwrap_or_default();
    let program = match std::env::current_exe() {
        Ok(program) => program,
        Err(error) => return error,
    };
    let args: Vec<OsString> = std::env::args_os().skip(1).collect();
    let mut again = Command::new(program);
    in_its_place(again.args(args).env(OVERDUE, names))
}

#[cfg(unix)]
fn in_its_place(program: &mut Command) -> std::io::Error {
    use std::os::unix::process::CommandExt;
    program.exec()
}

/// Where no program can take another's place, this one waits for it and does nothing else.
#[cfg(not(unix))]
fn in_its_place(program: &mut Command) -> std::io::Error {
    match program.status() {
        Ok(status) => leave(status.code().unwrap_or(2)),
        Err(error) => error,
    }
}

/// Ends the program from the watching thread.
pub(super) fn leave(code: i32) -> ! {
    super::window::keep_open();
    exit(code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    #[test]
    fn a_file_has_its_seconds_and_no_more() {
        let mut running = BTreeMap::from([(0, 0), (1, 0)]);
        let seconds = [2, 1];
        let late: Vec<_> = (0..2 * TICKS_A_SECOND + 1)
            .map(|_| tick(&mut running, &seconds))
            .collect();
        let second = TICKS_A_SECOND as usize;
        assert!(late[..second].iter().all(Option::is_none));
        assert_eq!(late[second], Some(1));
        running.remove(&1);
        assert_eq!(tick(&mut running, &seconds), Some(0));
    }

    #[test]
    fn large_files_have_more_time() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.xlsx");
        for (length, expected) in [(0, 8), (SMALL, 8), (SMALL + 1, 9), (SMALL + 3 * MIB, 11)] {
            let made = std::fs::File::create(&file).unwrap();
            made.set_len(length).unwrap();
            assert_eq!(seconds_for(&file, 8), expected, "{length}");
        }
    }

    #[test]
    fn only_files_that_are_being_read_are_late() {
        let (sender, late) = mpsc::channel();
        let watch = Watch::start(vec![0, 0, 0], move |number| {
            let _ = sender.send(number);
        });
        watch.note(Step::Begun(0));
        watch.note(Step::Done(0));
        watch.note(Step::Begun(1));
        watch.note(Step::Paused(1));
        watch.note(Step::Begun(2));
        assert_eq!(late.recv().unwrap(), 2);
        drop(watch);
    }
}
