//! Benches; see `benches/road.rs`.
fn main() {
    divan::main();
}
