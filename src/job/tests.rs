use super::*;
use crate::model::Half;

const CODES: [&str; 4] = ["S05", "K03", "K07", "T01"];
const PERIOD: &str = "[period]\nfiscal_year = \"R5\"\nhalf = \"下半期\"\n";

fn read(text: &str) -> Result<Job, JobError> {
    parse(text, Path::new("案件"), &CODES)
}

/// The job of a text that follows the period's section.
fn job(rest: &str) -> Job {
    match read(&format!("{PERIOD}{rest}")) {
        Ok(job) => job,
        Err(error) => panic!("{rest}: {error}"),
    }
}

#[test]
fn the_period_alone_is_enough() {
    let expected = Job {
        period: Period::parse("R5下半期"),
        ..Job::without_settings(Path::new("案件"))
    };
    assert_eq!(job(""), expected);
    assert_eq!(expected.plan, Path::new("案件/計画.xlsx"));
    assert_eq!(expected.collect, Path::new("案件/回収"));
    assert_eq!(expected.acknowledged, Path::new("案件/確認済み.toml"));
    assert_eq!(expected.previous, None);
}

#[test]
fn periods_are_read_in_the_spellings_of_the_office() {
    for (year, half, expected) in [
        ("\"R5\"", "\"下半期\"", "R5下半期"),
        ("\"令和５年度\"", "'年度末'", "R5下半期"),
        ("2023", "\"上\"", "R5上半期"),
        ("\"2023\"", "\"H1\"", "R5上半期"),
    ] {
        let text = format!("\u{feff}[period]\r\nfiscal_year = {year}\r\nhalf = {half}\r\n");
        let period = read(&text).unwrap().period.unwrap();
        assert_eq!(period.to_string(), expected);
    }
}

