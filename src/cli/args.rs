//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

const TEMPLATE: &str = "\
{before-help}{about-with-newline}
使い方: {usage}

{all-args}{after-help}";

/// 進捗管理票の取りまとめ
#[derive(Parser, Debug)]
#[command(
    name = "torimatome",
    version,
    about = "各課から戻った進捗管理票（Excelなど）を読み取り、点検し、公式様式の一冊にまとめます。",
    help_template = TEMPLATE,
    subcommand_help_heading = "コマンド",
    subcommand_value_name = "コマンド",
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true,
    after_help = "終了コード: 0 誤りなし / 1 誤りあり（出力はします） / 2 処理できなかった（何も書きません）"
)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
    /// この説明を表示する
    #[arg(short, long, global = true, action = clap::ArgAction::Help, help_heading = "共通オプション")]
    help: Option<bool>,
    /// 版を表示する
    #[arg(short = 'V', long, action = clap::ArgAction::Version, help_heading = "共通オプション")]
    version: Option<bool>,
}

#[derive(Subcommand, Debug)]
pub(super) enum Command {
    /// 案件フォルダを作る
    #[command(
        help_template = TEMPLATE,
        override_usage = "torimatome init [オプション] <フォルダ>"
    )]
    Init(Init),
    /// 各課への配布様式を作る
    #[command(
        help_template = TEMPLATE,
        override_usage = "torimatome forms [オプション] [案件フォルダ]"
    )]
    Forms(Forms),
    /// 点検だけを行う
    #[command(
        help_template = TEMPLATE,
        override_usage = "torimatome check [オプション] [案件フォルダ・ファイル]..."
    )]
    Check(Check),
    /// 質問を書き込んだ返却様式と督促文を作る
    #[command(
        help_template = TEMPLATE,
        override_usage = "torimatome return [オプション] [案件フォルダ]"
    )]
    Return(Return),
    /// 点検して集約する
    #[command(
        help_template = TEMPLATE,
        override_usage = "torimatome merge [オプション] [案件フォルダ・ファイル]..."
    )]
    Merge(Merge),
    /// 機械可読の表に変換する
    #[command(
        help_template = TEMPLATE,
        override_usage = "torimatome export [オプション] --format <形式> --output <出力先> [案件フォルダ・ブック]..."
    )]
    Export(Export),
    /// 二つの集約版の違いを示す
    #[command(
        help_template = TEMPLATE,
        override_usage = "torimatome diff [オプション] <前のブック> <後のブック>"
    )]
    Diff(Diff),
    /// 次年度の案件フォルダを作る
    #[command(
        help_template = TEMPLATE,
        override_usage = "torimatome rollover [オプション] <年度末の集約版> --output <フォルダ>"
    )]
    Rollover(Rollover),
    /// 点検規則の説明
    #[command(
        help_template = TEMPLATE,
        override_usage = "torimatome explain [オプション] [規則]"
    )]
    Explain(Explain),
}

#[derive(Args, Debug)]
pub(super) struct Forms {
    /// 案件フォルダ（省略すると現在のフォルダ）
    #[arg(value_name = "案件フォルダ", help_heading = "引数")]
    pub(super) job: Option<PathBuf>,
    /// 書き出すフォルダ（既定は案件フォルダの「配布様式」）
    #[arg(short, long, value_name = "フォルダ", help_heading = "オプション")]
    pub(super) output: Option<PathBuf>,
    #[command(flatten)]
    pub(super) common: Common,
}

#[derive(Args, Debug)]
pub(super) struct Return {
    /// 案件フォルダ（省略すると現在のフォルダ）
    #[arg(value_name = "案件フォルダ", help_heading = "引数")]
    pub(super) job: Option<PathBuf>,
    /// 書き出すフォルダ（既定は案件フォルダの「返却」）
    #[arg(short, long, value_name = "フォルダ", help_heading = "オプション")]
    pub(super) output: Option<PathBuf>,
    #[command(flatten)]
    pub(super) common: Common,
}

#[derive(Args, Clone, Debug)]
pub(super) struct Common {
    /// 実施計画（公式様式のブック、または計画の表（csv）のフォルダ）
    #[arg(long, value_name = "ファイル", help_heading = "共通オプション")]
    pub(super) plan: Option<PathBuf>,
    /// 前回の集約版（Excel）
    #[arg(long, value_name = "ファイル", help_heading = "共通オプション")]
    pub(super) previous: Option<PathBuf>,
    /// 対象の期（R5下、令和5年度下半期、2023-H2 など）
    #[arg(long, value_name = "期", help_heading = "共通オプション")]
    pub(super) period: Option<String>,
    /// 様式の定義（既定は内蔵の様式）
    #[arg(long, value_name = "ファイル", help_heading = "共通オプション")]
    pub(super) layout: Option<PathBuf>,
    /// 経過を表示しない
    #[arg(long, help_heading = "共通オプション")]
    pub(super) quiet: bool,
    /// 色を付ける: auto 端末のとき / always 常に / never 付けない
    #[arg(
        long,
        value_enum,
        default_value_t = Color::Auto,
        value_name = "色",
        hide_default_value = true,
        hide_possible_values = true,
        help_heading = "共通オプション"
    )]
    pub(super) color: Color,
    /// 並べて読むファイルの数（既定はCPUの数）
    #[arg(long, value_name = "数", help_heading = "共通オプション")]
    pub(super) threads: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Args, Debug)]
