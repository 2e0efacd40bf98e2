//! The settings of a new job folder, with every default shown, and what they take over from another.

mod taken;

use toml::Value;
use unicode_width::UnicodeWidthStr;

use crate::model::{FiscalYear, Period};

pub use taken::sections;

/// What is known of a job that is to be made; the rest has its default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewSettings {
    /// 対象の期; without it the clerk has to write it.
    pub period: Option<Period>,
    /// The plan's file name, where it is not the default.
    pub plan: Option<String>,
    /// The previous workbook's file name; `None` where there is none.
    pub previous: Option<String>,
    /// The layout's file name; `None` for the embedded one.
    pub layout: Option<String>,
    /// Which of two returns counts, where it is not the default: `first`.
    pub prefer: Option<String>,
    /// 市, where the plan's own cover does not tell it.
    pub city: Option<String>,
    /// The plan's name, likewise.
    pub name: Option<String>,
    /// The plan's years, likewise.
    pub years: Vec<FiscalYear>,
    /// The issuer that the cover names.
    pub issuer: Option<String>,
    /// 提出先・差出人
    pub sender: Option<String>,
    /// 問い合わせ先
    pub contact: Option<String>,
    /// Sections as another job's settings have them: name and text.
    pub sections: Vec<(&'static str, String)>,
}

/// Gives the text of a new `torimatome.toml`.
pub fn settings_text(new: &NewSettings) -> String {
    let sections = [
        HEAD.to_owned(),
        period(new.period),
        plan(new),
        previous(new.previous.as_deref()),
        format!(
            "[collect]\n{}{}",
            shown(
                "folder",
                &text("回収"),
                false,
                "各課から戻ったファイルを置くフォルダ"
            ),
            shown(
                "prefer",
                &text(new.prefer.as_deref().unwrap_or("newest")),
                new.prefer.is_some(),
                "同じ取組が二つ戻ったとき: newest 新しい保存 / first 名前の順で先 / last 後"
            ),
        ),
        format!(
            "[layout]\n{}",
            match &new.layout {
                Some(file) => shown("file", &text(file), true, "様式の定義"),
                None => shown(
                    "file",
                    &text("様式.toml"),
                    false,
                    "様式の定義（書かなければ内蔵の様式）"
                ),
            }
        ),
        cover(new),
        forms(new),
        taken_over(new, "departments", DEPARTMENTS),
        taken_over(new, "kpi", KPI),
        taken_over(new, "rules", RULES),
        taken_over(new, "volumes", VOLUMES),
        taken_over(new, "limits", LIMITS),
    ];
    sections.join("\n")
}

/// The column in which it is said what a key is for.
const ABOUT_AT: usize = 33;

const HEAD: &str = "\
# 取りまとめの設定
#
# 必ず要るのは [period] だけです。行の頭が「# 」の項目は、書かなかったときの値です。
# 変えるときは、行の頭の「# 」を消し、値を書き直してください。書き間違いは、実行したときに行番号で知らせます。
";

const DEPARTMENTS: &str = "\
[departments]
# 課の略称や旧名、改組があるときに、次のように書きます。
#   \"総務課\" = [\"総務\", \"庶務課\"]                          略称や旧名
#   \"建設課\" = { name = \"建設部建設課\", from = \"R6\" }     R6年度から名前が変わる
";

const KPI: &str = "\
# 数値目標の読み方を一つずつ決めるときに、次のように書きます（数値目標ごとに [[kpi]] から書きます）。
#   [[kpi]]
#   item = 3                取組番号
#   name = \"苦情の件数\"     計画にある数値目標の名称
#   better = \"less\"         more 多いほどよい / less 少ないほどよい
#   counts = \"yearly\"       yearly 年度ごと / cumulative 累計
";

const RULES: &str = "\
[rules]
# 点検の強さを変えるときは、規則の番号に off 点検しない / info 確認 / warning 警告 / error 誤り を書きます。
#   S05 = \"info\"
# K07 = { factor = 10 }          # 桁違いとみる倍数
# T04 = { length = 10 }          # 上半期と下半期が同文とみる文字数
# T05 = { length = 8 }           # 名称の揺れとみる文字数
# T07 = { length = 60 }          # 他の取組と同文とみる文字数
";

const VOLUMES: &str = "\
[volumes]
# 取組がこの数より多いときは、集約版を総括と分冊に分けます。書かなければ、1,000を超えたときに250ずつ分けます。
# items = 250                    # 一冊に載せる取組の数
";

