<#
.SYNOPSIS
Removes a file, a symlink, or a folder with all it holds.
.EXAMPLE
pwsh -NoProfile -File remove.ps1 < parameters.json

with this in parameters.json:

{"path": "C:\\certs\\old", "recursive": "true"}
#>
param($Nonce, $Lines)
. (Join-Path $PSScriptRoot 'prelude.ps1')

# The link and never what it leads to.
function Remove-Link([string]$Path) {
  if (([IO.File]::GetAttributes($Path) -band [IO.FileAttributes]::Directory) -ne 0) { [IO.Directory]::Delete($Path, $false) }
  else { [IO.File]::Delete($Path) }
}

# By hand: Remove-Item of 5.1 stumbles over links in a folder.
function Remove-Tree([string]$Path) {
  $own = Lock-Folder $Path
  foreach ($child in [IO.Directory]::GetFileSystemEntries($Path)) {
    if ($child -eq $own) { continue }
    switch ((Get-Entry $child).kind) {
      'symlink' { Remove-Link $child }
      'directory' { Remove-Tree $child }
      'file' {
        [IO.File]::SetAttributes($child, [IO.FileAttributes]::Normal)
        [IO.File]::Delete($child)
      }
    }
  }
  if ($own -ne '') { Unlock-Last }
  # Who watches files may keep the one that was in it for a moment.
  for ($tries = 0; ; $tries += 1) {
    try {
      [IO.Directory]::Delete($Path, $false)
      return
    } catch {
      if ($own -eq '' -or $tries -ge 9 -or (Get-Word (Get-Cause $_)) -ne 'not-empty') { throw }
      Start-Sleep -Milliseconds 100
    }
  }
}

Invoke-Operation 'remove' $Lines @($input) {
  $given = Get-Given 'path'
  $path = Resolve-Full $given
  if ($path.Length -gt 3) { $path = $path.TrimEnd('\', '/') }
  $path = Get-GivenReal $path
  # The root of a drive or a share, and what Windows lives in.
  $windows = [Environment]::GetFolderPath('Windows')
  if ("$(Get-Folder $path)" -eq '' -or ($windows -ne '' -and $path -eq $windows) -or $given -match '(^|[\\/])\.\.?[\\/]*$') {
    Stop-Operation 'refused-path' $path
  }
  $folder = Get-Folder $path
  if ((Get-Entry $folder -Follow).kind -eq 'directory') { $null = Lock-Folder $folder }
  $entry = Get-Entry $path
  switch ($entry.kind) {
    'absent' {
      Add-Value 'changed' $false
      return
    }
    'directory' {
      if ((Get-Given 'recursive') -ne 'true') { Stop-Operation 'is-directory' $path }
      Remove-Tree $path
    }
    'symlink' { Remove-Link $path }
    default { [IO.File]::Delete($path) }
  }
  if ((Get-Entry $path).kind -ne 'absent') { Stop-Operation 'failed' 'it is still there' }
  Add-Value 'changed' $true
}
