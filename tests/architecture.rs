//! The invariants that can be read from the sources; each is shown to find what it is for.
//!
//! Comments and string literals are blanked out first, and so is whatever only tests see: items
//! under `#[cfg(test)]` and the files of modules that are declared so.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src");

/// Folders of the road; each knows `model` and itself.
const STAGES: [&str; 8] = [
    "read", "locate", "parse", "gather", "check", "compare", "write", "export",
];

/// A source file by its path below `src`, and what of it is code that ships.
struct Source {
    path: String,
    text: String,
    code: String,
}

/// The tree, with test files under their paths but without code.
fn sources() -> Vec<Source> {
    let mut files = Vec::new();
    collect(Path::new(ROOT), "", &mut files);
    files.sort();
    assert!(files.len() > 50, "the sources were not found below {ROOT}");
    let tree = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()));
    sources_of(tree)
}

fn collect(folder: &Path, below: &str, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let name = format!("{below}{name}");
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files);
        } else if name.ends_with(".rs") {
            files.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
}

fn sources_of<'a>(tree: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<Source> {
    let mut sources = Vec::new();
    let mut only_tests = BTreeSet::new();
    for (path, text) in tree {
        let masked = masked(text);
        let (code, modules) = without_tests(&masked);
        let folder = module_folder(path);
        only_tests.extend(modules.iter().map(|name| format!("{folder}{name}")));
        sources.push(Source {
            path: path.to_owned(),
            text: text.to_owned(),
            code,
        });
    }
    for source in &mut sources {
        let seen_by_tests_only = only_tests.iter().any(|module| {
            source.path == format!("{module}.rs") || source.path.starts_with(&format!("{module}/"))
        });
        if seen_by_tests_only {
            source.code.clear();
        }
    }
    sources
}

/// Where the modules that a file declares lie: `check/mod.rs` → `check/`, `job/error.rs` → `job/error/`.
fn module_folder(path: &str) -> String {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let folder = if folder.is_empty() {
        String::new()
    } else {
        format!("{folder}/")
    };
    match name {
        "mod.rs" | "lib.rs" | "main.rs" => folder,
        name => format!("{folder}{}/", name.trim_end_matches(".rs")),
    }
}

/// Blanks out comments, strings and characters; lines and everything else stay where they are.
fn masked(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let end = literal_end(&chars, at);
        if end > at {
            out.extend(
                chars[at..end]
                    .iter()
                    .map(|c| if *c == '\n' { '\n' } else { ' ' }),
            );
            at = end;
        } else {
            out.push(chars[at]);
            at += 1;
        }
    }
    out
}

/// Where the comment or literal that begins here ends; here, if none does.
fn literal_end(chars: &[char], at: usize) -> usize {
    let get = |at: usize| chars.get(at).copied().unwrap_or('\0');
    let find = |from: usize, wanted: &[char]| {
        (from..chars.len())
            .find(|at| chars[*at..].starts_with(wanted))
            .map_or(chars.len(), |found| found + wanted.len())
    };
    let in_word = at > 0 && (get(at - 1).is_alphanumeric() || get(at - 1) == '_');
    match (get(at), get(at + 1)) {
        ('/', '/') => find(at, &['\n']) - 1,
        ('/', '*') => find(at + 2, &['*', '/']),
        ('"', _) => {
            let mut end = at + 1;
            while end < chars.len() && chars[end] != '"' {
                end += if chars[end] == '\\' { 2 } else { 1 };
            }
            (end + 1).min(chars.len())
        }
        ('r', '"' | '#') if !in_word || get(at - 1) == 'b' => {
            let hashes = chars[at + 1..].iter().take_while(|c| **c == '#').count();
            if get(at + 1 + hashes) != '"' {
                return at;
            }
            let mut closing = vec!['"'];
            closing.resize(hashes + 1, '#');
            find(at + hashes + 2, &closing)
        }
        ('\'', '\\') => find(at + 3, &['\'']),
        ('\'', _) if get(at + 2) == '\'' => at + 3,
        _ => at,
    }
}

