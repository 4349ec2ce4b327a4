<#
.SYNOPSIS
A piece of a file, written at its place in a part beside the target. With no body it only looks.
.DESCRIPTION
The answer tells size and SHA-256 of the part so far, so that a later try goes on where it ends.
write-file with "part" makes the target of it. A part that somebody else made counts as none.
.EXAMPLE
pwsh -NoProfile -File receive-part.ps1 < parameters.json

with this in parameters.json:

{"path": "C:\\edge\\.iotedge.cab.edgefleet-part", "offset": "0"
}
aGVsbG8=
#>
param($Nonce, $Lines)
. (Join-Path $PSScriptRoot 'prelude.ps1')

Invoke-Operation 'receive-part' $Lines @($input) {
  $path = Get-Real (Resolve-Full (Get-Given 'path')) -Any:(Test-Follow)
  $offset = Get-Number 'offset'
  $folder = Get-Folder $path
  switch ((Get-Entry $folder -Follow).kind) {
    'absent' { Stop-Operation 'no-folder' $folder }
    'file' { Stop-Operation 'not-a-directory' $folder }
  }
  $null = Lock-Folder $folder
  $entry = Get-Entry $path
  if ($entry.kind -eq 'directory') { Stop-Operation 'is-directory' $path }
  if ($entry.kind -eq 'symlink') { Stop-Operation 'not-a-file' $path }
  if ($entry.kind -eq 'file' -and ($entry.names -or -not (Test-Trusted (Get-Owner $path)))) {
    if ($Edgefleet.body.Length -gt 0) { [IO.File]::Delete($path) }
    $entry = @{ kind = 'absent'; path = $path; size = [long]0; target = ''; names = $false }
  }
  if ($Edgefleet.body.Length -gt 0) {
    # A hole would be bytes that nobody sent.
    if ($offset -gt $entry.size) { Stop-Operation 'changed-meanwhile' "$($entry.size) bytes" }
    if ($entry.kind -eq 'absent') {
      $file = New-PrivateFile $path
    } else {
      $null = Lock-File $path
      $file = New-Object IO.FileStream $path, 'Open', 'ReadWrite', 'Read'
    }
    try {
      # What stood there and behind is of a try that was cut off.
      $file.SetLength($offset)
      $file.Position = $offset
      $file.Write($Edgefleet.body, 0, $Edgefleet.body.Length)
      $file.Flush($true)
    } finally { $file.Dispose() }
    $entry = Get-Entry $path
  }
  Add-Value 'size' $entry.size
  # Only for who looks: hashing all of it after each piece would take longer than sending it.
  if ($Edgefleet.body.Length -gt 0) { return }
  if ($entry.kind -eq 'file') { Add-Value 'sha256' (Get-FileHexHash $path 'sha256') }
  else { Add-Value 'sha256' (Get-HexHash (New-Object byte[] 0)) }
}
