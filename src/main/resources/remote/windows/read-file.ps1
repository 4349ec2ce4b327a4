<#
.SYNOPSIS
A whole file, symlinks followed; that of somebody else with "follow": "true" alone. Looks only.
.EXAMPLE
pwsh -NoProfile -File read-file.ps1 < parameters.json

with this in parameters.json:

{"path": "C:\\ProgramData\\iotedge\\config.yaml", "limit": "1000000"}
#>
param($Nonce, $Lines)
. (Join-Path $PSScriptRoot 'prelude.ps1')

Invoke-Operation 'read-file' $Lines @($input) {
  $entry = Get-Entry (Get-GivenReal (Resolve-Full (Get-Given 'path')) -Last)
  if ($entry.kind -eq 'directory') { Stop-Operation 'is-directory' $entry.path }
  if ($entry.kind -eq 'file') {
    $limit = Get-Number 'limit'
    if ($entry.size -gt $limit) { Stop-Operation 'too-large' $entry.size }
    $file = [IO.File]::Open($entry.path, 'Open', 'Read', 'ReadWrite, Delete')
    try {
      $bytes = New-Object IO.MemoryStream
      $file.CopyTo($bytes)
    } finally { $file.Dispose() }
    if ($bytes.Length -gt $limit) { Stop-Operation 'too-large' $bytes.Length }
    $Edgefleet.answer = $bytes.ToArray()
    $entry.size = $bytes.Length
  }
  Add-State $entry
  if ($entry.kind -eq 'file') { Add-Value 'sha256' (Get-HexHash $Edgefleet.answer) }
}
