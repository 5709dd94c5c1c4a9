# Sourced by the other scripts. Sets `as_root` to what makes a command run as root without asking
# (nothing, or "sudo -n") and returns 1 where there is no apt-get or no such way.
can_apt() {
    command -v apt-get >/dev/null 2>&1 || return 1
    if [ "$(id -u)" = 0 ]; then
        as_root=
    elif sudo -n true >/dev/null 2>&1; then
        as_root="sudo -n"
    else
        return 1
    fi
}

# apt_install PACKAGE...: installs them from lists that are fetched anew; the log goes to standard error.
apt_install() {
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2 </dev/null &&
        $as_root env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -qq --no-install-recommends "$@" >&2 </dev/null
}