/// Blanks out items under `#[cfg(test)]`, and names the modules among them that are files.
fn without_tests(code: &str) -> (String, Vec<String>) {
    const MARK: &str = "#[cfg(test)]";
    let mut code = code.to_owned();
    let mut modules = Vec::new();
    while let Some(start) = code.find(MARK) {
        let item = &code[start + MARK.len()..];
        let end = match item.find([';', '{']) {
            None => item.len(),
            Some(stop) if item[stop..].starts_with(';') => {
                if let Some((_, name)) = item[..stop].split_once("mod ") {
                    modules.push(name.trim().to_owned());
                }
                stop + 1
            }
            Some(open) => open + closing_brace(&item[open..]) + 1,
        };
        let blank = blanked(&code[start..start + MARK.len() + end]);
        code.replace_range(start..start + MARK.len() + end, &blank);
    }
    (code, modules)
}

fn blanked(text: &str) -> String {
    text.chars()
        .map(|c| if c == '\n' { '\n' } else { ' ' })
        .collect()
}

fn closing_brace(text: &str) -> usize {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    text.len() - 1
}

/// Words and signs of a line of code: `crate` `:` `:` `model`.
fn tokens(code: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = code.trim_start();
    while let Some(first) = rest.chars().next() {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let end = if is_word(first) {
            rest.find(|c| !is_word(c)).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        tokens.push(&rest[..end]);
        rest = rest[end..].trim_start();
    }
    tokens
}

impl Source {
    fn stage(&self) -> &str {
        self.path
            .split('/')
            .next()
            .unwrap_or("")
            .trim_end_matches(".rs")
    }

    fn is_in(&self, folders: &[&str]) -> bool {
        folders.contains(&self.stage())
    }

    fn tokens(&self) -> Vec<&str> {
        tokens(&self.code)
    }

    fn says(&self, what: &str) -> String {
        format!("src/{}: {what}", self.path)
    }
}

/// The modules of ours that code names: `crate::model::Book`, `crate::{check, read}`, `super::super`.
fn modules_named(source: &Source) -> BTreeSet<String> {
    let tokens = source.tokens();
    let mut named = BTreeSet::new();
    let depth = module_folder(&source.path).matches('/').count();
    let mut at = 0;
    while at < tokens.len() {
        let mut after = at;
        if matches!(tokens[at], "crate" | "torimatome") {
            after = at + 1;
        } else if tokens[at] == "super" {
            let mut ups = 0;
            while tokens.get(after) == Some(&"super") {
                ups += 1;
                after += if tokens.get(after + 3) == Some(&"super") {
                    3
                } else {
                    1
                };
            }
            if ups < depth {
                at = after;
                continue;
            }
        }
        if after == at {
            at += 1;
            continue;
        }
        if tokens.get(after..after + 2) == Some(&[":", ":"]) {
            named.extend(heads(&tokens[after + 2..]));
        }
        at = after;
    }
    named
}

/// The first segments of a path or of a group of paths.
fn heads(tokens: &[&str]) -> Vec<String> {
    if tokens.first() != Some(&"{") {
        return tokens
            .first()
            .map(|head| (*head).to_owned())
            .into_iter()
            .collect();
    }
    let mut heads = Vec::new();
    let mut depth = 0;
    for pair in tokens.windows(2) {
        match pair[0] {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        if depth == 1 && matches!(pair[0], "{" | ",") && pair[1] != "}" {
            heads.push(pair[1].to_owned());
        }
    }
    heads
}

fn stages_that_know_others(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        let own = source.stage();
        let known: &[&str] = match own {
            "lib" | "road" | "cli" | "main" => continue,
            "model" => &["model"],
            own if STAGES.contains(&own) || own == "job" => &[own, "model"],
            _ => &[],
        };
        for module in modules_named(source) {
            if !known.contains(&module.as_str()) {
                found.push(source.says(&format!("knows {module}")));
            }
        }
    }
    found
}

/// Whose business a crate is: a stage's, or that of one module.
const CRATES: [(&str, &[&str]); 6] = [
    ("calamine", &["read"]),
    // T03 tells which characters CP932 lacks; the table is the encoding's own.
    ("encoding_rs", &["read", "export", "check/text/encodable"]),
    ("rust_xlsxwriter", &["write"]),
    // Also the name of the module that alone uses it.
    ("parquet", &["export"]),
    ("clap", &["cli"]),
    ("indicatif", &["cli"]),
];

fn crates_out_of_place(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        let tokens = source.tokens();
        for (name, folders) in CRATES {
            let in_module = |folder: &&str| source.path.starts_with(&format!("{folder}/"));
            let own = source.is_in(folders) || folders.iter().any(in_module);
            if tokens.contains(&name) && !own {
                found.push(source.says(&format!("uses {name}")));
            }
        }
    }
    found
}

