//! Every value of a published document (小千谷市行政改革実施計画 進捗管理票, 令和5年度), read right.

use super::{baseline, departments, footnotes, grade, measure, split_name};
use crate::model::{AsOf, Bound, FiscalYear, Layout, Measure, Qualifier};

/// Writes a measure in one line, so that a table can say what is expected.
fn shown(measure: &Measure) -> String {
    match measure {
        Measure::Quantity(quantity) => {
            let mut words = vec![quantity.value.to_string(), quantity.unit.to_string()];
            words.extend(
                quantity
                    .qualifier
                    .map(|qualifier| qualifier.label().to_owned()),
            );
            words.extend(quantity.bound.map(|bound| bound.label().to_owned()));
            words.extend(quantity.label.as_ref().map(ToString::to_string));
            words.join(" ")
        }
        Measure::Compound(parts) => parts
            .iter()
            .map(|part| {
                let measure = part.measure.as_ref().map(shown).unwrap_or_default();
                format!("{} {measure}", part.mark)
            })
            .collect::<Vec<_>>()
            .join(" | "),
        Measure::AsNeeded => "as needed".to_owned(),
        Measure::Nothing(_) => "nothing".to_owned(),
        Measure::Milestone(milestone) => match &milestone.quantity {
            Some(quantity) => {
                let quantity = shown(&Measure::Quantity(quantity.clone()));
                format!("milestone {} + {quantity}", milestone.text)
            }
            None => format!("milestone {}", milestone.text),
        },
    }
}

/// Each distinct actual and target of the document's 38 KPI years.
const VALUES: &[(&str, &str)] = &[
    ("0か所", "0 か所"),
    ("—", "nothing"),
    ("2か所", "2 か所"),
    ("0件", "0 件"),
    ("10件", "10 件"),
    ("20件", "20 件"),
    ("(累計)\n67件", "67 件 累計"),
    ("(累計)\n40件", "40 件 累計"),
    ("(累計)\n145件", "145 件 累計"),
    ("(累計)\n85件", "85 件 累計"),
    ("(累計)\n100件", "100 件 累計"),
    ("1,257時間/年", "1257 時間/年"),
    ("1,395時間/年", "1395 時間/年"),
    ("(累計)\n0件", "0 件 累計"),
    ("(累計)\n1件", "1 件 累計"),
    ("(累計)\n2件", "2 件 累計"),
    ("(累計)\n3件", "3 件 累計"),
    ("(累計)\n9件", "9 件 累計"),
    ("(累計)\n11件", "11 件 累計"),
    ("(累計)\n12件", "12 件 累計"),
    ("(累計)\n17件", "17 件 累計"),
    ("選定\n6件", "milestone 選定 + 6 件"),
    ("検討", "milestone 検討"),
    ("(累計)\n6件", "6 件 累計"),
    ("情報収集", "milestone 情報収集"),
    ("調整・検討", "milestone 調整・検討"),
    ("方針決定", "milestone 方針決定"),
    ("(累計)\n8件", "8 件 累計"),
    ("(累計)\n7件", "7 件 累計"),
    ("1件", "1 件"),
    ("(随時)", "as needed"),
    ("3件", "3 件"),
    ("実施", "milestone 実施"),
    ("4件", "4 件"),
    ("①3校\n②4回", "① 3 校 | ② 4 回"),
    ("①7校\n②4回", "① 7 校 | ② 4 回"),
    ("729人", "729 人"),
    ("延べ800人", "800 人 延べ"),
    ("1,116人", "1116 人"),
    ("3人", "3 人"),
    ("2人", "2 人"),
    ("2人以上", "2 人 以上"),
];

