<#
.SYNOPSIS
Owner, group and mode of what is there, symlinks followed.
.EXAMPLE
pwsh -NoProfile -File set-attributes.ps1 < parameters.json

with this in parameters.json:

{"path": "C:\\certs\\device.key", "mode": "0600", "owner": "SYSTEM"}
#>
param($Nonce, $Lines)
. (Join-Path $PSScriptRoot 'prelude.ps1')

Invoke-Operation 'set-attributes' $Lines @($input) {
  $wanted = Get-Wanted
  $entry = Get-Entry (Resolve-Full (Get-Given 'path')) -Follow
  if ($entry.kind -eq 'absent') { Stop-Operation 'missing' $entry.path }
  Add-Value 'changed' (Set-Wanted $entry $wanted)
}
