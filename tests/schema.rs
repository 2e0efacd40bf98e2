//! The published JSON Schema is the generated one; `UPDATE_EXPECT=1` rewrites it.

use torimatome::export::schema;

const FILE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/templates/torimatome-1.schema.json"
);

#[test]
fn the_published_schema_is_the_generated_one() {
    let generated = schema();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(FILE, &generated).unwrap();
    }
    let published = std::fs::read_to_string(FILE).unwrap_or_default();
    assert_eq!(published.replace("\r\n", "\n"), generated);
}
