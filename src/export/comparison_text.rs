//! What two workbooks say differently, for the terminal: of a long text the characters that differ.

use super::findings_text::{BOLD, RED, RESET, Screen};
use super::visible::{on_one_line, visible};
use super::wrap::wrapped;
use crate::model::wording::{Stretch, share, stretches};
use crate::model::{Comparison, Difference, DifferenceKind};

/// Texts less alike than this are shown beside each other, not as one text with changes.
const UNLIKE: f64 = 0.3;
/// How many characters are shown before and behind a change.
const AROUND: usize = 20;
/// How many characters of one text are shown at the most.
const MOST: usize = 100;
const GREEN: &str = "\u{1b}[32m";

/// Gives the differences for the terminal, by item and field, with their count at the end.
///
/// `[-…-]` stands only in the earlier workbook, `{+…+}` only in the later one. Texts of the inputs
/// cannot steer the terminal.
pub fn comparison_text(comparison: &Comparison, screen: Screen) -> String {
    let mut text = String::new();
    for (word, side) in [("前", &comparison.before), ("後", &comparison.after)] {
        let line = format!(
            "{word}: {} 取組{}件",
            on_one_line(&side.label()),
            side.items
        );
        text.push_str(&wrapped(&line, "", 4, screen.width));
    }
    let mut heading: Option<&Difference> = None;
    for one in &comparison.differences {
        if heading.is_none_or(|last| !last.is_beside(one)) {
            heading = Some(one);
            text.push('\n');
            text.push_str(&painted(screen, BOLD, &heading_of(one)));
            text.push('\n');
        }
        let field = format!("{}［{}］", on_one_line(&one.field), one.kind.label());
        text.push_str(&wrapped(&field, "  ", 4, screen.width));
        text.push_str(&body(one, screen));
    }
    if !comparison.differences.is_empty() {
        text.push_str("\n[-…-] は前だけに、{+…+} は後だけにある文字です。↵ は改行です。\n");
    }
    text.push_str(&painted(screen, BOLD, &comparison.counted()));
    text.push('\n');
    text
}

fn heading_of(one: &Difference) -> String {
    let title = on_one_line(&one.title);
    let lead = match one.lead.is_empty() {
        true => String::new(),
        false => format!("（{}）", on_one_line(&one.lead)),
    };
    match one.number {
        Some(number) => format!("■ 取組{number} {title}{lead}"),
        None => format!("■ {title}{lead}"),
    }
}

fn body(one: &Difference, screen: Screen) -> String {
    let [before, after] = one.texts();
    let [shown_before, shown_after] = [before, after].map(shown);
    let beside = || {
        let mut text = String::new();
        for (word, said) in [("前", &one.before), ("後", &one.after)] {
            if let Some(said) = said {
                let first = format!("    {word}: ");
                text.push_str(&wrapped(&cut(&shown(&said.text)), &first, 8, screen.width));
            }
        }
        text
    };
    match one.kind {
        DifferenceKind::Added | DifferenceKind::Removed => beside(),
        DifferenceKind::Changed | DifferenceKind::Spelling => {
            let exact = one.kind == DifferenceKind::Spelling;
            let stretches = stretches(&shown_before, &shown_after, exact);
            if share(&stretches) < UNLIKE {
                return beside();
            }
            let line = marked(&shown_before, &shown_after, &stretches);
            let lines = wrapped(&line, "    ", 4, screen.width);
            match screen.color {
                true => coloured(&lines),
                false => lines,
            }
        }
    }
}

/// A text on one line in which line breaks, and what a person would not see, are seen.
fn shown(text: &str) -> String {
    visible(text.trim_end()).replace('\n', "↵")
}

/// Both texts as one, with what differs marked and what is the same cut short.
fn marked(before: &str, after: &str, stretches: &[Stretch]) -> String {
    let mut line = String::new();
    for (at, stretch) in stretches.iter().enumerate() {
        let (old, new) = (
            &before[stretch.before.clone()],
            &after[stretch.after.clone()],
        );
        if stretch.same {
            let (is_first, is_last) = (at == 0, at + 1 == stretches.len());
            line.push_str(&context(new, is_first, is_last));
            continue;
        }
        if !old.is_empty() {
            line.push_str(&format!("[-{}-]", cut(old)));
        }
        if !new.is_empty() {
            line.push_str(&format!("{{+{}+}}", cut(new)));
        }
    }
    line
}

