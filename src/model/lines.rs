//! Which rows of several returns are one row: told by what they say, then by where they stand.
//!
//! Nothing is lost: every row of every return is in the result once.

use std::collections::{BTreeMap, VecDeque};

use super::likeness::{ALIKE, NEARLY, alike, likeness};

/// More pairs than this are not compared by likeness.
const MOST_PAIRS: usize = 400;

/// What tells a row from the others of its list.
pub struct Face {
    /// Which row of the plan it is known to be.
    pub planned: Option<usize>,
    /// The key of what names the row; empty where nothing does.
    pub key: String,
    /// The keys of its cells.
    pub cells: Vec<String>,
    /// Its row below the form's own anchor, where that can be compared with the first return's.
    pub slot: Option<i64>,
}

/// A row of the joined list.
pub struct Line<'a> {
    /// The returns that have it, and which of their rows it is.
    pub members: Vec<(usize, usize)>,
    face: Face,
    hands: Vec<&'a [String]>,
}

/// One return's list.
pub struct List<'a> {
    /// The departments it is from.
    pub hands: &'a [String],
    /// Whether rows of unlike names are never one row, whoever wrote them.
    pub by_name: bool,
    /// Its rows.
    pub faces: Vec<Face>,
}

/// Tells whether two returns are known to be from different departments.
pub fn apart(one: &[String], other: &[String]) -> bool {
    !one.is_empty() && !other.is_empty() && !one.iter().any(|name| other.contains(name))
}

/// Joins lists, the first being the preferred; each keeps its order as far as it can.
pub fn lines<'a>(lists: impl IntoIterator<Item = List<'a>>) -> Vec<Line<'a>> {
    let mut lines: Vec<Line<'a>> = Vec::new();
    for (part, list) in lists.into_iter().enumerate() {
        let mut pairing = Pairing {
            partner: vec![None; list.faces.len()],
            taken: vec![false; lines.len()],
        };
        pairing.by_content(&lines, &list);
        pairing.by_slot(&lines, &list);
        pairing.in_gaps(&lines, &list);
        lines = pairing.placed(lines, list, part);
    }
    lines
}

/// Which line each row of a list belongs to.
struct Pairing {
    partner: Vec<Option<usize>>,
    taken: Vec<bool>,
}

impl Pairing {
    fn pair(&mut self, row: usize, line: usize) {
        self.partner[row] = Some(line);
        self.taken[line] = true;
    }

    /// Rows of one name or, where nothing names them, of the same cells; in order where several are.
    fn by_content(&mut self, lines: &[Line<'_>], list: &List<'_>) {
        type Content<'f> = (Option<usize>, &'f str, &'f [String]);
        fn content(face: &Face) -> Content<'_> {
            match (face.planned, face.key.is_empty()) {
                (Some(_), _) => (face.planned, "", &[]),
                (None, true) => (None, "", &face.cells),
                (None, false) => (None, &face.key, &[]),
            }
        }
        let mut known: BTreeMap<Content<'_>, VecDeque<usize>> = BTreeMap::new();
        for (at, line) in lines.iter().enumerate() {
            known.entry(content(&line.face)).or_default().push_back(at);
        }
        for (row, face) in list.faces.iter().enumerate() {
            let next = known.get_mut(&content(face));
            if let Some(line) = next.and_then(VecDeque::pop_front) {
                self.pair(row, line);
            }
        }
    }

