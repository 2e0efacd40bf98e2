//! The folder of the Parquet tables: `kpi/city=…/fiscal_year=…/half=…/kpi.parquet` and `text/…`.
//!
//! What is written lies beside its place, under a name of ours that no reader of the tables looks
//! into, until all of it is complete and on the disk. A folder that is not there yet then takes its
//! name by one rename. In a folder that is there, file after file takes its name, each whole; what
//! belongs to other cities and periods is left alone, so that a table grows from half-year to
//! half-year.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::export::ParquetTables;

use super::building::Building;
use super::claim::{self, Claim, folder_of};
use super::failure::Failure;

/// The tables: folders, and names of the files in them.
const TABLES: [&str; 2] = ["kpi", "text"];

/// A folder of tables that is being written.
#[derive(Debug)]
pub(super) struct Partitions {
    folder: PathBuf,
    is_new: bool,
    building: Building,
    /// Nobody else writes the folder meanwhile.
    _claim: Claim,
}

/// What became of the files of a partition.
#[derive(Debug, Default)]
pub(super) struct Placed {
    /// Whether they took the place of others.
    pub(super) replaced: bool,
    /// Files beside them that a reader would count too.
    pub(super) beside: Vec<PathBuf>,
}

impl Partitions {
    /// Claims the folder, before anything is read.
    pub(super) fn begin(folder: &Path) -> Result<Self, Failure> {
        let told = |error: io::Error| Failure::output(folder, &error);
        let is_new = !folder.is_dir();
        // A folder that is there may be a disk of its own: nothing is built beside it.
        let (target, place) = match is_new {
            true => (folder.to_owned(), folder_of(folder)),
            false => (folder.join(TABLES[0]), folder.to_owned()),
        };
        fs::create_dir_all(&place).map_err(told)?;
        let claim = claim::claim_own(&target)?;
        Ok(Self {
            folder: folder.to_owned(),
            is_new,
            building: Building::begin(&target, &place).map_err(told)?,
            _claim: claim,
        })
    }

    /// Writes the tables of a source where no reader looks yet.
    pub(super) fn put(&self, source: usize, tables: &ParquetTables) -> Result<(), Failure> {
        for (table, bytes) in TABLES.iter().zip([&tables.kpis, &tables.texts]) {
            let write = || {
                let mut file = File::create_new(self.waiting(source, table))?;
                file.write_all(bytes)?;
                file.sync_all()
            };
            write().map_err(|error| Failure::output(&self.folder, &error))?;
        }
        Ok(())
    }

    /// Gives the tables of a source their place; in a new folder all take it at the end at once.
    pub(super) fn place(&self, source: usize, partition: &str) -> Result<Placed, Failure> {
        let root = match self.is_new {
            true => self.building.path(),
            false => &self.folder,
        };
        let mut placed = Placed::default();
        for table in TABLES {
            let place = root.join(table).join(partition);
            let file = place.join(format!("{table}.parquet"));
            placed.replaced |= file.exists();
            let move_it = || {
                fs::create_dir_all(&place)?;
                fs::rename(self.waiting(source, table), &file)
            };
            move_it().map_err(|error| Failure::output(&file, &error))?;
            placed.beside.extend(others(&place, &file));
        }
        Ok(placed)
    }

    /// Ends the work: a new folder takes its name.
    pub(super) fn finish(self) -> Result<(), Failure> {
        if !self.is_new {
            return Ok(());
        }
        let told = |error: io::Error| Failure::output(&self.folder, &error);
        // What got no place is no part of the tables.
        for entry in fs::read_dir(self.building.path()).map_err(told)? {
            let path = entry.map_err(told)?.path();
            if path.is_file() {
                fs::remove_file(path).map_err(told)?;
            }
        }
        self.building.take_name(&self.folder).map_err(told)
    }

    fn waiting(&self, source: usize, table: &str) -> PathBuf {
        self.building.path().join(format!("{source}.{table}"))
    }
}

/// Tables of other names in a partition.
fn others(place: &Path, own: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(place).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path());
    let is_table = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "parquet");
    let mut others: Vec<PathBuf> = paths.filter(|path| path != own && is_table(path)).collect();
    others.sort();
    others
}

#[cfg(test)]
mod tests {
    use super::super::new_folder::tests::names;
    use super::*;

    const PARTITION: &str = "city=甲市/fiscal_year=2023/half=second";

    fn tables(kpis: &[u8]) -> ParquetTables {
        ParquetTables {
            kpis: kpis.to_vec(),
            texts: b"text".to_vec(),
            unfit: Vec::new(),
        }
    }

    #[test]
    fn a_new_folder_appears_when_all_of_it_is_there() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("県 全体/表");
        let partitions = Partitions::begin(&folder).unwrap();
        partitions.put(0, &tables(b"kpi")).unwrap();
        partitions.put(1, &tables(b"another")).unwrap();
        partitions.place(0, PARTITION).unwrap();
        assert!(!folder.exists());
        assert!(matches!(Partitions::begin(&folder), Err(Failure::Busy(_))));
        partitions.finish().unwrap();
        assert_eq!(names(&folder), ["kpi", "text"]);
        let file = folder.join("kpi").join(PARTITION).join("kpi.parquet");
        assert_eq!(fs::read(file).unwrap(), b"kpi");
        assert_eq!(names(&home.path().join("県 全体")), ["表"]);
    }

    #[test]
    fn in_a_folder_that_is_there_only_its_own_partition_is_replaced() {
        let home = tempfile::tempdir().unwrap();
        let place = home.path().join("kpi").join(PARTITION);
        let other = home
            .path()
            .join("kpi/city=乙市/fiscal_year=2023/half=first");
        for folder in [&place, &other] {
            fs::create_dir_all(folder).unwrap();
            fs::write(folder.join("kpi.parquet"), "old").unwrap();
        }
        fs::write(place.join("part-0.parquet"), "of another program").unwrap();
        let left = claim::own_name(&home.path().join("kpi"), "-AbC123.dir");
        fs::create_dir(home.path().join(left)).unwrap();
        let partitions = Partitions::begin(home.path()).unwrap();
        partitions.put(7, &tables(b"new")).unwrap();
        assert_eq!(fs::read(place.join("kpi.parquet")).unwrap(), b"old");
        let placed = partitions.place(7, PARTITION).unwrap();
        assert!(placed.replaced);
        assert_eq!(placed.beside, [place.join("part-0.parquet")]);
        partitions.finish().unwrap();
        assert_eq!(fs::read(place.join("kpi.parquet")).unwrap(), b"new");
        assert_eq!(fs::read(other.join("kpi.parquet")).unwrap(), b"old");
        assert_eq!(names(home.path()), ["kpi", "text"]);
    }

    #[test]
    fn what_is_given_up_leaves_nothing() {
        let home = tempfile::tempdir().unwrap();
        let partitions = Partitions::begin(&home.path().join("表")).unwrap();
        partitions.put(0, &tables(b"kpi")).unwrap();
        drop(partitions);
        assert_eq!(names(home.path()), [""; 0]);
    }
}
