#!/bin/sh
# Signs the app bundle, makes a disk image, has Apple notarise it and staples the ticket, so that
# Macs without a network accept it. Run on macOS, after `dev.py package`:
#   IDENTITY="Developer ID Application: …" PROFILE=notary build/macos/package.sh
# Without IDENTITY the bundle is signed ad hoc and not notarised: for trying it on the same Mac.
# Not run by us on macOS so far: checked by a shell linter and against Apple's documentation.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
app="$root/.work/dist/EvidenceBox.app"
output="$root/.work/packages"
[ -d "$app" ] || { echo "There is no $app. Run: python3 build/dev.py package" >&2; exit 2; }
version=$("$app/Contents/MacOS/evidencebox" --version | awk '{print $NF}')
image="$output/EvidenceBox-$version-macos-$(uname -m).dmg"
identity=${IDENTITY:--}
mkdir -p "$output"

sign() {
    if [ "$identity" = "-" ]; then
        codesign --force --sign - "$@"
    else
        codesign --force --timestamp --options runtime \
            --entitlements "$root/build/macos/entitlements.plist" --sign "$identity" "$@"
    fi
}

# From the inside out: a signature covers what was signed before it.
find "$app/Contents" -type f \( -name '*.so' -o -name '*.dylib' \) | while IFS= read -r library; do
    sign "$library"
done
for program in "$app/Contents/MacOS/"*; do
    sign "$program"
done
sign "$app"
codesign --verify --deep --strict "$app"

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
cp -R "$app" "$stage/"
ln -s /Applications "$stage/Applications"
rm -f "$image"
hdiutil create -volname EvidenceBox -srcfolder "$stage" -fs HFS+ -format UDZO -ov "$image"

if [ "$identity" != "-" ]; then
    codesign --force --timestamp --sign "$identity" "$image"
    xcrun notarytool submit "$image" --keychain-profile "${PROFILE:?name the notarytool profile}" --wait
    xcrun stapler staple "$image"
    xcrun stapler validate "$image"
fi
shasum -a 256 "$image"
