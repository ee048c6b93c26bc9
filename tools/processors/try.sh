#!/bin/bash
# Builds the sample with the programs for arm64 and loong64 under qemu-user: each
# file must be byte for byte what this machine builds. These processors fuse a
# multiplication with an addition where a program lets them; our own code must
# not: what the compiler fused is listed first.
# Needs qemu-user (make processors installs it).
set -euo pipefail
cd "$(dirname "$0")/../.."
at=$(mktemp -d)
trap 'rm -rf "$at"' EXIT
fail() { echo "processors: $*" >&2; exit 1; }

go build -o "$at/own" ./cmd/wangjian
"$at/own" new --sample "$at/own.sample" >/dev/null
"$at/own" -C "$at/own.sample" build >/dev/null 2>&1
for arch in arm64:qemu-aarch64 loong64:qemu-loongarch64; do
  qemu=${arch#*:} arch=${arch%:*}
  GOARCH=$arch go build -o "$at/$arch" -gcflags='wangjian/...=-S' ./cmd/wangjian 2>"$at/assembly"
  fused=$(grep -E '\bFN?M(ADD|SUB)[DFS]\b' "$at/assembly" | grep -oE '(cmd|internal|layouts)/[a-z/]*[a-z_]+\.go:[0-9]+' | sort -u || true)
  [ -z "$fused" ] || fail "$arch fuses a multiplication with an addition, write float64(x*y)+z at
$fused"
  $qemu "$at/$arch" new --sample "$at/$arch.sample" >/dev/null
  $qemu "$at/$arch" -C "$at/$arch.sample" build >"$at/said" 2>&1 || fail "$arch: $(cat "$at/said")"
  diff -rq "$at/own.sample/public" "$at/$arch.sample/public" || fail "$arch builds another site"
  echo "processors: $(wc -l <"$at/$arch.sample/public/SHA256SUMS") files, on $arch each as on $(go env GOARCH)"
done
