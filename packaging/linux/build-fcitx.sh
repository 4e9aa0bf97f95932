#!/bin/sh
# Runs inside the chroot we build in: compiles the plugin by which fcitx types into Qt 6 programs,
# against the very Qt of the bundle. Expects in /build what generate-fcitx.sh left, and:
#   COMPILER  g++ for the target   TRIPLET  its name in library folders   QT  the bundle's Qt/lib
#   PLUGIN    the file to write
# QT_GUI_BUILD_REMOVED_API: call the one function that Qt 6.8.3 keeps for plugins of older 6.x;
# the Qt of the ARM wheel (6.8.0) does not have what took its place.
set -eu
headers=/build/qt
version=$(basename "$(echo "$headers"/QtGui/6.*)")
cd /build/source

# What is generated for D-Bus includes its own moc_ files.
# shellcheck disable=SC2046 — one word for each file
"$COMPILER" -std=c++17 -O2 -fPIC -fvisibility=hidden -shared -s \
    -DQT_NO_KEYWORDS -DQT_PLUGIN -DQT_NO_DEBUG -DQT_GUI_BUILD_REMOVED_API -I. -I"$headers" \
    $(for module in QtCore QtGui; do
        printf -- '-I%s ' "$headers/$module" "$headers/$module/$version" \
            "$headers/$module/$version/$module"
    done) -I"$headers/QtDBus" \
    $(ls ./*.cpp | grep -v /moc_input) -o "$PLUGIN" \
    -L"$QT" -l:libQt6Gui.so.6 -l:libQt6DBus.so.6 -l:libQt6Core.so.6 \
    "/usr/lib/$TRIPLET/libxkbcommon.so" \
    -Wl,-rpath,'$ORIGIN/../../lib' -Wl,--allow-shlib-undefined -Wl,--no-undefined
