//! One field of several returns: which counts, which contradict it, which are blank.

use std::collections::{BTreeMap, BTreeSet};

use super::Part;
use crate::model::likeness::content_key;
use crate::model::lines::apart;
use crate::model::text::strip_marks;
use crate::model::{
    Blanked, Choice, Conflict, Entered, Field, FieldName, Grade, ItemSheet, Place, Return,
};

/// Fields, each with its blank cell.
type Blanks = Vec<(FieldName, Option<Place>)>;

/// How a field's cells are compared, beside their texts.
pub(super) type Same<T> = fn(&T, &T) -> bool;

/// What was seen while fields were picked.
pub(super) struct Picker<'p, 'a> {
    parts: &'p [Part<'a>],
    conflicts: Vec<Conflict>,
    /// The keys of what else was entered in the last contradiction.
    known: BTreeMap<String, usize>,
    /// By the return that leaves fields blank and the one that fills them.
    blanks: BTreeMap<(usize, usize), Blanks>,
    /// Returns that fill something which another leaves blank.
    gives: BTreeSet<usize>,
    /// Returns that do not say what the joined sheet says.
    differs: BTreeSet<usize>,
    /// Places of fields → places of the fields that were taken in their stead.
    pub(super) twins: Vec<(Place, Place)>,
}

