<#
.SYNOPSIS
Whether a user can read a file. Looks only.
.EXAMPLE
pwsh -NoProfile -File check-readable.ps1 < parameters.json

with this in parameters.json:

{"path": "C:\\certs\\device.key", "user": "SYSTEM"}
#>
param($Nonce, $Lines)
. (Join-Path $PSScriptRoot 'prelude.ps1')

Invoke-Operation 'check-readable' $Lines @($input) {
  $entry = Get-Entry (Resolve-Full (Get-Given 'path')) -Follow
  $user = Get-Sid (Get-Given 'user') 'no-such-user'
  if ($entry.kind -eq 'absent') {
    Add-Value 'readable' $false
    Add-Value 'missing' $true
    return
  }
  if ($entry.kind -eq 'directory') { Stop-Operation 'is-directory' $entry.path }
  # By the access list. Every user may pass through folders (SeChangeNotifyPrivilege), so they are not
  # asked. Of groups only those that everybody is in, and the administrators for SYSTEM, are known.
  $sids = @($user.Value, 'S-1-1-0', 'S-1-5-11', 'S-1-5-32-545')
  if ($user.Value -eq 'S-1-5-18') { $sids += 'S-1-5-32-544' }
  $read = [Security.AccessControl.FileSystemRights]::ReadData
  $allowed = $false
  $denied = $false
  foreach ($rule in (Get-Access $entry.path).GetAccessRules($true, $true, [Security.Principal.SecurityIdentifier])) {
    if ($sids -notcontains $rule.IdentityReference.Value -or ($rule.FileSystemRights -band $read) -eq 0) { continue }
    if ("$($rule.AccessControlType)" -eq 'Deny') { $denied = $true } else { $allowed = $true }
  }
  $readable = $allowed -and -not $denied
  Add-Value 'readable' $readable
  Add-Value 'missing' $false
  if (-not $readable) {
    $attributes = Get-Attributes $entry
    Add-Value 'blocked_by' $entry.path
    Add-Value 'owner' $attributes.owner
    Add-Value 'group' $attributes.group
    Add-Value 'mode' $attributes.mode
  }
}
