#!/bin/sh
# Installs the system's Chromium for the browser tests, where that can be done; says how where it can't.
set -u
for name in chromium chromium-browser google-chrome google-chrome-stable; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing Chromium (apt) …" >&2
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null && exit 0
fi
echo "onrecord: the browser tests need Chromium: install it (Debian: apt install chromium), then run: make test-browser" >&2
exit 1
