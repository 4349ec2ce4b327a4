<#
.SYNOPSIS
Removes the folders of jobs that are over and older than asked; those of this run stay.
.EXAMPLE
pwsh -NoProfile -File prune-jobs.ps1 < parameters.json

with this in parameters.json:

{"edgefleet": 1, "operation": "prune-jobs", "run": "R1", "parameters": {"age": "1209600"}}
#>
param($Nonce, $Lines)
. (Join-Path $PSScriptRoot 'prelude.ps1')

Invoke-Operation 'prune-jobs' $Lines @($input) {
  $null = Get-RunName
  Add-Value 'pruned' (Remove-OldJobs (Get-Number 'age'))
}
