//! Pages as their reader's browser gets them.

mod book;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::*;
use crate::export::tests::{AT, CUMULATIVE_DECREASE, cover, finding, sheet};
use crate::model::{
    BookItem, Change, CollectedFile, Departments, Field, ItemSheet, Joined, Level, Return, Source,
    Text, Thresholds,
};

use book::*;

/// Texts that would become markup, steer the reading direction or end the script.
const HOSTILE: &str =
    "</script><img src=x onerror=alert(1)>\"'><!-- \u{202e}\u{1b}[31m&amp;{{x}}]]> javascript:x";

fn page(book: &Book, findings: &[Finding]) -> String {
    report_html(book, findings, &[&CUMULATIVE_DECREASE], &[])
}

/// Every tag with the names of its attributes, in order; texts and values left out.
fn tags(page: &str) -> Vec<String> {
    let mut tags = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let end = rest.find('>').unwrap();
        let mut tag = String::new();
        let mut in_value = false;
        for c in rest[..end].chars() {
            match c {
                '"' => in_value = !in_value,
                c if !in_value => tag.push(c),
                _ => {}
            }
        }
        assert!(!in_value, "a tag ends within a value: {tag}");
        rest = &rest[end + 1..];
        for raw in ["style", "script"] {
            if tag == raw {
                rest = &rest[rest.find(&format!("</{raw}>")).unwrap()..];
            }
        }
        tags.push(tag);
    }
    tags
}

fn assert_balanced(tags: &[String]) {
    const VOID: [&str; 3] = ["meta", "input", "!DOCTYPE"];
    let mut open: Vec<&str> = Vec::new();
    for tag in tags {
        let name = tag.split([' ', '=']).next().unwrap();
        match name.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name)),
            None if VOID.contains(&name) => {}
            None => open.push(name),
        }
    }
    assert_eq!(open, Vec::<&str>::new());
}

/// The values of an attribute.
fn values<'p>(page: &'p str, name: &str) -> Vec<&'p str> {
    let begin = format!(" {name}=\"");
    let rest = page.split(begin.as_str()).skip(1);
    rest.map(|rest| rest.split('"').next().unwrap()).collect()
}

#[test]
fn every_finding_says_where_what_and_what_to_do() {
    let page = page(&book(), &findings());
    assert_balanced(&tags(&page));
    assert_eq!(page.matches("<article ").count(), 4);
    for text in [
        "小千谷市行政改革実施計画 進捗管理票 令和5年度 下半期",
        "総務課.xlsx「取組7」!E25, H25",
        "実績値「=76件」が計画と異なります。",
        "<dt>比べた内容（計画など）</dt><dd>(累計)\n67件</dd>",
        "<dt>記入されている内容</dt><dd>=76件</dd>",
        "→ 確かめてください。",
        "壊れた.xlsx",
        "パスワードで保護されています。外してください。",
    ] {
        assert!(page.contains(text), "{text}");
    }
}

#[test]
fn acknowledged_findings_are_set_apart_and_not_counted() {
    let page = page(&book(), &findings());
    let (open, known) = page.split_once("<section id=\"known\">").unwrap();
    assert!(!open.contains("電話で確認した") && known.contains("了解済み：電話で確認した"));
    assert!(open.contains("<li class=\"error\"><b>1</b> 件"));
    assert!(open.contains("<li><b>1</b> 件<span>了解済み</span>"));
    let none = report_html(&book(), &[], &[], &[]);
    assert!(none.contains("点検で見つかった事項はありません。"));
    assert!(!none.contains("id=\"known\"") && !none.contains("id=\"rules\""));
}

#[test]
fn cards_are_marked_by_department_and_level_for_the_filter() {
    let page = page(&book(), &findings());
    let cards: Vec<&str> = page.split("<article ").skip(1).collect();
    let marks: Vec<(&str, &str)> = cards
        .iter()
        .map(|card| (values(card, "data-l")[0], values(card, "data-d")[0]))
        .collect();
    let expected = [
        ("error", "0"),
        ("info", "1 0"),
        ("warning", "-"),
        ("warning", "0"),
    ];
    assert_eq!(marks, expected);
    assert!(page.contains("<option value=\"1\">建設課</option><option value=\"-\">"));
    assert!(
        page.contains("<form id=\"filter\" hidden>"),
        "without scripts nothing promises more"
    );
}

#[test]
fn the_map_shows_each_item_and_its_links_lead_somewhere() {
    let page = page(&book(), &findings());
    for square in [
        // It was returned with an open error.
        "class=\"square back\" href=\"#f7\"",
        "class=\"square nothing\" href=\"#f8\"",
    ] {
        assert!(page.contains(square), "{square}");
    }
    let ids = values(&page, "id");
    let unique: BTreeSet<&&str> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len(), "{ids:?}");
    for target in values(&page, "href") {
        let target = target.strip_prefix('#').expect("a link stays in the page");
        assert!(ids.contains(&target), "{target}");
    }
}

#[test]
fn nothing_is_loaded_and_nothing_of_ours_is_inline_but_style_and_script() {
    let page = page(&book(), &findings());
    for name in ["src", "style", "action", "onclick", "srcset", "data"] {
        assert_eq!(values(&page, name), [""; 0], "{name}");
    }
    for word in [
        "http://",
        "https://",
        "url(",
        "@import",
        "@font-face",
        "<link",
        "<img",
    ] {
        assert!(!page.contains(word), "{word}");
    }
    assert_eq!(page.matches("<script").count(), 1);
    let policy = values(&page, "content")[0];
    assert!(
        policy.starts_with("default-src &#39;none&#39;")
            || policy.starts_with("default-src 'none'")
    );
    assert!(!policy.contains("unsafe"));
}

