<#
.SYNOPSIS
Starts, stops, restarts, enables or disables a service and waits until it is steady.
.EXAMPLE
pwsh -NoProfile -File control-service.ps1 < parameters.json

with this in parameters.json:

{"service": "iotedge", "verb": "restart", "settle": "3000", "state_folder": "/var/lib/edgefleet"}
#>
param($Nonce, $Lines)
. (Join-Path $PSScriptRoot 'prelude.ps1')

# Until the service ran for as long as asked with the same process, is down, or keeps falling over.
function Wait-Steady([string]$Name, [long]$Settle) {
  $clock = [Diagnostics.Stopwatch]::StartNew()
  $since = $clock.ElapsedMilliseconds
  $end = 3 * $Settle + 30000
  $entry = Get-ServiceEntry $Name
  $id = $entry.id
  $falls = 0
  while ($true) {
    if ($entry.id -ne $id) {
      if ($entry.id -ne 0) { $falls += 1 }
      $id = $entry.id
      $since = $clock.ElapsedMilliseconds
    }
    if ($entry.active -eq 'active') {
      if ($clock.ElapsedMilliseconds - $since -ge $Settle) { return @{ good = $true; entry = $entry; falls = $falls } }
    } elseif ($entry.active -eq 'failed' -or $entry.active -eq 'inactive') {
      return @{ good = $false; entry = $entry; falls = $falls }
    } else {
      $since = $clock.ElapsedMilliseconds
    }
    if ($falls -gt 3 -or $clock.ElapsedMilliseconds -ge $end) { return @{ good = $false; entry = $entry; falls = $falls } }
    Start-Sleep -Milliseconds 300
    $entry = Get-ServiceEntry $Name
  }
}

# What Windows and the IoT Edge daemon wrote of it since then, oldest first. The service control manager
# writes of all services: those messages that name this one.
function Get-ServiceLog([string]$Name, [datetime]$Since) {
  $filters = @(@{ LogName = 'System'; ProviderName = 'Service Control Manager'; StartTime = $Since })
  if ($Name -eq 'iotedge') { $filters += @{ LogName = 'Application'; ProviderName = 'iotedged'; StartTime = $Since } }
  $names = @($Name)
  foreach ($service in @(Get-Service -Name $Name -ErrorAction SilentlyContinue)) { $names += "$($service.DisplayName)" }
  $lines = @()
  foreach ($filter in $filters) {
    try { $events = @(Get-WinEvent -FilterHashtable $filter -MaxEvents 20) } catch { continue }
    [Array]::Reverse($events)
    foreach ($entry in $events) {
      $message = "$($entry.Message)".Trim()
      if ($filter.LogName -eq 'System' -and @($names | Where-Object { $message.Contains($_) }).Count -eq 0) { continue }
      $lines += (Format-Time $entry.TimeCreated) + ' ' + $message
    }
  }
  if ($lines.Count -eq 0) { return '' }
  ($lines -join "`n") + "`n"
}

Invoke-Operation 'control-service' $Lines @($input) {
  $name = Get-ServiceName (Get-Given 'service')
  $owed = Get-OwedPath $name
  $verb = Get-Given 'verb'
  if ($verb -notmatch '^(start|stop|restart|enable|disable|reload)$') { Stop-Operation 'protocol' "verb $verb" }
  $settle = Get-Number 'settle'
  $entry = Get-ServiceEntry $name
  if (-not $entry.exists) { Stop-Operation 'no-such-service' $name }
  if ($verb -eq 'reload') { Stop-Operation 'failed' 'services of Windows cannot reload' }
  $before = $entry.active

  # Whatever is noted from here on is not settled by this restart.
  $size = [long]0
  if ([IO.File]::Exists($owed)) { $size = (Get-Item -LiteralPath $owed).Length }

  # Another start than the one this step noted before it acted: it was done, and the answer got lost.
  $already = $false
  $said = ''
  $code = 0
  $falls = 0
  $since = Get-Date
  $note = ''
  if ($verb -eq 'restart') {
    $note = Get-NotePath "restart-$name"
    $noted = Get-StepNote $note
    if ($null -ne $noted -and $noted.start -ne $entry.start) {
      $already = $true
      if ($noted.size -lt $size) { $size = $noted.size }
    }
  }
  if (-not $already) {
    if ($verb -eq 'restart') { Set-StepNote $note $entry.start $size }
    try {
      switch ($verb) {
        'start' { Start-Service -Name $name }
        'stop' { Stop-Service -Name $name -Force }
        'restart' { Restart-Service -Name $name -Force }
        'enable' { Set-Service -Name $name -StartupType Automatic }
        'disable' { Set-Service -Name $name -StartupType Manual }
      }
    } catch {
      $said = "$($_.Exception.Message)"
      # 5: access is denied.
      for ($cause = $_.Exception; $null -ne $cause; $cause = $cause.InnerException) {
        if ($cause -is [ComponentModel.Win32Exception]) {
          $code = $cause.NativeErrorCode
          if ($code -eq 5) { Stop-Operation 'not-permitted' $said }
        }
      }
    }
  }
  $good = $false
  switch ($verb) {
    'stop' {
      $entry = Get-ServiceEntry $name
      $good = $entry.active -eq 'inactive' -or $entry.active -eq 'failed'
    }
    { $_ -eq 'start' -or $_ -eq 'restart' } {
      $steady = Wait-Steady $name $settle
      $entry = $steady.entry
      $falls = $steady.falls
      $good = $steady.good -and $said -eq ''
    }
    default {
      $entry = Get-ServiceEntry $name
      $good = $said -eq ''
    }
  }
  # A start that found the service running has loaded nothing anew.
  if ($good -and $size -gt 0 -and ($verb -eq 'restart' -or ($verb -eq 'start' -and $before -ne 'active'))) {
    $all = [IO.File]::ReadAllBytes($owed)
    if ($all.Length -le $size) {
      [IO.File]::Delete($owed)
    } else {
      $rest = New-Object byte[] ($all.Length - $size)
      [Array]::Copy($all, $size, $rest, 0, $rest.Length)
      $new = $owed + '~' + $Edgefleet.nonce
      Write-New $new $rest
      Move-Over $new $owed
    }
  }
  Add-ServiceValues $entry
  Add-Value 'as_asked' $good
  Add-Value 'already' $already
  if (-not $good) {
    # Some cmdlets keep the error's number to themselves.
    if ($code -eq 0 -and $said -ne '') { $code = 1 }
    Add-Value 'code' $code
    Add-Value 'said' $said
    Add-Value 'falls' $falls
    $Edgefleet.answer = [Text.Encoding]::UTF8.GetBytes((Get-ServiceLog $name $since))
  }
}