const DISK: [&str; 9] = [
    "fs",
    "File",
    "WalkDir",
    "tempfile",
    "exists",
    "is_file",
    "is_dir",
    "canonicalize",
    "read_dir",
];
const WORLD: [&str; 13] = [
    "println",
    "eprintln",
    "print",
    "eprint",
    "stdout",
    "stderr",
    "stdin",
    "SystemTime",
    "Instant",
    "env",
    "net",
    "Command",
    "thread_rng",
];

fn side_effects(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        for token in source.tokens() {
            let disk = DISK.contains(&token) && !source.is_in(&["read", "job", "cli"]);
            let world = WORLD.contains(&token) && !source.is_in(&["cli"]);
            if disk || world {
                found.push(source.says(&format!("uses {token}")));
            }
        }
    }
    found
}

/// `fn` signatures that return a `Result`, and whether the whole world may call them.
fn fallible(source: &Source) -> Vec<(String, bool)> {
    let tokens = source.tokens();
    let mut found = Vec::new();
    for (at, pair) in tokens.windows(2).enumerate() {
        if pair[0] != "fn" || !pair[1].starts_with(char::is_alphabetic) {
            continue;
        }
        let signature: Vec<&str> = tokens[at..]
            .iter()
            .copied()
            .take_while(|token| !matches!(*token, "{" | ";"))
            .collect();
        let arrow = signature.windows(2).rposition(|pair| pair == ["-", ">"]);
        if arrow.is_some_and(|arrow| signature[arrow..].contains(&"Result")) {
            found.push((pair[1].to_owned(), at > 0 && tokens[at - 1] == "pub"));
        }
    }
    found
}

fn failures_in_between(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        let may_fail = source.is_in(&["read", "write", "export", "job", "cli", "road"]);
        let between = source.is_in(&["locate", "parse", "gather", "check", "compare"]);
        for (name, public) in fallible(source) {
            if !may_fail && (public || between) {
                found.push(source.says(&format!("{name} returns a Result")));
            }
        }
    }
    found
}

fn findings_made_elsewhere(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources.iter().filter(|source| !source.is_in(&["check"])) {
        let tokens = source.tokens();
        for at in 0..tokens.len().saturating_sub(1) {
            if tokens[at..at + 2] != ["Finding", "{"] {
                continue;
            }
            let before = |back: usize| at.checked_sub(back).map_or("", |at| tokens[at]);
            let of_dto = before(1) == ":" && before(3) == "dto";
            let declared = matches!(before(1), "struct" | "impl" | "for" | ">");
            if !of_dto && !declared {
                found.push(source.says("makes a Finding"));
            }
        }
    }
    found
}

fn iterations_by_chance(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        let justified = source.text.contains("never iterated");
        for token in source.tokens() {
            if matches!(token, "HashMap" | "HashSet") && !justified {
                found.push(source.says(&format!(
                    "uses {token} without saying that it is never iterated"
                )));
            }
        }
    }
    found.dedup();
    found
}

