//! A format code cut into sections and pieces.

/// What a section consists of.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece {
    /// A text that stands as it is.
    Literal(String),
    /// `General`, `G/標準`.
    General,
    /// `@`
    Text,
    /// Placeholders and marks of numbers: `0`, `#`, `?`, `.`, `,`, `%`, `/`, `E+`.
    Number(String),
    /// `yyyy`, `m`, `dd`, `h`, `ss` …
    Clock(String),
    /// `[h]`, `[mm]`, `[s]`
    Span(String),
    /// `AM/PM`, `A/P`
    HalfDay(String),
    /// `g`, `gg`, `ggg`
    Era(usize),
    /// `e`, `ee`
    EraYear(usize),
    /// `aaa`, `aaaa`
    Weekday(usize),
}

impl Piece {
    pub(super) fn is_date(&self) -> bool {
        match self {
            Self::Clock(_)
            | Self::Span(_)
            | Self::HalfDay(_)
            | Self::Era(_)
            | Self::EraYear(_)
            | Self::Weekday(_) => true,
            Self::Literal(_) | Self::General | Self::Text | Self::Number(_) => false,
        }
    }

    /// Tells whether a digit goes here.
    pub(super) fn is_placeholder(&self) -> bool {
        matches!(self, Self::Number(mark) if matches!(mark.as_str(), "0" | "#" | "?"))
    }

    /// Tells whether the whole number goes here.
    pub(super) fn is_number(&self) -> bool {
        matches!(self, Self::General | Self::Text)
    }
}

/// `[>=100]`
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Condition {
    relation: Relation,
    bound: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Relation {
    Less,
    AtMost,
    Greater,
    AtLeast,
    Equal,
    Unequal,
}

impl Condition {
    fn parse(text: &str) -> Option<Self> {
        let relations = [
            ("<=", Relation::AtMost),
            (">=", Relation::AtLeast),
            ("<>", Relation::Unequal),
            ("<", Relation::Less),
            (">", Relation::Greater),
            ("=", Relation::Equal),
        ];
        let (relation, bound) = relations
            .into_iter()
            .find_map(|(sign, relation)| Some((relation, text.strip_prefix(sign)?)))?;
        Some(Self {
            relation,
            bound: bound.trim().parse().ok()?,
        })
    }

    pub(super) fn met(self, value: f64) -> bool {
        match self.relation {
            Relation::Less => value < self.bound,
            Relation::AtMost => value <= self.bound,
            Relation::Greater => value > self.bound,
            Relation::AtLeast => value >= self.bound,
            Relation::Equal => value == self.bound,
            Relation::Unequal => value != self.bound,
        }
    }

    /// Tells whether only negative numbers meet it: the section then says the sign itself.
    pub(super) fn is_negative_only(self) -> bool {
        match self.relation {
            Relation::Less => self.bound <= 0.0,
            Relation::AtMost | Relation::Equal => self.bound < 0.0,
            Relation::Greater | Relation::AtLeast | Relation::Unequal => false,
        }
    }
}

/// The digits that a section shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Numerals {
    /// 145
    #[default]
    Plain,
    /// `[DBNum1]`: 百四十五
    Kanji,
    /// `[DBNum2]`: 壱百四拾伍
    Formal,
    /// `[DBNum3]`: １４５
    Wide,
}

/// One section of a code.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Section {
    pub(super) condition: Option<Condition>,
    pub(super) pieces: Vec<Piece>,
    /// Weekdays and half-days are named in Japanese.
    pub(super) japanese: bool,
    /// The first year of an era is 元年.
    pub(super) gannen: bool,
    /// Which digits it shows.
    pub(super) numerals: Numerals,
    /// Every token is known.
    pub(super) known: bool,
}

impl Section {
    fn new() -> Self {
        Self {
            condition: None,
            pieces: Vec::new(),
            japanese: false,
            gannen: false,
            numerals: Numerals::Plain,
            known: true,
        }
    }

    /// Tells whether the section says nothing at all.
    pub(super) fn is_empty(&self) -> bool {
        self.known && self.pieces.is_empty()
    }

    /// Tells whether the section is the one for texts.
    pub(super) fn shows_text(&self) -> bool {
        self.pieces.contains(&Piece::Text)
    }

    fn literal(&mut self, c: char) {
        if let Some(Piece::Literal(text)) = self.pieces.last_mut() {
            text.push(c);
        } else {
            self.pieces.push(Piece::Literal(c.to_string()));
        }
    }

    /// What stands in brackets: a condition, a colour, a currency with its language, a span.
    fn bracket(&mut self, content: &str) {
        if let Some(currency) = content.strip_prefix('$') {
            let (symbol, language) = currency.split_once('-').unwrap_or((currency, ""));
            symbol.chars().for_each(|c| self.literal(c));
            let language = language.to_ascii_lowercase();
            self.japanese |= language.starts_with("ja") || language.ends_with("411");
            self.gannen |= language.contains("x-gannen");
            match language.as_str() {
                "f800" => self.system("yyyy年m月d日"),
                "f400" => self.system("h:mm:ss"),
                _ => {}
            }
            return;
        }
        if let Some(condition) = Condition::parse(content) {
            self.condition = Some(condition);
            return;
        }
        let lower = content.to_lowercase();
        let span = matches!(lower.as_str(), "h" | "hh" | "m" | "mm" | "s" | "ss");
        if span {
            self.pieces.push(Piece::Span(format!("[{lower}]")));
        } else if let Some(numerals) = numerals(&lower) {
            self.numerals = numerals;
        } else if !is_colour(&lower) {
            self.known = false;
        }
    }

