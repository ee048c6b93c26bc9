#!/bin/bash
# Runs the Windows program under Wine as a clerk would: a new campaign, two
# builds, a build while another program holds a file of the site, check, forms
# out and in, verify, and a double click, which opens the desk. The site must be byte
# for byte what this machine builds.
# Needs wine, wine64 and gcc-mingw-w64-x86-64 (make soak installs them).
set -euo pipefail
cd "$(dirname "$0")/../.."
at=$(mktemp -d)
trap 'wineserver -k 2>/dev/null || true; rm -rf "$at"' EXIT
export WINEPREFIX=$at/prefix WINEDEBUG=-all

GOOS=windows go build -o "$at/wangjian.exe" ./cmd/wangjian
GOOS=windows go -C tools/windows build -o "$at/hold.exe" .
GOOS=windows go -C tools/windows build -o "$at/explorer.exe" ./explorer
go build -o "$at/wangjian" ./cmd/wangjian
mkdir -p "$WINEPREFIX"
wineserver -p # one server for all commands: one that ends between two resets the second
wine wineboot 2>/dev/null
x86_64-w64-mingw32-gcc -shared -O2 -o "$WINEPREFIX/drive_c/windows/system32/bcryptprimitives.dll" tools/windows/processprng.c
cd "$at"
fail() { echo "windows: $*" >&2; exit 1; }
w() { wine wangjian.exe -C c "$@"; }
same() { diff -q "$1" "$2" >/dev/null || fail "$1 and $2 differ"; }

wine wangjian.exe new --sample c >/dev/null
./wangjian new --sample linux >/dev/null
w build >/dev/null 2>&1
w build 2>/dev/null | grep -q '已是最新' || fail 'the second build found something to do'
./wangjian -C linux build >/dev/null 2>&1
same c/public/SHA256SUMS linux/public/SHA256SUMS
(cd c/public && sha256sum --quiet -c SHA256SUMS) || fail 'the site does not match its sums'

mkfifo until
wine hold.exe 'c\public\index.html' <until >held &
exec 3>until
until grep -q held held; do sleep 0.1; done
for day in 2022-12-02 2022-12-03; do
  w build --date $day >said 2>&1 || fail "a held file stops a build: $(cat said)"
  grep -q '下次生成时再删' said || fail "nothing says what is left: $(cat said)"
done
exec 3>&-
wait $!
w build >/dev/null 2>&1
[ -z "$(find c -maxdepth 1 -name '.public.wangjian-*')" ] || fail 'a leftover stays for ever'
same c/public/SHA256SUMS linux/public/SHA256SUMS

w check >said 2>&1 || fail "check: $(cat said)"
w form export --round final --department gongan -o forms >/dev/null
[ -n "$(find c/forms -name '*.xlsx')" ] || fail 'no form was exported'
printf '填报单位,赣州市互联网信息办公室\n填报日期,2022-11-25\n项目,单位,数量,备注\n清理网上违法违规信息,万条,12.5,\n处置网站平台违法违规账号,个,1127,\n' >c/back.csv
w verify public | grep -q '逐字节相同' || fail 'verify'
w form import --yes --round final --department wangxin back.csv >said 2>&1 || fail "import: $(cat said)"
grep -q '12.5' c/data/final/wangxin.yaml || fail 'the imported figure is not in the YAML file'

# A double click: first on the program alone, then on the one in a campaign's folder.
mkdir first
for folder in first c; do
  cp wangjian.exe $folder/
  mkfifo keys
  wine explorer.exe $folder/wangjian.exe <keys >clicked 2>&1 &
  exec 4>keys
  for _ in $(seq 600); do grep -q 'token=' clicked && break; sleep 0.1; done
  grep -q '网剑：把专项行动的统计表和总结做成信息公开网站和 PDF' clicked || fail "it does not say what it is: $(cat clicked)"
  grep -q '工作台正在浏览器里打开' clicked || fail "it does not say what it does: $(cat clicked)"
  address=$(tr -d '\r' <clicked | grep -m1 -o 'http://127\.0\.0\.1:[0-9]*/_desk/?token=[^ ]*') || fail "no address: $(cat clicked)"
  curl -sfL -c cookies -b cookies "$address" >page || fail "$address does not answer"
  case $folder in first) want=新建;; c) want=赣州2022网络市场监管专项行动;; esac
  grep -q "$want" page || fail "the desk over $folder does not show $want"
  [ "$(curl -s -o again -w '%{http_code}' "$address")" = 403 ] || fail 'the address is good for a second use'
  port=${address#*127.0.0.1:}
  ! curl -s -o again "http://127.0.0.2:${port%%/*}/" || fail 'the desk listens on more than this machine'
  wine taskkill /f /im wangjian.exe >/dev/null 2>&1
  exec 4>&-
  wait $! || true
  rm keys cookies
done
echo "windows: a double click opens the desk at ${address%%\?*}"
echo "windows: $(wc -l <c/public/SHA256SUMS) files, each as on $(uname -s)"
