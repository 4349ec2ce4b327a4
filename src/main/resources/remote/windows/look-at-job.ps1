<#
.SYNOPSIS
Tells how far a job is, at once when it is over, else after a while.
.EXAMPLE
pwsh -NoProfile -File look-at-job.ps1 < parameters.json

with this in parameters.json:

{"edgefleet": 1, "operation": "look-at-job", "run": "R1", "step": "edge1/1.1",
"parameters": {"wait": "0", "limit": "1000000", "tail": "1000"}
}
#>
param($Nonce, $Lines)
. (Join-Path $PSScriptRoot 'prelude.ps1')

Invoke-Operation 'look-at-job' $Lines @($input) {
  $job = Get-JobFolder
  $wait = Get-Number 'wait'
  $limit = Get-Number 'limit'
  $tail = Get-Number 'tail'
  $clock = [Diagnostics.Stopwatch]::StartNew()
  while ($true) {
    $state = Get-JobState $job
    if ($state.state -ne 'running' -and $state.state -ne 'claimed') { break }
    if ($clock.Elapsed.TotalSeconds -ge $wait) { break }
    Start-Sleep -Milliseconds 500
  }
  Add-JobValues $state
  Add-JobOutput $state $limit $tail
}
