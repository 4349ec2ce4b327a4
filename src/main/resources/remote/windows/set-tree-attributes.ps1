<#
.SYNOPSIS
Owner, group and mode of a folder and of all it holds; no symlink in it is followed.
.EXAMPLE
pwsh -NoProfile -File set-tree-attributes.ps1 < parameters.json

with this in parameters.json:

{"path": "C:\\certs", "mode": "0700", "check": "false"}
#>
param($Nonce, $Lines)
. (Join-Path $PSScriptRoot 'prelude.ps1')

# Tells whether anything differed.
function Set-Tree([string]$Path, $Wanted, [bool]$Check) {
  $changed = $false
  $own = ''
  # Looking changes nothing, not even a folder's time.
  if (-not $Check) { $own = Lock-Folder $Path }
  $entry = Get-Entry $Path
  if ($entry.kind -eq 'directory') {
    if (Set-Wanted $entry $Wanted -Check:$Check) { $changed = $true }
    foreach ($child in [IO.Directory]::GetFileSystemEntries($Path)) {
      if ($child -eq $own) { continue }
      switch ((Get-Entry $child).kind) {
        'directory' { if (Set-Tree $child $Wanted $Check) { $changed = $true } }
        'file' {
          $locked = -not $Check -and (Lock-File $child)
          if (Set-Wanted (Get-Entry $child) $Wanted -Check:$Check) { $changed = $true }
          if ($locked) { Unlock-Last }
        }
      }
    }
  }
  if ($own -ne '') { Unlock-Last }
  $changed
}

Invoke-Operation 'set-tree-attributes' $Lines @($input) {
  $wanted = Get-Wanted
  $check = (Test-Given 'check') -and (Get-Given 'check') -eq 'true'
  $top = Get-Entry (Get-GivenReal (Resolve-Full (Get-Given 'path')) -Last)
  if ($top.kind -eq 'absent') { Stop-Operation 'missing' $top.path }
  if ($top.kind -ne 'directory') { Stop-Operation 'not-a-directory' $top.path }
  Add-Value 'changed' (Set-Tree $top.path $wanted $check)
}
