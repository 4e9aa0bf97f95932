#!/bin/sh
# Runs inside the chroot of the oldest system we build on: configures, builds and installs CPython.
# Expects the source in /build/source and these variables:
#   BUILD     a folder for what comes between; FLAGS  what configure is told besides; JOBS
#   OUT       where the finished Python goes (as /runtime below it)
set -eu

# Found by configure in glibc 2.31, missing in 2.28.
export ac_cv_func_sem_clockwait=no
export ac_cv_func_posix_spawn_file_actions_addchdir_np=no
# What configure cannot try out while building for another processor.
export ac_cv_file__dev_ptmx=yes ac_cv_file__dev_ptc=no ac_cv_buggy_getaddrinfo=no
# No debugging information, which would be stripped anyway.
export OPT="-DNDEBUG -fwrapv -O3 -Wall"

rm -rf "$BUILD" "$OUT"
mkdir -p "$BUILD"
cd "$BUILD"
# shellcheck disable=SC2086 — FLAGS are several words
/build/source/configure -q --prefix=/runtime --disable-shared --without-static-libpython \
    --disable-test-modules --without-ensurepip --without-doc-strings --with-system-expat \
    --with-dbmliborder= CFLAGS="-include /build/glibc-2.28.h" $FLAGS
cp /build/python-modules.setup Modules/Setup.local
make -s -j "$JOBS"
make -s install DESTDIR="$OUT"