/// Each KPI's name, its baseline and the baseline's value.
const BASELINES: &[(&str, &str, &str)] = &[
    ("施設間のオンライン相談窓口数", "R3年度：0か所", "0 か所"),
    (
        "窓口業務におけるデジタル化対象申請手続数",
        "R3年度：0件",
        "0 件",
    ),
    (
        "オンライン申請が利用できるサービス数",
        "R3年度：30件",
        "30 件",
    ),
    (
        "RPA導入による業務削減効果",
        "R3年度：250時間/年",
        "250 時間/年",
    ),
    (
        "勤務状況管理システム(電子決裁)の導入",
        "R3年度：0件",
        "0 件",
    ),
    ("AIシステムの導入数", "R3年度：1件", "1 件"),
    ("キャッシュレス決済の導入業務数", "R3年度：2件", "2 件"),
    (
        "指定管理者制度導入施設における今後の管理運営形態の決定件数",
        "R3年度：0件",
        "0 件",
    ),
    ("直営施設の運営方法検討件数", "R3年度：0件", "0 件"),
    ("委託仕様書の作成", "", ""),
    (
        "取組状況を検証する協定件数(防災協定除く)",
        "R4.3.31現在締結済件数:12件",
        "12 件 締結済件数",
    ),
    ("新たな連携協定の締結", "", ""),
    ("民間企業等の人材の活用", "", ""),
    ("組織再編の実施", "", ""),
    ("臨時的組織の編成件数", "", ""),
    (
        "学校訪問、就職説明会等への参加回数",
        "R3年度：①学校訪問2校、②就職説明会等4回",
        "① 2 校 学校訪問 | ② 4 回 就職説明会等",
    ),
    (
        "研修参加者数(オンライン研修を含む)",
        "R3年度：延べ800人",
        "800 人 延べ",
    ),
    ("人事交流等職員数", "R3年度：2人", "2 人"),
];

const DEPARTMENTS: &[(&str, &[&str], &[&str])] = &[
    ("企画政策課 (全課)", &["企画政策課"], &["全課"]),
    (
        "企画政策課(公の施設を所管する全課)",
        &["企画政策課"],
        &["公の施設を所管する全課"],
    ),
    ("建設課(農林課)", &["建設課"], &["農林課"]),
    (
        "総務課、企画政策課(全課)",
        &["総務課", "企画政策課"],
        &["全課"],
    ),
    ("総務課 企画政策課", &["総務課", "企画政策課"], &[]),
    ("企画政策課 (総務課)", &["企画政策課"], &["総務課"]),
    ("総務課 (企画政策課)", &["総務課"], &["企画政策課"]),
];

const GRADES: &[(&str, Option<&str>, Option<usize>)] = &[
    ("△ あまり進まなかった", Some("△"), Some(2)),
    ("概ね計画どおり", None, Some(1)),
    ("導入検討の結果、取組中止とする", None, None),
    ("◎ 計画どおり", Some("◎"), Some(0)),
];

const FOOTNOTES: &[(&str, &str, &str, &str)] = &[
    (
        "※1 LoGoフォーム…IT知識が無くても職員が簡単に電子申請や申請予約などのフォームを作成・集計・一元管理することができるデジタル化ツール。",
        "※1",
        "LoGoフォーム",
        "IT知識",
    ),
    (
        "※1 RPA(Robotic Process Automation)…入力作業など人間が行ってきた定型的なパソコン操作をロボット(ソフトウェア)に記録させ自動化するもの。",
        "※1",
        "RPA(Robotic Process Automation)",
        "入力作業",
    ),
    (
        "※2 AI-OCR…手書き書類を読み取り、データ化するOCR(光学的文字認識)技術に、AI(人工知能)を取り入れ、文字認識精度を向上させたもの。",
        "※2",
        "AI-OCR",
        "手書き書類",
    ),
    (
        "※3 生成AI…あらかじめ学習したデータをもとに、画像・文章・音楽・デザインなどを新たに作成する人工知能(AI)の総称。例:Chat-GPTなど",
        "※3",
        "生成AI",
        "あらかじめ",
    ),
    (
        "※1 指定管理者制度…公の施設の管理・運営を行う民間事業者(株式会社、NPO法人等)を指定し、民間のノウハウを活用しつつ、サービスの向上と経費の節減等を目的とした制度。",
        "※1",
        "指定管理者制度",
        "公の施設",
    ),
    (
        "※2 PPP(パブリック・プライベート・パートナーシップ)…行政と民間が連携し、民間の持つ多様な技術を活用することで、より効率的で質の高い公共サービスを提供すること。",
        "※2",
        "PPP(パブリック・プライベート・パートナーシップ)",
        "行政と民間",
    ),
    (
        "※1 包括連携協定…自治体と民間企業等が、地域が抱えている課題に対し、分野を限定せず協力しながら解決を目指す協定。",
        "※1",
        "包括連携協定",
        "自治体",
    ),
    (
        "※1 プロジェクトチーム…一定期間内に取組むべき課題を遂行するために、特別に結成される横断的組織",
        "※1",
        "プロジェクトチーム",
        "一定期間",
    ),
    (
        "※2 タスクフォース…通常の業務とは別に、緊急性の高い課題の解決に向け臨時的に構成される組織",
        "※2",
        "タスクフォース",
        "通常の業務",
    ),
    (
        "※1 インターンシップ…令和5年度より定義が明確化され、学生のキャリア形成支援に係る取組のうち「学生自身の能力の見極め」や「就職活動の際の材料の取得」を目的とする一定の基準を満たす就業体験のことをいう。",
        "※1",
        "インターンシップ",
        "令和5年度",
    ),
    (
        "※2 就業体験…インターンシップの定義にあてはまらない就業体験(働くことへの理解を深めるための教育)のことをいう。",
        "※2",
        "就業体験",
        "インターンシップ",
    ),
    (
        "※3 職場体験…生徒が地域社会の様々な事業所で働くことを通じ、職業や仕事の実状について体験したり働く人々と接したりする学習活動のことをいう。",
        "※3",
        "職場体験",
        "生徒",
    ),
];

