<#
.SYNOPSIS
What is at a path; a symlink at its end is followed with "follow": "true" alone. Looks only.
.EXAMPLE
pwsh -NoProfile -File stat.ps1 < parameters.json

with this in parameters.json:

{"path": "C:\\certs\\device.pem"}
#>
param($Nonce, $Lines)
. (Join-Path $PSScriptRoot 'prelude.ps1')

Invoke-Operation 'stat' $Lines @($input) {
  $entry = Get-Entry (Get-GivenReal (Resolve-Full (Get-Given 'path')) -Last:(Test-Follow))
  Add-State $entry
  switch ($entry.kind) {
    'symlink' { Add-Value 'link_target' $entry.target }
    'file' {
      # A file that may not be read has no hash: no failure.
      try { Add-Value 'sha256' (Get-FileHexHash $entry.path 'sha256') } catch { $null = $_ }
    }
  }
}
