//! Why a command could not be done: exit status 2, a sentence and what to do next.

use std::path::{Path, PathBuf};

use crate::MergeError;
use crate::export::ExportError;
use crate::job::JobError;
use crate::model::Period;
use crate::read::ReadError;

/// One variant per thing a user can do something about.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    #[error(
        "案件フォルダが見つかりません（{0}）。torimatome.toml のあるフォルダを指定するか、--plan で実施計画を、--period で対象の期を指定してください。"
    )]
    NoJob(String),
    #[error(
        "指定されたファイルまたはフォルダが見つかりません: {0}。名前と場所を確かめてください。"
    )]
    NoSuchPath(PathBuf),
    #[error(
        "回収のフォルダが見つかりません: {0}。このフォルダを作り、各課から戻ったファイルを置いてください。別のフォルダに置いているときは、torimatome.toml の [collect] の folder にその名前を書いてください。"
    )]
    NoCollection(PathBuf),
    #[error("「{0}」はフォルダです。比べるブック（Excelなど）を一つずつ指定してください。")]
    IsFolder(PathBuf),
    #[error(
        "対象の期「{0}」を読み取れません。「R5下」「令和5年度下半期」「2023-H2」のように書いてください。"
    )]
    Period(String),
    #[error(
        "対象の期が決まっていません。torimatome.toml の [period] に書くか、--period R5下 のように指定してください。"
    )]
    NoPeriod,
    #[error(
        "対象の期（{0}）の年度が、計画の年度（{1}）にありません。torimatome.toml の [period] か --period の年度を確かめ、計画の年度が違うときは [plan] の years に書いてください。"
    )]
    PeriodOutsidePlan(Period, String),
    #[error(
        "実施計画のファイルが見つかりません: {0}。torimatome.toml の [plan] file か、--plan で場所を示してください。"
    )]
    NoPlan(PathBuf),
    #[error("{path}: {reason}{advice}")]
    Read {
        path: PathBuf,
        reason: String,
        advice: String,
    },
    #[error(
        "{0}: 進捗管理票の様式が見つかりません。見出し（取組番号、取組項目など）のあるシートが入っているか確かめてください。"
    )]
    NoItems(PathBuf),
    #[error(
        "{path}: このブックは総括で、取組の票は分冊にありますが、「{volume}」が見つかりません。総括と同じフォルダに、すべての分冊を置いてください。総括の名前を変えたときは、分冊の名前も同じように変えてください。"
    )]
    NoVolume { path: PathBuf, volume: PathBuf },
    #[error(
        "{path}: このブックが総括の{wanted}だとは確かめられません。表紙のシートを隠したり消したりしていないか、別のときや別の版で書き出した分冊でないかを見て、同じときに書き出した総括と分冊を、組で置いてください。"
    )]
    OtherVolume { path: PathBuf, wanted: String },
    #[error(
        "{0}: 総括の一覧と分冊の票が合いません（取組番号{1}）。票を消したり写したりした分冊や、別のときに書き出した分冊がないか確かめて、組で置き直してください。"
    )]
    OtherItems(PathBuf, u32),
    #[error(
        "出力先「{path}」に書き込めません（{cause}）。{advice}先に書いた分冊{done}冊は新しいものに替わっており、総括と分冊がそろっていません。このままでは使わず、上の表示のとおりに直してから、もう一度実行してください。"
    )]
    HalfASet {
        path: PathBuf,
        cause: &'static str,
        advice: &'static str,
        done: usize,
    },
    #[error(
        "{path}: このブックは{volume}で、ほかの取組が入っていません。代わりに総括のブック（名前に「_第…分冊」の付かないもの）を指定してください。同じフォルダにある分冊は、続けて読み取ります。"
    )]
    OneVolume { path: PathBuf, volume: String },
    #[error(
        "配布する票がありません。計画の票に主管課が記入されているか、すべての取組が中止されていないか確かめてください。"
    )]
    NothingToHandOut,
    #[error("{0}: 取組番号を読み取れないシートがあります（{1}）。番号を数字で記入してください。")]
    NumberlessItem(PathBuf, String),
    #[error("{0}: 取組番号{1}のシートが二つあります。一つにしてください。")]
    TwiceInPlan(PathBuf, u32),
    #[error(
        "計画の表に、直していただくところがあります（行と列は、Excelで開いたときのものです）。\n{0}直して保存してから、もう一度実行してください。"
    )]
    PlanTable(String),
    #[error(
        "計画のフォルダ「{0}」に、表（kpi.csv、text.csv）が見つかりません。フォルダの名前を確かめるか、計画のファイルを指定してください。"
    )]
    NoTables(PathBuf),
    #[error(
        "「{0}」には、すでに torimatome.toml があります。上書きはしません。別のフォルダを指定するか、そのまま使うときは torimatome.toml を直してください。"
    )]
    JobExists(PathBuf),
    #[error("「{0}」はファイルです。案件フォルダの名前を指定してください。")]
    JobIsFile(PathBuf),
    #[error(
        "{0}: どの期の集約版かを、表紙からも票からも読み取れません。作る案件の期を --period R6上 のように指定してください。"
    )]
    WorkbookPeriod(PathBuf),
    #[error(
        "{path}: {reported}の集約版のため、{wanted}の前回の集約版にはなりません。--period に{reported}より後の期を指定してください。計画だけを使うときは、--from の代わりに --plan に指定してください。"
    )]
    NotLater {
        path: PathBuf,
        reported: String,
        wanted: String,
    },
    #[error(
        "{path}: {reported}の集約版のため、年度更新（rollover）はできません。年度末（下半期）の集約版を指定してください。続けて下半期の案件フォルダを作るときは、torimatome init <フォルダ> --from {path} を実行してください。"
    )]
    NotYearEnd { path: PathBuf, reported: String },
    #[error(
        "計画の年度（{years}）は{reported}で終わりました。次の{wanted}は計画にないため、案件フォルダは作りません。次の計画ができたら、torimatome init <フォルダ> --period {wanted} --plan <計画> で作ってください。計画の期間を延ばしたときは、延ばした計画を --plan に指定してください。"
    )]
    PlanEnded {
        years: String,
        reported: String,
        wanted: String,
    },
    #[error(
        "計画の表から 計画.xlsx を作るには、対象の期が要ります。--period R5下 のように指定してください。"
    )]
    PeriodForPlan,
    #[error(
        "{0}: 読み取れないセルがあります（{1}）。計画の内容が欠けたまま点検しないよう、処理を止めました。Excelで開いてそのセルの内容を確かめ、保存し直してから、もう一度実行してください。"
    )]
    DamagedPlan(PathBuf, String),
    #[error("{path}: {error}")]
    Job { path: PathBuf, error: Box<JobError> },
    #[error("出力先「{0}」は入力のファイルと同じです。別の名前を指定してください。")]
    OutputIsInput(PathBuf),
    #[error(
        "出力先「{0}」は、回収したファイルのフォルダの中にあります。次に集めたときに読み込んでしまうため、別の場所を指定してください。"
    )]
    OutputAmongInputs(PathBuf),
    #[error(
        "出力先「{0}」は、案件の設定や了解済みの記録のファイルの名前です。別の名前を指定してください。"
    )]
    OutputIsSettings(PathBuf),
    #[error("出力先「{0}」は、フォルダと同じ名前です。別の名前を指定してください。")]
    OutputIsFolder(PathBuf),
    #[error(
        "出力先「{0}」はファイルです。csv と parquet は二つの表を書き出すため、-o にはフォルダの名前を指定してください。"
    )]
    OutputIsFile(PathBuf),
    #[error(
        "出力先「{0}」はファイルです。課ごとのファイルを書き出すため、-o に別のフォルダの名前を指定するか、このファイルの名前を変えてください。"
    )]
    FolderIsFile(PathBuf),
    #[error(
        "csv と parquet は二つの表を書き出すため、標準出力には出せません。-o にフォルダの名前を指定してください。"
    )]
    TwoTables,
    #[error("--encoding と --guard は、--format csv のときだけ使えます。")]
    OnlyForCsv,
    #[error(
        "「{0}」には、案件フォルダもブック（Excelなど）も見つかりません。フォルダの名前を確かめてください。"
    )]
    NothingToExport(PathBuf),
    #[error(
        "{0}: どの期の集約版かを、表紙からも票からも読み取れません。このブックだけを --period R5下 のように期を付けて指定してください。"
    )]
    NoPeriodInWorkbook(PathBuf),
    #[error(
        "{path}: {of}の表は「{first}」から作るため、このファイルからは作りません。市と期が同じものは、正しい方だけを指定してください。"
    )]
    SamePartition {
        path: PathBuf,
        of: String,
        first: String,
    },
    #[error(
        "表にできるものがないため、何も書き出していません。上の表示のとおりに直してから、もう一度実行してください。"
    )]
    NothingExported,
    #[error(
        "出力先「{0}」は通常のファイルではないため（装置やパイプなど）、書き込みません。別の名前を指定するか、標準出力に出すときは -o - としてください。"
    )]
    OutputIsNoFile(PathBuf),
    #[error(
        "出力先「{path}」は .xlsx で終わる名前ではないため、Excelで開けなくなります。「{better}」のような名前を指定してください。"
    )]
    NotXlsx { path: PathBuf, better: PathBuf },
    #[error(
        "出力先「{path}」は .html で終わる名前ではないため、ブラウザーで開けなくなります。「{better}」のような名前を指定してください。"
    )]
    NotHtml { path: PathBuf, better: PathBuf },
    #[error(
        "出力先「{path}」の名前に合う形式ではありません。--format {format} を付けるか、別の名前を指定してください。"
    )]
    OtherFormat { path: PathBuf, format: &'static str },
    #[error("Excelのブックは画面に表示できません。-o で出力するファイルの名前を指定してください。")]
    BookOnScreen,
    #[error(
        "出力先「{0}」には、いま別の取りまとめが書き込んでいます。終わるのを待ってから、もう一度実行してください。もとのファイルは変わっていません。"
    )]
    Busy(PathBuf),
    #[error(
        "出力先「{path}」は、Excelなどで開かれているようです（「{owner}」があります）。閉じてから、もう一度実行してください。だれも開いていないときは、「{owner}」を削除してください。もとのファイルは変わっていません。"
    )]
    OutputIsOpen { path: PathBuf, owner: String },
    #[error(
        "出力先「{path}」に書き込めません（{cause}）。{advice}もとのファイルは変わっていません。"
    )]
    Output {
        path: PathBuf,
        cause: &'static str,
        advice: &'static str,
    },
    #[error(
        "公表用のブックは書き出していません。了解済みでない誤りが{open}件残っています。\n{first}{remedy}誤りが残ったまま、すべてのページに「未確定」と印刷して書き出すときは --force を付けてください。"
    )]
    Unsettled {
        open: usize,
        first: String,
        remedy: String,
    },
    #[error(
        "「{0}」の読み取りに時間がかかりすぎるため、止めました。このファイルをフォルダから外して、もう一度実行してください。"
    )]
    TooSlow(String),
    #[error(transparent)]
    Merge(#[from] MergeError),
    #[error(transparent)]
    Export(#[from] ExportError),
    #[error("規則「{0}」はありません。{1}")]
    NoSuchRule(String, String),
    #[error(
        "「{0}」に当たる点検結果を一つに決められません。「K03 取組5 E24」のように、規則・取組番号・セルで指定してください。{1}"
    )]
    NoSuchFinding(String, String),
    #[error("点検記録.tomlを作れませんでした。この表示を添えて、開発者に知らせてください。")]
    Record,
    #[error("指定が正しくありません。{0}")]
    Usage(&'static str),
}

