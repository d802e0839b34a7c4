#!/bin/sh
# Makes the packages of the last commit twice, each in a folder and a virtual environment of its own, and compares
# their checksums. Ends with status 1 if a byte differs.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
SOURCE_DATE_EPOCH=$(git -C "$root" log -1 --format=%ct)
export SOURCE_DATE_EPOCH
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

for place in once again-in-a-longer-path; do
    mkdir "$folder/$place"
    git -C "$root" archive HEAD | tar -x -C "$folder/$place"
    make --no-print-directory -C "$folder/$place" package
    cp "$folder/$place/dist/SHA256SUMS" "$folder/$place.sums"
    mv "$folder/$place/dist" "$folder/$place.dist"
    rm -rf "${folder:?}/$place"
done
cat "$folder/once.sums"
if ! cmp "$folder/once.sums" "$folder/again-in-a-longer-path.sums"; then
    diff "$folder/once.sums" "$folder/again-in-a-longer-path.sums" || true
    if [ -n "${KEEP-}" ]; then
        mkdir -p "$KEEP"
        mv "$folder"/*.dist "$KEEP"
    fi
    exit 1
fi
echo "Both times the same bytes."
