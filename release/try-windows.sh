#!/usr/bin/env bash
# Tries the Windows executable under wine as a clerk would use it: the sample's job in a folder with
# a Japanese name and a space, dropped on the program.
#
#   bash release/try-windows.sh <torimatome.exe> <the same program for this machine>
set -euo pipefail
cd "$(dirname "$0")/.."
executable=$(realpath "$1")
own=$(realpath "$2")

place=target/windows/try
rm -rf "$place/動作確認 その1"
mkdir -p "$place/動作確認 その1"
place=$(realpath "$place")
here="$place/動作確認 その1"
cp -r samples/ojiya-r5 "$here/R5下半期 案件"
cp -r samples/ojiya-r5 "$here/この機械"
cp "$executable" "$here/取りまとめ.exe"

# wine 8 lacks a library that Rust takes random numbers from; Windows has it since 7. The stub stands
# beside the executable for this test alone and is not shipped.
x86_64-w64-mingw32-gcc -shared -o "$here/bcryptprimitives.dll" -xc - -ladvapi32 << 'C'
#include <windows.h>
#include <ntsecapi.h>
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size) { return RtlGenRandom(data, size); }
C

export WINEPREFIX="$place/wine" WINEDEBUG=-all LC_ALL=C.UTF-8 DISPLAY=
wine=$(command -v wine64 || echo /usr/lib/wine/wine64)
trap 'WINEPREFIX="$place/wine" "$(dirname "$wine")/wineserver" -k 2> /dev/null || true' EXIT

run() { # <expected status> <what it is about> <argument>...
  local wanted=$1 about=$2 status=0
  shift 2
  (cd "$here" && "$wine" 取りまとめ.exe "$@" > "$place/out.txt" 2> "$place/err.txt" < /dev/null) || status=$?
  if [ "$status" -ne "$wanted" ]; then
    cat "$place/out.txt" "$place/err.txt"
    echo "$about: ended with $status, expected $wanted"; exit 1
  fi
  echo "ok: $about"
}
is_marked() { [ "$(head -c 3 "$1" | od -An -tx1 | tr -d ' \n')" = efbbbf ]; }

windows=$(printf 'Z:%s' "$here/R5下半期 案件" | tr / '\\')

run 0 "the version is told" --version
grep -q '^torimatome ' "$place/out.txt"
# A folder that is dropped comes as an absolute path and nothing else. The sample has known defects.
run 1 "a folder with a Japanese name is merged when it is dropped" "$windows"
grep -q '集約版を書き出しました' "$place/out.txt"
book="$here/R5下半期 案件/進捗管理票_R5下半期.xlsx"
status=0
"$own" merge "$here/この機械" > /dev/null 2>&1 || status=$?
[ "$status" -eq 1 ]
# Only the packages' note of the system that made them differs.
python3 - "$book" "$here/この機械/進捗管理票_R5下半期.xlsx" << 'PYTHON'
import sys, zipfile
one, other = (zipfile.ZipFile(path) for path in sys.argv[1:])
if one.namelist() != other.namelist() or any(one.read(name) != other.read(name) for name in one.namelist()):
    sys.exit("the workbook differs from the one that this machine writes")
PYTHON
echo "ok: both machines write the same parts in the same order"
run 1 "the workbook is replaced" merge "R5下半期 案件"
grep -q '集約版を置き換えました' "$place/out.txt"
run 1 "the report is a page" check "R5下半期 案件" --format html -o "点検結果 一覧.html"
run 1 "the report is a text that PowerShell reads" check "R5下半期 案件" -o 点検結果.txt
is_marked "$here/点検結果.txt"
run 1 "the tables are written" export "R5下半期 案件" --format csv --encoding cp932 -o 表
iconv -f cp932 -t utf-8 "$here/表/kpi.csv" | grep -q '数値目標'
run 0 "two workbooks are compared" diff "R5下半期 案件/前回.xlsx" "R5下半期 案件/進捗管理票_R5下半期.xlsx" --format xlsx
[ -s "$here/前回からの変更点.xlsx" ]
run 2 "a folder that is no job is refused with a message" "$(printf 'Z:%s' "$here" | tr / '\\')"
grep -q '案件フォルダが見つかりません' "$place/err.txt"

# A window that was opened for the program alone, as `script` gives wine one, stays until Enter.
(cd "$here" && (sleep 8; printf '\r'; sleep 2) | timeout 60 script -qec "'$wine' 取りまとめ.exe --version" /dev/null) \
  | sed 's/\x1b\[[0-9;?]*[A-Za-z]//g' > "$place/window.txt"
grep -q Enter "$place/window.txt" || { cat "$place/window.txt"; echo "the window did not ask for Enter"; exit 1; }
echo "ok: the window asks for Enter"
