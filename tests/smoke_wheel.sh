#!/usr/bin/env bash
# Tries an installed samenhang outside the checkout: build, serve, ask one question over HTTP.
# usage: smoke_wheel.sh PATH_OF_COMMAND EMPTY_FOLDER
set -euo pipefail
command=$1
cd "$2"
"$command" --version
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"$command" serve --data "$2/data" --port "$port" >"$2/serve.log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true' EXIT
for _ in $(seq 1 120); do
  if python3 - "$port" <<'P' 2>/dev/null
import sys, urllib.request
urllib.request.urlopen(f"http://127.0.0.1:{sys.argv[1]}/healthz", timeout=1)
P
  then break; fi
  kill -0 "$server" 2>/dev/null || { cat "$2/serve.log"; exit 1; }
  sleep 0.5
done
python3 - "$port" <<'P'
import json, sys, urllib.request
base = f"http://127.0.0.1:{sys.argv[1]}"
def get(path, accept):
    request = urllib.request.Request(base + path, headers={"Accept": accept})
    with urllib.request.urlopen(request, timeout=30) as response:
        return response.read().decode()
questions = json.loads(get("/queries", "application/json"))
rows = json.loads(get("/queries/countries-on-a-list", "application/sparql-results+json"))
assert "Kenia" in {row["countryLabel"]["value"] for row in rows["results"]["bindings"]}
assert "yasgui" in get("/sparql", "text/html").lower()
assert len(get("/static/editor/yasgui.min.js", "*/*")) > 100_000
print("the installed wheel answers:", len(rows["results"]["bindings"]), "rows")
P
