#!/bin/sh
# Makes the virtual environment in the folder given, with exactly what packaging/requirements.txt pins, and the
# project itself in it as an editable install. Run again, it only brings the environment up to date.
#
#   make-venv.sh FOLDER            with the first Python on the PATH that is new enough
#   make-venv.sh FOLDER system     on Linux with the distribution's, whose library a package can take along
set -eu
venv=$1
which=${2-}
root=$(cd "$(dirname "$0")/.." && pwd)

new_enough='import sys; sys.exit(sys.version_info < (3, 11))'

find_python() {
    paths=$PATH
    if [ "$which" = system ] && [ "$(uname -s)" = Linux ]; then
        paths="/usr/bin:$PATH"
    fi
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        found=$(PATH=$paths command -v "$name") || continue
        if "$found" -c "$new_enough" 2>/dev/null; then
            echo "$found"
            return
        fi
    done
    echo "Python 3.11 or newer is needed, and there is none on this machine's PATH." >&2
    return 1
}

if ! "$venv/bin/python" -c "import pip; $new_enough" 2>/dev/null; then
    python=$(find_python)
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then  # Debian keeps them in a package of their own
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        sh "$root/packaging/linux/system-packages.sh" "python$version-venv"
    fi
    case $which:$python in
        system:/usr/bin/*)
            version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
            sh "$root/packaging/linux/system-packages.sh" "libpython$version" ;;
    esac
    echo "Making the virtual environment in $venv" >&2
    "$python" -m venv --clear "$venv"
fi

echo "Installing the Python packages of packaging/requirements.txt" >&2
pip() { "$venv/bin/python" -m pip --quiet --disable-pip-version-check "$@"; }
if "$venv/bin/python" -c 'from importlib.metadata import version; version("apsw")' 2>/dev/null; then
    pip uninstall --yes apsw  # it has the modules of apsw-sqlite3mc, which took its place
fi
pip install --require-hashes -r "$root/packaging/requirements.txt"
pip install --no-deps --no-build-isolation -e "$root"
