<#
.SYNOPSIS
An empty file where there is none, and its times set to now.
.EXAMPLE
pwsh -NoProfile -File touch-file.ps1 < parameters.json

with this in parameters.json:

{"path": "C:\\edge\\ready"}
#>
param($Nonce, $Lines)
. (Join-Path $PSScriptRoot 'prelude.ps1')

Invoke-Operation 'touch-file' $Lines @($input) {
  $wanted = Get-Wanted
  $path = Get-GivenReal (Resolve-Full (Get-Given 'path')) -Last
  if ((Get-Entry $path).kind -eq 'absent') {
    $folder = Get-Folder $path
    if ((Get-Entry $folder -Follow).kind -ne 'directory') { Stop-Operation 'no-folder' $folder }
    $null = Lock-Folder $folder
    Write-New $path (New-Object byte[] 0)
    $entry = Lock-Entry $path
  } else {
    $entry = Lock-Entry $path
    $now = [DateTime]::UtcNow
    if ($entry.kind -eq 'directory') {
      [IO.Directory]::SetLastWriteTimeUtc($entry.path, $now)
      [IO.Directory]::SetLastAccessTimeUtc($entry.path, $now)
    } else {
      [IO.File]::SetLastWriteTimeUtc($entry.path, $now)
      [IO.File]::SetLastAccessTimeUtc($entry.path, $now)
    }
  }
  $null = Set-Wanted $entry $wanted
  Add-Value 'changed' $true
}
