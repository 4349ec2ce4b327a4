<#
.SYNOPSIS
What the device is. Looks only; what cannot be found out is left away.
.EXAMPLE
pwsh -NoProfile -File facts.ps1 < parameters.json

with this in parameters.json:

{}
#>
param($Nonce, $Lines)
. (Join-Path $PSScriptRoot 'prelude.ps1')

function Get-UnixTime {
  $epoch = New-Object DateTime 1970, 1, 1, 0, 0, 0, ([DateTimeKind]::Utc)
  (([decimal]([DateTime]::UtcNow - $epoch).Ticks) / 10000000).ToString('0.0000000', [Globalization.CultureInfo]::InvariantCulture)
}

function Get-Property($Object, [string]$Name) {
  $property = $Object.PSObject.Properties[$Name]
  if ($null -ne $property) { "$($property.Value)" } else { '' }
}

# What a program prints, but never for long. Unable to answer is no failure.
function Get-Quick([string]$Program, [string]$Argument) {
  if (-not [IO.File]::Exists($Program)) { return '' }
  try {
    $info = New-Object Diagnostics.ProcessStartInfo $Program, $Argument
    $info.UseShellExecute = $false
    $info.RedirectStandardInput = $true
    $info.RedirectStandardOutput = $true
    $process = [Diagnostics.Process]::Start($info)
    $process.StandardInput.Close()
    $said = $process.StandardOutput.ReadToEndAsync()
    if (-not $process.WaitForExit(5000)) {
      $process.Kill()
      return ''
    }
    $said.Result.Trim()
  } catch { '' }
}

