# Stands in for Microsoft's IotEdgeSecurityDaemon.ps1: the ways it talks and fails, Write-Host and a
# bare throw, so that invoke-cmdlet is tried against them. It changes nothing on the machine.
New-Module -Name IoTEdgeStub -ScriptBlock {
  function Stop-Red {
    foreach ($line in $args) { Write-Host $line -ForegroundColor Red }
    throw
  }

  function Deploy-IoTEdge {
    [CmdletBinding()]
    param(
      [string]$ContainerOs = 'Windows', [string]$OfflineInstallationPath, [hashtable]$InvokeWebRequestParameters,
      [switch]$RestartIfNeeded, [switch]$SkipBatteryCheck)
    $device = $global:StubDevice
    if ($device.services.ContainsKey('iotedge')) {
      Stop-Red 'IoT Edge is already installed. To update, run "Update-IoTEdge". Alternatively, if you want to finalize the installation, run "Initialize-IoTEdge".'
    }
    if ($device.services.ContainsKey('iotedge-moby')) {
      Stop-Red 'IoT Edge Moby Engine is already installed, but IoT Edge is not. To reinstall, run "Uninstall-IoTEdge" and then "Deploy-IoTEdge".'
    }
    if ($device.battery -and -not $SkipBatteryCheck) {
      throw 'Windows PowerShell is in NonInteractive mode. Read and Prompt functionality is not available.'
    }
    if ($device.build -ne '17763') {
      Stop-Red "The container host is on unsupported build version $($device.build)." 'The prerequisites for installation of the IoT Edge Security daemon are not met. Please fix all known issues before rerunning this script.'
    }
    Write-Host "The container host is on supported build version $($device.build)." -ForegroundColor Green
    if ($OfflineInstallationPath) {
      Stop-Red "Could not find IoT Edge at $OfflineInstallationPath\microsoft-azure-iotedge.cab" "Please download it from https://aka.ms/iotedged-windows-latest-cab and save it under $OfflineInstallationPath"
    }
    Restart-Computer -Confirm:(-not $RestartIfNeeded) -Force:$RestartIfNeeded
  }

  function Initialize-IoTEdge {
    [CmdletBinding(DefaultParameterSetName = 'ManualConnectionString')]
    param(
      [Parameter(ParameterSetName = 'DpsTpm')][switch]$DpsTpm,
      [Parameter(ParameterSetName = 'DpsTpm', Mandatory = $true)][string]$ScopeId,
      [Parameter(ParameterSetName = 'DpsTpm', Mandatory = $true)][string]$RegistrationId)
    if (-not $global:StubDevice.services.ContainsKey('iotedge')) {
      Stop-Red 'IoT Edge is not yet installed. To install, run "Deploy-IoTEdge" first.'
    }
    Write-Host 'Generating config.yaml...'
  }

  Export-ModuleMember -Function 'Deploy-IoTEdge', 'Initialize-IoTEdge'
} | Import-Module -Global
