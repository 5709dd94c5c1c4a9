#!/bin/sh
# browser.sh PYTHON: sees that there is a Chromium or Chrome: one that is installed, else apt's
# (as root, or where sudo does not ask), else the one that Selenium Manager downloads into its cache.
# Exits 0 without one too: the tests and the audit then say for themselves what they could not do.
set -u
here=$(dirname "$0")
. "$here/root.sh"
python=$1

has_browser() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" >/dev/null 2>&1 && return 0
    done
    [ -x "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" ] ||
        [ -x "/Applications/Chromium.app/Contents/MacOS/Chromium" ]
}

# Debian's Chromium is only sure to fit Debian's driver; for Chrome, Selenium Manager finds one.
has_driver() {
    command -v chromedriver >/dev/null 2>&1 || ! command -v chromium >/dev/null 2>&1
}

has_browser && has_driver && exit 0

if can_apt; then
    echo "Installing chromium and chromium-driver with apt-get" >&2
    if apt_install chromium chromium-driver chromium-sandbox fonts-liberation && has_browser; then
        apt_install chromium-headless-shell || echo "Without the headless shell: slower, the same results." >&2
        exit 0
    fi
    echo "apt-get could not install them." >&2
else
    echo "No Chromium or Chrome here, and apt-get cannot be used without a password." >&2
fi

echo "Asking Selenium Manager for a browser (Chrome for Testing)" >&2
"$python" - <<'PYTHON' && exit 0
import sys

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.selenium_manager import SeleniumManager

try:
    paths = SeleniumManager().binary_paths(["--browser", "chrome"])
except WebDriverException as error:
    sys.exit(f"Selenium Manager has none: {(error.msg or "").splitlines()[0]}")
print("Selenium Manager's browser:", paths["browser_path"], file=sys.stderr)
PYTHON

cat >&2 <<'MESSAGE'
No browser. Pages cannot be rendered until one is installed: Debian's packages are chromium and
chromium-driver; elsewhere install Google Chrome. Then run this again.
MESSAGE
exit 0
