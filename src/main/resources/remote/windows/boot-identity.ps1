<#
.SYNOPSIS
Which start of the device this is. Looks only.
.EXAMPLE
pwsh -NoProfile -File boot-identity.ps1 < parameters.json

with this in parameters.json:

{}
#>
param($Nonce, $Lines)
. (Join-Path $PSScriptRoot 'prelude.ps1')

Invoke-Operation 'boot-identity' $Lines @($input) {
  Add-Value 'boot_id' (Get-BootId)
}