Invoke-Operation 'facts' $Lines @($input) {
  # Before everything that takes time: with the clock at the end it bounds the skew.
  Add-Value 'began' (Get-UnixTime)
  $system = Get-CimInstance -ClassName Win32_OperatingSystem
  $computer = Get-CimInstance -ClassName Win32_ComputerSystem
  $current = Get-ItemProperty -LiteralPath 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion'
  Add-Value 'system' 'windows'
  Add-Value 'system_like' 'windows'
  Add-Value 'distribution' $system.Caption
  Add-Value 'version' $system.Version
  Add-Value 'codename' (Get-Property $current 'ReleaseId')
  Add-Value 'pretty_name' $system.Caption
  Add-Value 'kernel' ("$($system.Version)." + (Get-Property $current 'UBR')).TrimEnd('.')
  switch ("$env:PROCESSOR_ARCHITECTURE") {
    'AMD64' { Add-Value 'architecture' 'x86_64' }
    'ARM64' { Add-Value 'architecture' 'aarch64' }
    'x86' { Add-Value 'architecture' 'i686' }
    default { Add-Value 'architecture' "$env:PROCESSOR_ARCHITECTURE".ToLowerInvariant() }
  }
  $name = [Net.Dns]::GetHostName()
  Add-Value 'hostname' $name
  $fqdn = $name
  if ($computer.PartOfDomain) { $fqdn = "$name.$($computer.Domain)" }
  Add-Value 'fqdn' $fqdn
  try { Add-Value 'machine_id' (Get-ItemProperty -LiteralPath 'HKLM:\SOFTWARE\Microsoft\Cryptography').MachineGuid } catch { $null = $_ }
  $me = [Security.Principal.WindowsIdentity]::GetCurrent()
  Add-Value 'user' $me.Name
  # The last number of the SID: 500 is the administrator that Windows comes with.
  Add-Value 'uid' (@($me.User.Value -split '-')[-1])
  Add-Value 'gid' 0
  Add-Value 'home' "$env:USERPROFILE"
  Add-Value 'search_path' "$env:PATH"

  $config = [IO.Path]::Combine([Environment]::GetFolderPath('CommonApplicationData'), 'iotedge', 'config.yaml')
  $programs = [IO.Path]::Combine([Environment]::GetFolderPath('ProgramFiles'), 'iotedge')
  if ([IO.File]::Exists($config)) {
    Add-Value 'layout' 'yaml'
    Add-Value 'config' $config
  } elseif ([IO.Directory]::Exists($programs)) { Add-Value 'layout' 'yaml' } else { Add-Value 'layout' 'none' }
  # By their paths: a session that began before they were installed does not have them on its own.
  $said = Get-Quick ([IO.Path]::Combine($programs, 'iotedge.exe')) 'version'
  if ($said -match '^iotedge ([0-9A-Za-z.~+-]+)') { Add-Value 'iotedge_version' $Matches[1] }
  # The engine that IoT Edge brings. Docker Desktop's serves nobody who is not logged in.
  $said = Get-Quick ([IO.Path]::Combine("$programs-moby", 'docker.exe')) '--version'
  if ($said -match ' version ([0-9A-Za-z.~+-]+)') {
    Add-Value 'engine' 'moby'
    Add-Value 'engine_version' $Matches[1]
  }
  Add-Value 'init_system' 'wininit'
  Add-Value 'service_manager' 'windows'
  Add-Value 'selinux' 'disabled'
  Add-Value 'apparmor' 'disabled'
  Add-Value 'memory_kb' ([long][Math]::Floor([double]$computer.TotalPhysicalMemory / 1024))
  Add-Value 'cpus' $computer.NumberOfLogicalProcessors
  Add-Value 'uptime' ([long][Math]::Max(0, ((Get-Date) - $system.LastBootUpTime).TotalSeconds))

  $ipv4 = @()
  $ipv6 = @()
  foreach ($card in [Net.NetworkInformation.NetworkInterface]::GetAllNetworkInterfaces()) {
    if ("$($card.OperationalStatus)" -ne 'Up' -or "$($card.NetworkInterfaceType)" -eq 'Loopback') { continue }
    $properties = $card.GetIPProperties()
    $own = ''
    foreach ($address in $properties.UnicastAddresses) {
      $text = "$($address.Address)" -replace '%.*$', ''
      if ("$($address.Address.AddressFamily)" -eq 'InterNetworkV6') { $ipv6 += $text } else { $ipv4 += $text; if ($own -eq '') { $own = $text } }
    }
    foreach ($gateway in $properties.GatewayAddresses) {
      $text = "$($gateway.Address)"
      if ($text -match '^[0-9.]+$' -and $text -ne '0.0.0.0' -and -not $Edgefleet.told.Contains('default_interface')) {
        Add-Value 'default_interface' $card.Name
        Add-Value 'default_gateway' $text
        if ($own -ne '') { Add-Value 'default_address' $own }
      }
    }
  }
  Add-Value 'ipv4' ($ipv4 -join ' ')
  Add-Value 'ipv6' ($ipv6 -join ' ')
  $count = 0
  foreach ($drive in [IO.DriveInfo]::GetDrives()) {
    # A network's might not answer.
    if ("$($drive.DriveType)" -ne 'Fixed' -or -not $drive.IsReady) { continue }
    $count += 1
    $device = $drive.Name.TrimEnd('\') -replace '[ ]', '_'
    $type = $drive.DriveFormat -replace '[ ]', '_'
    Add-Value "mount$count" "$device $type rw 1 $($drive.TotalSize) $($drive.AvailableFreeSpace) $($drive.Name)"
  }
  Add-Value 'sudo' $false
  Add-Value 'zone' ([TimeZoneInfo]::Local.Id)
  $offset = [TimeZoneInfo]::Local.GetUtcOffset([DateTime]::UtcNow)
  $sign = if ($offset.TotalMinutes -lt 0) { '-' } else { '+' }
  Add-Value 'offset' ('{0}{1:00}{2:00}' -f $sign, [Math]::Abs($offset.Hours), [Math]::Abs($offset.Minutes))
  # Last, so that it is the clock at the time of the answer.
  Add-Value 'answered' (Get-UnixTime)
}
