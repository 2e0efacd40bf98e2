//! `forms`: a workbook of forms for each lead department.

use std::path::Path;

use crate::job::Job;
use crate::model::text::name_key;
use crate::model::{Book, Renaming, Rule};
use crate::write::Issue;
use crate::{check, export, gather, handout};

use super::args::Forms;
use super::assemble::{self, Assembled};
use super::failure::Failure;
use super::folder::{self, Documents, FileNames};
use super::{Done, merge, output, prepare};

/// The folder of the forms, in the job folder.
const FOLDER: &str = "配布様式";

pub(super) fn forms(args: &Forms) -> Result<Done, Failure> {
    prepare(&args.common)?;
    let job = args.job.as_deref().unwrap_or(Path::new("."));
    let assembled = assemble::before_collection(job, &args.common)?;
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
    let rules = rules_of(&assembled);
    let mut names = FileNames::default();
    let mut documents = Documents::new();
    let handouts = gather::handouts(book);
    for one in &handouts {
        let issue = Issue {
            book,
            handout: one,
            notice: &job.notice,
            rules: &rules,
            sent: None,
        };
        let (bytes, _) = handout(issue, merge::stamp(book.period))?;
        let name = names.safe(&one.department);
        documents.push((target.join(file_name(book, &name)), bytes));
    }
    if documents.is_empty() {
        return Err(Failure::NothingToHandOut);
    }
    let written = folder::write(&documents, inputs, job)?;
    let mut told = written.told("配布様式", &target);
    for (handout, (path, _)) in handouts.iter().zip(&documents) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let numbers = handout.items.iter().map(|item| match item.shared[..] {
            [] => item.number.to_string(),
            _ => format!("{}（共管）", item.number),
        });
        let numbers: Vec<String> = numbers.collect();
        let name = export::on_one_line(&name);
        told.push_str(&format!("  {name} 取組{}\n", numbers.join("、")));
    }
    told.push_str(&folder::left_over(
        &target,
        &documents,
        &written,
        &stem(book, ""),
    ));
    if is_same_folder(&target, &job.folder) {
        told.push_str(
            "注意: 案件フォルダそのものに書き出しました。計画や設定のファイルと混ざらないよう、-o には別のフォルダを指定してください。\n",
        );
    }
    for note in renamed(book, job) {
        told.push_str(&format!("注意: {note}\n"));
    }
    if job.notice.deadline.is_none() {
        told.push_str(
            "注意: 提出期限が決まっていません。torimatome.toml の [forms] に「deadline = \"令和6年4月19日\"」のように書くと、記入要領に印刷されます。\n",
        );
    }
    output::to_stdout(told.as_bytes())?;
    Ok(Done::Clean)
}

fn is_same_folder(one: &Path, other: &Path) -> bool {
    let full = |path: &Path| std::fs::canonicalize(path).ok();
    full(one).is_some_and(|one| full(other) == Some(one))
}

/// Says which lead departments have another name in this period than the plan has for them.
fn renamed(book: &Book, job: &Job) -> Vec<String> {
    let told = book.departments.iter().filter_map(|(lead, _)| {
        let own = |one: &&Renaming| one.holds(book.period) && name_key(&one.old) == name_key(lead);
        let new = job.departments.iter().filter(own);
        let new: Vec<String> = new.map(|one| format!("「{}」", one.new)).collect();
        (!new.is_empty()).then(|| {
            format!(
                "「{lead}」は、torimatome.toml の [departments] によるといまは{}です。様式・督促文・集約版は、計画のとおり「{lead}」で作ります。新しい課名で作るときは、計画の主管課を書き直してから、もう一度実行してください。",
                new.join("、")
            )
        })
    });
    told.collect()
}

/// The rules that the office has not turned off.
pub(super) fn rules_of(assembled: &Assembled) -> Vec<&'static Rule> {
    let levels = &assembled.job.levels;
    let is_on = |rule: &&&'static Rule| levels.get(rule.code) != Some(&None);
    check::rules().iter().filter(is_on).copied().collect()
}

/// `R5下_企画政策課_進捗管理票.xlsx`; without halves `R5年度_…`.
pub(super) fn file_name(book: &Book, department: &str) -> String {
    let document = FileNames::default().safe(&book.layout.document);
    format!("{}_{document}.xlsx", stem(book, department))
}

/// `R5下_企画政策課`
pub(super) fn stem(book: &Book, department: &str) -> String {
    let period = match book.layout.has_halves() {
        true => book.period.brief(),
        false => book.period.year.short(),
    };
    format!("{period}_{department}")
}