fn long_files(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        let rule = source.code.contains("static RULE:");
        let most = if rule { 150 } else { 400 };
        let lines = source.text.lines().count();
        if lines > most {
            found.push(source.says(&format!("{lines} lines, {most} at most")));
        }
        if source.code.matches("static RULE:").count() > 1 {
            found.push(source.says("holds two rules"));
        }
    }
    found
}

fn leftovers(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        let masked = masked(&source.text);
        for pair in tokens(&masked).windows(2) {
            if matches!(pair[0], "todo" | "unimplemented" | "dbg") && pair[1] == "!" {
                found.push(source.says(&format!("{}!", pair[0])));
            }
        }
        for part in source.path.trim_end_matches(".rs").split('/') {
            if matches!(
                part,
                "utils" | "util" | "helpers" | "helper" | "common" | "misc"
            ) {
                found.push(source.says("says nothing by its name"));
            }
        }
    }
    found
}

/// Each invariant by what it says when it is broken, and a tree that breaks it.
#[expect(clippy::type_complexity, reason = "a table of this file alone")]
const INVARIANTS: [(&str, fn(&[Source]) -> Vec<String>, &[(&str, &str)]); 8] = [
    (
        "a stage knows the nouns and itself",
        stages_that_know_others,
        &[
            ("check/k.rs", "use crate::read::workbook;"),
            ("check/k.rs", "use crate::{model::{Book, Plan}, write};"),
            ("check/kpi/k.rs", "use super::super::super::parse::measure;"),
            ("check/mod.rs", "fn f() { super::parse::measure(); }"),
            ("compare/k.rs", "use crate::gather::book;"),
            ("model/k.rs", "use crate::check::rules;"),
            ("job/k.rs", "use crate::read::load;"),
            ("gather/k.rs", "fn f() { crate::default_layout(); }"),
            ("stray.rs", "use crate::model::Book;"),
        ],
    ),
    (
        "a crate is one stage's business",
        crates_out_of_place,
        &[
            ("locate/k.rs", "use calamine::Data;"),
            ("job/k.rs", "fn f() { encoding_rs::UTF_8; }"),
            ("check/text/k.rs", "use encoding_rs::SHIFT_JIS;"),
            ("export/k.rs", "use rust_xlsxwriter::Format;"),
            ("check/k.rs", "use clap::Parser;"),
            (
                "cli/k.rs",
                "use parquet::file::writer::SerializedFileWriter;",
            ),
        ],
    ),
    (
        "only read, job and cli touch the disk; only cli speaks, looks at the clock or around",
        side_effects,
        &[
            ("write/k.rs", "use std::fs;"),
            ("export/k.rs", "use std::{fs::File, io};"),
            ("gather/k.rs", "fn f(p: &Path) -> bool { p.exists() }"),
            ("read/k.rs", "fn f() { println!(\"\"); }"),
            ("check/k.rs", "fn f() { eprintln!(\"\"); }"),
            ("job/k.rs", "fn f() { std::time::SystemTime::now(); }"),
            ("parse/k.rs", "use std::time::Instant;"),
            ("road.rs", "fn f() { std::env::var(\"A\"); }"),
        ],
    ),
    (
        "nothing can fail in between",
        failures_in_between,
        &[
            (
                "parse/k.rs",
                "pub fn f(a: &str) -> Result<u8, ()> { Ok(1) }",
            ),
            ("locate/k.rs", "fn f() -> std::io::Result<()> {\n Ok(()) }"),
            (
                "gather/k.rs",
                "pub(super) fn f<T>(\n a: T,\n) -> Result<T, ()>\nwhere T: Copy { Ok(a) }",
            ),
            ("check/k.rs", "fn f() -> Option<Result<u8, ()>> { None }"),
            (
                "model/k.rs",
                "impl A { pub fn f() -> Result<u8, ()> { Ok(1) } }",
            ),
        ],
    ),
    (
        "a finding is made in check",
        findings_made_elsewhere,
        &[
            ("gather/k.rs", "fn f() { let a = Finding { code }; }"),
            (
                "cli/k.rs",
                "fn f() { vec![crate::model::Finding { code }]; }",
            ),
            ("model/k.rs", "fn f() -> Finding { Finding { code } }"),
        ],
    ),
    (
        "no order is left to chance",
        iterations_by_chance,
        &[
            ("write/k.rs", "use std::collections::HashMap;"),
            (
                "gather/k.rs",
                "fn f() -> std::collections::HashSet<u8> { Default::default() }",
            ),
        ],
    ),
    (
        "a file can be read at one sitting",
        long_files,
        &[(
            "check/kpi/k.rs",
            concat!("static RULE: R = R;\n", "static RULE: R = R;"),
        )],
    ),
    (
        "nothing is left undone or unnamed",
        leftovers,
        &[
            ("parse/k.rs", "fn f() { todo!() }"),
            (
                "read/k.rs",
                "#[cfg(test)]\nmod tests { fn f() { dbg!(1); } }",
            ),
            ("read/k.rs", "fn f() { unimplemented!(\"later\") }"),
            ("parse/utils/mod.rs", "fn f() {}"),
            ("common.rs", "fn f() {}"),
        ],
    ),
];

