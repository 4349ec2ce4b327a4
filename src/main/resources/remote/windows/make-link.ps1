<#
.SYNOPSIS
A symlink at a path, in place of another symlink or of what may be replaced.
.DESCRIPTION
Links need an administrator, or Windows 10 in developer mode.
.EXAMPLE
pwsh -NoProfile -File make-link.ps1 < parameters.json

with this in parameters.json:

{"path": "C:\\edge\\current", "target": "C:\\edge\\1.1.19", "force": "false"}
#>
param($Nonce, $Lines)
. (Join-Path $PSScriptRoot 'prelude.ps1')

Invoke-Operation 'make-link' $Lines @($input) {
  $path = Resolve-Full (Get-Given 'path')
  $target = Get-Given 'target'
  $force = (Get-Given 'force') -eq 'true'
  if ("$(Get-Folder $path)" -eq '') { Stop-Operation 'bad-path' $path }
  $path = Get-GivenReal $path
  $folder = Get-Folder $path
  if ((Get-Entry $folder -Follow).kind -ne 'directory') { Stop-Operation 'no-folder' $folder }
  $null = Lock-Folder $folder
  $entry = Get-Entry $path
  switch ($entry.kind) {
    'symlink' {
      if ($entry.target -eq $target) {
        Add-Value 'changed' $false
        return
      }
    }
    'directory' {
      if (-not $force) { Stop-Operation 'is-directory' $path }
      [IO.Directory]::Delete($path, $false)
    }
    'file' { if (-not $force) { Stop-Operation 'is-file' $path } }
  }
  $new = [IO.Path]::Combine($folder, '.' + [IO.Path]::GetFileName($path) + '.edgefleet-' + (Get-FreshName))
  $null = New-Item -ItemType SymbolicLink -Path $new -Value $target
  # Windows has no step that puts a link in place of what is there.
  switch ($entry.kind) {
    'symlink' {
      if (([IO.File]::GetAttributes($path) -band [IO.FileAttributes]::Directory) -ne 0) { [IO.Directory]::Delete($path, $false) }
      else { [IO.File]::Delete($path) }
    }
    'file' { [IO.File]::Delete($path) }
  }
  if (([IO.File]::GetAttributes($new) -band [IO.FileAttributes]::Directory) -ne 0) { [IO.Directory]::Move($new, $path) }
  else { [IO.File]::Move($new, $path) }
  Add-Value 'changed' $true
}
