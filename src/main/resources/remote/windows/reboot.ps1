<#
.SYNOPSIS
Starts the device anew, after the answer.
.EXAMPLE
pwsh -NoProfile -File reboot.ps1 < parameters.json

with this in parameters.json:

{"delay": "0"}
#>
param($Nonce, $Lines)
. (Join-Path $PSScriptRoot 'prelude.ps1')

Invoke-Operation 'reboot' $Lines @($input) {
  $delay = Get-Number 'delay'
  $note = Get-NotePath 'reboot'
  $boot = Get-BootId
  $noted = Get-StepNote $note
  # Another start than the one this step noted before it acted: it was done, and the answer got lost.
  if ($null -ne $noted -and $noted.start -ne $boot) {
    Add-Value 'changed' $true
    Add-Value 'already' $true
    return
  }
  Set-StepNote $note $boot 0
  $said = "$(& { $ErrorActionPreference = 'Continue'; & shutdown.exe /r /f /t ($delay + 1) /d p:4:1 /c edgefleet 2>&1 })"
  # 1115, 1190: it goes down already.
  if ($LASTEXITCODE -ne 0 -and $LASTEXITCODE -ne 1115 -and $LASTEXITCODE -ne 1190) {
    if ($LASTEXITCODE -eq 5) { Stop-Operation 'not-permitted' $said.Trim() }
    Stop-Operation 'failed' "shutdown ended with ${LASTEXITCODE}: $($said.Trim())"
  }
  Add-Value 'changed' $true
  Add-Value 'already' $false
}
