#!/bin/sh
# Makes the packages of the last commit twice, each in a folder and a virtual environment of its own, and compares
# their checksums. Ends with status 1 if a byte differs.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
commit=$(git -C "$root" rev-parse HEAD)  # it may move on meanwhile
SOURCE_DATE_EPOCH=$(git -C "$root" log -1 --format=%ct "$commit")
export SOURCE_DATE_EPOCH
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

for place in once again-in-a-longer-path; do
    mkdir "$folder/$place"
    git -C "$root" archive "$commit" | tar -x -C "$folder/$place"
    make --no-print-directory -C "$folder/$place" package
    cp "$folder/$place/dist/SHA256SUMS" "$folder/$place.sums"
    rm -rf "${folder:?}/$place"
done
cat "$folder/once.sums"
if ! cmp "$folder/once.sums" "$folder/again-in-a-longer-path.sums"; then
    diff "$folder/once.sums" "$folder/again-in-a-longer-path.sums" || true
    exit 1
fi
echo "Both times the same bytes."
