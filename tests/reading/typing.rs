//! The same labels and entries typed otherwise: widths, dashes, brackets, spaces that do not show.

use torimatome::model::{Baseline, FiscalYear, Kpi, Measure};
use torimatome::parse::{baseline, measure};

use super::form::*;

/// Reads as the healthy form does, raw texts of the cells that were typed otherwise aside.
fn reads_alike(what: &str, done: &[Do<'_>]) {
    let cells = form(done);
    let items = items(&cells);
    assert_eq!(items.len(), 1, "{what}");
    let found = differences(&items[0]);
    let strange: Vec<&String> = found
        .iter()
        .filter(|line| !line.starts_with(['-', '+']))
        .collect();
    assert_eq!(strange, [&""; 0], "{what}");
}

#[test]
fn labels_are_labels_in_any_dress() {
    for (at, text) in [
        ("A1", "取\u{3000}組\u{A0}番\u{200B}号"),
        ("A1", "\u{FEFF}取組番号\u{2060}："),
        ("A1", "〖取組番号〗"),
        ("A1", "≪取組番号≫"),
        ("A1", "取組№"),
        ("A3", "主管課／関係課"),
        ("A3", "主 管 課 〔関 係 課〕"),
        ("A3", "主管課・関係課"),
        ("A10", "数値目標等［基準値］"),
        ("A10", "数値目標等\r\n〈基準値〉"),
        ("A16", "令和５年度の実施状況"),
        ("A16", "令和五年度の実施状況"),
        ("A16", "Ｒ５年度の実施状況"),
        ("A16", "㋿5年度の実施状況"),
        ("A16", "令和5（2023）年度の実施状況"),
        ("A16", "《２０２３年度の実施状況》"),
        ("A17", "取組目標【ＰＬＡＮ】"),
        ("A17", "取組目標\n《Plan》"),
        ("E17", "上半期の取組結果【ＤＯ】"),
        ("E17", "上期の取組結果【Ｄｏ】"),
        ("A20", "取組全体の評価〔ＣＨＥＣＫ〕"),
        ("A22", "改善事項･今後の進め方【Action】"),
        ("A22", "改善事項／今後の進め方"),
        ("A22", "改善事項、今後の進め方〚Action〛"),
    ] {
        let cells = form(&[Say(at, text)]);
        let items = items(&cells);
        assert_eq!(differences(&items[0]), [""; 0], "{at} {text}");
    }
}

#[test]
fn years_of_columns_are_read_in_every_spelling() {
    for [r4, r5, r6] in [
        ["R04年度", "R05年度", "R06年度"],
        ["令和04年度", "令和05年度", "令和06年度"],
        ["Ｒ４", "Ｒ５", "Ｒ６"],
        ["R4年", "R5年", "R6年"],
        ["令4", "令5", "令6"],
        ["令和四年度", "令和五年度", "令和六年度"],
        ["㋿４年度", "㋿５年度", "㋿６年度"],
        ["2022年度", "2023年度", "2024年度"],
        ["’22", "’23", "’24"],
        ["'22年度", "'23年度", "'24年度"],
        ["FY2022", "FY2023", "FY2024"],
        ["R4(2022)", "R5(2023)", "R6(2024)"],
        [
            "R4年度\n(2022年度)",
            "R5年度\n(2023年度)",
            "R6年度\n(2024年度)",
        ],
        [
            "令和４（２０２２）年度",
            "令和５（２０２３）年度",
            "令和６（２０２４）年度",
        ],
    ] {
        let head = |year: &str, word: &str| format!("{year}\n【{word}】");
        let texts: Vec<(&str, String)> = vec![
            ("D7", r4.to_owned()),
            ("G7", r5.to_owned()),
            ("J7", r6.to_owned()),
            ("D10", head(r4, "実績値")),
            ("G10", head(r5, "実績値")),
            ("J10", head(r6, "実績値")),
            ("D11", head(r4, "目標値")),
            ("G11", head(r5, "目標値")),
            ("J11", head(r6, "目標値")),
        ];
        let done: Vec<Do<'_>> = texts.iter().map(|(at, text)| Say(at, text)).collect();
        let items = items(&form(&done));
        assert_eq!(differences(&items[0]), [""; 0], "{r4}");
    }
}

#[test]
fn a_year_that_is_not_sure_heads_no_column() {
    // 5年度 alone could be any era's; the column and its entries are left over.
    let done = [Say("D7", "4年度"), Say("G7", "5年度"), Say("J7", "6年度")];
    let items = items(&form(&done));
    let found = differences(&items[0]);
    assert!(items[0].schedule.is_empty(), "{found:#?}");
    assert!(found.contains(&"!年次計画".to_owned()), "{found:#?}");
    assert!(found.contains(&"*D8 実施".to_owned()), "{found:#?}");
    conserved("years without an era", &form(&done), &items);
}

fn kpi(text: &str, at: &str) -> Kpi {
    let done = [Say(at, text)];
    reads_alike(text, &done);
    items(&form(&done))[0].kpis[0].clone()
}

fn actual(text: &str) -> Option<Measure> {
    let kpi = kpi(text, "G12");
    let values = kpi.year(FiscalYear(2023)).unwrap();
    values.actual.as_ref().unwrap().get().cloned()
}

#[test]
fn values_are_values_in_any_dress() {
    for (plain, texts) in [
        (
            "8人",
            &[
                "８人",
                "８ 人",
                "\u{3000}8人\u{A0}",
                "8\u{200B}人",
                "8人。",
                "・8人",
                "8人(※1)",
                "実績：8人",
                "実績値 8人",
                "【実績】8人",
            ][..],
        ),
        (
            "累計8人",
            &[
                "(累計)8人",
                "（累計）\n8人",
                "【累計】8人",
                "≪累計≫8人",
                "〔累計〕８人",
                "＜累計＞8人",
                "8人(累計)",
                "8人累計",
                "8人 累計",
                "８人\n【累計】",
                "8（累計）人",
                "累計：8人",
                "累計＝8人",
                "累計で8人",
                "累計値8人",
                "累積8人",
                "（累）8人",
                "（累計8人）",
            ],
        ),
        (
            "①3校 ②4回",
            &[
                "①３校　②４回",
                "(1)3校 (2)4回",
                "（１）３校\n（２）４回",
                "1)3校 2)4回",
                "1）3校　2）4回",
                "⑴3校⑵4回",
                "１．　３校\n２．　４回",
                "【1】3校【2】4回",
                "❶3校❷4回",
                "①：3校、②：4回",
                "(ア)3校(イ)4回",
            ],
        ),
        (
            "▲5%",
            &[
                "▲５％",
                "△5％",
                "-5%",
                "－５％",
                "−5%",
                "‐5%",
                "–5%",
                "マイナス5%",
            ],
        ),
        (
            "—",
            &[
                "－",
                "-",
                "ー",
                "―",
                "‐",
                "‑",
                "–",
                "−",
                "ｰ",
                "─",
                "⁃",
                "——",
                "（－）",
            ],
        ),
        ("該当なし", &["なし", "ﾅｼ", "該当なし"]),
        ("(随時)", &["随時", "（随時）", "【随時】", "随\u{3000}時"]),
        (
            "1,257時間/年",
            &[
                "１，２５７時間／年",
                "1257時間/年",
                "1,257 時間 / 年",
                "1,257\n時間／年",
            ],
        ),
        ("選定 6件", &["選定\n６件", "選定　6件", "選定（6件）"]),
    ] {
        let expected = measure(plain);
        assert!(expected.is_some(), "{plain}");
        for text in texts {
            assert_eq!(actual(text), expected, "{text}");
        }
    }
    // What a doubtful dress hides is not guessed.
    for text in [
        "1.3校 2.4回",
        "１．3校\n２．4回",
        "8～9人",
        "Ｏ人",
        "八人",
        "8人9人",
    ] {
        assert_eq!(actual(text), None, "{text}");
    }
}

#[test]
fn units_that_are_one_unit_stay_as_typed_and_compare_equal() {
    for (one, other) in [
        ("145件", "145件数"),
        ("8人", "8名"),
        ("3か所", "3箇所"),
        ("3か所", "3ｹ所"),
        ("3か所", "3ヵ所"),
        ("5%", "5％"),
        ("5%", "5㌫"),
        ("4回", "4回数"),
    ] {
        let unit = |text: &str| match measure(text) {
            Some(Measure::Quantity(quantity)) => (quantity.unit_key(), quantity.unit),
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(unit(one).0, unit(other).0, "{other}");
        assert!(
            one == other || unit(one).1 != unit(other).1 || other.contains('％'),
            "{other}"
        );
    }
}

#[test]
fn baselines_are_baselines_in_any_dress() {
    let known = |text: &str| -> Option<Baseline> {
        let kpi = kpi(&format!("参加者数\n{text}"), "A12");
        assert_eq!(kpi.name.text(), "参加者数", "{text}");
        kpi.baseline.get().cloned()
    };
    let expected = baseline("R3年度：5人");
    for text in [
        "Ｒ３年度：５人",
        "R03年度:5人",
        "令和３年度　5人",
        "令和三年度：5人",
        "令3年度：5人",
        "㋿３年度：5人",
        "2021年度：5人",
        "'21年度：5人",
        "R3（2021）年度：5人",
        "R3年度（2021年度）：5人",
        "R3年度＝5人",
        "【R3年度】5人",
        "〖R3年度〗５人",
        "≪R3年度末現在≫5人",
        "基準値（R3年度）：5人",
        "5人（R3年度）",
        "R3年度末（R4.3.31）：5人",
    ] {
        assert_eq!(known(text), expected, "{text}");
    }
    let first = baseline("令和元年度：5人");
    assert!(first.is_some());
    for text in [
        "R元年度：5人",
        "R1年度：5人",
        "令和1年度：5人",
        "平成31年度：5人",
        "㍻31年度：5人",
        "H31：5人",
    ] {
        assert_eq!(known(text), first, "{text}");
    }
}

#[test]
fn texts_stay_as_they_were_typed() {
    for text in [
        "㈱見本との協働（第Ⅲ期）",
        "葛\u{E0100}城市と𠮷野町",
        "か\u{3099}んは\u{3099}る",
        "ﾃﾞｼﾞﾀﾙ化①②③",
        "㍻31年度〜令和元年度",
        "５～６月は―休み―",
        "①３校　②４回",
    ] {
        for (at, line) in [
            ("C2", "取組項目"),
            ("C4", "実施内容"),
            ("D21", "コメント"),
            ("A23", "改善"),
        ] {
            let items = items(&form(&[Say(at, text)]));
            let expected = format!("{line} {text}");
            assert!(lines(&items[0]).contains(&expected), "{expected}");
        }
    }
}

#[test]
fn cells_that_show_nothing_are_blank() {
    for text in ["\u{200B}", "\u{FEFF}\u{2060}", "\u{A0}\u{3000}\u{200B}"] {
        tried(
            "beside the form and in it",
            &[
                Say("E18", text),
                Add("N3", text),
                Say("A23", text),
                Add("C26", text),
            ],
            &[
                "-状況 研修を開く。|二度開いた。|三度開いた。",
                "-改善 次の年も続ける。",
                "+状況 研修を開く。||三度開いた。",
                "+改善 ",
            ],
        );
    }
}
