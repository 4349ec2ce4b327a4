<#
.SYNOPSIS
Owner, group and mode of a folder and of all it holds; no symlink is followed.
.EXAMPLE
pwsh -NoProfile -File set-tree-attributes.ps1 < parameters.json

with this in parameters.json:

{"path": "C:\\certs", "mode": "0700", "check": "false"}
#>
param($Nonce, $Lines)
. (Join-Path $PSScriptRoot 'prelude.ps1')

Invoke-Operation 'set-tree-attributes' $Lines @($input) {
  $wanted = Get-Wanted
  $check = (Test-Given 'check') -and (Get-Given 'check') -eq 'true'
  $top = Get-Entry (Resolve-Full (Get-Given 'path')) -Follow
  if ($top.kind -eq 'absent') { Stop-Operation 'missing' $top.path }
  if ($top.kind -ne 'directory') { Stop-Operation 'not-a-directory' $top.path }
  $changed = $false
  $left = New-Object Collections.Generic.Stack[string]
  $left.Push($top.path)
  while ($left.Count -gt 0) {
    $entry = Get-Entry $left.Pop()
    if ($entry.kind -eq 'symlink' -or $entry.kind -eq 'absent') { continue }
    if (Set-Wanted $entry $wanted -Check:$check) { $changed = $true }
    if ($entry.kind -eq 'directory') {
      foreach ($child in [IO.Directory]::GetFileSystemEntries($entry.path)) { $left.Push($child) }
    }
  }
  Add-Value 'changed' $changed
}
