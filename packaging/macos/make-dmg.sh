#!/bin/sh
# Puts the application into a disk image, beside a link to the folder that it is dragged to:
#
#   make-dmg.sh "dist/Follow Up.app" dist/followup-desktop-0.1.0.dmg
set -eu
application=$1
image=$2

content=$(mktemp -d)
trap 'rm -rf "$content"' EXIT
cp -R "$application" "$content/"
ln -s /Applications "$content/Applications"
hdiutil create -volname "Follow Up" -srcfolder "$content" -fs HFS+ -format UDZO -ov "$image"
