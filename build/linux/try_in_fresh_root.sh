#!/bin/sh
# Installs a .deb in a fresh Debian made with debootstrap, runs its self-test without a network, as
# an unprivileged user, on a read-only installation; drives the installed window by keys, where the
# tools for it are here; tries to replace it while it runs; purges it, and compares what is left.
#   sudo build/linux/try_in_fresh_root.sh .work/packages/evidencebox-VERSION-amd64.deb [bookworm]
# Needs debootstrap, and a Debian mirror for the fresh root and the libraries of Qt; for the window
# xvfb, xdotool and imagemagick. Pictures of the window go into the folder that PICTURES names.
set -eu

deb=$(readlink -f "$1")
suite=${2:-bookworm}
here=$(dirname "$(readlink -f "$0")")
pictures=${PICTURES:-$(mktemp -d)}
scratch=$(mktemp -d)
root=$scratch/root
running=
mkdir -m 755 "$root"
chmod 755 "$scratch"
cleanup() {
    [ -z "$running" ] || kill "$running" 2>/dev/null || true
    umount "$root/tmp/.X11-unix" 2>/dev/null || true
    umount "$root/proc" 2>/dev/null || true
    rm -rf --one-file-system "$scratch"
}
trap cleanup EXIT

say() { printf '== %s  %s\n' "$(date +%T)" "$*"; }
# A step whose words are only of interest where it fails.
quietly() { "$@" >"$scratch/log" 2>&1 || { tail -20 "$scratch/log" >&2; exit 1; }; }
inside() { chroot "$root" "$@"; }
# Every file of the system but apt's and dpkg's own notes, with size and rights.
listed() {
    find "$root" -xdev \( -path "$root/proc" -o -path "$root/tmp" -o -path "$root/var/lib/dpkg" \
        -o -path "$root/var/log" -o -path "$root/var/cache" -o -path "$root/var/lib/apt" \) -prune \
        -o -printf '%P %s %m %u\n' | sort
}

say "a fresh $suite"
quietly debootstrap --variant=minbase "$suite" "$root"
mount -t proc proc "$root/proc"
cp "$deb" "$root/tmp/evidencebox.deb"

say "the libraries that it names"
needs=$(dpkg-deb -f "$deb" Depends)
quietly inside apt-get update -qq
quietly inside env DEBIAN_FRONTEND=noninteractive apt-get satisfy -y -qq --no-install-recommends "$needs"
listed >"$scratch/before"

say "install"
quietly inside dpkg -i /tmp/evidencebox.deb
echo "$(du -sm "$root/usr/lib/evidencebox" | cut -f1) MiB in $(inside dpkg -L evidencebox | wc -l) paths"
missing=$(inside sh -c 'export LD_LIBRARY_PATH=/usr/lib/evidencebox/_internal
    find /usr/lib/evidencebox -name "*.so*" -type f -exec ldd {} \; 2>/dev/null |
    grep "not found" | sort -u' || true)
[ -z "$missing" ] || printf 'libraries that are not found (of plug-ins for other desktops):\n%s\n' "$missing"

say "self-test: no network, an unprivileged user, a read-only installation"
# shellcheck disable=SC2016 # it is the inner shell that expands
unshare --net --mount sh -c '
    mount --bind "$1/usr/lib/evidencebox" "$1/usr/lib/evidencebox"
    mount -o remount,bind,ro "$1/usr/lib/evidencebox"
    ! touch "$1/usr/lib/evidencebox/probe" 2>/dev/null || exit 9
    exec chroot --userspec=65534:65534 "$1" env -i PATH=/usr/bin:/bin HOME=/nonexistent LANG=C.UTF-8 \
        evidencebox --self-test' sh "$root"
left=$(find "$root/tmp" -mindepth 1 -not -name evidencebox.deb)
[ -z "$left" ] || { printf 'the self-test left behind:\n%s\n' "$left" >&2; exit 1; }

if command -v Xvfb >/dev/null && command -v xdotool >/dev/null && command -v import >/dev/null; then
    say "the window by keys: unlock, search, tag, lock (pictures in $pictures)"
    "$here/drive_window.py" --root "$root" --pictures "$pictures"
else
    say "the window is not driven: install xvfb, xdotool and imagemagick for that"
fi

say "replacing it while it runs is refused"
unshare --net chroot --userspec=65534:65534 "$root" env -i PATH=/usr/bin:/bin HOME=/nonexistent \
    LANG=C.UTF-8 QT_QPA_PLATFORM=offscreen evidencebox-desk gui >/dev/null 2>&1 &
running=$!
sleep 5
if inside dpkg -i /tmp/evidencebox.deb >/dev/null 2>"$scratch/log"; then
    echo "it was replaced while it ran" >&2
    exit 1
fi
grep "is running" "$scratch/log"
kill "$running"
wait "$running" 2>/dev/null || true
running=

say "upgrade to the same version, now that it is closed"
quietly inside dpkg -i /tmp/evidencebox.deb

say "purge"
quietly inside apt-get purge -y -qq evidencebox
listed >"$scratch/after"
if ! diff "$scratch/before" "$scratch/after" >"$scratch/log"; then
    echo "left behind, or changed:" >&2
    head -40 "$scratch/log" >&2
    exit 1
fi
say "$(wc -l <"$scratch/after") paths as before: nothing is left"
