//! How an item, or a department with it, stands in the collection.

use crate::model::text::fold;
use crate::model::{Book, BookItem, Return, Submission};

/// How an item, or a department with it, stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Returned,
    ByAnother,
    OtherPeriod,
    Unreadable,
    Closed,
    Nothing,
}

impl State {
    /// The word.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Returned => "提出済",
            Self::ByAnother => "他課提出",
            Self::OtherPeriod => "様式違い",
            Self::Unreadable => "読取不可",
            Self::Closed => "対象外",
            Self::Nothing => "未提出",
        }
    }

    /// Whether something is still to come.
    pub(super) fn is_open(self) -> bool {
        match self {
            Self::Returned | Self::ByAnother | Self::Closed => false,
            Self::OtherPeriod | Self::Unreadable | Self::Nothing => true,
        }
    }
}

/// How an item stands: it counts as returned when any of its leads returned it.
pub(super) fn state(book: &Book, item: &BookItem) -> State {
    if item.chosen.is_some() {
        return State::Returned;
    }
    if item.closed {
        return State::Closed;
    }
    if !item.other_period.is_empty() {
        return State::OtherPeriod;
    }
    let unreadable = book.departments.iter().any(|(department, stands)| {
        *stands == Submission::Unreadable
            && item
                .lead()
                .iter()
                .any(|lead| fold(lead) == fold(department))
    });
    if unreadable {
        return State::Unreadable;
    }
    State::Nothing
}

/// How one of an item's leads stands with it.
pub(super) fn state_of(item: &BookItem, department: &str, stands: Submission) -> State {
    let from = |returns: &[Return]| {
        returns.iter().any(|returned| {
            let mut departments = returned.departments.iter();
            departments.any(|name| fold(name) == fold(department))
        })
    };
    if from(&item.returns) || item.chosen.is_some() && item.lead().len() <= 1 {
        return State::Returned;
    }
    if item.chosen.is_some() {
        return State::ByAnother;
    }
    if item.closed {
        return State::Closed;
    }
    if from(&item.other_period) || !item.other_period.is_empty() && item.lead().len() <= 1 {
        return State::OtherPeriod;
    }
    match stands {
        Submission::Unreadable => State::Unreadable,
        Submission::Returned | Submission::Nothing => State::Nothing,
    }
}
