//! Seeded job folders of N items: a plan and N returned forms, one a file, as departments return
//! them: some sixty rows, merged cells, long texts, figures as text and as formatted numbers.

use std::fs;
use std::path::{Path, PathBuf};

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

/// Departments share the items in turn.
const DEPARTMENTS: [&str; 6] = [
    "企画政策課",
    "総務課",
    "建設課",
    "農林課",
    "市民生活課",
    "税務課",
];
const WORDS: [&str; 12] = [
    "市民の利便性の向上を図るため、",
    "関係する課と協議しながら、",
    "先進自治体の取組を参考に、",
    "導入の効果と課題を整理し、",
    "窓口の手続を見直して、",
    "職員の研修を行い、",
    "対象となる施設を拡大しました。",
    "実施方法を検討しました。",
    "利用状況を調査しました。",
    "次年度の予算に反映しました。",
    "運用を開始しました。",
    "方針を決定しました。",
];

/// A small generator of numbers: the same seed, the same folder.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }

    fn prose(&mut self, sentences: u64) -> String {
        (0..sentences * 3)
            .map(|_| WORDS[self.below(12) as usize])
            .collect()
    }
}

/// Formats are made once a workbook.
struct Look {
    label: Format,
    text: Format,
    count: Format,
    total: Format,
}

impl Look {
    fn new() -> Self {
        let base = Format::new()
            .set_font_name("ＭＳ 明朝")
            .set_font_size(10.5)
            .set_border(FormatBorder::Thin)
            .set_text_wrap()
            .set_align(FormatAlign::Top);
        Self {
            label: base.clone().set_background_color("EDEDED"),
            count: base.clone().set_num_format("#,##0\"件\""),
            total: base.clone().set_num_format("\"(累計)\"0\"件\""),
            text: base,
        }
    }
}

/// Makes a job folder of `count` items under `folder`, once.
pub fn job(folder: &Path, count: u32) -> Result<PathBuf, Box<dyn std::error::Error>> {
    let job = folder.join(format!("job-{count}"));
    let done = job.join("torimatome.toml");
    if done.is_file() {
        return Ok(job);
    }
    fs::create_dir_all(job.join("回収"))?;
    let mut plan = Workbook::new();
    let look = Look::new();
    cover(plan.add_worksheet(), &look)?;
    for number in 1..=count {
        let sheet = plan.add_worksheet().set_name(format!("取組{number}"))?;
        item(sheet, &look, number, false)?;
        let mut returned = Workbook::new();
        let sheet = returned.add_worksheet().set_name(format!("取組{number}"))?;
        item(sheet, &Look::new(), number, true)?;
        let department = department(number);
        returned.save(job.join(format!("回収/{department}_{number:05}.xlsx")))?;
    }
    plan.save(job.join("計画.xlsx"))?;
    fs::write(
        done,
        "[period]\nfiscal_year = \"R5\"\nhalf = \"下半期\"\n[limits]\nsheets = 20000\n",
    )?;
    Ok(job)
}

/// Makes a form, and the same bloated with 100,000 formatted blank cells in 5,000 styles, once.
pub fn forms(folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
    fs::create_dir_all(folder)?;
    for (name, styles) in [("form", 0), ("bloated", 5_000)] {
        let path = folder.join(format!("{name}.xlsx"));
        if path.is_file() {
            continue;
        }
        let mut form = Workbook::new();
        let sheet = form.add_worksheet().set_name("取組1")?;
        item(sheet, &Look::new(), 1, true)?;
        for style in 0..styles {
            let format = Format::new()
                .set_border(FormatBorder::Thin)
                .set_background_color(0x10_0000 + style);
            for column in 0..20 {
                sheet.write_blank(100 + style, column, &format)?;
            }
        }
        form.save(path)?;
    }
    Ok(())
}

fn department(number: u32) -> &'static str {
    DEPARTMENTS[number as usize % DEPARTMENTS.len()]
}

fn cover(sheet: &mut Worksheet, look: &Look) -> Result<(), XlsxError> {
    sheet.set_name("表紙")?;
    sheet.write_string_with_format(0, 0, "見本市行政改革実施計画", &look.text)?;
    sheet.write_string_with_format(1, 0, "(令和4年度～令和6年度)", &look.text)?;
    Ok(())
}

/// Writes cells over columns, each merged where it spans several.
fn row(
    sheet: &mut Worksheet,
    at: &mut u32,
    cells: &[(u16, &str, &Format)],
) -> Result<(), XlsxError> {
    let mut column = 0;
    for (span, text, format) in cells {
        if *span > 1 {
            sheet.merge_range(*at, column, *at, column + span - 1, text, format)?;
        } else {
            sheet.write_string_with_format(*at, column, *text, format)?;
        }
        column += span;
    }
    *at += 1;
    Ok(())
}

