//! 分冊: a merged workbook that is too large for one file, and how its parts are known.
//!
//! A plan of thousands of items is written as one 総括, which lists and sums up all of them, and as
//! 分冊 of some hundred item sheets each. What a workbook is stands on its cover in words, so that it
//! outlives renaming, printing and other programs.

use super::text::fold;

/// The custom property (ECMA-376 Part 1, 22.3) of a 総括 and its 分冊 that says of which set they are:
/// the same for all that were written together, and another one wherever what was written differs.
pub const SET_PROPERTY: &str = "torimatome分冊";

/// What of a plan one workbook holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Volume {
    /// All of it.
    #[default]
    Whole,
    /// 総括: what is said of all items, whose sheets stand in so many volumes.
    Summary {
        /// How many volumes there are.
        of: usize,
    },
    /// 分冊: some of the items.
    One {
        /// Which of them, from 1.
        number: usize,
        /// How many volumes there are.
        of: usize,
    },
}

impl Volume {
    /// What its cover says: `総括（全12分冊）`, `第3分冊（全12分冊）`; nothing of a whole workbook.
    pub fn label(self) -> Option<String> {
        match self {
            Self::Whole => None,
            Self::Summary { of } => Some(format!("総括（全{of}分冊）")),
            Self::One { number, of } => Some(format!("第{number}分冊（全{of}分冊）")),
        }
    }

    /// Reads what a cover says.
    ///
    /// ```
    /// use torimatome::model::Volume;
    /// assert_eq!(Volume::parse("第３分冊（全１２分冊）"), Some(Volume::One { number: 3, of: 12 }));
    /// assert_eq!(Volume::parse("総括（全12分冊）"), Some(Volume::Summary { of: 12 }));
    /// assert_eq!(Volume::parse("第13分冊（全12分冊）"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let folded = fold(text.trim());
        let (name, rest) = folded.split_once("(全")?;
        let of: usize = rest.strip_suffix("分冊)")?.parse().ok()?;
        if name == "総括" {
            return (of > 0).then_some(Self::Summary { of });
        }
        let number = name.strip_prefix('第')?.strip_suffix("分冊")?;
        let number = number.parse().ok()?;
        (1..=of)
            .contains(&number)
            .then_some(Self::One { number, of })
    }

    /// How many volumes there are beside it, if it is a summary.
    pub fn volumes(self) -> usize {
        match self {
            Self::Summary { of } => of,
            Self::Whole | Self::One { .. } => 0,
        }
    }
}

/// The file name of a volume, without its ending, by the summary's: `進捗管理票_第03分冊`.
///
/// The numbers are as long as the last one, so that a folder shows the files in order.
pub fn volume_name(summary: &str, number: usize, of: usize) -> String {
    let digits = of.to_string().len();
    format!("{summary}_第{number:0digits$}分冊")
}

/// How many items each volume holds: at most so many, and a 重点項目 is begun in a new volume rather
/// than parted where the one before it is at least half full. `priorities` are the items', in order.
pub fn volume_lengths(priorities: &[&str], most: usize) -> Vec<usize> {
    let most = most.max(1);
    let mut lengths = Vec::new();
    let mut rest = priorities;
    while rest.len() > most {
        let begins = |at: &usize| rest[*at] != rest[*at - 1];
        let least = most.div_ceil(2);
        let cut = (least..=most).rev().find(begins).unwrap_or(most);
        lengths.push(cut);
        rest = &rest[cut..];
    }
    lengths.push(rest.len());
    lengths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_cover_says_is_read_again() {
        for volume in [
            Volume::Summary { of: 2 },
            Volume::One { number: 1, of: 2 },
            Volume::One {
                number: 40,
                of: 100,
            },
        ] {
            assert_eq!(Volume::parse(&volume.label().unwrap()), Some(volume));
        }
        assert_eq!(Volume::Whole.label(), None);
        for other in [
            "総括",
            "第3分冊",
            "第0分冊（全3分冊）",
            "総括（全0分冊）",
            "令和5年度",
        ] {
            assert_eq!(Volume::parse(other), None, "{other}");
        }
    }

    #[test]
    fn names_stand_in_order() {
        assert_eq!(volume_name("集約版", 3, 40), "集約版_第03分冊");
        assert_eq!(volume_name("集約版", 3, 9), "集約版_第3分冊");
    }

    #[test]
    fn volumes_begin_where_a_priority_does_unless_they_would_be_less_than_half_full() {
        assert_eq!(volume_lengths(&["甲"; 10], 4), [4, 4, 2]);
        let two = ["甲", "甲", "甲", "乙", "乙", "乙", "丙", "丙"];
        assert_eq!(volume_lengths(&two, 4), [3, 3, 2]);
        // Only one of four would be left in the first.
        assert_eq!(volume_lengths(&["甲", "乙", "乙", "乙", "乙"], 4), [4, 1]);
        assert_eq!(volume_lengths(&two, 8), [8]);
        assert_eq!(volume_lengths(&[], 4), [0]);
        assert_eq!(volume_lengths(&two, 1), [1; 8]);
        assert_eq!(volume_lengths(&two, 0), [1; 8]);
    }
}
