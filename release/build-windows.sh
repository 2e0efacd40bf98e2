#!/usr/bin/env bash
# Builds the Windows executable on Debian, tries it under wine, and lays out what a release ships.
#
#   bash release/build-windows.sh
#
# Not part of a change's checks: it takes long and needs Debian's packages (bookworm with its
# security updates):
#
#   apt-get install rustc-web cargo-web rust-web-src gcc-mingw-w64-x86-64-win32 wine64
#
# Rust's own toolchains carry the Windows standard library too (rustup target add
# x86_64-pc-windows-gnu), but need a download that not every network allows. Debian's carries the
# library's source, and builds it here.
#
# Everything is made below target/windows: the folder and the zip file of the release, and
# SHA256SUMS over both the executable and the zip file.
set -euo pipefail
cd "$(dirname "$0")/.."

target=x86_64-pc-windows-gnu
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
name="torimatome-$version-windows-x86_64"
made=target/windows
shipped="$made/$name"
wine=$(command -v wine64 || echo /usr/lib/wine/wine64)

for tool in /usr/bin/cargo /usr/bin/rustc x86_64-w64-mingw32-gcc x86_64-w64-mingw32-objdump "$wine" python3; do
  command -v "$tool" > /dev/null || { echo "$tool is missing; the packages are named in this script"; exit 2; }
done

echo "== the program for this machine, its manuals and completions"
cargo build --locked
rm -rf "$shipped" "$made/$name.zip"
mkdir -p "$shipped"
cargo run --locked --quiet --example manuals -- "$made/manuals"

echo "== the program for Windows"
# Paths of this machine are nobody's business: they stand in the messages of panics otherwise.
cargo_home=${CARGO_HOME:-$HOME/.cargo}
export RUSTFLAGS="--remap-path-prefix=$PWD=. --remap-path-prefix=$cargo_home=cargo --remap-path-prefix=/usr/src=rust --remap-path-prefix=/usr/lib/rustlib=rust -C link-arg=-static-libgcc"
RUSTC_BOOTSTRAP=1 RUSTC=/usr/bin/rustc CARGO_TARGET_DIR="$made/build" \
  /usr/bin/cargo build --locked --release -Zbuild-std=std,panic_unwind --target "$target"
unset RUSTFLAGS
cp "$made/build/$target/release/torimatome.exe" "$shipped/"

echo "== what the executable needs and says"
# Nothing but Windows itself: the office installs nothing.
needed=$(x86_64-w64-mingw32-objdump -p "$shipped/torimatome.exe" | sed -n 's/^\s*DLL Name: //p' | tr 'A-Z' 'a-z' | sort -u)
echo "$needed"
if echo "$needed" | grep -E '^(lib|.*pthread)'; then
  echo "the executable needs a library that Windows does not have"; exit 1
fi
if grep -a -c -F -e "$PWD" -e "$cargo_home" "$shipped/torimatome.exe" > /dev/null; then
  echo "the executable names paths of this machine"; exit 1
fi

echo "== what is shipped beside it"
cp LICENSE README.md README.ja.md CHANGELOG.md SECURITY.md "$shipped/"
cp -r templates "$shipped/"
cp "$made/manuals/completions/torimatome.ps1" "$shipped/"
cargo metadata --locked --format-version 1 --filter-platform "$target" \
  | python3 release/licences.py > "$shipped/THIRD-PARTY.txt"

echo "== smoke test under wine"
bash release/try-windows.sh "$shipped/torimatome.exe" target/debug/torimatome

echo "== the zip file and its sums"
python3 release/zip.py "$shipped" "$made/$name.zip"
(cd "$made" && sha256sum "$name.zip" "$name/torimatome.exe" | tee SHA256SUMS)