impl<'p, 'a> Picker<'p, 'a> {
    pub(super) fn new(parts: &'p [Part<'a>]) -> Self {
        Self {
            parts,
            conflicts: Vec::new(),
            known: BTreeMap::new(),
            blanks: BTreeMap::new(),
            gives: BTreeSet::new(),
            differs: BTreeSet::new(),
            twins: Vec::new(),
        }
    }

    /// Takes a field that every return has.
    pub(super) fn single<T: Clone + 'a>(
        &mut self,
        name: FieldName,
        same: Same<T>,
        field: impl Fn(&'a ItemSheet) -> &'a Field<T>,
    ) -> Field<T> {
        let parts = self.parts.iter().enumerate();
        let fields: Vec<(usize, &Field<T>)> =
            parts.map(|(at, part)| (at, field(part.sheet))).collect();
        self.field(name, same, &fields)
    }

    /// Takes the first of some fields that is filled; the first cell where none is.
    pub(super) fn field<T: Clone>(
        &mut self,
        name: FieldName,
        same: Same<T>,
        fields: &[(usize, &Field<T>)],
    ) -> Field<T> {
        let Some((taken, field)) = fields.iter().find(|(_, field)| !field.is_blank()) else {
            let with_cell = fields.iter().find(|(_, field)| field.place.is_some());
            let first = with_cell.or(fields.first());
            return first.map_or_else(|| Field::blank(None), |(_, field)| (*field).clone());
        };
        for (at, other) in fields.iter().filter(|(at, _)| at != taken) {
            if other.is_blank() {
                self.differs.insert(*at);
                if let Some(cell) = &other.place {
                    self.blank(name, *at, *taken, Some(cell));
                }
            } else if !is_same(name, same, field, other) {
                self.contradict(name, (*taken, field), (*at, other));
                continue;
            }
            if let (Some(from), Some(to)) = (&other.place, &field.place)
                && from != to
            {
                self.twins.push((from.clone(), to.clone()));
            }
        }
        (*field).clone()
    }

    /// Notes what a return that fills nothing says against what was taken.
    pub(super) fn against<T>(
        &mut self,
        name: FieldName,
        taken: (usize, &Field<T>),
        other: (usize, &Field<T>),
    ) where
        T: PartialEq,
    {
        if !other.1.is_blank() && !is_same(name, PartialEq::eq, taken.1, other.1) {
            self.contradict(name, taken, other);
        }
    }

    /// Notes that a return says something else than what was taken.
    pub(super) fn contradict<T>(
        &mut self,
        field: FieldName,
        (taken, value): (usize, &Field<T>),
        (at, other): (usize, &Field<T>),
    ) {
        let entered = |at: usize, field: &Field<T>| Entered {
            at: self.parts[at].at,
            raw: field.text().to_owned(),
            place: field.place.clone(),
        };
        let (taken, other) = (entered(taken, value), entered(at, other));
        self.differs.insert(at);
        let key = content_key(&other.raw);
        let last = self.conflicts.last_mut();
        let Some(conflict) = last.filter(|last| last.field == field && last.taken == taken) else {
            self.known = BTreeMap::from([(key, 0)]);
            self.conflicts.push(Conflict {
                field,
                taken,
                others: vec![vec![other]],
                // Set where the stamps are known.
                choice: Choice::NoStamp,
            });
            return;
        };
        let next = conflict.others.len();
        let group = *self.known.entry(key).or_insert(next);
        match conflict.others.get_mut(group) {
            Some(group) => group.push(other),
            None => conflict.others.push(vec![other]),
        }
    }

    /// Notes the returns that have no such row, though they could have.
    pub(super) fn absent(&mut self, name: FieldName, members: &[usize]) {
        let Some(first) = members.first().copied() else {
            return;
        };
        for at in (0..self.parts.len()).filter(|at| !members.contains(at)) {
            self.differs.insert(at);
            if self.parts[at].is_whole {
                self.blank(name, at, first, None);
            }
        }
    }

    fn blank(&mut self, name: FieldName, at: usize, taken: usize, cell: Option<&Place>) {
        self.gives.insert(taken);
        if at < taken {
            let fields = self.blanks.entry((at, taken)).or_default();
            fields.push((name, cell.cloned()));
        }
    }

    /// The contradictions, each with the reason of the choice.
    pub(super) fn conflicts(
        &mut self,
        returns: &[Return],
        between: impl Fn(&Return, &Return) -> Choice,
    ) -> Vec<Conflict> {
        let mut conflicts = std::mem::take(&mut self.conflicts);
        conflicts.sort_by_key(|conflict| conflict.field);
        conflicts.dedup_by(|later, kept| {
            let one = later.field == kept.field && later.taken == kept.taken;
            if one {
                kept.others.append(&mut later.others);
            }
            one
        });
        let places: BTreeMap<usize, usize> = (0..)
            .zip(self.parts)
            .map(|(at, part)| (part.at, at))
            .collect();
        for conflict in &mut conflicts {
            for group in &mut conflict.others {
                group.sort_by_key(|one| places.get(&one.at));
            }
            let first = |group: &Vec<Entered>| places.get(&group.first()?.at).copied();
            conflict.others.sort_by_key(first);
            let best = conflict.others.first().and_then(|group| group.first());
            if let Some(best) = best {
                conflict.choice = between(&returns[conflict.taken.at], &returns[best.at]);
            }
        }
        conflicts
    }

    /// The returns that say exactly what the joined sheet says.
    pub(super) fn equal(&self) -> Vec<usize> {
        let all = 0..self.parts.len();
        all.filter(|at| !self.differs.contains(at))
            .map(|at| self.parts[at].at)
            .collect()
    }

    /// What may have been deleted. Departments that each fill their part delete nothing.
    pub(super) fn blanked(&mut self) -> Vec<Blanked> {
        let mut blanked = Vec::new();
        for ((at, from), fields) in std::mem::take(&mut self.blanks) {
            let (one, other) = (&self.parts[at], &self.parts[from]);
            let one_hand = one.hands.len() == 1 && one.hands == other.hands;
            // A table that holds a part alone was never the whole of which something was deleted.
            let parts = !other.is_whole || apart(one.hands, other.hands);
            if parts || !one_hand && self.gives.contains(&at) {
                continue;
            }
            blanked.push(Blanked {
                at: one.at,
                from: other.at,
                fields,
            });
        }
        blanked
    }
}

/// Tells whether two filled fields say the same: in what they mean or in what a person sees. Marks
/// of footnotes do not count in what the plan decides.
pub(super) fn is_same<T>(name: FieldName, same: Same<T>, one: &Field<T>, other: &Field<T>) -> bool {
    if let (Some(one), Some(other)) = (one.get(), other.get())
        && same(one, other)
    {
        return true;
    }
    let key = |field: &Field<T>| match name.is_of_plan() {
        true => content_key(&strip_marks(field.text())),
        false => content_key(field.text()),
    };
    key(one) == key(other)
}

/// Grades are the same where they mean the same, with a mark or without.
pub(super) fn same_grade(one: &Grade, other: &Grade) -> bool {
    one == other
        || one.rank().is_some() && (one.rank(), one.cancelled) == (other.rank(), other.cancelled)
}