    /// Rows at the same place of the same form.
    fn by_slot(&mut self, lines: &[Line<'_>], list: &List<'_>) {
        let free = (0..lines.len()).filter(|at| !self.taken[*at]);
        let mut slots: BTreeMap<i64, usize> = BTreeMap::new();
        for at in free {
            if let Some(slot) = lines[at].face.slot {
                slots.entry(slot).or_insert(at);
            }
        }
        for (row, face) in list.faces.iter().enumerate() {
            let line = face.slot.and_then(|slot| slots.get(&slot)).copied();
            let Some(line) = line.filter(|line| !self.taken[*line]) else {
                continue;
            };
            if self.partner[row].is_none() && may_be_one(&lines[line], face, list) {
                self.pair(row, line);
            }
        }
    }

    /// Rows between the same neighbours whose places cannot be compared: by likeness and, where as
    /// many are left on both sides, in order.
    fn in_gaps(&mut self, lines: &[Line<'_>], list: &List<'_>) {
        let mut row = 0;
        while row < list.faces.len() {
            if self.partner[row].is_some() {
                row += 1;
                continue;
            }
            let end = (row..list.faces.len()).find(|at| self.partner[*at].is_some());
            let end = end.unwrap_or(list.faces.len());
            let first = row.checked_sub(1).and_then(|at| self.partner[at]);
            let first = first.map_or(0, |line| line + 1);
            let last = self.partner.get(end).copied().flatten();
            let last = last.unwrap_or(lines.len());
            let free: Vec<usize> = (first..last).filter(|line| !self.taken[*line]).collect();
            self.in_gap(lines, list, (row..end).collect(), free);
            row = end;
        }
    }

    fn in_gap(
        &mut self,
        lines: &[Line<'_>],
        list: &List<'_>,
        mut rows: Vec<usize>,
        mut free: Vec<usize>,
    ) {
        let mut likely = Vec::new();
        if rows.len().saturating_mul(free.len()) <= MOST_PAIRS {
            for row in &rows {
                for line in &free {
                    let score = score(&lines[*line], &list.faces[*row], list);
                    likely.extend(score.map(|score| (score, *row, *line)));
                }
            }
        }
        likely.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        for (_, row, line) in likely {
            if self.partner[row].is_none() && !self.taken[line] {
                self.pair(row, line);
            }
        }
        rows.retain(|row| self.partner[*row].is_none());
        free.retain(|line| !self.taken[*line]);
        if rows.len() != free.len() {
            return;
        }
        for (row, line) in rows.into_iter().zip(free) {
            let face = &list.faces[row];
            if !are_placed(&lines[line], face) && may_be_one(&lines[line], face, list) {
                self.pair(row, line);
            }
        }
    }

    /// The lines with the list's rows; one that has no line follows the row before it.
    fn placed<'a>(self, lines: Vec<Line<'a>>, list: List<'a>, part: usize) -> Vec<Line<'a>> {
        let mut joining: Vec<Option<(usize, Face)>> = (0..lines.len()).map(|_| None).collect();
        let mut added: BTreeMap<usize, Vec<Line<'a>>> = BTreeMap::new();
        // How many lines stand before the next row without a line.
        let mut before = match self.partner.iter().flatten().next() {
            None => lines.len(),
            Some(first) => *first,
        };
        if list.faces.first().is_some_and(|face| face.slot.is_some()) {
            before = 0;
        }
        for (row, face) in list.faces.into_iter().enumerate() {
            if let Some(line) = self.partner[row] {
                joining[line] = Some((row, face));
                before = line + 1;
                continue;
            }
            while let Some(line) = lines.get(before)
                && !self.taken[before]
                && line
                    .face
                    .slot
                    .is_some_and(|slot| face.slot.is_some_and(|own| slot <= own))
            {
                before += 1;
            }
            added.entry(before).or_default().push(Line {
                members: vec![(part, row)],
                face,
                hands: vec![list.hands],
            });
        }
        let mut placed = Vec::with_capacity(lines.len());
        for (at, (mut line, joins)) in lines.into_iter().zip(joining).enumerate() {
            placed.extend(added.remove(&at).unwrap_or_default());
            if let Some((row, face)) = joins {
                line.join(part, row, face, list.hands);
            }
            placed.push(line);
        }
        placed.extend(added.into_values().flatten());
        placed
    }
}

impl<'a> Line<'a> {
    fn join(&mut self, part: usize, row: usize, face: Face, hands: &'a [String]) {
        self.members.push((part, row));
        self.face.planned = self.face.planned.or(face.planned);
        if self.face.key.is_empty() {
            self.face.key = face.key;
        }
        for (cell, other) in self.face.cells.iter_mut().zip(face.cells) {
            if cell.is_empty() {
                *cell = other;
            }
        }
        if !self.hands.contains(&hands) {
            self.hands.push(hands);
        }
    }
}

/// Tells whether the places of both are known: then these were compared.
fn are_placed(line: &Line<'_>, face: &Face) -> bool {
    line.face.slot.is_some() && face.slot.is_some()
}

/// Tells whether a row of a list may be of the hand that wrote a line.
fn by_one_hand(line: &Line<'_>, list: &List<'_>) -> bool {
    line.hands.iter().any(|other| !apart(other, list.hands))
}

/// Tells whether two rows at one place are one row. What two departments wrote there may be two.
fn may_be_one(line: &Line<'_>, face: &Face, list: &List<'_>) -> bool {
    let own = &line.face;
    let both_planned = own.planned.is_some() && face.planned.is_some();
    let by_one = by_one_hand(line, list);
    match (own.key.is_empty(), face.key.is_empty()) {
        (false, false) if both_planned => own.planned == face.planned,
        (false, false) if by_one => !list.by_name || alike(&own.key, &face.key),
        (false, false) => likeness(&own.key, &face.key) >= NEARLY,
        (true, true) => by_one || agree(own, face),
        (true, false) | (false, true) => true,
    }
}

/// Tells whether no cell of two rows says something else than the other's.
fn agree(one: &Face, other: &Face) -> bool {
    let mut cells = one.cells.iter().zip(&other.cells);
    cells.all(|(one, other)| one.is_empty() || other.is_empty() || alike(one, other))
}

/// How likely two rows are one, where their places tell nothing.
fn score(line: &Line<'_>, face: &Face, list: &List<'_>) -> Option<f64> {
    let own = &line.face;
    if are_placed(line, face) || own.planned.is_some() && face.planned.is_some() {
        return None;
    }
    let least = match by_one_hand(line, list) {
        true => ALIKE,
        false => NEARLY,
    };
    match (own.key.is_empty(), face.key.is_empty()) {
        (false, false) => Some(likeness(&own.key, &face.key)).filter(|score| *score >= least),
        (true, true) => agree(own, face).then_some(ALIKE),
        (true, false) | (false, true) => None,
    }
}
