<#
.SYNOPSIS
Owner, group and mode of what is there, symlinks followed; that of somebody else with "follow": "true"
alone.
.EXAMPLE
pwsh -NoProfile -File set-attributes.ps1 < parameters.json

with this in parameters.json:

{"path": "C:\\certs\\device.key", "mode": "0600", "owner": "SYSTEM"}
#>
param($Nonce, $Lines)
. (Join-Path $PSScriptRoot 'prelude.ps1')

Invoke-Operation 'set-attributes' $Lines @($input) {
  $wanted = Get-Wanted
  $path = Get-GivenReal (Resolve-Full (Get-Given 'path')) -Last
  if ((Get-Entry $path).kind -eq 'absent') { Stop-Operation 'missing' $path }
  $entry = Lock-Entry $path
  Add-Value 'changed' (Set-Wanted $entry $wanted)
}
