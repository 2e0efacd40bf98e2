//! A field: what it says, as it was typed, and where.

use super::text::is_blank;
use super::{Place, Words};

/// What a field holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<T> {
    /// 空欄: nothing was entered.
    Blank,
    /// 値: entered and understood.
    Known(T),
    /// 様式外: entered, but not readable as what it should be.
    Unreadable,
}

/// A value beside its raw text and its place; nothing is corrected in silence.
#[derive(Clone, Debug, PartialEq)]
pub struct Field<T> {
    /// The typed value.
    pub value: Value<T>,
    /// What a person sees in the cell, line breaks as `\n`; `None` when blank.
    pub raw: Option<Words>,
    /// The cell it stands in, or would stand in; `None` where the form has no such cell.
    pub place: Option<Place>,
}

/// A field of free text.
pub type Text = Field<Words>;

impl<T> Field<T> {
    /// Makes a blank field at a place.
    pub fn blank(place: Option<Place>) -> Self {
        Self {
            value: Value::Blank,
            raw: None,
            place,
        }
    }

    /// Makes a field that was understood.
    pub fn known(value: T, raw: impl Into<Words>, place: Option<Place>) -> Self {
        Self {
            value: Value::Known(value),
            raw: Some(raw.into()),
            place,
        }
    }

    /// Makes a field whose text could not be read.
    pub fn unreadable(raw: impl Into<Words>, place: Option<Place>) -> Self {
        Self {
            value: Value::Unreadable,
            raw: Some(raw.into()),
            place,
        }
    }

    /// The value, if it was understood.
    pub fn get(&self) -> Option<&T> {
        match &self.value {
            Value::Known(value) => Some(value),
            Value::Blank | Value::Unreadable => None,
        }
    }

    /// Tells whether nothing was entered.
    pub fn is_blank(&self) -> bool {
        matches!(self.value, Value::Blank)
    }

    /// The raw text as a string of its own; `None` when blank.
    pub fn said(&self) -> Option<String> {
        self.raw.as_deref().map(str::to_owned)
    }

    /// The raw text, empty when blank.
    pub fn text(&self) -> &str {
        self.raw.as_deref().unwrap_or("")
    }
}

impl Text {
    /// Makes a text field; what shows nothing is blank.
    pub fn from_raw(raw: Option<&str>, place: Option<Place>) -> Self {
        match raw {
            Some(raw) if !is_blank(raw) => Self::of_words(raw.into(), place),
            Some(_) | None => Self::blank(place),
        }
    }

    /// Makes a text field of words that show something.
    pub fn of_words(words: Words, place: Option<Place>) -> Self {
        Self::known(words.clone(), words, place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_and_its_copies_hold_their_words_once() {
        let text = Text::from_raw(Some("窓口の見直し"), None);
        let copy = text.clone();
        let words = [&text, &copy].map(|text| (text.get().unwrap(), text.raw.as_ref().unwrap()));
        for (value, raw) in words {
            assert!(Words::ptr_eq(value, words[0].0));
            assert!(Words::ptr_eq(raw, words[0].0));
        }
    }

    #[test]
    fn a_field_stays_small_for_a_plan_has_a_million() {
        assert!(size_of::<Text>() <= 40);
        assert!(size_of::<Field<crate::model::Measure>>() <= 80);
    }
}