/// What stands around changes: its end before the first, its beginning behind the last.
fn context(text: &str, is_first: bool, is_last: bool) -> String {
    let count = text.chars().count();
    let kept = if is_first || is_last {
        AROUND
    } else {
        2 * AROUND
    };
    if count <= kept + 1 {
        return text.to_owned();
    }
    let head: String = text.chars().take(AROUND).collect();
    let tail: String = text.chars().skip(count - AROUND).collect();
    match (is_first, is_last) {
        (true, _) => format!("…{tail}"),
        (false, true) => format!("{head}…"),
        (false, false) => format!("{head}…{tail}"),
    }
}

/// The beginning of a long text, and how long it is.
fn cut(text: &str) -> String {
    let count = text.chars().count();
    if count <= MOST {
        return text.to_owned();
    }
    let head: String = text.chars().take(MOST).collect();
    format!("{head}…（全{count}字）")
}

fn painted(screen: Screen, style: &str, text: &str) -> String {
    match screen.color {
        true => format!("{style}{text}{RESET}"),
        false => text.to_owned(),
    }
}

/// Colours what is marked, over line breaks as well.
fn coloured(lines: &str) -> String {
    lines
        .replace("[-", &format!("{RED}[-"))
        .replace("-]", &format!("-]{RESET}"))
        .replace("{+", &format!("{GREEN}{{+"))
        .replace("+}", &format!("+}}{RESET}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cover, Said, Side};

    const PLAIN: Screen = Screen {
        color: false,
        width: None,
    };

    fn difference(kind: DifferenceKind, before: &str, after: &str) -> Difference {
        let said = |text: &str| {
            let text = text.to_owned();
            (!text.is_empty()).then_some(Said { text, place: None })
        };
        Difference {
            number: Some(7),
            title: "人材の\n確保".to_owned(),
            lead: "総務課".to_owned(),
            field: "評価コメント".to_owned(),
            kind,
            before: said(before),
            after: said(after),
        }
    }

    fn text(differences: Vec<Difference>, screen: Screen) -> String {
        let side = |file: &str| Side::new(file, &Cover::default(), 7);
        let comparison = Comparison {
            before: side("前回.xlsx"),
            after: side("今回\u{1b}[2J.xlsx"),
            differences,
        };
        comparison_text(&comparison, screen)
    }

    #[test]
    fn a_small_change_in_a_long_text_is_shown_with_what_stands_around_it() {
        let around = "あ".repeat(1_000);
        let before = format!("{around}20人が参加しました。{around}");
        let after = format!("{around}25人が参加しました。\n{around}");
        let text = text(
            vec![difference(DifferenceKind::Changed, &before, &after)],
            PLAIN,
        );
        let twenty = "あ".repeat(20);
        let line = format!("    …{twenty}[-20-]{{+25+}}人が参加しました。{{+↵+}}{twenty}…\n");
        assert!(text.contains(&line), "{text}");
        assert!(text.contains("■ 取組7 人材の 確保（総務課）\n  評価コメント［変更］\n"));
        assert!(text.ends_with("変更点 1件（変更 1件）\n"));
        assert!(!text.contains('\u{1b}'));
    }

    #[test]
    fn texts_that_have_little_in_common_stand_beside_each_other_cut_short() {
        let long = "い".repeat(3_000);
        let differences = vec![
            difference(DifferenceKind::Changed, "窓口を見直した。", &long),
            difference(DifferenceKind::Added, "", "(累計)\n145件"),
            difference(DifferenceKind::Removed, "—", ""),
        ];
        let text = text(differences, PLAIN);
        let cut = format!("    後: {}…（全3000字）\n", "い".repeat(100));
        assert!(
            text.contains(&format!("    前: 窓口を見直した。\n{cut}")),
            "{text}"
        );
        assert!(text.contains("［追加］\n    後: (累計)↵145件\n"), "{text}");
        assert!(text.contains("［削除］\n    前: —\n"), "{text}");
    }

    #[test]
    fn equal_workbooks_say_so_and_colours_come_only_where_they_may() {
        assert_eq!(
            text(Vec::new(), PLAIN),
            "前: 前回.xlsx 取組7件\n後: 今回<U+001B>[2J.xlsx 取組7件\n違いはありません（取組7件を比べました）。\n"
        );
        let screen = Screen {
            color: true,
            width: Some(40),
        };
        let changed = difference(DifferenceKind::Changed, "参加20人", "参加25人");
        let text = text(vec![changed], screen);
        let painted = format!("参加{RED}[-20-]{RESET}{GREEN}{{+25+}}{RESET}人");
        assert!(text.contains(&painted), "{text:?}");
    }
}
