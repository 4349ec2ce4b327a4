<#
.SYNOPSIS
How far IoT Edge for Linux on Windows is on this device. Looks only.
.DESCRIPTION
It says nothing of "provisioned" where the virtual machine does not answer. The module wants an
administrator, and the very user who deployed the virtual machine.
.EXAMPLE
pwsh -NoProfile -File eflow-state.ps1 < parameters.json

with this in parameters.json:

{}
#>
param($Nonce, $Lines)
. (Join-Path $PSScriptRoot 'prelude.ps1')

function Get-Text($Object, [string]$Name) {
  if ($null -eq $Object) { return '' }
  $property = $Object.PSObject.Properties[$Name]
  if ($null -eq $property -or $null -eq $property.Value) { return '' }
  (@($property.Value) | Out-String -Width 400).Trim()
}

# Whether the configuration in the virtual machine is another than the one it was delivered with; $null
# when it does not tell.
function Test-Provisioned {
  foreach ($name in 'aziot/config.toml', 'iotedge/config.yaml') {
    $file = "/etc/$name"
    $delivered = '/var/.eflow/config/' + ($name -replace '^.*/', '')
    try {
      $said = @(Invoke-EflowVmCommand -command "sudo sha256sum $file $delivered" -ignoreError 3>$null 6>$null)
    } catch { return $null }
    $hashes = @{}
    foreach ($line in ($said -join "`n") -split "`n") {
      if ($line -match '^([0-9a-f]{64}) +(\S+)') { $hashes[$Matches[2]] = $Matches[1] }
    }
    if ($hashes.ContainsKey($file)) { return "$($hashes[$file])" -ne "$($hashes[$delivered])" }
  }
  $null
}

# Of the daemon, in systemd's words, by the name of its service in 1.1 or later; empty when the virtual
# machine does not tell. Get-EflowVm has an EdgeRuntimeStatus, but no two versions of it say the same.
function Get-DaemonStatus {
  $command = 'systemctl is-active iotedge aziot-edged'
  try { $said = @(Invoke-EflowVmCommand -command $command -ignoreError 3>$null 6>$null) } catch { return '' }
  $words = @(($said -join ' ') -split '\s+')
  foreach ($word in 'active', 'activating', 'reloading', 'failed', 'deactivating', 'inactive') {
    if ($words -contains $word) { return $word }
  }
  ''
}

Invoke-Operation 'eflow-state' $Lines @($input) {
  $module = @(Get-Module -ListAvailable -Name AzureEFLOW).Count -gt 0
  Add-Value 'module' $module
  $folder = [IO.Path]::Combine([Environment]::GetFolderPath('ProgramFiles'), 'Azure IoT Edge')
  $deployed = $false
  if ($module -and [IO.Directory]::Exists($folder)) {
    $disks = [IO.Directory]::GetFiles($folder, '*EFLOW.vhdx', [IO.SearchOption]::AllDirectories)
    $deployed = @($disks).Count -gt 0
  }
  Add-Value 'deployed' $deployed
  $state = ''
  $version = ''
  $status = ''
  $provisioned = $false
  if ($deployed) {
    Import-Module -Name AzureEFLOW 3>$null 6>$null
    try {
      $vm = Get-EflowVm 3>$null 6>$null
      $state = Get-Text $vm 'VmPowerState'
      $version = Get-Text $vm 'EdgeRuntimeVersion'
      $status = Get-DaemonStatus
    } catch { $state = "unknown: $($_.Exception.Message)" }
    $provisioned = Test-Provisioned
  }
  Add-Value 'vm_state' $state
  Add-Value 'runtime_version' $version
  Add-Value 'runtime_status' $status
  if ($null -ne $provisioned) { Add-Value 'provisioned' $provisioned }
}