pub(super) struct Init {
    /// 作る案件フォルダ（名前が「R5下半期」のようであれば、対象の期とします）
    #[arg(value_name = "フォルダ", help_heading = "引数")]
    pub(super) folder: PathBuf,
    /// 前回の集約版。計画・様式・表紙の文言・前回の結果を引き継ぎ、次の期の案件とする
    #[arg(long, value_name = "集約版", help_heading = "オプション")]
    pub(super) from: Option<PathBuf>,
    #[command(flatten)]
    pub(super) common: Common,
}

#[derive(Args, Debug)]
pub(super) struct Rollover {
    /// 年度末の集約版（公表版でもよい）
    #[arg(value_name = "年度末の集約版", help_heading = "引数")]
    pub(super) workbook: PathBuf,
    /// 作る案件フォルダ
    #[arg(short, long, value_name = "フォルダ", help_heading = "オプション")]
    pub(super) output: PathBuf,
    #[command(flatten)]
    pub(super) common: Common,
}

#[derive(Args, Debug)]
pub(super) struct Merge {
    /// 案件フォルダ、または回収したファイル・フォルダ（省略すると現在のフォルダ）
    #[arg(value_name = "案件フォルダ・ファイル", help_heading = "引数")]
    pub(super) paths: Vec<PathBuf>,
    /// 出力するブック（既定は案件フォルダの「進捗管理票_R5下半期.xlsx」など。
    /// --publish では「進捗管理票_R5下半期_公表用.xlsx」など）
    #[arg(short, long, value_name = "ファイル", help_heading = "オプション")]
    pub(super) output: Option<PathBuf>,
    /// 公表用に書き出す（表紙・一覧・取組の票だけ。
    /// 了解済みでない誤りが残っていると書き出さない）
    #[arg(long, help_heading = "オプション")]
    pub(super) publish: bool,
    /// 誤りが残っていても書き出し、すべてのページに「未確定」と印刷する
    #[arg(long, requires = "publish", help_heading = "オプション")]
    pub(super) force: bool,
    /// 数値目標を一行一値の表にしたシートを最後に付ける（庁内用の集約版だけ）
    #[arg(long, help_heading = "オプション")]
    pub(super) data_sheet: bool,
    /// 一冊に載せる取組の数。これより多いときは、総括と分冊に分けて書き出す
    /// （既定では、1,000を超えたときに250ずつ）
    #[arg(
        long,
        value_name = "取組数",
        value_parser = clap::value_parser!(u64).range(1..),
        help_heading = "オプション"
    )]
    pub(super) split: Option<u64>,
    #[command(flatten)]
    pub(super) common: Common,
}

#[derive(Args, Debug)]
pub(super) struct Check {
    /// 案件フォルダ、または回収したファイル・フォルダ（省略すると現在のフォルダ）
    #[arg(value_name = "案件フォルダ・ファイル", help_heading = "引数")]
    pub(super) paths: Vec<PathBuf>,
    /// 形式: text 画面 / json / csv / xlsx ブック / html ページ
    #[arg(
        long,
        value_enum,
        default_value_t = ReportFormat::Text,
        value_name = "形式",
        hide_default_value = true,
        hide_possible_values = true,
        help_heading = "オプション"
    )]
    pub(super) format: ReportFormat,
    /// 出力するファイル（- は標準出力）。省くと、text などは標準出力、
    /// xlsx と html は案件フォルダの「点検結果_R5下半期.html」など
    #[arg(short, long, value_name = "ファイル", help_heading = "オプション")]
    pub(super) output: Option<PathBuf>,
    /// 点検結果を了解済みにする（"K03 取組5 E24" のように指定。--reason も必要）
    #[arg(long, value_name = "点検結果", help_heading = "オプション")]
    pub(super) acknowledge: Vec<String>,
    /// 了解済みにする理由
    #[arg(
        long,
        value_name = "理由",
        requires = "acknowledge",
        help_heading = "オプション"
    )]
    pub(super) reason: Option<String>,
    /// 了解済みとする期限（既定は対象の期まで）
    #[arg(
        long,
        value_name = "期",
        requires = "acknowledge",
        help_heading = "オプション"
    )]
    pub(super) until: Option<String>,
    /// 結果を点検記録.tomlに残し、次の点検で新規・継続・解消を示す
    #[arg(long, help_heading = "オプション")]
    pub(super) remember: bool,
    #[command(flatten)]
    pub(super) common: Common,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportFormat {
    Text,
    Json,
    Csv,
    Xlsx,
    Html,
}

