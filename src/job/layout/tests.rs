use super::*;

const FIRST: &str = include_str!("../../../templates/ojiya-r4.toml");
const OTHER: &str = include_str!("../../../templates/hoshikawa-r4.toml");

/// What is said of a description in which one text was replaced; the line is that of the text, or
/// so many below it.
#[track_caller]
fn told(of: &str, text: &str, by: &str) -> String {
    assert_eq!(of.matches(text).count(), 1, "{text}");
    let error = layout(&of.replace(text, by)).unwrap_err();
    let line = of[..of.find(text).unwrap()].matches('\n').count() + 1;
    let said = error.to_string();
    let begin = format!("様式の定義の{line}行目：");
    match said.strip_prefix(&begin) {
        Some(rest) => rest.to_owned(),
        None => panic!("line {line}: {said}"),
    }
}

#[test]
fn the_layouts_of_the_repository_are_sound() {
    assert_eq!(layout(FIRST).unwrap().id, "ojiya-r4");
    let other = layout(&format!("\u{feff}{}", OTHER.replace('\n', "\r\n"))).unwrap();
    assert_eq!(other.id, "hoshikawa-r4");
    assert!(!other.has_halves() && other.axes.len() == 2);
}

#[test]
fn what_is_no_toml_is_told_as_in_the_settings() {
    for (text, by, expected) in [
        (
            "id = \"ojiya-r4\"",
            "id = ojiya-r4",
            "「ojiya-r4」が引用符で囲まれていません。「\"ojiya-r4\"」のように、半角の「\"」で囲んでください。",
        ),
        (
            "cover = \"表紙\"",
            "cover ＝ \"表紙\"",
            "全角の「＝」があるため、設定として読み取れません。半角で入力し直してください。",
        ),
        (
            "cover = \"表紙\"",
            "cover = \"表紙",
            "引用符かかっこが閉じられていません。同じ行の中で閉じてください。",
        ),
        (
            "kpi_columns = 3",
            "activity_columns = 3",
            "「activity_columns」が二度書かれています。一つにまとめてください。",
        ),
    ] {
        assert_eq!(told(FIRST, text, by), expected);
    }
}

#[test]
fn unknown_missing_and_wrong_keys_are_told_with_what_to_write() {
    for (text, by, expected) in [
        (
            "kpi_columns = 3",
            "kpi_colums = 3",
            "[item]に「kpi_colums」という項目はありません。「kpi_columns」の書き間違いでないか確かめてください。",
        ),
        (
            "[look]",
            "[lok]",
            "「lok」という項目はありません。「look」の書き間違いでないか確かめてください。",
        ),
        (
            "document = \"進捗管理票\"",
            "landscape = true",
            "「landscape」は[page]の項目です。「[page]」の見出しの下に移してください。",
        ),
        (
            "label = \"計画どおり\"",
            "lable = \"計画どおり\"",
            "[grades]に「lable」という項目はありません。「label」の書き間違いでないか確かめてください。",
        ),
        (
            "kpi_columns = 3",
            "kpi_columns = \"3\"",
            "「kpi_columns」の値「3」は使えません。「kpi_columns」には0以上の整数を、「\"」で囲まずに書いてください。",
        ),
        (
            "column_width = 7.0",
            "column_width = true",
            "「column_width」の値「true」は使えません。「column_width」には数を、「\"」で囲まずに書いてください。",
        ),
        (
            "landscape = false",
            "landscape = \"縦\"",
            "「landscape」の値「縦」は使えません。「landscape」にはtrue か false を、「\"」で囲まずに書いてください。",
        ),
        (
            "cover = \"表紙\"",
            "cover = \" \"",
            "「cover」の値「」は使えません。「cover」には空でない文字を書いてください。",
        ),
        (
            "lead = [\"主管課\"",
            "lead = \"主管課\" #",
            "「lead」の値「主管課」は使えません。「lead」には[\"取組番号\", \"取組No\"]のように、「\"」で囲んだ文字を[ ]の中に並べて書いてください。",
        ),
        (
            "margins = [18.0, 18.0, 18.0, 18.0]",
            "margins = [18.0, 18.0]",
            "「margins」の値「[18.0, 18.0]」は使えません。「margins」には[18.0, 18.0, 18.0, 18.0]のように、四つの数を並べて書いてください。",
        ),
    ] {
        assert_eq!(told(FIRST, text, by), expected);
    }
    let mut said = told(
        OTHER,
        "kpi_arrangement = \"columns\"",
        "kpi_arrangement = \"side\"",
    );
    assert!(said.ends_with("「storeys」（上下二段）か「columns」（横に並べる）を書いてください。"));
    said = layout(&FIRST.replace("kpi_columns = 3\n", ""))
        .unwrap_err()
        .to_string();
    assert!(said.ends_with(
        "：[item]に「kpi_columns」がありません。「kpi_columns = 3」のように書いてください。"
    ));
    said = layout(&FIRST.replace("id = \"ojiya-r4\"", ""))
        .unwrap_err()
        .to_string();
    assert_eq!(
        said,
        "様式の定義の1行目：「id」がありません。「id = \"mishi-r6\"」のように書いてください。"
    );
    said = layout(
        &OTHER
            .replace("[[axes]]", "[axes]")
            .replacen("[axes]", "", 1),
    )
    .unwrap_err()
    .to_string();
    assert!(said.starts_with("様式の定義の"), "{said}");
}

