<#
.SYNOPSIS
Gives the device's lock back, where it is this very process's.
.EXAMPLE
pwsh -NoProfile -File release-lock.ps1 < parameters.json

with this in parameters.json:

{"process": "1"}
#>
param($Nonce, $Lines)
. (Join-Path $PSScriptRoot 'prelude.ps1')

Invoke-Operation 'release-lock' $Lines @($input) {
  $process = Get-Number 'process'
  $run = Format-Word $Edgefleet.run
  $lock = [IO.Path]::Combine((Get-StateFolder), 'lock')
  $changed = $false
  $held = Get-Lock $lock
  if ($null -ne $held -and $held.run -ceq $run -and $held.process -eq $process) {
    # Out of the way first: between looking and removing, somebody may have taken it over.
    $moved = $lock + '~' + $Edgefleet.nonce
    [IO.File]::Move($lock, $moved)
    $held = Get-Lock $moved
    if ($null -ne $held -and ($held.run -cne $run -or $held.process -ne $process)) {
      try { [IO.File]::Move($moved, $lock) } catch { [IO.File]::Delete($moved) }
    } else {
      [IO.File]::Delete($moved)
      $changed = $true
    }
  }
  Add-Value 'changed' $changed
}
