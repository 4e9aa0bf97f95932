#!/bin/sh
# Runs inside the gate's chroot, as the clerk: one session of a desktop with an input method in it
# (fcitx4, fcitx5 or ibus) and the installed program on a draft. Ends when it is killed.
#   gate-session.sh METHOD DRAFT
set -eu
method=$1 draft=$2
case "$method" in
    fcitx4)
        mkdir -p "$HOME/.config/fcitx"
        printf '[Profile]\nIMName=\nEnabledIMList=fcitx-keyboard-us:True,pinyin:True\n' \
            > "$HOME/.config/fcitx/profile"
        set -- fcitx -D ;;
    fcitx5)
        mkdir -p "$HOME/.config/fcitx5"
        cat > "$HOME/.config/fcitx5/profile" <<END
[Groups/0]
Name=Default
Default Layout=us
DefaultIM=pinyin
[Groups/0/Items/0]
Name=keyboard-us
Layout=
[Groups/0/Items/1]
Name=pinyin
Layout=
[GroupOrder]
0=Default
END
        set -- fcitx5 ;;
    ibus)
        set -- ibus-daemon --xim --panel=disable ;;
esac
export XMODIFIERS="@im=${method%[45]}" QT_IM_MODULE="${method%[45]}"
exec dbus-run-session -- sh -c '
    draft=$1 method=$2; shift 2
    "$@" &
    sleep 5
    if [ "$method" = ibus ]; then  # it may take its time to start the engine
        for _ in 1 2 3 4 5; do ibus engine libpinyin && break; sleep 2; done
    fi
    exec gongkai "$draft"
' session "$draft" "$method" "$@"
