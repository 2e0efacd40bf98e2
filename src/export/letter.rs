//! 督促文: what a department is asked, in a letter: a text, and the draft of a mail.

use mail_builder::MessageBuilder;
use mail_builder::headers::raw::Raw;

use crate::model::{Book, Finding, Half, Notice, Period, SentBack, Standing};

use super::on_one_line;

/// So many questions of one item are named one by one.
const NAMED: usize = 20;

/// The letter to a department, as a text of the office's programs: UTF-8 with a mark, lines ended as
/// on Windows. `attached` is the name of the workbook that goes with it.
pub fn letter(book: &Book, sent: &SentBack, notice: &Notice, attached: &str) -> Vec<u8> {
    let text = text(book, sent, notice, attached);
    format!("\u{FEFF}{}", text.replace('\n', "\r\n")).into_bytes()
}

/// The same as the draft of a mail without a recipient. `id` is different for every letter and the
/// same for the same one.
pub fn mail(book: &Book, sent: &SentBack, notice: &Notice, attached: &str, id: &str) -> Vec<u8> {
    let message = MessageBuilder::new()
        // The mail program opens it as one that is still to be sent.
        .header("X-Unsent", Raw::new("1"))
        .message_id(format!("{id}@torimatome.invalid"))
        .header("Date", Raw::new(date(book.period)))
        .subject(subject(book, sent))
        .text_body(text(book, sent, notice, attached));
    // Writing to memory cannot fail.
    message.write_to_vec().unwrap_or_default()
}

/// The day after the period ends: no clock is read, and the mail is dated anew when it is sent.
fn date(period: Period) -> String {
    let (month, year) = match period.half {
        Half::First => ("Oct", period.year.0),
        Half::Second => ("Apr", period.year.0 + 1),
    };
    format!("1 {month} {year} 00:00:00 +0900")
}

fn subject(book: &Book, sent: &SentBack) -> String {
    let what = match sent.awaited.is_empty() {
        true => "記載内容の確認",
        false => "提出",
    };
    let period = book.layout.period_words(book.period);
    format!(
        "{period} {}の{what}について（お願い）【{}】",
        book.layout.document, sent.handout.department
    )
}

fn text(book: &Book, sent: &SentBack, notice: &Notice, attached: &str) -> String {
    let (period, document) = (book.layout.period_words(book.period), &book.layout.document);
    let mut text = format!("{} 御中\n\n", sent.handout.department);
    if let Some(sender) = &notice.sender {
        text.push_str(&format!("{sender}\n\n"));
    }
    text.push_str(&format!("{}\n\n", subject(book, sent)));
    let request = match (sent.silent, sent.awaited.is_empty()) {
        (true, _) => format!("{period} {document}について、提出をまだ確認できていません。"),
        (false, false) => format!(
            "{period} {document}を提出いただき、ありがとうございます。次のとおり、提出を確認できていない票があります。"
        ),
        (false, true) => format!(
            "{period} {document}を提出いただき、ありがとうございます。次のとおり、確認をお願いしたいところがあります。"
        ),
    };
    text.push_str(&format!("日ごろよりお世話になっております。\n{request}\n"));
    if let Some(deadline) = &notice.deadline {
        text.push_str(&format!("提出期限は{deadline}です。"));
    }
    text.push_str("お忙しいところ恐れ入りますが、対応をお願いします。行き違いで提出済みの場合は、ご容赦ください。\n");
    for section in sections(book, sent) {
        text.push_str(&section);
    }
    text.push_str(&how(sent, attached));
    if let Some(contact) = &notice.contact {
        text.push_str(&format!("\n問い合わせ先：{contact}\n"));
    }
    text
}

/// What is missing, then what is to be filled in, then what is to be looked at; each item by item.
fn sections(book: &Book, sent: &SentBack) -> Vec<String> {
    let awaited = sent.awaited.iter().map(|(number, stands)| {
        let title = title(book, *number);
        match stands {
            Standing::OtherPeriod | Standing::Misnumbered | Standing::Unreadable => {
                format!("・取組{number} {title}（{}）\n", stands.meaning())
            }
            Standing::Returned
            | Standing::Incomplete
            | Standing::SentBack
            | Standing::ByAnother
            | Standing::Closed
            | Standing::Nothing => format!("・取組{number} {title}\n"),
        }
    });
    let told_above = |finding: &&Finding| match finding.code {
        // The list above names these items already.
        "S01" | "S02" => false,
        _ => true,
    };
    let asked: Vec<&Finding> = sent.findings.iter().filter(told_above).collect();
    let (blank, others): (Vec<&Finding>, Vec<&Finding>) = asked
        .into_iter()
        .partition(|finding| finding.code.starts_with('N'));
    let parts = [
        ("提出をお願いする票", awaited.collect::<Vec<String>>()),
        ("記入をお願いする欄", lines(book, &blank)),
        ("確認をお願いするところ", lines(book, &others)),
    ];
    let mut sections = Vec::new();
    for (heading, lines) in parts {
        if !lines.is_empty() {
            let number = sections.len() + 1;
            sections.push(format!("\n{number} {heading}\n{}", lines.concat()));
        }
    }
    sections
}

fn lines(book: &Book, findings: &[&Finding]) -> Vec<String> {
    let mut lines = Vec::new();
    for of_item in findings.chunk_by(|one, next| one.item == next.item) {
        let Some(first) = of_item.first() else {
            continue;
        };
        lines.push(match first.item {
            Some(number) => format!("・取組{number} {}\n", title(book, number)),
            None => "・ファイル全体\n".to_owned(),
        });
        for finding in of_item.iter().take(NAMED) {
            let message = on_one_line(&finding.message);
            let file = match (&finding.place, &finding.file) {
                (None, Some(file)) => format!("（{}）", on_one_line(file)),
                (Some(_), _) | (None, None) => String::new(),
            };
            lines.push(format!("　- {message}{file}\n"));
        }
        if of_item.len() > NAMED {
            lines.push(format!("　- ほか{}件\n", of_item.len() - NAMED));
        }
    }
    lines
}

fn title(book: &Book, number: u32) -> String {
    let mut items = book.items.iter();
    let item = items.find(|item| item.number() == number);
    on_one_line(item.map_or("", |item| item.plan.title.text()))
}

fn how(sent: &SentBack, attached: &str) -> String {
    let how = match sent.silent {
        true => "記入して提出してください。",
        false => {
            "色の付いた欄に確認したいことをメモで示しています。欄に直接記入し直して、提出してください。"
        }
    };
    format!(
        "\n添付の「{attached}」に{how}報告することがない欄には「該当なし」と記入してください。\n"
    )
}
