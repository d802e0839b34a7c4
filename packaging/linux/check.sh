#!/bin/sh
# Checks the packages in dist: the files of the desktop, Debian's rules, and that the program works wherever the
# archive is unpacked.
set -eu
cd "$(dirname "$0")/../.."

(cd dist && sha256sum --check --quiet SHA256SUMS)
lintian --fail-on error,warning dist/*.deb

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/a place with spaces"
tar -C "$folder/a place with spaces" -xf dist/*.tar.xz
# What it is made of, and the licences of all that, are in both.
dpkg-deb --extract dist/*.deb "$folder/deb"
share="$folder/deb/usr/share"
doc="$share/doc/followup-desktop"
desktop-file-validate "$share/applications/followup-desktop.desktop"
appstreamcli validate --no-net --explain "$share"/metainfo/*.metainfo.xml
# Whoever speaks a language that the program has finds it in the menu in that language.
for catalogue in resources/locale/*/LC_MESSAGES; do
    language=$(basename "$(dirname "$catalogue")")
    grep -q "^Comment\[$language\]=" "$share/applications/followup-desktop.desktop" &&
        grep -q "<summary xml:lang=\"$language\">" "$share"/metainfo/*.metainfo.xml &&
        grep -q "<comment xml:lang=\"$language\">" "$share/mime/packages/followup-desktop.xml" &&
        test -e "$share/man/$language/man1/followup-desktop.1.gz" ||
        { echo "Menu entry, metainfo, type of file or man page is missing in $language."; exit 1; }
done
for bill in "$doc/sbom.cdx.json" "$folder"/a*/*/sbom.cdx.json; do
    python3 - "$bill" <<'END'
import json, sys
with open(sys.argv[1], encoding="utf-8") as file:
    bill = json.load(file)
kinds = [part["type"] for part in bill["components"]]
names = {part["name"].lower() for part in bill["components"]}
missing = {"python", "pyside6_essentials", "peewee"} - names
if bill["bomFormat"] != "CycloneDX" or missing or kinds.count("file") < 20:
    sys.exit(f"{sys.argv[1]} lacks {missing or 'libraries'}.")
if unlicensed := [part["name"] for part in bill["components"] if part["type"] == "library" and not part["licenses"]]:
    sys.exit(f"{sys.argv[1]} names no licence of {unlicensed}.")
END
done
for text in "$doc/copyright" "$folder"/a*/*/LICENSES/*PySide6*.txt "$folder"/a*/*/_internal/resources/licences.txt; do
    for part in HarfBuzz LibPNG PCRE2 'Unicode Character Database' XSVG 'GNU LESSER GENERAL PUBLIC\|licenses/LGPL-3'; do
        grep -q "$part" "$text" || { echo "$text lacks the licence of $part."; exit 1; }
    done
done
QT_QPA_PLATFORM=offscreen "$folder/a place with spaces"/*/followup-desktop self-test
QT_QPA_PLATFORM='' DISPLAY='' WAYLAND_DISPLAY='' "$folder/a place with spaces"/*/followup-desktop 2>"$folder/said" && exit 1
# One line that names what is missing; a check that fails shows what was said instead.
if test "$(wc -l <"$folder/said")" != 1 || ! grep -q 'display' "$folder/said"; then
    echo "Without a display, the program should say so in one line. It said:"
    cat "$folder/said"
    exit 1
fi
echo "The packages are as they should be."
