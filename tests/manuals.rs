//! What a release ships beside the program: completions and manual pages, in Japanese as the help is.

#[path = "../examples/manuals.rs"]
#[allow(dead_code, reason = "the example's own start")]
mod pages;

use std::fs;

use crate::program::{files_below, folder};

#[test]
fn every_command_and_option_has_its_page_and_its_completion() {
    let folder = folder("manuals と 補完");
    pages::write(&folder).unwrap();
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let shells = [
        "torimatome.bash",
        "torimatome.fish",
        "torimatome.ps1",
        "_torimatome",
    ];
    let shells = shells.map(|name| read(&format!("completions/{name}")));
    let program = torimatome::cli::command_line();
    let main = read("man/man1/torimatome.1");
    let mut pages = 1;
    for command in program.get_subcommands() {
        let name = command.get_name();
        pages += 1;
        let about = command.get_about().unwrap().to_string();
        assert!(main.contains(&about), "{name}");
        let page = read(&format!("man/man1/torimatome-{name}.1"));
        assert!(page.contains(&about), "{name}");
        for script in &shells {
            assert!(script.contains(name), "{name}");
        }
        for option in command.get_arguments().filter(|one| !one.is_hide_set()) {
            let Some(long) = option.get_long() else {
                continue;
            };
            let help = option.get_help().unwrap().to_string();
            // Signs are escaped, each shell in its own way.
            let words: String = help.chars().take_while(|c| c.is_alphanumeric()).collect();
            assert!(page.contains(&long.replace('-', "\\-")), "{name} --{long}");
            assert!(page.contains(&words), "{name} --{long}");
            for script in &shells {
                assert!(script.contains(long), "{name} --{long}");
            }
            // bash shows no words.
            for script in &shells[1..] {
                assert!(script.contains(&words), "{name} --{long}: {words}");
            }
        }
    }
    assert_eq!(files_below(&folder.join("man")).len(), pages);
    let headings = main.lines().filter_map(|line| line.strip_prefix(".SH "));
    for heading in headings {
        assert!(!heading.is_ascii(), "{heading}");
    }
}

#[test]
fn a_script_for_powershell_says_that_it_is_no_cp932() {
    let folder = folder("manuals-powershell");
    pages::write(&folder).unwrap();
    for (path, bytes) in files_below(&folder) {
        let marked = bytes.starts_with(b"\xEF\xBB\xBF");
        let is_script = path.extension().is_some_and(|ending| ending == "ps1");
        assert_eq!(marked, is_script, "{}", path.display());
    }
    let before = files_below(&folder);
    pages::write(&folder).unwrap();
    assert!(
        before == files_below(&folder),
        "the same program, the same files"
    );
}
