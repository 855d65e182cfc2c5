#!/bin/sh
# Makes .venv with all that Cairn needs: sh setup.sh for running it, sh setup.sh test for its tests too.
# Done once, it is skipped until a version or this folder's place changes, so later starts need no network.
set -u
cd "$(dirname "$0")" || exit 1
unset PYTHONHOME PYTHONPATH PIP_USER PIP_TARGET PIP_PREFIX PIP_REQUIRE_VIRTUALENV
# With HOME set but empty, pip would put its cache into the root folder.
[ -n "${HOME-unset}" ] || unset HOME

wanted=${1:-run}
folder=.venv
log=$folder/setup.log

fail() {
    printf '%s\n' "$1" >&2
    exit 3
}

find_python() {
    for name in python3.13 python3.12 python3.11 python3 python3.14 python; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            printf '%s\n' "$name"
            if "$name" -c 'import ensurepip, venv' >/dev/null 2>&1; then
                return 0
            fi
        fi
    done
    return 1
}

choose_python() {
    found=$(find_python) && python=$(printf '%s\n' "$found" | tail -n 1) && return
    [ -n "$found" ] || fail "No Python 3.11 or newer is on the path. Install one (Debian: sudo apt install python3 python3-venv; macOS: brew install python), then make demo."
    [ -f /etc/debian_version ] && fail "Debian keeps venv apart: sudo apt install python3-venv, then make demo."
    fail "This Python has no venv. Install a complete Python 3.11 or newer, then make demo."
}

# What an installed .venv was made from, and where: another version or another place makes a new one.
mark() {
    pwd -P
    cksum pyproject.toml constraints.txt setup.sh
}

is_ready() {
    for made in "$folder/made-for-test" "$folder/made-for-$wanted"; do
        [ -f "$made" ] && [ "$(cat "$made")" = "$(mark)" ] && "$folder/bin/python" -c '' 2>/dev/null && return 0
    done
    return 1
}

make_venv() {
    pwd -P | cmp -s - "$folder/place" && "$folder/bin/python" -m pip --version >/dev/null 2>&1 && return
    "$python" -m venv --clear "$folder" >/dev/null 2>&1 || {
        rm -rf "$folder"
        fail "$python could not make $folder here. Is the disk full, or the folder read-only?"
    }
    pwd -P >"$folder/place"
}

say_python() {
    version=$("$folder/bin/python" -c 'import platform; print(platform.python_version())')
    printf '[1/4] %-32s ok\n' "python $version, venv"
}

# setuptools first and by hand: pip would fetch its own into a hidden place, unpinned.
install() {
    part=.
    [ "$wanted" = test ] && part='.[test]'
    "$folder/bin/python" -m pip install --disable-pip-version-check --no-input --retries 2 \
        -c constraints.txt setuptools &&
        "$folder/bin/python" -m pip install --disable-pip-version-check --no-input --retries 2 \
            -c constraints.txt --no-build-isolation --editable "$part"
}

say_why_not() {
    if grep -q -i -E 'no space left|disk quota' "$log"; then
        fail "The disk is full: the packages need 150 MB in $folder. Make room, then make demo."
    elif grep -q -i -E 'connection|resolution|timed out|timeout|unreachable|could not fetch|ssl' "$log"; then
        fail "pip cannot reach its package index ($log). Is this computer online? Then make demo again."
    fi
    fail "pip could not install the packages ($log): $(grep -i error "$log" | tail -n 1)"
}

install_packages() {
    began=$(date +%s)
    printf '[2/4] %-32s ' "packages, about half a minute"
    install >"$log" 2>&1 &
    work=$!
    trap 'kill $work 2>/dev/null; wait $work 2>/dev/null; echo; exit 130' INT TERM HUP
    while kill -0 $work 2>/dev/null; do
        printf '#'
        sleep 1
    done
    wait $work && done=0 || done=$?
    trap - INT TERM HUP
    [ $done -eq 0 ] || { echo; say_why_not; }
    printf ' %s s, next start skips this\n' $(($(date +%s) - began))
}

count() {
    "$folder/bin/python" -c 'from importlib.metadata import distributions as d; print(len(list(d())))'
}

if is_ready; then
    say_python
    printf '[2/4] %-32s ok\n' "packages ($(count))"
    exit 0
fi
choose_python
make_venv
say_python
install_packages
mark >"$folder/made-for-$wanted"
