//! 督促文: what a department is asked, in a letter: a text, and the draft of a mail.

use mail_builder::MessageBuilder;
use mail_builder::headers::raw::Raw;

use crate::model::{Book, CellRef, Half, Notice, Period, Question, SentBack, Standing};

use super::on_one_line;

/// So many questions of one item are named one by one.
const NAMED: usize = 20;
/// So many cells of one question are named.
const CELLS: usize = 8;

/// What a letter is about.
#[derive(Clone, Copy)]
pub struct Letter<'b> {
    /// The book, for its layout, period and titles.
    pub book: &'b Book,
    /// What is sent.
    pub sent: &'b SentBack,
    /// What is asked in the workbook.
    pub questions: &'b [Question],
    /// What the office says in its forms.
    pub notice: &'b Notice,
    /// The name of the workbook that goes with it.
    pub attached: &'b str,
}

/// The letter to a department, as a text of the office's programs: UTF-8 with a mark, lines ended as
/// on Windows.
pub fn letter(letter: Letter<'_>) -> Vec<u8> {
    let text = text(letter);
    format!("\u{FEFF}{}", text.replace('\n', "\r\n")).into_bytes()
}

/// The same as the draft of a mail without a recipient. `id` is different for every letter and the
/// same for the same one.
pub fn mail(letter: Letter<'_>, id: &str) -> Vec<u8> {
    let message = MessageBuilder::new()
        // The mail program opens it as one that is still to be sent.
        .header("X-Unsent", Raw::new("1"))
        .message_id(format!("{id}@torimatome.invalid"))
        .header("Date", Raw::new(date(letter.book.period)))
        .subject(subject(letter.book, letter.sent))
        .text_body(text(letter));
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

fn text(letter: Letter<'_>) -> String {
    let Letter {
        book, sent, notice, ..
    } = letter;
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
    for section in sections(letter) {
        text.push_str(&section);
    }
    text.push_str(&how(letter));
    if let Some(contact) = &notice.contact {
        text.push_str(&format!("\n問い合わせ先：{contact}\n"));
    }
    text
}

/// What is missing, then what is to be filled in, then what is to be looked at; each item by item.
fn sections(letter: Letter<'_>) -> Vec<String> {
    let Letter { book, sent, .. } = letter;
    let awaited = sent.awaited.iter();
    let awaited = awaited.map(|(number, stands)| awaited_line(book, sent, *number, *stands));
    let mut awaited: Vec<String> = awaited.collect();
    if !awaited.is_empty() && !sent.silent {
        let where_to = "　添付のファイルに、記入前の様式を同じ取組番号のシートとして入れています。このシートに記入して提出してください。\n";
        awaited.insert(0, where_to.to_owned());
    }
    let (blank, others): (Vec<&Question>, Vec<&Question>) = letter
        .questions
        .iter()
        .partition(|question| question.code.starts_with('N'));
    let parts = [
        ("提出をお願いする票", awaited),
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

/// An item of which nothing counts yet: why, where that is not plain, and who may return it as well.
fn awaited_line(book: &Book, sent: &SentBack, number: u32, stands: Standing) -> String {
    let mut words = Vec::new();
    match stands {
        Standing::OtherPeriod | Standing::Misnumbered | Standing::Unreadable => {
            words.push(stands.meaning().to_owned());
        }
        Standing::Returned
        | Standing::Incomplete
        | Standing::SentBack
        | Standing::ByAnother
        | Standing::Closed
        | Standing::Nothing => {}
    }
    let mut items = sent.handout.items.iter();
    let item = items.find(|item| item.number == number);
    if let Some(item) = item.filter(|item| !item.shared.is_empty()) {
        words.push(format!(
            "{}の共管です。内容を合わせ、いずれか一つの課から提出してください",
            on_one_line(&item.shared.join("、"))
        ));
    }
    let words = match words.is_empty() {
        true => String::new(),
        false => format!("（{}）", words.join("。")),
    };
    format!("・取組{number} {}{words}\n", title(book, number))
}

/// The questions item by item, each with its cells; what is to be done stands below those that it is
/// the answer to.
fn lines(book: &Book, questions: &[&Question]) -> Vec<String> {
    let mut lines = Vec::new();
    for of_item in questions.chunk_by(|one, next| one.item == next.item) {
        let Some(first) = of_item.first() else {
            continue;
        };
        lines.push(match first.item {
            Some(number) => format!("・取組{number} {}\n", title(book, number)),
            None => "・ファイル全体\n".to_owned(),
        });
        let named = of_item.get(..NAMED).unwrap_or(of_item);
        for alike in named.chunk_by(|one, next| one.remedy == next.remedy) {
            for question in alike {
                let message = on_one_line(&question.message);
                let place = on_one_line(&place(question));
                lines.push(format!("　- {message}{place}\n"));
            }
            let remedy = alike.first().map_or("", |one| one.remedy.as_str());
            if !remedy.is_empty() {
                lines.push(format!("　　→ {}\n", on_one_line(remedy)));
            }
        }
        if of_item.len() > NAMED {
            lines.push(format!("　- ほか{}件\n", of_item.len() - NAMED));
        }
    }
    lines
}

/// Where a question shows in the attached workbook: `（「取組7」G18、G20）`.
fn place(question: &Question) -> String {
    let Some((sheet, cells)) = &question.shown else {
        return String::new();
    };
    let mut told: Vec<String> = cells.iter().take(CELLS).map(CellRef::to_string).collect();
    if cells.len() > CELLS {
        told.push(format!("ほか{}か所", cells.len() - CELLS));
    }
    format!("（「{sheet}」{}）", told.join("、"))
}

fn title(book: &Book, number: u32) -> String {
    let mut items = book.items.iter();
    let item = items.find(|item| item.number() == number);
    on_one_line(item.map_or("", |item| item.plan.title.text()))
}

fn how(letter: Letter<'_>) -> String {
    let attached = letter.attached;
    let mut questions = letter.questions.iter();
    let is_shown = questions.any(|question| question.shown.is_some());
    let how = match (is_shown, letter.sent.handout.items.is_empty()) {
        (true, _) => format!(
            "添付の「{attached}」では、色の付いた欄に確認したいことをメモで示しています。欄に直接記入し直して、提出してください。"
        ),
        (false, false) => format!("添付の「{attached}」に記入して提出してください。"),
        (false, true) => format!(
            "確認をお願いすることの一覧は、添付の「{attached}」にもあります。直したファイルを提出してください。"
        ),
    };
    let nothing = match letter.sent.handout.items.is_empty() {
        true => "",
        false => "報告することがない欄には「該当なし」と記入してください。",
    };
    format!("\n{how}{nothing}\n")
}