    /// Windows' own long date or time: what the code says behind it does not count.
    fn system(&mut self, code: &str) {
        if let Some(section) = sections(code).into_iter().next() {
            self.pieces = section.pieces;
        }
    }
}

fn is_colour(content: &str) -> bool {
    let names = [
        "black", "blue", "cyan", "green", "magenta", "red", "white", "yellow", "黒", "青", "水",
        "緑", "紫", "赤", "白", "黄",
    ];
    let numbered = content
        .strip_prefix("color")
        .or_else(|| content.strip_prefix('色'));
    names.contains(&content) || numbered.is_some_and(|n| n.trim().parse::<u8>().is_ok())
}

fn numerals(content: &str) -> Option<Numerals> {
    match content.strip_prefix("dbnum")? {
        "1" => Some(Numerals::Kanji),
        "2" => Some(Numerals::Formal),
        "3" => Some(Numerals::Wide),
        other => other.parse::<u8>().ok().map(|_| Numerals::Plain),
    }
}

/// Cuts a code into its sections.
pub(super) fn sections(code: &str) -> Vec<Section> {
    let mut done = Vec::new();
    let mut section = Section::new();
    let mut rest = code;
    let mut system = false;
    while let Some(c) = rest.chars().next() {
        let tail = &rest[c.len_utf8()..];
        if c == ';' {
            done.push(std::mem::replace(&mut section, Section::new()));
            (system, rest) = (false, tail);
            continue;
        }
        if system {
            rest = tail;
            continue;
        }
        rest = match c {
            '"' => {
                let (text, after) = tail.split_once('"').unwrap_or((tail, ""));
                text.chars().for_each(|c| section.literal(c));
                after
            }
            '\\' => {
                let escaped = tail.chars().next();
                escaped.into_iter().for_each(|c| section.literal(c));
                &tail[escaped.map_or(0, char::len_utf8)..]
            }
            // The width of a character; a character that fills the cell.
            '_' | '*' => {
                if c == '_' {
                    section.literal(' ');
                }
                &tail[tail.chars().next().map_or(0, char::len_utf8)..]
            }
            '[' => match tail.split_once(']') {
                Some((content, after)) => {
                    section.bracket(content);
                    let lower = content.to_ascii_lowercase();
                    system = matches!(lower.as_str(), "$-f800" | "$-f400");
                    after
                }
                None => {
                    section.known = false;
                    ""
                }
            },
            '@' => {
                section.pieces.push(Piece::Text);
                tail
            }
            '0' | '#' | '?' | '.' | ',' | '%' | '/' => {
                section.pieces.push(Piece::Number(c.to_string()));
                tail
            }
            c if c.is_ascii_alphabetic() => &rest[word(&mut section, rest)..],
            c => {
                section.literal(c);
                tail
            }
        };
    }
    done.push(section);
    done
}

/// Reads a token of letters and gives its length.
fn word(section: &mut Section, rest: &str) -> usize {
    for general in ["General", "G/標準"] {
        let head = rest.get(..general.len());
        if head.is_some_and(|head| head.eq_ignore_ascii_case(general)) {
            section.pieces.push(Piece::General);
            return general.len();
        }
    }
    for half in ["AM/PM", "A/P"] {
        let head = rest.get(..half.len());
        if head.is_some_and(|head| head.eq_ignore_ascii_case(half)) {
            section.pieces.push(Piece::HalfDay(half.to_owned()));
            return half.len();
        }
    }
    let lower = rest.as_bytes()[0].to_ascii_lowercase();
    let length = rest
        .bytes()
        .take_while(|b| b.to_ascii_lowercase() == lower)
        .count();
    let digits = section.pieces.iter().any(Piece::is_placeholder);
    let piece = match (lower, length) {
        (b'e', 1) if digits && rest[1..].starts_with(['+', '-']) => {
            section
                .pieces
                .push(Piece::Number(format!("E{}", &rest[1..2])));
            return 2;
        }
        (b'd', 3 | 4) if section.japanese => Piece::Weekday(length),
        (b'y' | b'd' | b'h' | b's', 1..=4) | (b'm', 1..=5) => {
            Piece::Clock(rest[..length].to_ascii_lowercase())
        }
        (b'g', 1..=3) => Piece::Era(length),
        (b'e' | b'r', 1) => Piece::EraYear(1),
        (b'e', 2) => Piece::EraYear(2),
        (b'r', 2) => {
            section.pieces.push(Piece::Era(3));
            Piece::EraYear(2)
        }
        (b'a', 3 | 4) => Piece::Weekday(length),
        _ => {
            section.known = false;
            return length;
        }
    };
    section.pieces.push(piece);
    length
}
