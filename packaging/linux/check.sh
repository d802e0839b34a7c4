#!/bin/sh
# Checks the packages in dist: the files of the desktop, Debian's rules, and that the program works wherever the
# archive is unpacked.
set -eu
cd "$(dirname "$0")/../.."

(cd dist && sha256sum --check --quiet SHA256SUMS)
desktop-file-validate packaging/linux/followup-desktop.desktop
for metainfo in packaging/linux/*.metainfo.xml; do
    appstreamcli validate --no-net --explain "$metainfo"
done
lintian --fail-on error,warning dist/*.deb

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/a place with spaces"
tar -C "$folder/a place with spaces" -xf dist/*.tar.xz
QT_QPA_PLATFORM=offscreen "$folder/a place with spaces"/*/followup-desktop self-test
QT_QPA_PLATFORM='' DISPLAY='' WAYLAND_DISPLAY='' "$folder/a place with spaces"/*/followup-desktop 2>"$folder/said" && exit 1
# One line that names what is missing; a check that fails shows what was said instead.
if test "$(wc -l <"$folder/said")" != 1 || ! grep -q 'display' "$folder/said"; then
    echo "Without a display, the program should say so in one line. It said:"
    cat "$folder/said"
    exit 1
fi
echo "The packages are as they should be."
