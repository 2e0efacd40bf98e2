//! Compound files ([MS-CFB]): the streams of an xls, and a new file around one of them.
//!
//! Only what leads to a stream is followed, and every chain ends: libraries for compound files
//! either refuse what other writers leave in corners that nobody reads, or trust all of it.

use std::collections::BTreeSet;

/// Where the header keeps its fields ([MS-CFB] 2.2).
const HEADER: usize = 512;
const SHIFT_AT: usize = 30;
const DIRECTORY_AT: usize = 48;
const SMALL_TABLE_AT: usize = 60;
const MORE_TABLES_AT: usize = 68;
const TABLES_AT: usize = 76;
const TABLES_IN_HEADER: usize = 109;
/// Numbers above this one are no sectors.
const LAST_SECTOR: u32 = 0xFFFF_FFFA;
const FREE: u32 = 0xFFFF_FFFF;
const END: u32 = 0xFFFF_FFFE;
const TABLE: u32 = 0xFFFF_FFFD;
/// A shorter stream is kept in the small sectors of another one.
const SMALL: u64 = 4096;
const SMALL_SECTOR: usize = 64;
/// An entry of the directory ([MS-CFB] 2.6.1).
const ENTRY: usize = 128;

/// An opened compound file.
pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    table: Vec<u32>,
    small_table: Vec<u32>,
    small: Vec<u8>,
    entries: Vec<Entry>,
    /// Entries of the root itself, not of an object that is embedded.
    top: BTreeSet<usize>,
}

struct Entry {
    name: String,
    is_stream: bool,
    start: u32,
    length: u64,
    left: u32,
    right: u32,
    child: u32,
}

impl<'a> Compound<'a> {
    /// Opens a compound file; `None` where its directory cannot be reached.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        let shift = u16_at(bytes, SHIFT_AT)?;
        let sector = match shift {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut file = Self {
            bytes,
            sector,
            table: Vec::new(),
            small_table: Vec::new(),
            small: Vec::new(),
            entries: Vec::new(),
            top: BTreeSet::new(),
        };
        file.table = file.table_of_sectors()?;
        let directory = file.chain(u32_at(bytes, DIRECTORY_AT)?, None)?;
        file.entries = directory
            .chunks_exact(ENTRY)
            .filter_map(Entry::read)
            .collect();
        let root = file.entries.first()?;
        let (start, length, child) = (root.start, root.length, root.child);
        if length > 0 {
            file.small = file.chain(start, Some(length))?;
            let table = file.chain(u32_at(bytes, SMALL_TABLE_AT)?, None)?;
            file.small_table = u32s(&table);
        }
        file.top = file.below(child);
        Some(file)
    }

    /// Names of all streams and storages.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.name.as_str())
    }

    /// Tells whether there is a stream of a name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// A stream's bytes; `None` where there is none, or where its chain breaks off.
    pub(super) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.find(name)?;
        if entry.length >= SMALL {
            return self.chain(entry.start, Some(entry.length));
        }
        let sector = |number: u32| {
            let at = (number as usize).checked_mul(SMALL_SECTOR)?;
            self.small.get(at..at + SMALL_SECTOR)
        };
        follow(entry.start, Some(entry.length), &self.small_table, sector)
    }

    /// A stream of the root, else one of any object: some writers leave the tree of names out.
    fn find(&self, name: &str) -> Option<&Entry> {
        let is_named = |entry: &&Entry| entry.is_stream && entry.name.eq_ignore_ascii_case(name);
        let top = self.top.iter().filter_map(|at| self.entries.get(*at));
        top.clone().find(is_named).or_else(|| {
            let known = top.clone().any(|entry| entry.is_stream);
            let mut all = self.entries.iter().filter(|_| !known);
            all.find(is_named)
        })
    }

    /// The entries of a tree of names.
    fn below(&self, root: u32) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        let mut open = vec![root];
        while let Some(next) = open.pop() {
            let at = next as usize;
            if let Some(entry) = self.entries.get(at)
                && found.insert(at)
            {
                open.extend([entry.left, entry.right]);
            }
        }
        found
    }

    /// The table that tells each sector's next one.
    fn table_of_sectors(&self) -> Option<Vec<u32>> {
        let listed = self
            .bytes
            .get(TABLES_AT..TABLES_AT + 4 * TABLES_IN_HEADER)?;
        let mut tables = u32s(listed);
        // Further tables are listed in sectors of their own, the last number of which is the next.
        let mut more = u32_at(self.bytes, MORE_TABLES_AT)?;
        let count = u32_at(self.bytes, MORE_TABLES_AT + 4)? as usize;
        for _ in 0..count.min(self.bytes.len() / self.sector) {
            let mut list = u32s(self.sector(more)?);
            more = list.pop()?;
            tables.append(&mut list);
        }
        let mut table = Vec::new();
        for number in tables.into_iter().filter(|number| *number < LAST_SECTOR) {
            table.extend(u32s(self.sector(number)?));
            if table.len() > self.bytes.len() {
                return None;
            }
        }
        Some(table)
    }

    fn chain(&self, start: u32, length: Option<u64>) -> Option<Vec<u8>> {
        follow(start, length, &self.table, |number| self.sector(number))
    }

    /// A sector; the last one may be shorter than it should be.
    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let at = (number as usize).checked_add(1)?.checked_mul(self.sector)?;
        let end = (at + self.sector).min(self.bytes.len());
        self.bytes.get(at..end).filter(|sector| !sector.is_empty())
    }
}