#[test]
fn columns_that_do_not_add_up_are_told_with_their_sum() {
    for (text, by, expected) in [
        (
            "  [{ label = \"title\", columns = 2 }",
            "  [{ label = \"title\", columns = 3 }",
            "headerの2行目の列数の合計が13で、票全体の12列と合いません。合計が12になるように直してください。",
        ),
        (
            "status_columns = [4, 4, 4]",
            "status_columns = [5, 4, 4]",
            "実施状況の列数の合計が13で、票全体の12列と合いません。合計が12になるように直してください。",
        ),
        (
            "status_columns = [4, 4, 4]",
            "status_columns = [6, 6]",
            "実施状況の列が2個ありますが、3個の欄があります。列数を3個書いてください（半期に分けないときは、first_halfを書かず2個にします）。",
        ),
        (
            "status_columns = [4, 4, 4]",
            "status_columns = [8, 0, 4]",
            "実施状況の欄に使える列がありません。1以上の列数を書いてください。",
        ),
        (
            "kpi_columns = 3",
            "kpi_columns = 11",
            "数値目標の年度に使える列が1列しか残らず、二か年分も入りません。全体の列数（columns）を増やすか、名称や基準値の列を減らしてください。",
        ),
        (
            "activity_columns = 3",
            "activity_columns = 0",
            "年次計画に使える列がありません。1以上の列数を書いてください。",
        ),
        (
            "grade_columns = 3",
            "grade_columns = 12",
            "評価コメントに使える列がありません。1以上の列数を書いてください。",
        ),
        (
            "kpi_columns = 3",
            "kpi_columns = 3\nbaseline_columns = 2",
            "",
        ),
    ] {
        if expected.is_empty() {
            let said = layout(&FIRST.replace(text, by)).unwrap_err().to_string();
            assert!(
                said.contains("基準値の列（baseline_columns）を設けられません。"),
                "{said}"
            );
            continue;
        }
        assert_eq!(told(FIRST, text, by), expected);
    }
    let said = told(OTHER, "axis_columns = 3", "axis_columns = 0");
    assert_eq!(
        said,
        "評価軸の見出し（axis_columns）に使える列がありません。1以上の列数を書いてください。"
    );
}

#[test]
fn a_header_has_every_field_once_with_its_label() {
    let row = "  [{ label = \"effects\", columns = 2 }, { field = \"effects\", columns = 10 }],\n";
    let said = layout(&FIRST.replace(row, "")).unwrap_err().to_string();
    assert!(
        said.contains("headerに「effects」の見出しと欄が一組ありません。"),
        "{said}"
    );
    let both = "{ label = \"effects\", field = \"effects\", columns = 2 }";
    let said = told(
        FIRST,
        "  [{ label = \"effects\", columns = 2 }",
        &format!("  [{both}"),
    );
    assert!(said.starts_with("headerの一つのセルに、labelかfieldのどちらか一つがありません。"));
}

