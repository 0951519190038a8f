# Makes the Windows installer from a frozen bundle. Run on Windows, after `dev.py package`:
#   powershell -File build\windows\package.ps1 [-Sign "signtool sign /fd sha256 /tr URL /td sha256 $f"]
# Not run by us on Windows so far: linted and reviewed against Inno Setup's documentation.
param([string]$Sign = "")
Set-StrictMode -Version Latest
$ErrorActionPreference = "Stop"

$root = (Resolve-Path (Join-Path $PSScriptRoot "..\..")).Path
$bundle = Join-Path $root ".work\dist\EvidenceBox"
$output = Join-Path $root ".work\packages"
$compiler = Get-Command "iscc.exe" -ErrorAction SilentlyContinue
if (-not $compiler) {
    throw "Inno Setup 6 is not installed, or iscc.exe is not on the PATH."
}
if (-not (Test-Path (Join-Path $bundle "evidencebox.exe"))) {
    throw "There is no bundle at $bundle. Run: python build\dev.py package"
}
$version = (& (Join-Path $bundle "evidencebox.exe") --version).Split(" ")[-1]
$arguments = @("/DVersion=$version", "/DBundle=$bundle", "/O$output")
if ($Sign) {
    $arguments += @("/DSignTool=evidencebox", "/Sevidencebox=$Sign")
}
& $compiler.Source @arguments (Join-Path $PSScriptRoot "evidencebox.iss")
if ($LASTEXITCODE -ne 0) {
    throw "Inno Setup failed: see its words above."
}
Get-ChildItem $output -Filter "*.exe" | Get-FileHash -Algorithm SHA256 |
    ForEach-Object { "{0}  {1}" -f $_.Hash.ToLower(), (Split-Path $_.Path -Leaf) }
