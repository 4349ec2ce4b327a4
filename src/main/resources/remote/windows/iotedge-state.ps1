<#
.SYNOPSIS
What decides whether IoT Edge for Windows can be installed and set up. Looks only.
.DESCRIPTION
"offline" is the folder of an offline installation, or empty. The body is config.yaml, where there is
one.
.EXAMPLE
pwsh -NoProfile -File iotedge-state.ps1 < parameters.json

with this in parameters.json:

{"offline": "C:\\edge\\offline"}
#>
param($Nonce, $Lines)
. (Join-Path $PSScriptRoot 'prelude.ps1')

function Get-ServiceWord([string]$Name) {
  $entry = @(Get-CimInstance -ClassName Win32_Service -Filter "Name = '$Name'")
  if ($entry.Count -eq 0) { return 'absent' }
  "$($entry[0].State)".ToLowerInvariant() -replace ' ', '-'
}

function Get-ContainersFeature {
  try { $feature = Get-WindowsOptionalFeature -Online -FeatureName Containers } catch { return 'unknown' }
  if ($null -eq $feature) { return 'unknown' }
  switch ("$($feature.State)") {
    'Enabled' { 'enabled' }
    'Disabled' { 'disabled' }
    'DisabledWithPayloadRemoved' { 'disabled' }
    default { 'unknown' }
  }
}

# As Windows notes it for itself: for its parts, for updates, for files to be replaced at the start.
function Test-RebootPending {
  $parts = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\RebootPending'
  $updates = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate\Auto Update\RebootRequired'
  if ((Test-Path -LiteralPath $parts) -or (Test-Path -LiteralPath $updates)) { return $true }
  try {
    $session = Get-ItemProperty -LiteralPath 'HKLM:\SYSTEM\CurrentControlSet\Control\Session Manager'
    $renames = $session.PSObject.Properties['PendingFileRenameOperations']
    return $null -ne $renames -and @($renames.Value | Where-Object { "$_" -ne '' }).Count -gt 0
  } catch { return $false }
}

Invoke-Operation 'iotedge-state' $Lines @($input) {
  $current = Get-ItemProperty -LiteralPath 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion'
  Add-Value 'build' $current.CurrentBuildNumber
  Add-Value 'powershell' $PSVersionTable.PSVersion
  Add-Value 'architecture' "$env:PROCESSOR_ARCHITECTURE"
  $me = New-Object Security.Principal.WindowsPrincipal ([Security.Principal.WindowsIdentity]::GetCurrent())
  Add-Value 'administrator' ($me.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator))
  Add-Value 'service' (Get-ServiceWord 'iotedge')
  Add-Value 'moby_service' (Get-ServiceWord 'iotedge-moby')
  $runtime = [IO.Path]::Combine([Environment]::GetFolderPath('System'), 'vcruntime140.dll')
  Add-Value 'vcruntime' ([IO.File]::Exists($runtime))
  # Asking takes Windows up to half a minute.
  $containers = 'unknown'
  if ((Test-Given 'features') -and (Get-Given 'features') -eq 'true') { $containers = Get-ContainersFeature }
  Add-Value 'containers' $containers
  Add-Value 'reboot_pending' (Test-RebootPending)
  $battery = $false
  try { $battery = @(Get-CimInstance -ClassName Win32_Battery).Count -gt 0 } catch { $null = $_ }
  Add-Value 'battery' $battery
  $program = [IO.Path]::Combine([Environment]::GetFolderPath('ProgramFiles'), 'iotedge', 'iotedge.exe')
  if ([IO.File]::Exists($program)) {
    try {
      $said = "$(& { $ErrorActionPreference = 'Continue'; & $program version 2>$null })"
      if ($said -match '^iotedge ([0-9A-Za-z.~+-]+)') { Add-Value 'iotedge_version' $Matches[1] }
    } catch { $null = $_ }
  }
  $files = @()
  if ((Test-Given 'offline') -and (Get-Given 'offline') -ne '') {
    $folder = Resolve-Full (Get-Given 'offline')
    if ([IO.Directory]::Exists($folder)) {
      $files = @([IO.Directory]::GetFiles($folder) | ForEach-Object { [IO.Path]::GetFileName($_) } | Sort-Object)
    }
  }
  Add-Value 'offline_files' ($files -join "`n")
  $data = [Environment]::GetFolderPath('CommonApplicationData')
  $config = [IO.Path]::Combine($data, 'iotedge', 'config.yaml')
  $there = [IO.File]::Exists($config)
  Add-Value 'config' $there
  if ($there) { $Edgefleet.answer = Read-End $config 1048576 }
}
