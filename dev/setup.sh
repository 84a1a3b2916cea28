#!/usr/bin/env bash
# Sets up what `make run` (run), the tools (dev) and the tests (test) need, and says what it does.
# As root on Debian or Ubuntu it installs what is missing with apt-get; elsewhere it names it and goes on.
set -euo pipefail
cd "$(dirname "$0")/.."
what="${1:-run}"
say() { printf 'setup: %s\n' "$*" >&2; }

can_apt() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }
updated=""
install() { # install PACKAGE...: true when installed
  can_apt || return 1
  [ -n "$updated" ] || { say "apt-get update"; apt-get update -qq >&2 || true; updated=1; }
  say "apt-get install $*"
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >/dev/null 2>"${TMPDIR:-/tmp}/setup-apt.log" ||
    { tail -n 3 "${TMPDIR:-/tmp}/setup-apt.log" >&2; return 1; }
}
postgres_bin() { ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null | tail -n 1 || true; }
new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
  for name in python3 python3.14 python3.13 python3.12 python3.11; do
    if command -v "$name" >/dev/null && new_enough "$name"; then echo "$name"; return; fi
  done
}

make_venv() {
  local python
  python="$(find_python)"
  if [ -z "$python" ]; then install python3 python3-venv || true; python="$(find_python)"; fi
  [ -n "$python" ] || { say "Python 3.11 or newer is needed; install it and run this again"; exit 1; }
  [ -x .venv/bin/python ] && new_enough .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1 && return
  say "virtual environment .venv with $("$python" --version)"
  rm -rf .venv
  "$python" -m venv .venv 2>/dev/null || {
    install python3-venv || { say "python3-venv is needed; install it and run this again"; exit 1; }
    rm -rf .venv; "$python" -m venv .venv
  }
}

pip_install() {
  say "Python packages of $1"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check -r "$1"
}

system_packages() { # what the tests drive; a missing one is named and its tests are left out
  local missing=()
  command -v chromium >/dev/null || install chromium || missing+=("chromium (browser tests)")
  fc-list 2>/dev/null | grep -qi 'noto.*cjk' || install fonts-noto-cjk fontconfig || missing+=("fonts-noto-cjk (screenshots)")
  [ -n "$(postgres_bin)" ] || install postgresql || missing+=("postgresql (PostgreSQL tests)")
  command -v redis-server >/dev/null || install redis-server || missing+=("redis-server (Redis tests)")
  for item in "${missing[@]+"${missing[@]}"}"; do say "left out, please install: $item"; done
}

case "$what" in
  run) make_venv; pip_install requirements.txt ;;
  dev) make_venv; pip_install requirements-dev.txt ;;
  test) system_packages ;;
  *) say "unknown: $what (allowed: run, dev, test)"; exit 2 ;;
esac