impl Failure {
    pub(super) fn read(path: &Path, error: &ReadError) -> Self {
        Self::Read {
            path: path.to_owned(),
            reason: error.reason(),
            advice: error.advice(),
        }
    }

    /// The failure of one file of a set, of which some have taken their names already.
    pub(super) fn within_a_set(self, done: usize) -> Self {
        if done == 0 {
            return self;
        }
        let Self::Output {
            path,
            cause,
            advice,
        } = self
        else {
            return self;
        };
        Self::HalfASet {
            path,
            cause,
            advice,
            done,
        }
    }

    pub(super) fn output(path: &Path, error: &std::io::Error) -> Self {
        let (cause, advice) = told(error);
        Self::Output {
            path: path.to_owned(),
            cause,
            advice,
        }
    }
}

/// Why an output failed, and what to do about it; the system's own words are English.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the system's kinds are open-ended"
)]
fn told(error: &std::io::Error) -> (&'static str, &'static str) {
    use std::io::ErrorKind as Kind;
    // 32, 33: Windows' sharing and lock violations, a file open in Excel.
    if matches!(error.raw_os_error(), Some(32 | 33)) && cfg!(windows) {
        return (
            "ほかのプログラムで開かれています",
            "Excelで開いている場合は閉じてから、もう一度実行してください。",
        );
    }
    match error.kind() {
        Kind::StorageFull | Kind::QuotaExceeded | Kind::FileTooLarge => (
            "ディスクの空きが足りません",
            "ディスクの空きを増やすか、別の場所を指定してください。",
        ),
        Kind::PermissionDenied => (
            "書き込みが許可されていません",
            "Excelで開いている場合は閉じるか、書き込みのできる場所を指定してください。",
        ),
        Kind::ReadOnlyFilesystem => (
            "読み取り専用の場所です",
            "書き込みのできる場所を指定してください。",
        ),
        Kind::NotFound => (
            "フォルダが見つかりません",
            "フォルダがあるか確かめてください。",
        ),
        Kind::NotADirectory => (
            "途中の名前がフォルダではありません",
            "フォルダがあるか確かめてください。",
        ),
        Kind::IsADirectory => (
            "同じ名前のフォルダがあります",
            "別の名前を指定してください。",
        ),
        Kind::InvalidFilename => (
            "使えない名前です",
            "短い名前か、別の名前を指定してください。",
        ),
        _ => (
            "書き込みの途中で止まりました",
            "場所を変えて、もう一度実行してください。",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Error, ErrorKind};

    #[test]
    fn a_failed_output_is_told_in_japanese_without_the_system_s_words() {
        for kind in [
            ErrorKind::StorageFull,
            ErrorKind::PermissionDenied,
            ErrorKind::ReadOnlyFilesystem,
            ErrorKind::NotFound,
            ErrorKind::NotADirectory,
            ErrorKind::InvalidFilename,
            ErrorKind::TimedOut,
        ] {
            let error = Error::new(kind, "os error at path .torimatome-x.tmp");
            let said = Failure::output(Path::new("集約版"), &error).to_string();
            let others = said.replace("Excel", "");
            assert!(
                !others.contains(|c: char| c.is_ascii_alphabetic()),
                "{said}"
            );
            assert!(said.contains("ください。"), "{said}");
        }
    }

    #[test]
    fn a_set_that_is_replaced_by_half_is_never_said_to_be_unchanged() {
        let failed = || {
            let error = Error::new(ErrorKind::PermissionDenied, "denied");
            Failure::output(Path::new("集約版.xlsx"), &error)
        };
        let unchanged = "もとのファイルは変わっていません。";
        let first = failed().within_a_set(0).to_string();
        assert_eq!(first, failed().to_string());
        assert!(first.ends_with(unchanged));
        let later = failed().within_a_set(2).to_string();
        assert!(!later.contains(unchanged), "{later}");
        assert!(
            later.contains("分冊2冊は新しいものに替わっており"),
            "{later}"
        );
    }
}
