#!/bin/sh
# Starts 公开年报 with the Python, the libraries and the fonts that lie beside this file.
here=$(dirname "$(readlink -f "$0")")

# Desktops tell their own Qt programs of plugins that this one neither has nor needs.
unset QT_PLUGIN_PATH QT_QPA_PLATFORM_PLUGIN_PATH QT_QPA_PLATFORMTHEME QT_STYLE_OVERRIDE
case "${QT_QPA_PLATFORM:-}" in
    offscreen*) ;;
    *) unset QT_QPA_PLATFORM; [ -z "${DISPLAY:-}" ] || export QT_QPA_PLATFORM=xcb ;;
esac

# By this name the desktop knows whose window it is.
export RESOURCE_NAME=@ID@

# Chinese input: the method the desktop names for its older programs, where it names none for Qt.
case "${QT_IM_MODULE:-}" in
    fcitx* | "")
        case "${QT_IM_MODULE:-}${XMODIFIERS:-}" in
            *fcitx*) export QT_IM_MODULE=fcitx ;;
            *ibus*) export QT_IM_MODULE=ibus ;;
        esac ;;
esac

exec "$here/runtime/bin/python3" -I -S -X utf8 "$here/program/start.py" "$@"
