#!/bin/sh
# Puts the program into the menu of the user who runs this, or takes it out again:
#
#   menu-entry.sh install | remove
set -eu

name=followup-desktop
here=$(cd "$(dirname "$0")" && pwd)
share=${XDG_DATA_HOME:-$HOME/.local/share}

case ${1-} in
    install)
        (cd "$here/share" && find applications mime icons -type f) | while IFS= read -r file; do
            mkdir -p "$share/$(dirname "$file")"
            cp "$here/share/$file" "$share/$file"
        done
        # In an entry a path in quotes needs \ before " ` $ \, every \ doubled after that, and %% for %.
        path=$(printf '%s' "$here/$name" | sed -e 's/\\/\\\\\\\\/g' -e 's/["`$]/\\\\&/g' -e 's/%/%%/g')
        while IFS= read -r line; do
            case $line in
                Exec=*) printf 'Exec="%s"%s\n' "$path" "${line#Exec=$name}" ;;
                *) printf '%s\n' "$line" ;;
            esac
        done <"$here/share/applications/$name.desktop" >"$share/applications/$name.desktop"
        ;;
    remove)
        (cd "$here/share" && find applications mime icons -type f) | while IFS= read -r file; do
            rm -f "$share/$file"
        done
        ;;
    *)
        echo "usage: $0 install | remove" >&2
        exit 2
        ;;
esac

for update in update-desktop-database:applications update-mime-database:mime; do
    if command -v "${update%%:*}" >/dev/null; then
        "${update%%:*}" "$share/${update#*:}" >/dev/null 2>&1 || true
    fi
done