/// The same book with one text in place of every text of the inputs.
fn with_texts(words: &str) -> (Book, Vec<Finding>) {
    let mut book = book();
    let own = || Some(words.to_owned());
    (book.cover.city, book.cover.plan) = (own(), own());
    for (name, _) in &mut book.departments {
        *name = format!("{name}{words}");
    }
    for file in &mut book.files {
        file.name = format!("{}{words}", file.name);
        if let Outcome::Unreadable { reason, advice } = &mut file.outcome {
            (*reason, *advice) = (words.to_owned(), words.to_owned());
        }
    }
    for item in &mut book.items {
        for sheet in [&mut item.plan, &mut item.official] {
            sheet.title = Text::from_raw(own().as_deref(), None);
            if let crate::model::Value::Known(departments) = &mut sheet.departments.value {
                for lead in &mut departments.lead {
                    *lead = format!("{lead}{words}");
                }
            }
            for kpi in &mut sheet.kpis {
                kpi.name = Text::from_raw(own().as_deref(), None);
                kpi.baseline.raw = own().map(Into::into);
                for values in &mut kpi.years {
                    for field in [&mut values.actual, &mut values.target]
                        .into_iter()
                        .flatten()
                    {
                        field.raw = own().map(Into::into);
                        // Units, too, are texts of the inputs.
                        if let crate::model::Value::Known(crate::model::Measure::Quantity(known)) =
                            &mut field.value
                        {
                            known.unit = words.into();
                        }
                    }
                }
            }
        }
    }
    let mut findings = findings();
    for finding in &mut findings {
        (finding.message, finding.remedy) = (words.to_owned(), words.to_owned());
        (finding.found, finding.expected) = (own(), own());
        finding.department = finding
            .department
            .as_ref()
            .map(|name| format!("{name}{words}"));
        finding.acknowledged = finding.acknowledged.as_ref().and_then(|_| own());
        finding.file = own();
        if let Some(place) = &mut finding.place {
            place.source = Arc::new(Source {
                file: words.to_owned(),
                sheet: words.to_owned(),
            });
        }
    }
    (book, findings)
}

#[test]
fn texts_of_the_inputs_never_become_markup() {
    let (book, found) = with_texts("ただの文");
    let plain = page(&book, &found);
    let (book, found) = with_texts(HOSTILE);
    let hostile = page(&book, &found);
    assert_eq!(tags(&plain), tags(&hostile));
    assert_balanced(&tags(&hostile));
    assert!(hostile.contains("&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&quot;"));
    let foreign = |c: char| c.is_control() && c != '\n' || ('\u{202a}'..='\u{202e}').contains(&c);
    assert!(!hostile.contains(foreign));
    assert!(hostile.contains("&lt;U+202E&gt;&lt;U+001B&gt;[31m"));
}

#[test]
fn what_changed_since_the_last_check_is_marked_and_what_is_gone_is_listed() {
    let new = Finding {
        change: Some(Change::New),
        ..finding("K03", Level::Error, &["E25"])
    };
    let gone = Resolved {
        code: "S01".to_owned(),
        item: Some(8),
        department: Some("建設課".to_owned()),
        at: "建設課.xlsx「取組8」!A1".to_owned(),
        message: format!("未提出{HOSTILE}"),
    };
    let page = report_html(&book(), &[new], &[&CUMULATIVE_DECREASE], &[gone]);
    assert_balanced(&tags(&page));
    assert!(page.contains("<span class=\"change\">新規</span>"));
    assert!(page.contains("<li data-d=\"1\">S01 取組8 建設課 未提出&lt;/script&gt;"));
}

#[test]
fn values_are_shown_as_typed_and_gaps_as_gaps() {
    let page = page(&book(), &[]);
    let kpi = page.split("<figure>").nth(1).unwrap();
    for text in [
        "<th class=\"now\">R5年度</th>",
        "<td rowspan=\"2\">R3年度：30件</td>",
        "<td>(累計)\n145.5件</td>",
        "<td><span class=\"note\">欄なし</span></td>",
        "<td class=\"now\">—</td>",
        "<td></td>",
        "<td>(随時)</td>",
        "R5年度の達成状況：判定不能（",
    ] {
        assert!(kpi.contains(text), "{text}: {kpi}");
    }
}

#[test]
fn nothing_at_all_is_a_page_too() {
    let mut book = book();
    (book.items, book.departments, book.files) = (Vec::new(), Vec::new(), Vec::new());
    book.cover = Cover::default();
    let page = page(&book, &[]);
    assert_balanced(&tags(&page));
    for text in [
        "進捗管理票 令和5年度 下半期",
        "取組はありません。",
        "数値目標はありません。",
    ] {
        assert!(page.contains(text), "{text}");
    }
}

#[test]
fn a_thousand_items_take_a_thousand_times_the_room_and_no_more() {
    let sized = |count: u32| {
        let mut book = book();
        book.items = (1..=count).map(|at| item(at, "総務課", true)).collect();
        let of = |item| Finding {
            item: Some(item),
            ..finding("K03", Level::Error, &["A1"])
        };
        let found: Vec<Finding> = (1..=count).map(of).collect();
        page(&book, &found).len()
    };
    let (small, large) = (sized(100), sized(1000));
    assert!(large < small * 11, "{small}, {large}");
    assert!(large < 8_000_000, "{large} bytes");
}