#[test]
fn every_value_of_the_published_document_is_read_right() {
    for (text, expected) in VALUES {
        let read = measure(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(shown(&read), *expected, "{text}");
    }
    let over = measure("2人以上").unwrap();
    assert_eq!(
        over.quantity().and_then(|read| read.bound),
        Some(Bound::AtLeast)
    );
    let total = measure("延べ800人").unwrap();
    let qualifier = total.quantity().and_then(|read| read.qualifier);
    assert_eq!(qualifier, Some(Qualifier::Total));

    for (name, raw, expected) in BASELINES {
        for typed in [(*raw).to_owned(), format!("【{raw}】")] {
            let (cell, found) = match raw.is_empty() {
                true => ((*name).to_owned(), None),
                false => (format!("{name}\n{typed}"), Some(typed)),
            };
            assert_eq!(
                split_name(&cell),
                ((*name).to_owned(), found.clone()),
                "{cell}"
            );
            let spaced = cell.replacen("\nR", "　R", 1);
            assert_eq!(split_name(&spaced), ((*name).to_owned(), found), "{spaced}");
        }
        if raw.is_empty() {
            continue;
        }
        let read = baseline(raw).unwrap_or_else(|| panic!("{raw}"));
        let as_of = match raw.starts_with("R4") {
            true => AsOf::Date(2022, 3, Some(31)),
            false => AsOf::Year(FiscalYear(2021)),
        };
        assert_eq!(
            (read.as_of, shown(&read.measure).as_str()),
            (Some(as_of), *expected),
            "{raw}"
        );
    }

    for (text, lead, related) in DEPARTMENTS {
        let read = departments(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(
            (read.lead.as_slice(), read.related.as_slice()),
            (
                &*lead
                    .iter()
                    .map(|name| (*name).to_owned())
                    .collect::<Vec<_>>(),
                &*related
                    .iter()
                    .map(|name| (*name).to_owned())
                    .collect::<Vec<_>>()
            ),
            "{text}"
        );
    }

    let layout: Layout = toml::from_str(include_str!("../../templates/ojiya-r4.toml")).unwrap();
    for (text, mark, rank) in GRADES {
        let read = grade(text, &layout, 0);
        assert_eq!(
            (read.mark.as_deref(), read.rank()),
            (*mark, *rank),
            "{text}"
        );
        assert_eq!(read.cancelled, text.contains("取組中止"), "{text}");
    }

    for (cell, mark, term, begins) in FOOTNOTES {
        let read = footnotes(cell);
        let [(found, Some(name), text)] = read.as_slice() else {
            panic!("{cell}");
        };
        assert_eq!((found.as_str(), name.as_str()), (*mark, *term), "{cell}");
        assert!(text.starts_with(begins), "{cell}");
    }
}
