<#
.SYNOPSIS
Ends a job with all that it started. The receipt says so.
.EXAMPLE
pwsh -NoProfile -File stop-job.ps1 < parameters.json

with this in parameters.json:

{"edgefleet": 1, "operation": "stop-job", "run": "R1", "step": "edge1/1.1",
"parameters": {"limit": "1000000", "tail": "1000"}
}
#>
param($Nonce, $Lines)
. (Join-Path $PSScriptRoot 'prelude.ps1')

Invoke-Operation 'stop-job' $Lines @($input) {
  $job = Get-JobFolder
  $limit = Get-Number 'limit'
  $tail = Get-Number 'tail'
  # Whoever is about to start it comes that far or not within this time.
  for ($tries = 0; $tries -lt 10; $tries += 1) {
    $state = Get-JobState $job
    if ($state.state -ne 'claimed') { break }
    Start-Sleep -Milliseconds 500
  }
  if ($state.state -eq 'running') {
    # Who looks after it goes first, or it would note the end of the program as the program's own.
    Stop-Tree ([int]$state.started.pid)
    Remove-Task $state.started.task
  }
  if ($state.state -eq 'running' -or $state.state -eq 'lost') {
    # Windows has no way to ask a program without a window to end.
    if (Test-ProgramLeft $state) {
      Stop-Tree ([int](Get-Receipt ([IO.Path]::Combine($job, 'program'))).pid)
    }
  }
  if ($state.state -eq 'running') {
    $exit = [IO.Path]::Combine($job, 'exit')
    # It may have come to its end by itself meanwhile.
    if (-not [IO.File]::Exists($exit)) { Write-Note $exit "code 137`ntime $(Get-Now)`n" }
  }
  $state = Get-JobState $job
  Add-JobValues $state
  Add-JobOutput $state $limit $tail
}
