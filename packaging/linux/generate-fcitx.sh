#!/bin/sh
# Runs inside a Debian that has Qt 6.8: has Qt's own tools write what the input method's plugin
# needs besides its source, and keeps the headers, private ones too, that it is compiled with.
# Expects the plugin's source in /build/source.
set -eu
tools=/usr/lib/qt6
headers=/usr/include/x86_64-linux-gnu/qt6
version=$(basename "$(echo "$headers"/QtGui/6.*)")
cd /build/source

for part in InputContext InputContext1 InputMethod InputMethod1; do
    name=$(echo "$part" | tr '[:upper:]' '[:lower:]')proxy
    "$tools/bin/qdbusxml2cpp" -m -p "$name" -i fcitxqtdbustypes.h "org.fcitx.Fcitx.$part.xml"
    "$tools/libexec/moc" -I"$headers/QtCore" -I"$headers/QtDBus" "$name.h" -o "moc_$name.cpp"
done
for name in fcitxinputcontextproxy fcitxwatcher qfcitxplatforminputcontext main; do
    "$tools/libexec/moc" -DQT_NO_KEYWORDS -I. -I"$headers" -I"$headers/QtCore" \
        -I"$headers/QtGui" -I"$headers/QtDBus" -I"$headers/QtGui/$version/QtGui" \
        "$name.h" -o "moc_$name.cpp"
done

rm -rf /build/qt
mkdir -p /build/qt
cp -r "$headers/QtCore" "$headers/QtGui" "$headers/QtDBus" /build/qt/