impl Entry {
    fn read(bytes: &[u8]) -> Option<Self> {
        let length = usize::from(u16_at(bytes, 64)?).saturating_sub(2).min(62);
        let (units, _) = bytes.get(..length)?.as_chunks::<2>();
        let units: Vec<u16> = units.iter().map(|unit| u16::from_le_bytes(*unit)).collect();
        Some(Self {
            name: String::from_utf16_lossy(&units),
            is_stream: *bytes.get(66)? == 2,
            left: u32_at(bytes, 68)?,
            right: u32_at(bytes, 72)?,
            child: u32_at(bytes, 76)?,
            start: u32_at(bytes, 116)?,
            // The upper half is not to be trusted in files of small sectors; none is that long.
            length: u32_at(bytes, 120)?.into(),
        })
    }
}

/// The sectors of a chain, up to a length or to the chain's end; `None` where it breaks off or runs
/// in a circle.
fn follow<'a>(
    start: u32,
    length: Option<u64>,
    table: &[u32],
    sector: impl Fn(u32) -> Option<&'a [u8]>,
) -> Option<Vec<u8>> {
    let wanted = length.map(usize::try_from).transpose().ok()?;
    let mut found = Vec::new();
    let mut seen = vec![false; table.len()];
    let mut next = start;
    while wanted.is_none_or(|wanted| found.len() < wanted) {
        if next >= LAST_SECTOR {
            // A stream that ends too early has lost something.
            return wanted.is_none().then_some(found);
        }
        let seen = seen.get_mut(next as usize)?;
        if std::mem::replace(seen, true) {
            return None;
        }
        found.extend_from_slice(sector(next)?);
        next = *table.get(next as usize)?;
    }
    found.truncate(wanted?);
    Some(found)
}

/// Writes a compound file that holds streams and nothing else.
pub(super) fn around(streams: &[(&str, &[u8])]) -> Vec<u8> {
    const SECTOR: usize = 4096;
    const ENTRIES: usize = SECTOR / ENTRY;
    // Padded beyond the length of small streams: what reads them stops at their last record.
    let sectors = |stream: &[u8]| stream.len().div_ceil(SECTOR).max(1);
    let content: usize = streams.iter().map(|(_, stream)| sectors(stream)).sum();
    // The directory is sector 0; behind it come the tables, which list themselves, and the streams.
    let mut tables = 1;
    while tables * SECTOR / 4 < 1 + tables + content {
        tables += 1;
    }
    let mut table = vec![END];
    table.resize(1 + tables, TABLE);
    let mut directory = entry("Root Entry", 5, 0, 0, 1);
    let mut body = Vec::with_capacity(content * SECTOR);
    for (number, (name, stream)) in streams.iter().enumerate().take(ENTRIES - 1) {
        let start = table.len();
        let count = sectors(stream);
        table.extend((1..count).map(|at| number_of(start + at)));
        table.push(END);
        let next = if number + 1 < streams.len() {
            number + 2
        } else {
            FREE as usize
        };
        let length = stream.len().max(SECTOR);
        directory.extend(entry(name, 2, start, length, number_of(next)));
        body.extend_from_slice(stream);
        body.resize(
            body.len()
                .next_multiple_of(SECTOR)
                .max((start - 1 - tables + count) * SECTOR),
            0,
        );
    }
    directory.resize(SECTOR, 0);
    table.resize(tables * SECTOR / 4, FREE);
    let mut file = header(tables);
    file.resize(SECTOR, 0);
    file.extend(directory);
    file.extend(table.iter().flat_map(|next| next.to_le_bytes()));
    file.extend(body);
    file
}