#[derive(Args, Debug)]
pub(super) struct Export {
    /// 案件フォルダ、または集約版などのブック（parquet のときは、いくつでも、
    /// 案件フォルダやブックを集めたフォルダでもよい）
    #[arg(value_name = "案件フォルダ・ブック", help_heading = "引数")]
    pub(super) paths: Vec<PathBuf>,
    /// 形式: json / csv 機械可読の表 / parquet 型の付いた機械可読の表
    #[arg(
        long,
        value_enum,
        value_name = "形式",
        hide_possible_values = true,
        help_heading = "オプション"
    )]
    pub(super) format: ExportFormat,
    /// 文字コード: utf-8（BOM付き、既定）/ cp932（csv のとき）
    #[arg(
        long,
        value_enum,
        value_name = "文字コード",
        hide_possible_values = true,
        help_heading = "オプション"
    )]
    pub(super) encoding: Option<Encoding>,
    /// 数式と取られる文の頭に ' を付ける（csv のとき）
    #[arg(long, help_heading = "オプション")]
    pub(super) guard: bool,
    /// 出力するファイル（- は標準出力）。csv と parquet のときはフォルダ
    #[arg(short, long, value_name = "出力先", help_heading = "オプション")]
    pub(super) output: PathBuf,
    #[command(flatten)]
    pub(super) common: Common,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Encoding {
    #[value(name = "utf-8", aliases = ["utf8", "UTF-8"])]
    Utf8,
    #[value(name = "cp932", aliases = ["CP932", "shift_jis", "sjis"])]
    Cp932,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportFormat {
    Json,
    Csv,
    Parquet,
}

#[derive(Args, Debug)]
pub(super) struct Diff {
    /// 前のブック（前回の集約版、直す前の集約版など、公式様式のもの）
    #[arg(value_name = "前のブック", help_heading = "引数", display_order = 1)]
    pub(super) before: PathBuf,
    /// 後のブック（今回の集約版など、公式様式のもの）
    #[arg(value_name = "後のブック", help_heading = "引数", display_order = 2)]
    pub(super) after: PathBuf,
    /// 形式: text 画面 / csv / xlsx ブック（委員会の資料用）
    #[arg(
        long,
        value_enum,
        default_value_t = DiffFormat::Text,
        value_name = "形式",
        hide_default_value = true,
        hide_possible_values = true,
        help_heading = "オプション"
    )]
    pub(super) format: DiffFormat,
    /// 出力するファイル（- は標準出力）。省くと、text と csv は標準出力、
    /// xlsx は現在のフォルダの「前回からの変更点.xlsx」
    #[arg(short, long, value_name = "ファイル", help_heading = "オプション")]
    pub(super) output: Option<PathBuf>,
    /// 様式の定義（既定は内蔵の様式）
    #[arg(long, value_name = "ファイル", help_heading = "共通オプション")]
    pub(super) layout: Option<PathBuf>,
    /// 経過を表示しない
    #[arg(long, help_heading = "共通オプション")]
    pub(super) quiet: bool,
    /// 色を付ける: auto 端末のとき / always 常に / never 付けない
    #[arg(
        long,
        value_enum,
        default_value_t = Color::Auto,
        value_name = "色",
        hide_default_value = true,
        hide_possible_values = true,
        help_heading = "共通オプション"
    )]
    pub(super) color: Color,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum DiffFormat {
    Text,
    Csv,
    Xlsx,
}

#[derive(Args, Debug)]
pub(super) struct Explain {
    /// 規則の番号（K03 など）
    #[arg(value_name = "規則", help_heading = "引数")]
    pub(super) code: Option<String>,
    /// すべての規則を説明する
    #[arg(long, help_heading = "オプション")]
    pub(super) all: bool,
    /// 形式: text 画面 / xlsx / html（印刷して掲示できる一覧）
    #[arg(
        long,
        value_enum,
        default_value_t = ExplainFormat::Text,
        value_name = "形式",
        hide_default_value = true,
        hide_possible_values = true,
        help_heading = "オプション"
    )]
    pub(super) format: ExplainFormat,
    /// 出力するファイル（- は標準出力）。省くと、text は標準出力、
    /// xlsx と html は現在のフォルダの「点検規則.html」など
    #[arg(short, long, value_name = "ファイル", help_heading = "オプション")]
    pub(super) output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ExplainFormat {
    Text,
    Xlsx,
    Html,
}
