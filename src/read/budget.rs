//! What reading a file may take of the memory, counted before it is taken: memory that runs out
//! ends the program, and nothing can catch that.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use super::error::ReadError;
use super::limited::Limited;
use super::limits::Limits;

/// Bytes of a cell with a value beside its text: its place in the sheet, and the text's own head.
const CELL: u64 = 128;

/// The memory that is left for a file.
#[derive(Debug)]
pub(super) struct Budget {
    left: AtomicU64,
    limit: u64,
}

impl Budget {
    pub(super) fn new(limits: &Limits) -> Self {
        Self {
            left: AtomicU64::new(limits.memory),
            limit: limits.memory,
        }
    }

    /// Takes bytes, or refuses the file.
    pub(super) fn take(&self, bytes: u64) -> Result<(), ReadError> {
        let take = |left: u64| left.checked_sub(bytes);
        match self.left.fetch_update(Relaxed, Relaxed, take) {
            Ok(_) => Ok(()),
            Err(_) => Err(ReadError::over(Limited::Memory, self.limit, None)),
        }
    }

    /// Takes what cells with one text take together.
    pub(super) fn cells(&self, count: usize, text: usize) -> Result<(), ReadError> {
        self.take((count as u64).saturating_mul(CELL.saturating_add(text as u64)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_can_be_taken_and_no_more() {
        let limits = Limits {
            memory: 2 * CELL + 10,
            ..Limits::default()
        };
        let budget = Budget::new(&limits);
        assert!(budget.cells(1, 10).is_ok());
        assert!(budget.take(CELL).is_ok());
        let over = ReadError::over(Limited::Memory, limits.memory, None);
        assert_eq!(budget.take(1), Err(over.clone()));
        assert_eq!(budget.cells(usize::MAX, usize::MAX), Err(over));
    }
}
