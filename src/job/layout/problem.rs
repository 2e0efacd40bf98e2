//! What can be wrong in a layout description that is well-formed, and what to do about it.

/// What is wrong; one variant for each thing a user can do something about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LayoutProblem {
    /// Columns of a row that do not make up the whole sheet.
    Columns {
        /// What the columns are for.
        part: String,
        /// Their sum.
        sum: u32,
        /// The columns of the sheet.
        columns: u16,
    },
    /// The results have another number of columns than labels.
    StatusColumns {
        /// How many are given.
        found: usize,
        /// How many there should be.
        expected: usize,
    },
    /// A part without a column.
    NoColumn(&'static str),
    /// No room for two years.
    NoRoom {
        /// What the years stand in.
        part: &'static str,
        /// The columns that are left.
        left: u16,
    },
    /// Baselines have a column, and no label or no place for it.
    Baseline,
    /// A field of the header that is not there just once, or has no label on its left.
    HeaderField(&'static str),
    /// A cell of the header that is neither a label nor a field, or both.
    HeaderCell,
    /// A label without spellings.
    NoSpelling(String),
    /// The year's results have no label.
    NoResult,
    /// A placeholder that does not exist.
    Placeholder {
        /// As typed.
        name: String,
        /// The nearest that exists.
        nearest: String,
    },
    /// A brace that is not closed.
    Brace(String),
    /// A placeholder in a text that is written, where nothing fills it.
    Unfilled {
        /// The placeholder.
        name: String,
        /// The text.
        text: String,
    },
    /// A heading of years whose written spelling names none.
    NoYear(String),
    /// Two labels in the same words.
    SameLabel {
        /// The words.
        text: String,
        /// The label that has them already.
        other: String,
    },
    /// A vocabulary without a grade.
    NoGrade,
    /// A mark or a word that two grades have.
    SameGrade(String),
    /// A sheet's name that Excel refuses.
    SheetName(String),
    /// Two sheets of one name.
    SameSheet(String),
    /// The name of an item's sheet without the item's number.
    NoNumber,
    /// A sheet that would be passed over as an instruction.
    Instruction {
        /// The sheet.
        sheet: String,
        /// The word of instructions in its name.
        word: String,
    },
    /// A colour that is none.
    Colour(String),
    /// A font's name that a workbook cannot hold.
    Font(String),
    /// A number out of its bounds.
    Bounds {
        /// What it is.
        what: &'static str,
        /// The bounds, with their unit.
        bounds: &'static str,
    },
    /// Margins that leave no paper.
    Margins,
}

impl LayoutProblem {
    /// What is wrong, a sentence.
    pub fn message(&self) -> String {
        match self {
            Self::Columns { part, sum, columns } => {
                format!("{part}の列数の合計が{sum}で、票全体の{columns}列と合いません。")
            }
            Self::StatusColumns { found, expected } => {
                format!("実施状況の列が{found}個ありますが、{expected}個の欄があります。")
            }
            Self::NoColumn(part) => format!("{part}に使える列がありません。"),
            Self::NoRoom { part, left } => {
                format!("{part}の年度に使える列が{left}列しか残らず、二か年分も入りません。")
            }
            Self::Baseline => "基準値の列（baseline_columns）を設けられません。".to_owned(),
            Self::HeaderField(field) => {
                format!("headerに「{field}」の見出しと欄が一組ありません。")
            }
            Self::HeaderCell => {
                "headerの一つのセルに、labelかfieldのどちらか一つがありません。".to_owned()
            }
            Self::NoSpelling(key) => format!("「{key}」の書き方が一つもありません。"),
            Self::NoResult => {
                "[labels]に取組結果の見出し（second_half または result）がありません。".to_owned()
            }
            Self::Placeholder { name, .. } => format!("「{{{name}}}」という置き換えはありません。"),
            Self::Brace(text) => format!("「{text}」の「{{」が「}}」で閉じられていません。"),
            Self::Unfilled { name, text } => {
                format!("「{text}」は票に書く言葉ですが、「{{{name}}}」に当たるものがありません。")
            }
            Self::NoYear(key) => {
                format!("「{key}」の先頭の書き方に年度がなく、どの年度の欄か分かりません。")
            }
            Self::SameLabel { text, other } => {
                format!("「{text}」は「{other}」の見出しにも使われており、区別できません。")
            }
            Self::NoGrade => "評価区分が一つもありません。".to_owned(),
            Self::SameGrade(text) => format!("「{text}」が二つの評価区分に使われています。"),
            Self::SheetName(name) => format!("「{name}」はシートの名前に使えません。"),
            Self::SameSheet(name) => format!("「{name}」という名前のシートが二つになります。"),
            Self::NoNumber => "票のシートの名前に「{number}」がありません。".to_owned(),
            Self::Instruction { sheet, word } => format!(
                "シート「{sheet}」は、instructionsの「{word}」を含むため、説明のシートとして読み飛ばされます。"
            ),
            Self::Colour(value) => format!("色「{value}」が読めません。"),
            Self::Font(name) => format!("文字の種類「{name}」は使えません。"),
            Self::Bounds { what, .. } => format!("{what}が範囲を外れています。"),
            Self::Margins => "余白が広すぎて、印刷できる場所が残りません。".to_owned(),
        }
    }

    /// What to do, a sentence ending in ください。
    pub fn advice(&self) -> String {
        match self {
            Self::Columns { columns, .. } => {
                format!("合計が{columns}になるように直してください。")
            }
            Self::StatusColumns { expected, .. } => format!(
                "列数を{expected}個書いてください（半期に分けないときは、first_halfを書かず2個にします）。"
            ),
            Self::NoColumn(_) => "1以上の列数を書いてください。".to_owned(),
            Self::NoRoom { .. } => {
                "全体の列数（columns）を増やすか、名称や基準値の列を減らしてください。".to_owned()
            }
            Self::Baseline => {
                "[labels]にbaselineを書き、kpi_arrangement = \"columns\"としてください。".to_owned()
            }
            Self::HeaderField(field) => format!(
                "「{{ label = \"{field}\", … }}, {{ field = \"{field}\", … }}」のように、見出しのすぐ右に欄を一度だけ書いてください。"
            ),
            Self::HeaderCell => {
                "見出しは「label」、記入欄は「field」として、一つずつ書いてください。".to_owned()
            }
            Self::NoSpelling(_) => "様式に印刷されている言葉を一つ以上書いてください。".to_owned(),
            Self::NoResult => {
                "半期に分ける様式ではfirst_halfとsecond_halfを、分けない様式ではresultを書いてください。"
                    .to_owned()
            }
            Self::Placeholder { nearest, .. } => {
                format!("「{{{nearest}}}」の書き間違いでないか確かめてください。")
            }
            Self::Brace(_) => "「{year}」のように書いてください。".to_owned(),
            Self::Unfilled { .. } => {
                "票に印刷されているとおりの言葉を先頭に書き、置き換えを使う書き方は二番目以降に移してください。"
                    .to_owned()
            }
            Self::NoYear(_) => {
                "「{year}」を入れて書くか、実績と目標であれば、上の行の年度をkpi_yearに書いてください。"
                    .to_owned()
            }
            Self::SameLabel { .. } => {
                "どちらかの見出しから除くか、様式に印刷されている別の言葉にしてください。".to_owned()
            }
            Self::NoGrade => "「[[grades]]」と書いた下に、良い順に一つずつ書いてください。".to_owned(),
            Self::SameGrade(_) => "どちらか一つにしてください。".to_owned(),
            Self::SheetName(_) => {
                "31字までとし、「\\ / ? * [ ] :」と、両端の「'」を除いてください。".to_owned()
            }
            Self::SameSheet(_) => "別の名前にしてください。".to_owned(),
            Self::NoNumber => "「取組{number}」のように書いてください。".to_owned(),
            Self::Instruction { .. } => {
                "シートの名前を変えるか、instructionsからその言葉を除いてください。".to_owned()
            }
            Self::Colour(_) => "D9E2F3のように、0～9とA～Fの6桁で書いてください。".to_owned(),
            Self::Font(_) => {
                "Excelに表示されるとおりのフォントの名前を、31字までで書いてください。".to_owned()
            }
            Self::Bounds { bounds, .. } => format!("{bounds}で書いてください。"),
            Self::Margins => {
                "左・右・上・下の順にミリメートルで、紙の大きさ（A4）より小さく書いてください。"
                    .to_owned()
            }
        }
    }
}