fn number_of(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(FREE)
}

fn header(tables: usize) -> Vec<u8> {
    let mut header = vec![0; HEADER];
    let mut put = |at: usize, bytes: &[u8]| header[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
    // Version 3 with the sectors of version 4, in which a root without small streams is no error.
    put(24, &[0x3E, 0, 3, 0, 0xFE, 0xFF, 12, 0, 6, 0]);
    put(44, &number_of(tables).to_le_bytes());
    put(56, &4096u32.to_le_bytes());
    put(SMALL_TABLE_AT, &END.to_le_bytes());
    put(MORE_TABLES_AT, &END.to_le_bytes());
    for at in 0..TABLES_IN_HEADER {
        let table = if at < tables { number_of(1 + at) } else { FREE };
        put(TABLES_AT + 4 * at, &table.to_le_bytes());
    }
    header
}

/// An entry of the directory; its right neighbour is the next one, and the root's child the first.
fn entry(name: &str, kind: u8, start: usize, length: usize, next: u32) -> Vec<u8> {
    let mut entry = vec![0; ENTRY];
    let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (right, child) = if kind == 5 {
        (FREE, next)
    } else {
        (next, FREE)
    };
    entry[..units.len()].copy_from_slice(&units);
    entry[64] = u8::try_from(units.len() + 2).unwrap_or(64);
    entry[66] = kind;
    entry[67] = 1;
    for (at, number) in [(68, FREE), (72, right), (76, child)] {
        entry[at..at + 4].copy_from_slice(&number.to_le_bytes());
    }
    entry[116..120].copy_from_slice(&number_of(start).to_le_bytes());
    entry[120..124].copy_from_slice(&number_of(length).to_le_bytes());
    entry
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at + 2)?.try_into().ok()?;
    Some(u16::from_le_bytes(bytes))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at + 4)?.try_into().ok()?;
    Some(u32::from_le_bytes(bytes))
}

fn u32s(bytes: &[u8]) -> Vec<u32> {
    let (chunks, _) = bytes.as_chunks::<4>();
    chunks
        .iter()
        .map(|chunk| u32::from_le_bytes(*chunk))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_around_streams_reads_back() {
        let long: Vec<u8> = (0..5_000_000u32).map(|at| (at % 251) as u8).collect();
        for workbook in [&long[..], &long[..4096], &long[..5000], &long[..10], &[]] {
            let file = around(&[("Workbook", workbook), ("\u{5}SummaryInformation", &[7; 9])]);
            let read = Compound::open(&file).unwrap();
            let stream = read.stream("workbook").unwrap();
            assert_eq!(&stream[..workbook.len()], workbook);
            assert!(stream[workbook.len()..].iter().all(|byte| *byte == 0));
            let summary = read.stream("\u{5}SummaryInformation").unwrap();
            assert_eq!(summary[..10], [7, 7, 7, 7, 7, 7, 7, 7, 7, 0]);
            assert!(!read.has("Book"));
        }
    }

    #[test]
    fn chains_that_break_off_or_run_in_circles_are_none() {
        let file = around(&[("Workbook", &[1; 20_000])]);
        // The directory, then the table: sector 2 holds the stream's first bytes.
        let next = 4096 + 4096 + 4 * 3;
        for wrong in [3u32, 99_999, END, FREE] {
            let mut file = file.clone();
            file[next..next + 4].copy_from_slice(&wrong.to_le_bytes());
            let read = Compound::open(&file).unwrap();
            assert_eq!(read.stream("Workbook"), None, "{wrong}");
        }
        let mut circle = file.clone();
        circle[4096 + 4096..4096 + 4100].copy_from_slice(&0u32.to_le_bytes());
        assert!(
            Compound::open(&circle).is_none(),
            "the directory's own chain"
        );
        for length in [0, 10, 511, 512, 4096, 8191, 8193] {
            assert!(
                Compound::open(&file[..length])
                    .is_none_or(|read| read.stream("Workbook").is_none())
            );
        }
    }
}
