# Plays what of Windows the operations ask: services, the scheduler's and the registry's answers.
# Functions go before cmdlets of the same name. What a device is comes from a row of a case table.
$global:StubDevice = @{}

function Set-StubDevice($Device) {
  $global:StubDevice = @{ build = '17763'; installed = ''; services = @{}; battery = $false; containers = $true; vcruntime = $true }
  if ($null -eq $Device) { return }
  foreach ($property in $Device.PSObject.Properties) {
    switch ($property.Name) {
      'services' {
        foreach ($service in $property.Value.PSObject.Properties) {
          $global:StubDevice.services[$service.Name] = New-StubService $service.Name "$($service.Value)"
        }
      }
      'traits' {
        foreach ($trait in $property.Value.PSObject.Properties) {
          switch ($trait.Name) {
            'BATTERY' { $global:StubDevice.battery = $trait.Value }
            'CONTAINERS_FEATURE' { $global:StubDevice.containers = $trait.Value }
            'VC_RUNTIME' { $global:StubDevice.vcruntime = $trait.Value }
          }
        }
      }
      default { $global:StubDevice[$property.Name] = "$($property.Value)" }
    }
  }
  if ($global:StubDevice.installed -ne '') {
    foreach ($pair in @('iotedge', 'stopped'), @('iotedge-moby', 'running')) {
      if (-not $global:StubDevice.services.ContainsKey($pair[0])) {
        $global:StubDevice.services[$pair[0]] = New-StubService $pair[0] $pair[1]
      }
    }
  }
}

# Running, stopped, disabled, or the exit code it failed with.
function New-StubService([string]$Name, [string]$State) {
  $service = [pscustomobject]@{
    Name = $Name; State = 'Stopped'; StartMode = 'Auto'; ExitCode = 0; ServiceSpecificExitCode = 0; ProcessId = 0
  }
  switch ($State) {
    'running' { $service.State = 'Running'; $service.ProcessId = $PID }
    'stopped' { }
    'disabled' { $service.StartMode = 'Disabled' }
    default { $service.ExitCode = 1066; $service.ServiceSpecificExitCode = [int]$State }
  }
  $service
}

function global:Get-CimInstance {
  param($ClassName, $Filter)
  switch ($ClassName) {
    'Win32_Service' {
      $name = $Filter -replace "^Name = '(.*)'$", '$1'
      if ($global:StubDevice.services.ContainsKey($name)) { $global:StubDevice.services[$name] }
    }
    'Win32_Battery' { if ($global:StubDevice.battery) { [pscustomobject]@{ Name = 'battery' } } }
    'Win32_Process' { [pscustomobject]@{ CreationDate = [DateTime]'2026-01-01' } }
  }
}

function global:Start-Service {
  param($Name)
  $service = $global:StubDevice.services[$Name]
  $service.State = 'Running'
  $service.ProcessId = $PID
}

function global:Stop-Service {
  param($Name, [switch]$Force)
  $service = $global:StubDevice.services[$Name]
  $service.State = 'Stopped'
  $service.ProcessId = 0
}

function global:Restart-Service {
  param($Name, [switch]$Force)
  Start-Service -Name $Name
}

function global:Set-Service {
  param($Name, $StartupType)
  $mode = 'Manual'
  if ($StartupType -eq 'Automatic') { $mode = 'Auto' }
  $global:StubDevice.services[$Name].StartMode = $mode
}

function global:Get-WinEvent { throw 'No events were found that match the specified selection criteria.' }
