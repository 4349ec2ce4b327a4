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
  $given = Resolve-Full (Get-Given 'path')
  $path = Get-GivenReal $given -Last
  $entry = Get-Entry $path
  if ($entry.kind -eq 'directory') {
    Add-Value 'changed' (Set-Wanted (Lock-Entry $path) $wanted)
    return
  }
  if ($entry.kind -ne 'absent') { Stop-Operation 'not-a-directory' $path }
  if (Test-Link $given) { Stop-Operation 'dangling-symlink' $given }
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
  $private = $null -ne $wanted.mode -and (Test-PrivateMode $wanted.mode)
  $gives = $private -or $null -ne $wanted.owner -or $null -ne $wanted.group
  foreach ($folder in $missing) {
    $null = Lock-Folder (Get-Folder $folder)
    if ($private) { New-PrivateFolder $folder }
    else { $null = [IO.Directory]::CreateDirectory($folder) }
    # Somebody else may have been faster: nothing of ours is given to what is his.
    if ($gives) { Assert-OwnFolder $folder }
    $null = Set-Wanted (Lock-Entry $folder) $wanted
  }
  Add-Value 'changed' $true
}