const LIMITS: &str = "\
[limits]
# 読み取るファイルの上限です。ふつうは変えません。
# file_mib = 64                  # ファイルの大きさ（MiB）
# entries = 10000                # ファイルの中の部品の数
# part_mib = 512                 # 展開した部品の大きさ（MiB）
# total_mib = 1024               # 展開した全体の大きさ（MiB）
# ratio = 200                    # 圧縮の倍率
# ratio_grace_mib = 8            # この大きさまでは倍率を問わない（MiB）
# token_kib = 1024               # 一つの文字列の大きさ（KiB）
# depth = 100                    # 入れ子の深さ
# sheets = 1000                  # シートの数
# cells = 10000000               # セルの数
# merges = 1000000               # 1シートの結合の数
# styles = 300000                # 書式の数
# damaged = 1000                 # 1シートの読み取れないセルの数
# remarks = 10000                # メモや図形の数
# memory_mib = 1024              # 1ファイルに使うメモリー（MiB）
# seconds = 8                    # 1ファイルにかける秒数
";

fn period(period: Option<Period>) -> String {
    match period {
        Some(Period { year, half }) => format!(
            "[period]\n{}{}",
            shown(
                "fiscal_year",
                &text(&year.to_string()),
                true,
                "取りまとめる年度"
            ),
            shown(
                "half",
                &text(half.label()),
                true,
                "「上半期」または「下半期」（年度末）"
            ),
        ),
        None => format!(
            "[period]\n# ↓ 対象の期が決まっていません。次の二つの「# 」を消して、書き直してください。\n{}{}",
            shown("fiscal_year", &text("R5"), false, "取りまとめる年度"),
            shown(
                "half",
                &text("下半期"),
                false,
                "「上半期」または「下半期」（年度末）"
            ),
        ),
    }
}

fn plan(new: &NewSettings) -> String {
    let file = new.plan.as_deref().unwrap_or(super::PLAN);
    let years: Vec<String> = new
        .years
        .iter()
        .map(|year| text(&year.to_string()))
        .collect();
    let years = if years.is_empty() {
        "[\"R4\", \"R5\", \"R6\"]".to_owned()
    } else {
        format!("[{}]", years.join(", "))
    };
    let known = |value: &Option<String>, example: &str| text(value.as_deref().unwrap_or(example));
    [
        "[plan]\n".to_owned(),
        shown(
            "file",
            &text(file),
            new.plan.is_some(),
            "実施計画（公式様式のブック、または kpi.csv と text.csv のフォルダ）",
        ),
        "# 次の三つは、計画の表紙と違うとき、または表紙から読み取れないときに書きます（ここにあるのは例です）。\n"
            .to_owned(),
        shown("city", &known(&new.city, "○○市"), new.city.is_some(), "市"),
        shown(
            "name",
            &known(&new.name, "○○市行政改革実施計画"),
            new.name.is_some(),
            "計画の名称",
        ),
        shown("years", &years, !new.years.is_empty(), "計画の年度"),
    ]
    .concat()
}

/// Without a previous workbook the heading is no more than shown: a section that stands there says
/// that there is one.
fn previous(file: Option<&str>) -> String {
    let about = "前回の集約版";
    match file {
        Some(file) => format!("[previous]\n{}", shown("file", &text(file), true, about)),
        None => format!(
            "# [previous]\n{}",
            shown("file", &text(super::PREVIOUS), false, about)
        ),
    }
}

fn cover(new: &NewSettings) -> String {
    let issuer = new.issuer.as_deref();
    [
        "[cover]\n# 集約版の表紙に印刷します（ここにあるのは例です）。\n".to_owned(),
        shown("issued", &text("令和6年6月"), false, "発行年月"),
        shown(
            "issuer",
            &text(issuer.unwrap_or("○○市行政改革推進委員会")),
            issuer.is_some(),
            "発行者（書かなければ計画の表紙の発行者）",
        ),
    ]
    .concat()
}

fn forms(new: &NewSettings) -> String {
    let known = |value: &Option<String>, example: &str| text(value.as_deref().unwrap_or(example));
    [
        "[forms]\n# 配布様式の記入要領と、返却のときの督促文に印刷します（行の頭が「# 」のものは例です）。\n"
            .to_owned(),
        shown("deadline", &text("令和6年4月19日"), false, "提出期限"),
        shown(
            "sender",
            &known(&new.sender, "企画政策課"),
            new.sender.is_some(),
            "提出先・差出人",
        ),
        shown(
            "contact",
            &known(&new.contact, "内線 213"),
            new.contact.is_some(),
            "問い合わせ先",
        ),
    ]
    .concat()
}

