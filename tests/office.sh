#!/bin/sh
# Sees to it that LibreOffice, Chromium, poppler and a CJK font are there, or says loudly that they
# are not.
set -u

there() {
    { command -v soffice || command -v libreoffice; } >/dev/null 2>&1 &&
        { command -v chromium || command -v chromium-browser || command -v google-chrome; } \
            >/dev/null 2>&1 &&
        command -v pdftotext >/dev/null 2>&1 &&
        [ -n "$(fc-list :lang=zh-cn 2>/dev/null)" ]
}

packages="libreoffice-calc libreoffice-writer chromium fonts-noto-cjk poppler-utils fontconfig"
there && exit 0
if command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ]; then as_root=""; else as_root="sudo -n"; fi
    if [ -z "$as_root" ] || $as_root true 2>/dev/null; then
        echo "installing $packages"
        $as_root apt-get update -qq &&
            $as_root env DEBIAN_FRONTEND=noninteractive \
                apt-get install -y -qq --no-install-recommends $packages >/dev/null
    fi
fi
there && exit 0
echo "!!! LibreOffice, Chromium, poppler or a CJK font is MISSING: everything that needs them is NOT TESTED !!!" >&2
[ -z "${CI:-}" ]
