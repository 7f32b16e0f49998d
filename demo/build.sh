# shellcheck shell=bash
# What must be there before anything can start.

build_all() {
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
  command -v dotnet >/dev/null || {
    echo 'The .NET 10 SDK is missing: https://dotnet.microsoft.com/download/dotnet/10.0' >&2
    return 1
  }
  install_missing '
    curl curl      speaks to the terminals and the server
    jq   jq        reads their answers
    openssl openssl brings the TLS library that .NET uses
    npm  npm       brings the style sheets of the pages
  '
  mkdir -p out
  # Two runs at once must not write the same files.
  exec {build_lock}>out/.lock
  flock "$build_lock"
  build server src/Tillkeeper.Server
  build agent src/Tillkeeper.Agent
  build cli src/Tillkeeper.Cli
  build bank demo/Bank
  exec {build_lock}>&-
}

# build NAME PROJECT: into out/name; quiet unless it fails.
build() {
  local name=$1 began=$SECONDS
  printf 'Building %-9s' "$name"
  # The analyzers have their turn in ./test.
  dotnet build -c Release -o "out/$name" "$2" \
    -p:RunAnalyzers=false -v quiet -clp:NoSummary </dev/null >"out/$name.log" 2>&1 || {
    echo 'failed'
    cat "out/$name.log" >&2
    return 1
  }
  printf '%3d s\n' $((SECONDS - began))
}
