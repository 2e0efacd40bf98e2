//! `return`: to each department of which something is still to come, its forms and a letter.

use std::path::Path;

use sha2::{Digest, Sha256};

use crate::export::Letter;
use crate::model::{Counts, Notice};
use crate::write::Issue;
use crate::{export, gather, handout};

use super::args::Return;
use super::assemble::{self, Assembled};
use super::failure::Failure;
use super::folder::{self, Documents, FileNames};
use super::{Done, forms, merge, output, prepare, report, verdict};

/// The folder of what is sent back, in the job folder.
const FOLDER: &str = "返却";

pub(super) fn send_back(args: &Return) -> Result<Done, Failure> {
    prepare(&args.common)?;
    let job = args.job.clone();
    let paths = job.into_iter().collect::<Vec<_>>();
    let assembled = assemble::assemble(&paths, &args.common)?;
    let Assembled {
        job,
        book,
        inputs,
        folders,
        ..
    } = &assembled;
    let target = args.output.clone();
    let target = target.unwrap_or_else(|| job.folder.join(FOLDER));
    folder::refuse(&target, inputs, folders)?;
    let findings = report::findings(&assembled)?;
    let rules = forms::rules_of(&assembled);
    let mut names = FileNames::default();
    let mut documents = Documents::new();
    let mut told = String::new();
    for sent in gather::sent_back(book, &findings) {
        let name = names.safe(&sent.handout.department);
        let issue = Issue {
            book,
            handout: &sent.handout,
            notice: &job.notice,
            rules: &rules,
            sent: (!sent.silent).then_some(&sent),
        };
        let (bytes, questions) = handout(issue, merge::stamp(book.period))?;
        let workbook = match sent.silent {
            true => forms::file_name(book, &name),
            false => forms::file_name(book, &name).replace(".xlsx", "_返却.xlsx"),
        };
        let about = Letter {
            book,
            sent: &sent,
            questions: &questions,
            notice: &job.notice,
            attached: &workbook,
        };
        let letter = export::letter(about);
        let digest = Sha256::digest(&letter);
        let id: String = digest[..8]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let mail = export::mail(about, &id);
        let stem = forms::stem(book, &name);
        documents.push((target.join(&workbook), bytes));
        documents.push((target.join(format!("{stem}_督促文.txt")), letter));
        documents.push((target.join(format!("{stem}_督促文.eml")), mail));
        let counts = Counts::of(&sent.findings);
        let what = match sent.silent {
            true => "未提出（配布様式と督促文）".to_owned(),
            false => format!(
                "未提出の票 {}件、誤り {}件、警告 {}件",
                sent.awaited.len(),
                counts.errors,
                counts.warnings
            ),
        };
        told.push_str(&format!(
            "  {}: {what}\n    添付するファイル: {}\n",
            export::on_one_line(&name),
            export::on_one_line(&workbook)
        ));
    }
    if documents.is_empty() {
        let counts = Counts::of(&findings);
        let none = match counts.errors + counts.warnings {
            0 => {
                "返却するものはありません（すべての主管課から提出され、誤りや警告はありません）。\n"
            }
            _ => {
                "返却するものはありません（主管課にお願いすることはありません。残っている誤りや警告は、企画担当課で確かめてください）。\n"
            }
        };
        output::to_stdout(none.as_bytes())?;
        return Ok(verdict(&findings));
    }
    let written = folder::write(&documents, inputs, job)?;
    let mut text = written.told("返却様式と督促文", &target) + &told;
    text.push_str(&folder::left_over(
        Path::new(&target),
        &documents,
        &written,
        &forms::stem(book, ""),
    ));
    text.push_str("督促文（.eml）には添付がありません。送る前に、課ごとに「添付するファイル」を添付してください。\n");
    text.push_str(&missing(&job.notice));
    output::to_stdout(text.as_bytes())?;
    Ok(verdict(&findings))
}

/// What the letters cannot say because nobody has told it.
fn missing(notice: &Notice) -> String {
    let entries = [
        ("提出期限", "deadline", &notice.deadline),
        ("提出先", "sender", &notice.sender),
        ("問い合わせ先", "contact", &notice.contact),
    ];
    let missing = entries.iter().filter(|(_, _, said)| said.is_none());
    let (names, keys): (Vec<&str>, Vec<&str>) = missing.map(|(name, key, _)| (*name, *key)).unzip();
    match names.is_empty() {
        true => String::new(),
        false => format!(
            "注意: {}が決まっていないため、督促文に書いていません。torimatome.toml の [forms] に {} を書いてから、もう一度実行してください。\n",
            names.join("、"),
            keys.join("、")
        ),
    }
}
