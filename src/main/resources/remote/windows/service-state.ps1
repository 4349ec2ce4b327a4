<#
.SYNOPSIS
What Windows says of a service. Looks only.
.DESCRIPTION
In systemd's words: active is active, inactive, failed, activating or deactivating; enabled is enabled
(Windows: automatic), disabled (manual) or masked (disabled).
.EXAMPLE
pwsh -NoProfile -File service-state.ps1 < parameters.json

with this in parameters.json:

{"service": "iotedge"}
#>
param($Nonce, $Lines)
. (Join-Path $PSScriptRoot 'prelude.ps1')

Invoke-Operation 'service-state' $Lines @($input) {
  Add-ServiceValues (Get-ServiceEntry (Get-ServiceName (Get-Given 'service')))
}
