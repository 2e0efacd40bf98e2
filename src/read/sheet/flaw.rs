//! Why a single cell cannot be read.

use crate::model::Damage;

/// Why a single cell cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::read) enum Flaw {
    /// The value is written in a way that programs read differently.
    Ambiguous,
    /// A formula whose result was never stored.
    Uncalculated,
    /// The cell stands in the sheet twice.
    Twice,
    /// The reader refuses the value.
    Refused,
    /// A number that is none, or too large.
    NotANumber,
    /// Words where a number belongs; they are read as a text.
    Words,
}

impl Flaw {
    /// What it is to those who judge it.
    pub(in crate::read) fn damage(self) -> Damage {
        match self {
            Self::Uncalculated => Damage::Uncalculated,
            Self::Twice => Damage::Twice,
            Self::Ambiguous | Self::Refused | Self::NotANumber | Self::Words => Damage::Other,
        }
    }

    /// Says so in a Japanese sentence.
    pub(in crate::read) fn reason(self) -> &'static str {
        match self {
            Self::Ambiguous => "セルの値の保存のされ方が正しくないため、読み取れません。",
            Self::Uncalculated => {
                "数式の計算結果が保存されていないため、値を読み取れません。Excelで開いて保存し直してください。"
            }
            Self::Twice => "同じセルが二つ保存されています。後の値は読み取っていません。",
            Self::Refused => "セルの値の種類が分からないため、読み取れません。",
            Self::Words => {
                "数値のセルに、数値でない文字が保存されています。文字として読み取りました。"
            }
            Self::NotANumber => "数値として扱えない値が保存されています。",
        }
    }
}
