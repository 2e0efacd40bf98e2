//! What there can be too much of, and what to say of it.

/// What there can be too much of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limited {
    /// Bytes of the file.
    File,
    /// Entries of the package.
    Entries,
    /// Unpacked bytes of a part.
    Part,
    /// Unpacked bytes of all parts.
    Total,
    /// Unpacked bytes for each packed one.
    Ratio,
    /// Bytes of a tag or a text.
    Token,
    /// Nested elements.
    Depth,
    /// Sheets.
    Sheets,
    /// Cells.
    Cells,
    /// Merged ranges.
    Merges,
    /// Style records.
    Styles,
    /// Unreadable cells.
    Damaged,
    /// Bytes of memory.
    Memory,
    /// Seconds.
    Seconds,
    /// Cells of the rectangle around all cells of an old workbook.
    Rectangle,
}

const MIB: u64 = 1 << 20;
const KIB: u64 = 1 << 10;

impl Limited {
    /// The key in the `[limits]` of torimatome.toml, and how many of ours its unit is; `None` for
    /// what cannot be set.
    pub fn key(self) -> Option<(&'static str, u64)> {
        Some(match self {
            Self::File => ("file_mib", MIB),
            Self::Entries => ("entries", 1),
            Self::Part => ("part_mib", MIB),
            Self::Total => ("total_mib", MIB),
            Self::Ratio => ("ratio", 1),
            Self::Token => ("token_kib", KIB),
            Self::Depth => ("depth", 1),
            Self::Sheets => ("sheets", 1),
            Self::Cells => ("cells", 1),
            Self::Merges => ("merges", 1),
            Self::Styles => ("styles", 1),
            Self::Damaged => ("damaged", 1),
            Self::Memory => ("memory_mib", MIB),
            Self::Seconds => ("seconds", 1),
            Self::Rectangle => return None,
        })
    }

    /// Says which limit a file ran into, in a Japanese sentence.
    pub(super) fn reason(self, limit: u64, part: Option<&str>) -> String {
        let mib = shown(limit, MIB);
        let text = match self {
            Self::File => format!("ファイルが大きすぎます（上限 {mib}MB）"),
            Self::Entries => format!("ファイルの中の部品が多すぎます（上限 {limit}個）"),
            Self::Part => format!("展開すると大きくなりすぎる部品があります（上限 {mib}MB）"),
            Self::Total => format!("展開すると大きくなりすぎます（上限 {mib}MB）"),
            Self::Ratio => format!("圧縮率が高すぎる部品があります（上限 {limit}倍）"),
            Self::Token => format!("長すぎる文字列があります（上限 {limit}バイト）"),
            Self::Depth => format!("入れ子が深すぎます（上限 {limit}段）"),
            Self::Sheets => format!("シートが多すぎます（上限 {limit}枚）"),
            Self::Cells => format!("セルが多すぎます（上限 {limit}個）"),
            Self::Merges => format!("セルの結合が多すぎます（上限 {limit}個）"),
            Self::Styles => format!("セルの書式が多すぎます（上限 {limit}個）"),
            Self::Damaged => format!("読み取れないセルが多すぎます（上限 {limit}個）"),
            Self::Memory => format!("読み取りに必要なメモリーが多すぎます（上限 {mib}MB）"),
            Self::Seconds => format!("読み取りに時間がかかりすぎます（上限 {limit}秒）"),
            Self::Rectangle => {
                format!("セルが離れて記入されていて、間のセルが多すぎます（上限 {limit}個）")
            }
        };
        match part {
            Some(part) => format!("{text}：{part}。"),
            None => format!("{text}。"),
        }
    }

    /// Says what to do about it, in a Japanese sentence.
    pub(super) fn advice(self, limit: u64) -> String {
        let Some((key, unit)) = self.key() else {
            return "離れたセルの記入を消すか、Excelで「Excel ブック (*.xlsx)」として保存し直してください。"
                .to_owned();
        };
        let now = shown(limit, unit);
        format!(
            "不要なシート・書式・画像を削除して保存し直すか、このままで正しいときは torimatome.toml の [limits] に「{key} = 値」を{now}より大きく書いてください。"
        )
    }
}

/// A limit in a unit, rounded up.
fn shown(limit: u64, unit: u64) -> u64 {
    limit.div_ceil(unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_limit_says_its_value_and_where_it_is_set() {
        for (what, limit, reason, advice) in [
            (
                Limited::Part,
                512 << 20,
                "上限 512MB",
                "「part_mib = 値」を512より",
            ),
            (
                Limited::Token,
                1 << 20,
                "上限 1048576バイト",
                "「token_kib = 値」を1024より",
            ),
            (Limited::Depth, 100, "上限 100段", "「depth = 値」を100より"),
            (Limited::Seconds, 8, "上限 8秒", "「seconds = 値」を8より"),
            (Limited::Rectangle, 4, "上限 4個", ".xlsx"),
        ] {
            assert!(what.reason(limit, None).contains(reason), "{what:?}");
            assert!(
                what.advice(limit).contains(advice),
                "{}",
                what.advice(limit)
            );
            assert!(what.advice(limit).ends_with("ください。"));
        }
        let named = Limited::Part.reason(1 << 20, Some("xl/styles.xml"));
        assert!(named.ends_with("：xl/styles.xml。"), "{named}");
    }
}
