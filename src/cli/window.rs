//! The window that Windows opens for a program alone, when a folder is dropped on it: it closes with
//! the program.

/// Waits for Enter where the window would close before anybody could read what was said.
pub(super) fn keep_open() {
    if !closes_with_us() {
        return;
    }
    eprintln!("\nEnterキーを押すと、この画面を閉じます。");
    // An input that is closed or odd is no reason to wait.
    let _ = std::io::stdin().read_line(&mut String::new());
}

/// Tells whether the program was started with a window of its own, and not from a prompt.
#[cfg(windows)]
fn closes_with_us() -> bool {
    use std::io::{IsTerminal, stderr, stdin};
    use win32console::console::WinConsole;
    let listed = WinConsole::get_process_list();
    stdin().is_terminal() && stderr().is_terminal() && listed.is_ok_and(|ids| is_alone(&ids))
}

/// Elsewhere no window closes by itself.
#[cfg(not(windows))]
fn closes_with_us() -> bool {
    false
}

/// Tells whether one program alone uses the console. The list is filled up with zeros, and holds
/// nothing else where it was too short.
#[cfg(any(windows, test))]
fn is_alone(ids: &[u32]) -> bool {
    ids.iter().filter(|id| **id != 0).count() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_console_is_ours_where_no_other_program_uses_it() {
        assert!(is_alone(&[4711, 0, 0, 0]));
        for others in [&[4711, 12, 0, 0][..], &[0, 0, 0, 0], &[]] {
            assert!(!is_alone(others), "{others:?}");
        }
    }
}
