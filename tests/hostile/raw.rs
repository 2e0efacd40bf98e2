//! Zips byte by byte: what no library writes.

/// An entry as its headers tell it, which need not be true.
#[derive(Clone)]
pub struct Entry {
    /// The name in the directory.
    pub name: String,
    /// The name in the local header.
    pub local: String,
    /// 0 stored, 8 deflated.
    pub method: u16,
    pub flags: u16,
    pub crc: u32,
    /// The unpacked size that is told.
    pub size: u32,
    pub data: Vec<u8>,
}

impl Entry {
    pub fn stored(name: &str, data: &[u8]) -> Self {
        Self {
            name: name.to_owned(),
            local: name.to_owned(),
            method: 0,
            flags: 0,
            crc: crc(data),
            size: data.len() as u32,
            data: data.to_vec(),
        }
    }

    /// Blanks, deflated by hand: 1,032 of them in a byte.
    pub fn blanks(name: &str, gibibytes: f64) -> Self {
        let count = (gibibytes * f64::from(1u32 << 30)) as u64;
        Self {
            method: 8,
            crc: 0,
            size: u32::try_from(count).unwrap_or(u32::MAX - 1),
            data: deflated_blanks(count),
            ..Self::stored(name, b"")
        }
    }
}

impl Entry {
    /// The same behind a text.
    pub fn blanks_behind(name: &str, text: &[u8], gibibytes: f64) -> Self {
        let mut entry = Self::blanks(name, gibibytes);
        // A block that is stored, and not the last one (RFC 1951, 3.2.4).
        let length = text.len() as u16;
        let mut data = vec![0];
        data.extend(length.to_le_bytes());
        data.extend((!length).to_le_bytes());
        data.extend(text);
        data.append(&mut entry.data);
        Self { data, ..entry }
    }
}

/// A zip of entries; where `overlapping`, every entry of the directory leads to the first data.
pub fn zip(entries: &[Entry], overlapping: bool) -> Vec<u8> {
    let (mut zip, mut directory) = (Vec::new(), Vec::new());
    for (number, entry) in entries.iter().enumerate() {
        let at = if overlapping && number > 0 {
            0
        } else {
            zip.len() as u32
        };
        let fields = |name: &str| {
            let mut fields = Vec::new();
            for number in [20, entry.flags, entry.method, 0, 33] {
                fields.extend(number.to_le_bytes());
            }
            for number in [entry.crc, entry.data.len() as u32, entry.size] {
                fields.extend(number.to_le_bytes());
            }
            fields.extend((name.len() as u16).to_le_bytes());
            fields.extend([0; 2]);
            fields
        };
        if !overlapping || number == 0 {
            zip.extend(b"PK\x03\x04");
            zip.extend(fields(&entry.local));
            zip.extend(entry.local.as_bytes());
            zip.extend(&entry.data);
        }
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(fields(&entry.name));
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(entry.name.as_bytes());
    }
    let (begin, length) = (zip.len() as u32, directory.len() as u32);
    zip.extend(directory);
    zip.extend(b"PK\x05\x06\0\0\0\0");
    let count = entries.len().min(0xFFFE) as u16;
    zip.extend(count.to_le_bytes());
    zip.extend(count.to_le_bytes());
    zip.extend(length.to_le_bytes());
    zip.extend(begin.to_le_bytes());
    zip.extend([0; 2]);
    zip
}

/// One block of our own codes (RFC 1951, 3.2.7), the strongest there is: a blank, then copies of 258
/// at distance 1, each two bits that are zero.
fn deflated_blanks(count: u64) -> Vec<u8> {
    let mut bits: Vec<u8> = Vec::new();
    let mut number =
        |value: u16, length: u32| bits.extend((0..length).map(|at| (value >> at & 1) as u8));
    // The last block, own codes; 286 literals and lengths, 1 distance, 18 lengths of lengths.
    for (value, length) in [(1, 1), (2, 2), (29, 5), (0, 5), (14, 4)] {
        number(value, length);
    }
    // 18 is one bit, 1 and 2 are two; in the order 16, 17, 18, 0, 8, …, 2, 14, 1.
    for at in 0..18 {
        let length = match at {
            2 => 1,
            15 | 17 => 2,
            _ => 0,
        };
        number(length, 3);
    }
    // So many without a code, then one whose code is so long (1: 01, 2: 11, as they stand).
    for (without, code) in [(32, 0b11), (138, 0), (85, 0b11), (28, 0b01), (0, 0b01)] {
        if without > 0 {
            number(0, 1);
            number(without - 11, 7);
        }
        if code != 0 {
            number(code, 2);
        }
    }
    number(0b01, 2); // the blank
    bits.resize(bits.len().next_multiple_of(8), 0);
    let head = bits.chunks_exact(8);
    let mut data: Vec<u8> = head
        .map(|bits| bits.iter().rev().fold(0, |byte, bit| byte << 1 | bit))
        .collect();
    let more = usize::try_from(count / (4 * 258)).unwrap();
    data.resize(data.len() + more, 0);
    data
}

/// CRC-32, bit by bit.
pub fn crc(data: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in data {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = crc >> 1 ^ (0xEDB8_8320 & (crc & 1).wrapping_neg());
        }
    }
    !crc
}
