<#
.SYNOPSIS
All that is known of a path. Looks only.
.EXAMPLE
pwsh -NoProfile -File describe-file.ps1 < parameters.json

with this in parameters.json:

{"path": "C:\\certs\\device.pem", "follow": "true", "checksum": "sha256"}
#>
param($Nonce, $Lines)
. (Join-Path $PSScriptRoot 'prelude.ps1')

Invoke-Operation 'describe-file' $Lines @($input) {
  $entry = Get-Entry (Get-GivenReal (Resolve-Full (Get-Given 'path')) -Last:(Test-Follow))
  Add-State $entry
  if ($entry.kind -eq 'absent') { return }
  $item = Get-Item -LiteralPath $entry.path -Force
  $epoch = New-Object DateTime 1970, 1, 1, 0, 0, 0, ([DateTimeKind]::Utc)
  # Windows tells none of these to a script.
  foreach ($name in 'uid', 'gid', 'inode', 'dev') { Add-Value $name 0 }
  Add-Value 'nlink' 1
  Add-Value 'atime' ([long][Math]::Floor(($item.LastAccessTimeUtc - $epoch).TotalSeconds))
  Add-Value 'mtime' ([long][Math]::Floor(($item.LastWriteTimeUtc - $epoch).TotalSeconds))
  Add-Value 'ctime' ([long][Math]::Floor(($item.CreationTimeUtc - $epoch).TotalSeconds))
  $readable = $true
  $digest = ''
  if ($entry.kind -eq 'file') {
    try { ([IO.File]::Open($entry.path, 'Open', 'Read', 'ReadWrite, Delete')).Dispose() } catch { $readable = $false }
    if ($readable -and (Test-Given 'checksum')) {
      $checksum = Get-Given 'checksum'
      if ($checksum -notmatch '^(md5|sha1|sha256|sha384|sha512)$') { Stop-Operation 'no-program' ($checksum + 'sum') }
      $digest = Get-FileHexHash $entry.path $checksum
    }
  }
  Add-Value 'readable' $readable
  Add-Value 'writable' (($item.Attributes -band [IO.FileAttributes]::ReadOnly) -eq 0)
  $extensions = @("$env:PATHEXT".ToLowerInvariant() -split ';')
  $extension = [IO.Path]::GetExtension($entry.path).ToLowerInvariant()
  Add-Value 'executable' ($entry.kind -eq 'directory' -or ($extension -ne '' -and $extensions -contains $extension))
  if ($digest -ne '') { Add-Value 'digest' $digest }
  if ($entry.kind -eq 'symlink') {
    Add-Value 'link_target' $entry.target
    $source = Get-Entry $entry.path -Follow
    Add-Value 'link_source' $source.path
  }
}
