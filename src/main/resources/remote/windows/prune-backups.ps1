<#
.SYNOPSIS
Removes old backups that write-file made and noted, but for the newest of each file.
.DESCRIPTION
What holds a private key is overwritten first; on flash that is no promise.
.EXAMPLE
pwsh -NoProfile -File prune-backups.ps1 < parameters.json

with this in parameters.json:

{"older_than": "30", "keep": "1", "check": "true"}
#>
param($Nonce, $Lines)
. (Join-Path $PSScriptRoot 'prelude.ps1')

# Locks what it is about to write zeros over.
function Remove-Backup([string]$Path, [bool]$Wipe, [long]$Size) {
  $null = Lock-Folder (Get-Folder $Path)
  $locked = Lock-File $Path
  [IO.File]::SetAttributes($Path, [IO.FileAttributes]::Normal)
  if ($Wipe) {
    $file = New-Object IO.FileStream $Path, 'Open', 'Write', 'Read'
    try {
      $zeros = New-Object byte[] 65536
      for ($left = $Size; $left -gt 0; $left -= 65536) { $file.Write($zeros, 0, [int][Math]::Min(65536, $left)) }
      $file.Flush($true)
    } finally { $file.Dispose() }
  }
  if ($locked) { Unlock-Last }
  [IO.File]::Delete($Path)
}

Invoke-Operation 'prune-backups' $Lines @($input) {
  $days = Get-Number 'older_than'
  $keep = Get-Number 'keep'
  $check = (Test-Given 'check') -and (Get-Given 'check') -eq 'true'
  $list = [IO.Path]::Combine((Get-StateFolder), 'backups')
  $counts = @{ removed = 0; wiped = 0; kept = 0; bytes = [long]0 }
  $text = Read-Shared $list
  $rest = @()
  if ($null -ne $text) {
    $before = [DateTime]::UtcNow.AddDays(-$days).ToString('yyyyMMdd\THHmmss\Z', [Globalization.CultureInfo]::InvariantCulture)
    # Backwards, so that the newest backup of each file comes first.
    $lines = @($text -split "`n" | Where-Object { $_.Trim() -ne '' } | Sort-Object -Unique -Descending)
    $previous = ''
    $newer = 0
    foreach ($line in $lines) {
      $path = Read-Word (@($line.Trim() -split ' ')[0])
      if ($path -notmatch '^(.+)\.edgefleet-([0-9]{8}T[0-9]{6}Z)$') { continue }
      $original = $Matches[1]
      $time = $Matches[2]
      $entry = Get-Entry $path
      if ($entry.kind -eq 'absent') { continue }
      if ($original -ne $previous) {
        $previous = $original
        $newer = 0
      }
      $newer += 1
      $gone = $false
      if ($newer -gt $keep -and [string]::CompareOrdinal($time, $before) -lt 0 -and $entry.kind -eq 'file') {
        try {
          if ((Get-Real $path) -ne $path) { throw 'through a link' }
          $secret = (Read-Shared $path) -match 'PRIVATE KEY-----'
          if (-not $check) { Remove-Backup $path $secret $entry.size }
          $gone = $true
          $counts.removed += 1
          $counts.bytes += $entry.size
          if ($secret) { $counts.wiped += 1 }
        } catch {
          # It stays, and is no reason to fail.
          foreach ($name in 'error', 'detail') { $Edgefleet.told.Remove($name) }
        }
        Unlock-All
      }
      if (-not $gone) {
        $counts.kept += 1
        $rest += $line.Trim()
      }
    }
    if (-not $check) {
      $content = ''
      if ($rest.Count -gt 0) { $content = ($rest -join "`n") + "`n" }
      Write-Note $list $content
    }
  }
  foreach ($name in 'removed', 'wiped', 'kept', 'bytes') { Add-Value $name $counts[$name] }
}
