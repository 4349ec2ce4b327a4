<#
.SYNOPSIS
Whether a service owes a restart. Looks only.
.DESCRIPTION
It does while any noted path has a noted hash, or when this very step began a restart before and asks
again, because nobody knows how it went.
.EXAMPLE
pwsh -NoProfile -File restart-owed.ps1 < parameters.json

with this in parameters.json:

{"service": "iotedge", "state_folder": "/var/lib/edgefleet"}
#>
param($Nonce, $Lines)
. (Join-Path $PSScriptRoot 'prelude.ps1')

Invoke-Operation 'restart-owed' $Lines @($input) {
  $name = Get-ServiceName (Get-Given 'service')
  $text = Read-Shared (Get-OwedPath $name)
  $owed = $false
  if ($null -ne $text) {
    foreach ($line in $text -split "`n") {
      $words = @($line.Trim() -split ' ')
      if ($words.Count -ne 2 -or $words[0].Length -ne 64) { continue }
      $entry = Get-Entry (Read-Word $words[1]) -Follow
      if ($entry.kind -eq 'file' -and (Get-FileHexHash $entry.path 'sha256') -eq $words[0]) {
        $owed = $true
        break
      }
    }
  }
  if (-not $owed -and $null -ne (Get-StepNote (Get-NotePath "restart-$name"))) { $owed = $true }
  Add-Value 'owed' $owed
}
