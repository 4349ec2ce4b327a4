<#
.SYNOPSIS
Puts content into a file in one step: readers see the old file or the new one.
.DESCRIPTION
The body is the content, or "part" names the file beside the target that receive-part filled. The
file keeps the access list it had; a new one has what its folder hands down. A mode of 0600, 0400 or
0700 keeps everybody out but SYSTEM, the administrators and the owner. A link stays one, and "real" tells
where it leads; that of somebody else is followed with "follow": "true" alone.
.EXAMPLE
pwsh -NoProfile -File write-file.ps1 < parameters.json

with this in parameters.json:

{"path": "C:\\certs\\device.pem", "backup": "true", "mode": "0600",
"sha256": "84d9ea7ea1c8fefc0ba4b6ae2a0ee5d32f0eab6f1d6bd2f2b0c2b5f6b2a5f0c1"
}
bmV3Cg==
#>
param($Nonce, $Lines)
. (Join-Path $PSScriptRoot 'prelude.ps1')

# Refuses a file that is not the one the operator's decision was made on.
function Test-Expected([string]$Path) {
  if (-not (Test-Given 'expected')) { return }
  $hash = 'absent'
  if ([IO.File]::Exists($Path)) { $hash = Get-FileHexHash $Path 'sha256' }
  if ($hash -ne (Get-Given 'expected')) { Stop-Operation 'changed-meanwhile' $hash }
}

# A name that is free; of two backups in one second the later waits.
function Get-BackupPath([string]$Path) {
  while ($true) {
    $time = [DateTime]::UtcNow.ToString('yyyyMMdd\THHmmss\Z', [Globalization.CultureInfo]::InvariantCulture)
    $kept = $Path + '.edgefleet-' + $time
    if ((Get-Entry $kept).kind -eq 'absent') { return $kept }
    Start-Sleep -Seconds 1
  }
}

Invoke-Operation 'write-file' $Lines @($input) {
  $wanted = Get-Wanted
  $given = Get-Given 'path'
  if ($given -match '[\\/]$') { Stop-Operation 'is-directory' $given }
  $noted = Resolve-Full $given
  $owed = ''
  if (Test-Given 'service') { $owed = Get-OwedPath (Get-Given 'service') }
  $hash = (Get-Given 'sha256').ToLowerInvariant()
  $backup = (Test-Given 'backup') -and (Get-Given 'backup') -eq 'true'

  $path = Get-GivenReal $noted -Last
  $entry = Get-Entry $path
  $was = $entry.kind
  if ($was -eq 'directory') { Stop-Operation 'is-directory' $path }
  if ($was -eq 'symlink') { Stop-Operation 'not-a-file' $path }
  $folder = Get-Folder $path
  switch ((Get-Entry $folder -Follow).kind) {
    'absent' { Stop-Operation 'no-folder' $folder }
    'file' { Stop-Operation 'not-a-directory' $folder }
  }
  $null = Lock-Folder $folder
  Test-Expected $path

  # What a write to this file left that was cut off. The device's lock keeps away who else could be
  # writing it.
  $name = [IO.Path]::GetFileName($path)
  if ($Edgefleet.lock -ne '') {
    foreach ($left in [IO.Directory]::GetFiles($folder, '.' + $name + '.edgefleet-*')) {
      if ($left -match '\.edgefleet-[0-9a-f]{24}$') { try { [IO.File]::Delete($left) } catch { $null = $_ } }
    }
  }

  # The new file, for nobody else from its first byte on.
  $new = [IO.Path]::Combine($folder, '.' + $name + '.edgefleet-' + (Get-FreshName))
  if (Test-Given 'part') {
    $part = Get-Real (Resolve-Full (Get-Given 'part')) -Any:(Test-Follow)
    if ((Get-Entry (Get-Folder $part)).kind -eq 'directory') { $null = Lock-Folder (Get-Folder $part) }
    # Somebody else's is none of ours.
    if ((Get-Entry $part).kind -ne 'file' -or -not (Test-Trusted (Get-Owner $part))) { Stop-Operation 'missing' $part }
    # A damaged part would be damaged at every later try: it goes.
    if ((Get-FileHexHash $part 'sha256') -ne $hash) {
      [IO.File]::Delete($part)
      Stop-Operation 'damaged' $part
    }
    [IO.File]::Move($part, $new)
  } else {
    $file = New-PrivateFile $new
    $null = $Edgefleet.held.Add($file)
  }
  $Edgefleet.own = $new
  $Edgefleet.cleanup = {
    Unlock-All
    if ([IO.File]::Exists($Edgefleet.own)) { [IO.File]::Delete($Edgefleet.own) }
  }
  if (Test-Given 'part') {
    $file = [IO.File]::Open($new, 'Open', 'Read', 'Read')
    $null = $Edgefleet.held.Add($file)
    $found = Get-Entry $new
    if ($found.kind -ne 'file' -or -not (Test-Trusted (Get-Owner $new))) { Stop-Operation 'missing' $part }
    if ($found.names) { Stop-Operation 'many-names' $part }
    Set-Private $new $true
  } else {
    $file.Write($Edgefleet.body, 0, $Edgefleet.body.Length)
    $file.Flush($true)
  }
  $now = Get-StreamHexHash $file 'sha256'
  if ($now -ne $hash) { Stop-Operation 'damaged' $now }

  $before = $null
  if ($was -eq 'file') { $before = Get-Attributes $entry }
  $mode = $wanted.mode
  if ($null -eq $mode) { if ($null -ne $before) { $mode = $before.mode } else { $mode = '0644' } }
  $created = @{ kind = 'file'; path = $new; size = 0; target = '' }
  $null = Set-Wanted $created @{ mode = $null; owner = $wanted.owner; group = $wanted.group }
  # Open for as long as it is worked on, and no longer: it could not be moved. The folder is still kept.
  Unlock-Last

  if ($owed -ne '') {
    New-StateFolder (Get-StateFolder)
    $null = [IO.Directory]::CreateDirectory((Get-Folder $owed))
    # The newline in front ends a line that a power failure cut.
    Add-Line $owed ("`n" + $hash + ' ' + (Format-Word $noted) + "`n")
  }

  $kept = [NullString]::Value
  if ($was -eq 'file' -and $backup) {
    $kept = Get-BackupPath $path
    New-StateFolder (Get-StateFolder)
    # For prune-backups. One that is not in the list only stays for good: no reason to fail.
    try { Add-Line ([IO.Path]::Combine((Get-StateFolder), 'backups')) ((Format-Word $kept) + " -`n") } catch { $null = $_ }
  }

  if ((Get-Entry $path).kind -ne $was) { Stop-Operation 'changed-meanwhile' $path }
  Test-Expected $path
  if ($was -eq 'file') {
    # Replace hands the old file's access list to the new one: what is to be private is so before, what
    # is to be open after.
    if ($null -ne $wanted.mode -and (Test-PrivateMode $mode)) {
      $locked = Lock-File $path
      Set-Private $path $true
      if ($locked) { Unlock-Last }
    }
    [IO.File]::Replace($new, $path, $kept)
  } else {
    [IO.File]::Move($new, $path)
  }
  $null = Lock-File $path
  $written = @{ kind = 'file'; path = $path; size = 0; target = '' }
  # The owner first: a private list names it.
  $null = Set-Wanted $written @{ mode = $null; owner = $wanted.owner; group = $wanted.group }
  if ($was -eq 'absent' -or $null -ne $wanted.mode -or $null -ne $wanted.owner) { Set-Mode $path $mode }
  Add-Value 'sha256' $hash
  if ("$kept" -ne '') { Add-Value 'backup' $kept }
}