/// A key with its value and what it is for; one that is not set stands behind a `#`.
fn shown(key: &str, value: &str, is_set: bool, about: &str) -> String {
    let mark = if is_set { "" } else { "# " };
    let set = format!("{mark}{key} = {value}");
    let gap = ABOUT_AT.saturating_sub(set.width()).max(2);
    format!("{set}{}# {about}\n", " ".repeat(gap))
}

/// A text as TOML writes it.
fn text(value: &str) -> String {
    Value::String(value.to_owned()).to_string()
}

fn taken_over(new: &NewSettings, name: &str, otherwise: &str) -> String {
    let mut sections = new.sections.iter();
    match sections.find(|(known, _)| *known == name) {
        Some((_, text)) => text.clone(),
        None => otherwise.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::job::{Job, parse};
    use crate::model::Half;

    const PERIOD: Period = Period {
        year: FiscalYear(2023),
        half: Half::Second,
    };

    fn read(text: &str) -> Job {
        match parse(
            text,
            Path::new("R5下半期"),
            &["K07", "S05", "T04", "T05", "T07"],
        ) {
            Ok(job) => job,
            Err(error) => panic!("{error}\n{text}"),
        }
    }

    fn new() -> NewSettings {
        NewSettings {
            period: Some(PERIOD),
            ..NewSettings::default()
        }
    }

    #[test]
    fn new_settings_say_nothing_but_the_period() {
        let job = read(&settings_text(&new()));
        let mut expected = Job::without_settings(Path::new("R5下半期"));
        expected.period = Some(PERIOD);
        assert_eq!(job, expected);
    }

    #[test]
    fn what_is_known_is_set() {
        let job = read(&settings_text(&NewSettings {
            plan: Some("計画.ods".to_owned()),
            previous: Some("前回.xls".to_owned()),
            layout: Some("様式.toml".to_owned()),
            prefer: Some("last".to_owned()),
            city: Some("星川\"市\\".to_owned()),
            name: Some("計画".to_owned()),
            years: vec![FiscalYear(2022), FiscalYear(2023)],
            issuer: Some("本部".to_owned()),
            sender: Some("企画課".to_owned()),
            contact: Some("内線 1".to_owned()),
            ..new()
        }));
        assert_eq!(job.plan, Path::new("R5下半期/計画.ods"));
        assert_eq!(
            job.previous.as_deref(),
            Some(Path::new("R5下半期/前回.xls"))
        );
        assert_eq!(job.layout.as_deref(), Some(Path::new("R5下半期/様式.toml")));
        assert_eq!(job.prefer, crate::model::Prefer::Last);
        assert_eq!(job.cover.city.as_deref(), Some("星川\"市\\"));
        assert_eq!(job.cover.years.len(), 2);
        assert_eq!(job.cover.issuer.as_deref(), Some("本部"));
        assert_eq!(job.notice.sender.as_deref(), Some("企画課"));
        assert_eq!(job.notice.contact.as_deref(), Some("内線 1"));
        assert_eq!(job.notice.deadline, None);
    }

    #[test]
    fn every_key_is_shown_and_is_understood_once_its_mark_is_taken_away() {
        let text = settings_text(&new());
        let lines = text.lines().map(|line| {
            let shown = line.strip_prefix("# ").filter(|rest| {
                let is_key = rest.split_once(" = ").is_some_and(|(key, _)| {
                    key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
                });
                is_key || rest.starts_with('[')
            });
            shown.unwrap_or(line)
        });
        let shown: Vec<&str> = lines.collect();
        let job = read(&shown.join("\n"));
        assert_eq!(job.thresholds, crate::model::Thresholds::default());
        assert_eq!(job.limits.file, Some(64 << 20));
        for (section, keys) in super::super::settings::keys() {
            assert!(
                shown.iter().any(|line| *line == format!("[{section}]")),
                "{section}"
            );
            for key in keys {
                let begins = format!("{key} = ");
                assert!(
                    shown.iter().any(|line| line.starts_with(&begins)),
                    "{section} {key}"
                );
            }
        }
    }

    #[test]
    fn a_period_that_is_not_known_is_asked_for() {
        let text = settings_text(&NewSettings::default());
        let error = parse(&text, Path::new("."), &[]).unwrap_err().to_string();
        assert!(error.contains("fiscal_year"), "{error}");
    }
}
