#!/bin/sh
# Makes sure of the system packages that the program or its tests need on Debian and Ubuntu:
#
#   system-packages.sh window          what Qt needs to open a window, or to draw offscreen
#   system-packages.sh desktop-tests   virtual displays, a session bus, a notification server, ...
#   system-packages.sh package         what makes and checks the packages
#   system-packages.sh NAME...         packages by name
#
# Says nothing if nothing is missing. Installs what is missing as root, or where sudo asks for no password;
# elsewhere it prints the one command to run and ends with status 1. On other systems it can only name them.
set -eu

window="libegl1 libgl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libxkbcommon0
    libx11-xcb1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0
    libxcb-render-util0 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0
    libgssapi-krb5-2 libwayland-cursor0"
desktop_tests="gnome-keyring gcr xvfb openbox sway trayer xdotool dbus dunst xfce4-notifyd notification-daemon libnotify-bin faketime
    fonts-noto-cjk at-spi2-core python3-gi gir1.2-atspi-2.0"
package="appstream binutils desktop-file-utils dpkg-dev lintian mandoc nsis xz-utils"

[ "$(uname -s)" = Linux ] || exit 0

wanted=
for argument; do
    case $argument in
        window) wanted="$wanted $window" ;;
        desktop-tests) wanted="$wanted $desktop_tests" ;;
        package) wanted="$wanted $package" ;;
        *) wanted="$wanted $argument" ;;
    esac
done

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    echo "This is neither Debian nor Ubuntu. If something does not start, install what these packages are called here:" \
        $wanted >&2
    exit 0
fi

# The names of what is installed, one a line. With 64-bit time some libraries became NAMEt64, which provides NAME.
installed=$(dpkg-query --show --showformat '${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p')
missing=
for name in $wanted; do
    printf '%s\n' "$installed" | grep -qxF -e "$name" -e "${name}t64" || missing="$missing $name"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -eq 0 ]; then
    as_root=
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    echo "Some system packages are missing. Please run this once, then try again:" >&2
    echo "  sudo apt-get update && sudo apt-get install --no-install-recommends$missing" >&2
    exit 1
fi

apt() {
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0 "$@" \
        </dev/null >>"$log" 2>&1
}

echo "Installing system packages:$missing" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# The package lists are fetched only if the present ones do not do: a fresh machine has none, an old one old ones.
if ! apt install --yes --no-install-recommends $missing; then
    : >"$log"
    if ! { apt update && apt install --yes --no-install-recommends $missing; }; then
        cat "$log" >&2
        echo "These system packages could not be installed:$missing" >&2
        exit 1
    fi
fi
