<#
.SYNOPSIS
A folder and those above it that are missing.
.EXAMPLE
pwsh -NoProfile -File make-directory.ps1 < parameters.json

with this in parameters.json:

{"path": "C:\\certs\\edge", "mode": "0700"}
#>
param($Nonce, $Lines)
. (Join-Path $PSScriptRoot 'prelude.ps1')

Invoke-Operation 'make-directory' $Lines @($input) {
  $wanted = Get-Wanted
  $path = Resolve-Full (Get-Given 'path')
  $entry = Get-Entry $path -Follow
  if ($entry.kind -eq 'directory') {
    Add-Value 'changed' (Set-Wanted $entry $wanted)
    return
  }
  if ($entry.kind -ne 'absent') { Stop-Operation 'not-a-directory' $entry.path }
  if ((Get-Entry $path).kind -eq 'symlink') { Stop-Operation 'dangling-symlink' $path }
  # Outermost first.
  $missing = @()
  $at = $path
  while ($true) {
    $above = Get-Entry $at -Follow
    if ($above.kind -eq 'directory') { break }
    if ($above.kind -ne 'absent') { Stop-Operation 'not-a-directory' $above.path }
    $missing = @($at) + $missing
    $at = Get-Folder $at
    if ("$at" -eq '') { Stop-Operation 'no-folder' $path }
  }
  foreach ($folder in $missing) {
    $null = [IO.Directory]::CreateDirectory($folder)
    $null = Set-Wanted (Get-Entry $folder) $wanted
  }
  Add-Value 'changed' $true
}