#[test]
fn every_setting_reaches_the_job() {
    let job = job(r#"
[plan]
file = "../計画/実施計画.xlsx"
city = "小千谷市"
name = "小千谷市行政改革実施計画"
years = ["R4", "令和5年度", 2024]
[previous]
file = "R4年度末.xlsx"
[collect]
folder = 'D:\回収'
prefer = "first"
[layout]
file = "様式.toml"
[cover]
issued = "令和6年6月"
issuer = "幹事会"
[rules]
K07 = "off"
T01 = "warning"
K03 = "確認"
[limits]
file_mib = 128
cells = 20_000_000
"#);
    let folder = Path::new("案件");
    assert_eq!(job.plan, folder.join("../計画/実施計画.xlsx"));
    assert_eq!(job.previous, Some(folder.join("R4年度末.xlsx")));
    assert_eq!(job.layout, Some(folder.join("様式.toml")));
    assert_eq!(job.prefer, Prefer::First);
    let collect = if cfg!(windows) {
        r"D:\回収"
    } else {
        "D:/回収"
    };
    assert_eq!(job.collect, folder.join(collect));
    let expected = CoverSettings {
        city: Some("小千谷市".to_owned()),
        name: Some("小千谷市行政改革実施計画".to_owned()),
        years: [2022, 2023, 2024].map(FiscalYear).to_vec(),
        issued: Some("令和6年6月".to_owned()),
        issuer: Some("幹事会".to_owned()),
    };
    assert_eq!(job.cover, expected);
    let levels: Vec<_> = job
        .levels
        .iter()
        .map(|(code, level)| (code.as_str(), *level))
        .collect();
    let expected = [
        ("K03", Some(Level::Info)),
        ("K07", None),
        ("T01", Some(Level::Warning)),
    ];
    assert_eq!(levels, expected);
    let expected = Limits {
        file: Some(128 * 1024 * 1024),
        cells: Some(20_000_000),
        ..Limits::default()
    };
    assert_eq!(job.limits, expected);
}

#[test]
fn backslashes_are_understood_where_toml_leaves_them_alone() {
    for written in [
        r"'共有\計画.xlsx'",
        r#""共有\\計画.xlsx""#,
        r#""共有/計画.xlsx""#,
    ] {
        let plan = job(&format!("[plan]\nfile = {written}\n")).plan;
        assert_eq!(plan.components().count(), 3, "{written}");
    }
}

#[test]
fn the_previous_workbook_counts_by_default_only_if_it_exists() {
    let folder = tempfile::tempdir().unwrap();
    let previous = folder.path().join(PREVIOUS);
    let read = |text: &str| parse(text, folder.path(), &CODES).unwrap().previous;
    assert_eq!(read(PERIOD), None);
    let named = format!("{PERIOD}[previous]\n");
    assert_eq!(read(&named), Some(previous.clone()));
    std::fs::write(&previous, "").unwrap();
    assert_eq!(read(PERIOD), Some(previous));
}

#[test]
fn a_job_is_its_settings_or_the_folder_that_holds_them() {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join(SETTINGS);
    assert!(!is_job(folder.path()) && !is_job(&settings));
    std::fs::write(&settings, PERIOD).unwrap();
    assert!(is_job(folder.path()) && is_job(&settings));
    let other = folder.path().join("総務課.xlsx");
    std::fs::write(&other, "").unwrap();
    assert!(!is_job(&other));
}

#[test]
fn departments_are_named_from_either_side_and_from_when() {
    let job = job("[departments]\n\
                   企画課 = \"企画政策課\"\n\
                   \"総務課\" = [\"行政管理課\", \"総務課\"]\n\
                   \"建設課\" = { name = \"建設部建設課\", from = \"R6\" }\n\
                   \"市民課\" = { name = [\"窓口課\", \"保険課\"], from = \"令和5年度下半期\" }\n");
    let names: Vec<String> = job
        .departments
        .iter()
        .map(|one| {
            let from = one.from.map(|from| format!(" {from}から"));
            format!("{}→{}{}", one.old, one.new, from.unwrap_or_default())
        })
        .collect();
    let expected = [
        "企画課→企画政策課",
        "行政管理課→総務課",
        "建設課→建設部建設課 R6上半期から",
        "市民課→窓口課 R5下半期から",
        "市民課→保険課 R5下半期から",
    ];
    assert_eq!(names, expected);
}

#[test]
fn rules_are_given_a_level_or_what_is_tuned_in_them() {
    let job = job("[rules]\nS05 = \"off\"\nK07 = { level = \"確認\", factor = 20 }\n");
    assert_eq!(job.levels.get("S05"), Some(&None));
    assert_eq!(job.levels.get("K07"), Some(&Some(Level::Info)));
    assert_eq!(job.thresholds.digit_slip_factor, 20);
    let untouched = Thresholds::default().copied_text_length;
    assert_eq!(job.thresholds.copied_text_length, untouched);
}

/// Texts that follow the period's three lines, and what is said of them.
const BAD: [(&str, &str); 39] = [
    (
        "[pla]\n",
        "の4行目：[pla]という見出しはありません。「[plan]」の書き間違いでないか確かめてください。",
    ),
    (
        "[計画]\n",
        "の4行目：[計画]という見出しはありません。「[plan]」の書き間違いでないか確かめてください。",
    ),
    (
        "[plan]\nflie = \"a\"\n",
        "の5行目：[plan]に「flie」という項目はありません。「file」の書き間違いでないか確かめてください。",
    ),
    (
        "[cover]\nISSUED = \"a\"\n",
        "の5行目：[cover]に「ISSUED」という項目はありません。「issued」の書き間違いでないか確かめてください。",
    ),
    (
        "[plan]\nissuer = \"a\"\n",
        "の5行目：「issuer」は[cover]の項目です。「[cover]」の見出しの下に移してください。",
    ),
    (
        "[collect]\nfile = \"a\"\n",
        "の5行目：[collect]に「file」という項目はありません。「folder」の書き間違いでないか確かめてください。",
    ),
    (
        "[collect]\nprefer = \"latest\"\n",
        "の5行目：「prefer」の値「latest」は使えません。「prefer」には「newest」「first」「last」のどれかを書いてください。",
    ),
    (
        "[plan]\nfile = 5\n",
        "の5行目：「file」の値「5」は使えません。「file」には「\"」で囲んだファイルやフォルダの名前を書いてください。",
    ),
    (
        "[plan]\nfile = \"C:\\共有\\計画.xlsx\"\n",
        "の5行目：「\"」で囲んだ中の「\\」は、フォルダの区切りとして読み取れません。区切りに「/」を使うか、値を「\"」の代わりに「'」で囲んでください。",
    ),
    (
        "[plan]\nfile = \"C:\\temp\\計画.xlsx\"\n",
        "の5行目：「\"」で囲んだ中の「\\」は、フォルダの区切りとして読み取れません。区切りに「/」を使うか、値を「\"」の代わりに「'」で囲んでください。",
    ),
    (
        "[plan]\nfile = \"C:\\temp\\new.xlsx\"\n",
        "の5行目：「\"」で囲んだ中の「\\」は、フォルダの区切りとして読み取れません。区切りに「/」を使うか、値を「\"」の代わりに「'」で囲んでください。",
    ),
    (
        "[plan]\nfile = \"C:\\user\\計画.xlsx\"\n",
        "の5行目：「\"」で囲んだ中の「\\」は、フォルダの区切りとして読み取れません。区切りに「/」を使うか、値を「\"」の代わりに「'」で囲んでください。",
    ),
    (
        "[plan]\nfile = 計画.xlsx\n",
        "の5行目：「計画.xlsx」が引用符で囲まれていません。「\"計画.xlsx\"」のように、半角の「\"」で囲んでください。",
    ),
    (
        "[plan]\nfile = “計画.xlsx”\n",
        "の5行目：全角の「“」があるため、設定として読み取れません。半角で入力し直してください。",
    ),
    (
        "[plan]\nfile ＝ \"計画.xlsx\"\n",
        "の5行目：全角の「＝」があるため、設定として読み取れません。半角で入力し直してください。",
    ),
    (
        "［plan］\n",
        "の4行目：全角の「［」があるため、設定として読み取れません。半角で入力し直してください。",
    ),
    (
        "[plan]\n　file = \"a\"\n",
        "の5行目：全角の空白があるため、設定として読み取れません。半角で入力し直してください。",
    ),
    (
        "[plan]\nfile = \"a\n",
        "の5行目：引用符かかっこが閉じられていません。同じ行の中で閉じてください。",
    ),
    (
        "[plan\nfile = \"a\"\n",
        "の4行目：引用符かかっこが閉じられていません。同じ行の中で閉じてください。",
    ),
    (
        "[plan]\nfile\n",
        "の5行目：設定として読み取れません。「項目 = \"値\"」の形で書いてください。",
    ),
    (
        "[plan]\nfile = \"a\" \"b\"\n",
        "の5行目：設定として読み取れません。「項目 = \"値\"」の形で書いてください。",
    ),
    (
        "[plan]\ncity = \"a\"\ncity = \"b\"\n",
        "の6行目：「city」が二度書かれています。一つにまとめてください。",
    ),
    (
        "[period]\n",
        "の4行目：「period」が二度書かれています。一つにまとめてください。",
    ),
    (
        "[[plan]]\nfile = \"a\"\n",
        "の4行目：「plan」は見出しです。「[plan]」とだけ書いた行の下に、項目を一行ずつ書いてください。",
    ),
    (
        "[plan]\ncity = \"\"\n",
        "の5行目：「city」の値「」は使えません。「city」には空でない文字を書いてください。",
    ),
    (
        "[plan]\nyears = [\"R6\", \"R5\"]\n",
        "の5行目：「years」の値「[\"R6\", \"R5\"]」は使えません。「years」には[\"R4\", \"R5\", \"R6\"]のように、計画の年度を順に書いてください。",
    ),
    (
        "[plan]\nyears = [\"R4\", \"5\"]\n",
        "の5行目：「years」の値「5」は使えません。「years」には「R5」のように年度を書いてください。",
    ),
    (
        "[rules]\nK3 = \"off\"\n",
        "の5行目：「K3」という点検規則はありません。「K03」の書き間違いでないか確かめてください。",
    ),
    (
        "[rules]\nK03 = \"strong\"\n",
        "の5行目：「K03」の値「strong」は使えません。「K03」には「off」「info」「warning」「error」のどれかを書いてください。",
    ),
    (
        "[limits]\nfile_mb = 5\n",
        "の5行目：[limits]に「file_mb」という項目はありません。「file_mib」の書き間違いでないか確かめてください。",
    ),
    (
        "[limits]\ncells = \"5\"\n",
        "の5行目：「cells」の値「5」は使えません。「cells」には1から1000000000までの整数を、「\"」で囲まずに書いてください。",
    ),
    (
        "[limits]\ncells = 0\n",
        "の5行目：「cells」の値「0」は使えません。「cells」には1から1000000000までの整数を、「\"」で囲まずに書いてください。",
    ),
    (
        "[departments]\n\"A課\" = \"B課\"\n\"B課\" = \"A課\"\n",
        "の6行目：「B課」の値「A課」は使えません。「B課」にはほかの行と食い違わないように、計画にある課名を書いてください。",
    ),
    (
        "[departments]\n\"B課\" = [\"A課\"]\n\"C課\" = [\"A 課\"]\n",
        "の6行目：「A 課」が二度書かれています。一つにまとめてください。",
    ),
    (
        "[departments]\n\"A課\" = { name = \"B課\" }\n",
        "の5行目：[departments]に「from」がありません。「from = \"R6\"」のように書いてください。",
    ),
    (
        "[departments]\n\"A課\" = { name = \"B課\", from = \"春\" }\n",
        "の5行目：「from」の値「春」は使えません。「from」には「R6」や「R6下半期」のように、変わった時期を書いてください。",
    ),
    (
        "[rules]\nK07 = { factor = 1 }\n",
        "の5行目：「factor」の値「1」は使えません。「factor」には2以上の整数を、「\"」で囲まずに書いてください。",
    ),
    (
        "[rules]\nK03 = { factor = 5 }\n",
        "の5行目：[rules]に「factor」という項目はありません。「level」の書き間違いでないか確かめてください。",
    ),
    (
        "[rules]\nK07 = { factr = 5 }\n",
        "の5行目：[rules]に「factr」という項目はありません。「factor」の書き間違いでないか確かめてください。",
    ),
];

#[test]
fn mistakes_are_named_with_their_line_and_what_to_write() {
    for (text, expected) in BAD {
        let error = read(&format!("{PERIOD}{text}")).unwrap_err();
        assert_eq!(error.to_string(), format!("{SETTINGS}{expected}"), "{text}");
    }
}

#[test]
fn mistakes_in_the_period_say_what_a_period_is() {
    for (text, expected) in [
        (
            "",
            "：[period]がありません。「[period]」「fiscal_year = \"R5\"」「half = \"下半期\"」のように書いてください。",
        ),
        (
            "[period]\nhalf = \"上半期\"\n",
            "の1行目：[period]に「fiscal_year」がありません。「fiscal_year = \"R5\"」のように書いてください。",
        ),
        (
            "\n[period]\nfiscal_year = \"R5\"\n",
            "の2行目：[period]に「half」がありません。「half = \"下半期\"」のように書いてください。",
        ),
        (
            "[period]\nfiscal_year = \"R5\"\nhalf = \"冬\"\n",
            "の3行目：「half」の値「冬」は使えません。「half」には「上半期」か「下半期」を書いてください。",
        ),
        (
            "[period]\nfiscal_year = 5\nhalf = \"上半期\"\n",
            "の2行目：「fiscal_year」の値「5」は使えません。「fiscal_year」には「R5」のように年度を書いてください。",
        ),
        (
            "[period]\nfiscal_year = 令和5年度\nhalf = \"上半期\"\n",
            "の2行目：「令和5年度」が引用符で囲まれていません。「\"令和5年度\"」のように、半角の「\"」で囲んでください。",
        ),
        (
            "period = \"R5下\"\n",
            "の1行目：「period」は見出しです。「[period]」とだけ書いた行の下に、項目を一行ずつ書いてください。",
        ),
        (
            "fiscal_year = \"R5\"\n",
            "の1行目：「fiscal_year」は[period]の項目です。「[period]」の見出しの下に移してください。",
        ),
    ] {
        let error = read(text).unwrap_err();
        assert_eq!(error.to_string(), format!("{SETTINGS}{expected}"), "{text}");
    }
}

#[test]
fn the_sample_job_is_read() {
    let text = include_str!("../../samples/ojiya-r5/torimatome.toml");
    let job = parse(text, Path::new("samples/ojiya-r5"), &[]).unwrap();
    let period = job.period.unwrap();
    assert_eq!((period.year, period.half), (FiscalYear(2023), Half::Second));
}