fn item(sheet: &mut Worksheet, look: &Look, number: u32, filled: bool) -> Result<(), XlsxError> {
    let mut numbers = Numbers(u64::from(number));
    let (label, text) = (&look.label, &look.text);
    let at = &mut 0;
    let id = number.to_string();
    let title = format!("取組第{number}号の推進");
    let lead = format!("{} (全課)", department(number));
    row(
        sheet,
        at,
        &[
            (2, "取組番号", label),
            (1, &id, text),
            (2, "重点項目", label),
            (7, "1 行政サービスの構築", text),
        ],
    )?;
    row(sheet, at, &[(2, "取組項目", label), (10, &title, text)])?;
    row(
        sheet,
        at,
        &[(2, "主管課\n(関係課)", label), (10, &lead, text)],
    )?;
    row(
        sheet,
        at,
        &[(2, "実施内容", label), (10, &numbers.prose(3), text)],
    )?;
    row(
        sheet,
        at,
        &[(2, "期待される効果", label), (10, &numbers.prose(2), text)],
    )?;
    *at += 1;
    row(sheet, at, &[(12, "年次計画", label)])?;
    row(
        sheet,
        at,
        &[
            (3, "実施項目", label),
            (3, "R4年度", label),
            (3, "R5年度", label),
            (3, "R6年度", label),
        ],
    )?;
    for name in ["窓口の見直し", "システムの導入", "利用の拡大", "効果の検証"]
    {
        row(
            sheet,
            at,
            &[(3, name, text), (6, "検討", text), (3, "実施", text)],
        )?;
    }
    *at += 1;
    kpis(sheet, look, at, &mut numbers, filled)?;
    *at += 1;
    row(sheet, at, &[(12, "令和5年度の実施状況", label)])?;
    row(
        sheet,
        at,
        &[
            (4, "取組目標\n【Plan】", label),
            (4, "上半期の取組結果\n【Do】", label),
            (4, "下半期の取組結果\n【Do】", label),
        ],
    )?;
    for _ in 0..5 {
        let (plan, first, second) = (numbers.prose(1), numbers.prose(2), numbers.prose(3));
        let cells = if filled {
            [plan, first, second]
        } else {
            Default::default()
        };
        row(
            sheet,
            at,
            &[
                (4, &cells[0], text),
                (4, &cells[1], text),
                (4, &cells[2], text),
            ],
        )?;
    }
    let grades = ["◎ 計画どおり", "○ 概ね計画どおり", "△ あまり進まなかった"];
    let entries = [
        grades[numbers.below(3) as usize].to_owned(),
        numbers.prose(4),
        numbers.prose(4),
    ];
    let entries = if filled { entries } else { Default::default() };
    row(sheet, at, &[(12, "取組全体の評価【Check】", label)])?;
    row(sheet, at, &[(3, &entries[0], text), (9, &entries[1], text)])?;
    row(
        sheet,
        at,
        &[(12, "改善事項・今後の進め方【Action】", label)],
    )?;
    row(sheet, at, &[(12, &entries[2], text)])?;
    if filled {
        row(sheet, at, &[(12, "※1 用語…取組に用いる言葉の説明", text)])?;
    }
    Ok(())
}

fn kpis(
    sheet: &mut Worksheet,
    look: &Look,
    at: &mut u32,
    numbers: &mut Numbers,
    filled: bool,
) -> Result<(), XlsxError> {
    let (label, text) = (&look.label, &look.text);
    sheet.merge_range(*at, 0, *at + 1, 2, "数値目標等\n【基準値】", label)?;
    for (storey, word) in ["実績値", "目標値"].into_iter().enumerate() {
        for (year, column) in [(4, 3), (5, 6), (6, 9)] {
            let head = format!("R{year}年度\n【{word}】");
            let line = *at + storey as u32;
            sheet.merge_range(line, column, line, column + 2, &head, label)?;
        }
    }
    *at += 2;
    for kpi in 0..4u32 {
        let name = format!("第{}の指標の件数\nR3年度：10件", kpi + 1);
        sheet.merge_range(*at, 0, *at + 1, 2, &name, text)?;
        let base = 20 + numbers.below(50);
        for (year, column) in [(0, 3), (1, 6), (2, 9)] {
            let value = (base + year * 30) as f64;
            let format = if kpi % 2 == 0 {
                &look.total
            } else {
                &look.count
            };
            sheet.merge_range(*at, column, *at, column + 2, "", text)?;
            sheet.merge_range(*at + 1, column, *at + 1, column + 2, "", text)?;
            if filled && year < 2 {
                sheet.write_number_with_format(*at, column, value, format)?;
            }
            sheet.write_number_with_format(*at + 1, column, value - 5.0, format)?;
        }
        *at += 2;
    }
    Ok(())
}
