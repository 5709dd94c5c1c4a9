#!/bin/sh
# postgres.sh: sees that there are PostgreSQL's programs, from which the tests of the history start a server of their
# own: those that are installed, else apt's (as root, or where sudo does not ask). No server is left running.
# Exits 0 without them too: those tests then skip and say why.
set -u
here=$(dirname "$0")
. "$here/root.sh"

has_postgres() {
    for folder in /usr/lib/postgresql/*/bin; do
        [ -x "$folder/initdb" ] && return 0
    done
    command -v initdb >/dev/null 2>&1
}

has_postgres && exit 0

if can_apt; then
    echo "Installing postgresql with apt-get" >&2
    # Debian's package makes a cluster and starts it, unless its configuration says otherwise.
    if apt_install postgresql-common &&
        $as_root sed -i 's/^#*create_main_cluster.*/create_main_cluster = false/' \
            /etc/postgresql-common/createcluster.conf &&
        apt_install postgresql && has_postgres; then
        exit 0
    fi
    echo "apt-get could not install it." >&2
fi
cat >&2 <<'MESSAGE'
No PostgreSQL server programs (initdb, pg_ctl): the tests of the history on PostgreSQL are skipped. Debian's
package is postgresql.
MESSAGE
exit 0
