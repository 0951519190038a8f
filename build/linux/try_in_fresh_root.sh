#!/bin/sh
# Installs a .deb in a fresh Debian made with debootstrap, runs its self-test without a network, as
# an unprivileged user, on a read-only installation, tries to replace it while it runs, and purges it.
#   sudo build/linux/try_in_fresh_root.sh .work/packages/evidencebox-VERSION-amd64.deb [bookworm]
# Needs debootstrap, and a Debian mirror for the fresh root and the libraries of Qt.
set -eu

deb=$(readlink -f "$1")
suite=${2:-bookworm}
root=$(mktemp -d)
chmod 755 "$root"
cleanup() {
    umount "$root/proc" 2>/dev/null || true
    rm -rf --one-file-system "$root"
}
trap cleanup EXIT

say() { printf '== %s\n' "$*"; }

say "a fresh $suite"
debootstrap --variant=minbase "$suite" "$root" >"$root.log" 2>&1 || { tail -5 "$root.log"; exit 1; }
rm -f "$root.log"
mount -t proc proc "$root/proc"
cp "$deb" "$root/tmp/evidencebox.deb"
before=$(chroot "$root" find /usr /etc /opt /var/lib/evidencebox -name '*evidencebox*' 2>/dev/null || true)
[ -z "$before" ] || { echo "not fresh: $before" >&2; exit 1; }

say "install"
chroot "$root" sh -c 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends /tmp/evidencebox.deb' >"$root.log" 2>&1 ||
    { tail -20 "$root.log"; exit 1; }
rm -f "$root.log"
missing=$(chroot "$root" sh -c 'export LD_LIBRARY_PATH=/usr/lib/evidencebox/_internal
    find /usr/lib/evidencebox -name "*.so*" -type f -exec ldd {} \; 2>/dev/null |
    grep "not found" | sort -u' || true)
[ -z "$missing" ] || printf 'libraries that are not found (of plug-ins for other desktops):\n%s\n' "$missing"

say "self-test: no network, an unprivileged user, a read-only installation"
unshare --net --mount sh -c '
    mount --bind "$1/usr/lib/evidencebox" "$1/usr/lib/evidencebox"
    mount -o remount,bind,ro "$1/usr/lib/evidencebox"
    exec chroot --userspec=65534:65534 "$1" env -i PATH=/usr/bin:/bin HOME=/tmp LANG=C.UTF-8 \
        evidencebox --self-test' sh "$root"

say "the window starts (off screen)"
unshare --net chroot --userspec=65534:65534 "$root" env -i PATH=/usr/bin:/bin HOME=/tmp LANG=C.UTF-8 \
    QT_QPA_PLATFORM=offscreen timeout 8 evidencebox-desk gui || [ $? -eq 124 ]

say "replacing it while it runs is refused"
chroot --userspec=65534:65534 "$root" env -i PATH=/usr/bin:/bin HOME=/tmp QT_QPA_PLATFORM=offscreen \
    timeout 60 evidencebox-desk gui &
running=$!
sleep 3
if chroot "$root" dpkg -i /tmp/evidencebox.deb >/dev/null 2>"$root.log"; then
    echo "it was replaced while it ran" >&2
    exit 1
fi
grep "is running" "$root.log"
rm -f "$root.log"
kill "$running" 2>/dev/null || true
pkill -f "^/usr/lib/evidencebox/evidencebox-desk" 2>/dev/null || true
wait "$running" 2>/dev/null || true
sleep 1

say "purge"
chroot "$root" apt-get purge -y -qq evidencebox >/dev/null 2>&1
left=$(chroot "$root" find /usr /etc /var/lib/evidencebox -name '*evidencebox*' 2>/dev/null || true)
[ -z "$left" ] || { printf 'left behind:\n%s\n' "$left" >&2; exit 1; }
say "nothing is left"