#[test]
fn the_sources_keep_the_invariants() {
    let sources = sources();
    let mut broken = BTreeMap::new();
    for (invariant, violations, _) in INVARIANTS {
        let found = violations(&sources);
        if !found.is_empty() {
            broken.insert(invariant, found);
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn each_invariant_finds_what_breaks_it() {
    for (invariant, violations, cases) in INVARIANTS {
        for case in cases {
            let found = violations(&sources_of([*case]));
            assert!(!found.is_empty(), "{invariant}: {case:?}");
        }
    }
    let long = "//\n".repeat(401);
    assert_eq!(
        long_files(&sources_of([("read/k.rs", long.as_str())])).len(),
        1
    );
    let rule = format!("static RULE: R = R;\n{}", "//\n".repeat(150));
    assert_eq!(
        long_files(&sources_of([("check/k.rs", rule.as_str())])).len(),
        1
    );
}

#[test]
fn what_tests_see_or_texts_say_breaks_nothing() {
    let innocent = [
        (
            "check/mod.rs",
            "#[cfg(test)]\nmod fixture;\nuse crate::model::Book; // crate::read\n",
        ),
        (
            "check/fixture/mod.rs",
            "use crate::parse::measure; fn f() { println!(); }",
        ),
        (
            "parse/k.rs",
            "const A: &str = \"crate::read std::fs\"; const B: &str = r#\"a \" println!\"#;",
        ),
        (
            "parse/l.rs",
            "fn f<'a>(c: &'a str) -> char { '\"' } /* use crate::read; */ fn g() { super::h(); }",
        ),
        (
            "write/k.rs",
            "use super::text; #[cfg(test)]\nmod tests {\n use crate::{parse, read};\n fn f() -> Result<(), ()> { {} Ok(()) }\n}",
        ),
        (
            "export/k.rs",
            "fn f(a: &Finding) -> dto::Finding { dto::Finding { code } }",
        ),
        (
            "check/kpi/k.rs",
            "use super::super::finding; pub(crate) fn f() -> Finding { Finding { code } }",
        ),
        (
            "write/l.rs",
            "/// Looked up, never iterated.\ntype A = HashSet<u8>;",
        ),
        (
            "locate/k.rs",
            "fn f(g: fn() -> Result<u8, ()>) -> bool { g().is_ok() }",
        ),
    ];
    for (invariant, violations, _) in INVARIANTS {
        assert_eq!(
            violations(&sources_of(innocent)),
            Vec::<String>::new(),
            "{invariant}"
        );
    }
}
