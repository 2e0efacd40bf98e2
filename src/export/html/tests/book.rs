//! The books whose pages are looked at.

use super::*;

pub(super) fn item(number: u32, lead: &str, returned: bool) -> BookItem {
    let departments = Departments {
        lead: vec![lead.to_owned()],
        related: Vec::new(),
    };
    let plan = ItemSheet {
        number: Field::known(number, number.to_string(), None),
        departments: Field::known(departments, lead, None),
        ..sheet()
    };
    let returns = Return {
        sheet: plan.clone(),
        modified: None,
        departments: vec![lead.to_owned()],
        named: None,
        answers: Vec::new(),
    };
    BookItem {
        official: plan.clone(),
        plan,
        index: None,
        previous: None,
        returns: returned.then_some(returns).into_iter().collect(),
        chosen: returned.then_some(0),
        superseded: Vec::new(),
        other_period: Vec::new(),
        misnumbered: Vec::new(),
        joined: Joined::default(),
        matches: Vec::new(),
        twins: BTreeMap::new(),
        closed: false,
    }
}

pub(super) fn file(name: &str, outcome: Outcome) -> CollectedFile {
    CollectedFile::new(name, outcome)
}

/// Two departments and two items, one of them returned; one file that could not be read.
pub(super) fn book() -> Book {
    let unreadable = Outcome::Unreadable {
        reason: "パスワードで保護されています。".to_owned(),
        advice: "外してください。".to_owned(),
    };
    Book {
        period: AT,
        cover: cover(),
        years: Vec::new(),
        plan_files: vec!["計画.xlsx".to_owned()],
        previous: None,
        items: vec![item(7, "総務課", true), item(8, "建設課", false)],
        listed_only: Vec::new(),
        strangers: Vec::new(),
        departments: vec![
            ("総務課".to_owned(), Submission::Returned),
            ("建設課".to_owned(), Submission::Nothing),
        ],
        files: vec![
            file("総務課.xlsx", Outcome::Read),
            file("壊れた.xlsx", unreadable),
        ],
        layout: toml::from_str(include_str!("../../../../templates/ojiya-r4.toml")).unwrap(),
        thresholds: Thresholds::default(),
        kpi_settings: Vec::new(),
        origins: BTreeMap::new(),
    }
}

pub(super) fn findings() -> Vec<Finding> {
    vec![
        finding("K03", Level::Error, &["E25", "H25"]),
        Finding {
            acknowledged: Some("電話で確認した".to_owned()),
            ..finding("K03", Level::Warning, &["E26"])
        },
        Finding {
            item: Some(8),
            department: Some("建設課、総務課".to_owned()),
            ..finding("N04", Level::Info, &["A1"])
        },
        Finding {
            item: None,
            department: None,
            place: None,
            file: Some("壊れた.xlsx".to_owned()),
            ..finding("S03", Level::Warning, &[])
        },
    ]
}
