//! What departments are called elsewhere, were called before, or become.

use super::Period;

/// 改組・別名: a department's name that stands for another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renaming {
    /// The other name, or the name before.
    pub old: String,
    /// The name in the plan, or the name after.
    pub new: String,
    /// The first period in which it holds; `None` for any.
    pub from: Option<Period>,
}

impl Renaming {
    /// Tells whether it holds in a period.
    pub fn holds(&self, period: Period) -> bool {
        self.from.is_none_or(|from| from <= period)
    }
}