#[test]
fn labels_that_cannot_be_found_or_written_are_told() {
    for (text, by, expected) in [
        (
            "lead = [\"主管課\"",
            "lead = [] #",
            "「lead」の書き方が一つもありません。様式に印刷されている言葉を一つ以上書いてください。",
        ),
        (
            "schedule_year = [\"{year}\"",
            "schedule_year = [\"{yaer}\"",
            "「{yaer}」という置き換えはありません。「{year}」の書き間違いでないか確かめてください。",
        ),
        (
            "schedule_year = [\"{year}\"",
            "schedule_year = [\"{year\"",
            "「{year」の「{」が「}」で閉じられていません。「{year}」のように書いてください。",
        ),
        (
            "lead = [\"主管課\"",
            "lead = [\"{year}主管課\"",
            "「{year}主管課」は票に書く言葉ですが、「{year}」に当たるものがありません。票に印刷されているとおりの言葉を先頭に書き、置き換えを使う書き方は二番目以降に移してください。",
        ),
        (
            "schedule_year = [\"{year}\"",
            "schedule_year = [\"年度\"",
            "「schedule_year」の先頭の書き方に年度がなく、どの年度の欄か分かりません。「{year}」を入れて書くか、実績と目標であれば、上の行の年度をkpi_yearに書いてください。",
        ),
        (
            "effects = [",
            "effects = [\"実 施 内 容\", ",
            "「実 施 内 容」は「content」の見出しにも使われており、区別できません。どちらかの見出しから除くか、様式に印刷されている別の言葉にしてください。",
        ),
    ] {
        assert_eq!(told(FIRST, text, by), expected);
    }
    let said = told(OTHER, "label = [\"達成\"", "label = [\"進捗\"");
    assert!(
        said.starts_with("「進捗」は「一つ目のaxes」の見出しにも使われており"),
        "{said}"
    );
    let said = layout(&OTHER.replace("result = [", "heading_of_results = ["))
        .unwrap_err()
        .to_string();
    assert!(
        said.contains("「heading_of_results」という項目はありません。"),
        "{said}"
    );
    let result = OTHER
        .lines()
        .find(|line| line.starts_with("result = ["))
        .unwrap();
    let said = layout(&OTHER.replace(result, "")).unwrap_err().to_string();
    assert!(
        said.contains("[labels]に取組結果の見出し（second_half または result）がありません。"),
        "{said}"
    );
}

#[test]
fn grades_that_cannot_be_told_apart_are_told() {
    let line = |said: &str| said.split("行目").next().unwrap_or("").to_owned();
    let second = "mark = \"○\"";
    let said = layout(&FIRST.replace(second, "mark = \"⊚\""))
        .unwrap_err()
        .to_string();
    assert!(
        said.ends_with("「⊚」が二つの評価区分に使われています。どちらか一つにしてください。"),
        "{said}"
    );
    let at = FIRST[..FIRST.find(second).unwrap()].matches('\n').count();
    assert_eq!(
        line(&said),
        format!("様式の定義の{at}"),
        "the line of [[grades]]"
    );
    let text = FIRST
        .replace("[[grades]]", "")
        .replace("cancelled = [", "grades = []\ncancelled = [");
    let from = text.find("# 評価区分 (良い順)").unwrap();
    let to = text.find("# 票の描き方").unwrap();
    let said = layout(&format!("{}{}", &text[..from], &text[to..]))
        .unwrap_err()
        .to_string();
    assert!(said.ends_with("評価区分が一つもありません。「[[grades]]」と書いた下に、良い順に一つずつ書いてください。"), "{said}");
}

#[test]
fn names_colours_and_paper_that_cannot_be_used_are_told() {
    for (text, by, expected) in [
        (
            "item = \"取組{number}\"",
            "item = \"取組\"",
            "票のシートの名前に「{number}」がありません。「取組{number}」のように書いてください。",
        ),
        (
            "cover = \"表紙\"",
            "cover = \"表/紙\"",
            "「表/紙」はシートの名前に使えません。31字までとし、「\\ / ? * [ ] :」と、両端の「'」を除いてください。",
        ),
        (
            "findings = \"点検結果\"",
            "findings = \"提出状況\"",
            "「提出状況」という名前のシートが二つになります。別の名前にしてください。",
        ),
        (
            "cover = \"表紙\"",
            "cover = \"説明\"",
            "シート「説明」は、instructionsの「説明」を含むため、説明のシートとして読み飛ばされます。シートの名前を変えるか、instructionsからその言葉を除いてください。",
        ),
        (
            "label_fill = \"EDEDED\"",
            "label_fill = \"灰色\"",
            "色「灰色」が読めません。D9E2F3のように、0～9とA～Fの6桁で書いてください。",
        ),
        (
            "text_size = 10.5",
            "text_size = 100",
            "文字の大きさが範囲を外れています。6から72までのポイント数で書いてください。",
        ),
        (
            "margins = [18.0, 18.0, 18.0, 18.0]",
            "margins = [100, 100, 18, 18]",
            "余白が広すぎて、印刷できる場所が残りません。左・右・上・下の順にミリメートルで、紙の大きさ（A4）より小さく書いてください。",
        ),
    ] {
        assert_eq!(told(FIRST, text, by), expected);
    }
    let long = format!("text_font = \"{}\"", "明".repeat(32));
    assert!(told(FIRST, "text_font = \"ＭＳ 明朝\"", &long).contains("は使えません。"));
}
