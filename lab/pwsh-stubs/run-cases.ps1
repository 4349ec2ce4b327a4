# Runs rows of the case tables: scripts' folder, folder of the tables as JSON, operations (all when
# left out). Started by lab/pwsh-cases.
param([string]$Scripts, [string]$Tables, [Parameter(ValueFromRemainingArguments = $true)][string[]]$Only)
$ErrorActionPreference = 'Stop'
. (Join-Path $PSScriptRoot 'windows.ps1')
$stubScript = [IO.File]::ReadAllText((Join-Path $PSScriptRoot 'iotedge.ps1'))
$preludeLine = ". (Join-Path `$PSScriptRoot 'prelude.ps1')"
$prelude = [IO.File]::ReadAllText((Join-Path $Scripts 'prelude.ps1'))
$nonce = '0123456789abcdef01234567'
$onWindows = [Environment]::OSVersion.Platform -eq 'Win32NT'

# These ask .NET for what only Windows has.
$needWindows = @('facts', 'iotedge-state', 'check-readable')

function Get-Member-Value($Object, [string]$Name) {
  if ($null -eq $Object) { return $null }
  $property = $Object.PSObject.Properties[$Name]
  if ($null -eq $property) { return $null }
  $property.Value
}

function Expand-Here([string]$Text, [string]$Folder) {
  if ($Text -eq '@') { return $Folder }
  $Text.Replace('@/', "$Folder/")
}

# Why a row cannot be tried here; empty when it can.
function Get-Obstacle($Operation, $Row) {
  if ("$(Get-Member-Value $Row 'only')" -eq 'simulator') { return 'only for the simulator' }
  if (-not $onWindows -and $needWindows -contains $Operation) { return 'needs Windows' }
  $files = @(Get-Member-Value (Get-Member-Value $Row 'before') 'files') + @(Get-Member-Value $Row 'after')
  foreach ($entry in $files) {
    if ("$(Get-Member-Value $entry 'path')" -match '^(C:/|vm:)') { return 'writes outside of its folder' }
  }
  if (-not $onWindows -and "$(Get-Member-Value (Get-Member-Value $Row 'parameters') 'path')" -match '^C:') {
    return 'needs Windows'
  }
  $device = Get-Member-Value (Get-Member-Value $Row 'before') 'device'
  if ($null -ne (Get-Member-Value (Get-Member-Value $device 'traits') 'EFLOW_MODULE')) { return 'needs the module of EFLOW' }
  foreach ($entry in $files) {
    if (((Get-Member-Value $entry 'foreign') -or (Get-Member-Value $entry 'open')) -and ($onWindows -or [Environment]::UserName -ne 'root')) {
      return 'gives files away: needs root, and Linux'
    }
  }
  $load = "$(Get-Member-Value (Get-Member-Value $Row 'parameters') 'load')"
  if ($load -match '^https:') { return 'would download' }
  if ($null -ne (Get-Member-Value (Get-Member-Value (Get-Member-Value $Row 'before') 'device') 'eflow')) {
    return 'needs a virtual machine'
  }
  ''
}

function Get-PathOf([string]$Path, [string]$Folder) {
  if ($Path.StartsWith('state/')) { return "$Folder-$Path".TrimEnd('/') }
  "$Folder/$Path"
}

function Assert-Same([string]$What, $Actual, $Expected, [string]$Folder) {
  if ($null -eq $Expected) {
    if ($null -ne $Actual) { throw "$What is there: $Actual" }
    return
  }
  $wanted = Expand-Here "$Expected" $Folder
  $found = "$Actual"
  if ($null -eq $Actual) { throw "$What is missing, not $wanted" }
  if ($wanted.Contains($Folder)) { $found = $found.Replace('\', '/') }
  if ($wanted.StartsWith('~')) {
    if ($found -notmatch ('(?s)\A(?:' + $wanted.Substring(1) + ')\z')) { throw "$What is $found, not $wanted" }
  } elseif ($found -cne $wanted) { throw "$What is $found, not $wanted" }
}

function Invoke-Row([string]$Operation, $Row, [string]$Folder) {
  $null = [IO.Directory]::CreateDirectory($Folder)
  $env:EDGEFLEET_STATE = "$Folder-state"
  $before = Get-Member-Value $Row 'before'
  foreach ($entry in @(Get-Member-Value $before 'files')) {
    if ($null -eq $entry) { continue }
    $path = Get-PathOf $entry.path $Folder
    $null = [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($path))
    $link = Get-Member-Value $entry 'symlink'
    $content = Get-Member-Value $entry 'content'
    if ($null -ne $link) { $null = New-Item -ItemType SymbolicLink -Path $path -Value (Expand-Here $link $Folder) }
    elseif (Get-Member-Value $entry 'sameAs') { $null = New-Item -ItemType HardLink -Path $path -Value "$Folder/$($entry.sameAs)" }
    elseif (Get-Member-Value $entry 'directory') { $null = [IO.Directory]::CreateDirectory($path) }
    elseif ($entry.path -eq 's.ps1') { [IO.File]::WriteAllText($path, $stubScript) }
    else { [IO.File]::WriteAllText($path, (Expand-Here "$content" $Folder)) }
    if ((Get-Member-Value $entry 'isPrivate') -and -not $onWindows) {
      [IO.File]::SetUnixFileMode($path, [IO.UnixFileMode]384)
    }
    if (Get-Member-Value $entry 'open') { [IO.File]::SetUnixFileMode($path, [IO.UnixFileMode]511) }
    if (Get-Member-Value $entry 'foreign') { chown -h nobody $path }
  }
  Set-StubDevice (Get-Member-Value $before 'device')

  $body = New-Object byte[] 0
  $base64 = Get-Member-Value $Row 'bodyBase64'
  if ($null -ne $base64) { $body = [Convert]::FromBase64String($base64) }
  elseif ($null -ne (Get-Member-Value $Row 'body')) {
    $repeat = Get-Member-Value $Row 'repeat'
    if ($null -eq $repeat) { $repeat = 1 }
    $body = [Text.Encoding]::UTF8.GetBytes("$($Row.body)" * [int]$repeat)
  }
  $parameters = @{}
  $given = Get-Member-Value $Row 'parameters'
  if ($null -ne $given) {
    foreach ($property in $given.PSObject.Properties) { $parameters[$property.Name] = Expand-Here "$($property.Value)" $Folder }
  }
  if ($Operation -eq 'write-file' -and -not $parameters.ContainsKey('sha256')) {
    $parameters.sha256 = (Get-FileHash -Algorithm SHA256 -InputStream ([IO.MemoryStream]::new($body))).Hash.ToLowerInvariant()
  }
  $request = @{
    edgefleet = 1; operation = $Operation; run = 'r'; parameters = $parameters
    step = "$(Get-Member-Value $Row 'step')"; lock = "$(Get-Member-Value $Row 'lock')"
  }
  $lines = @(ConvertTo-Json $request -Depth 5 -Compress -EscapeHandling EscapeNonAscii)
  for ($at = 0; $at -lt $body.Length; $at += 49152) {
    $lines += [Convert]::ToBase64String($body, $at, [Math]::Min(49152, $body.Length - $at))
  }
  $text = [IO.File]::ReadAllText((Join-Path $Scripts "$Operation.ps1")).Replace($preludeLine, $prelude)
  $said = New-Object IO.StringWriter
  $console = [Console]::Out
  [Console]::SetOut($said)
  Push-Location $Folder
  try { & ([ScriptBlock]::Create($text)) $nonce $lines } finally {
    Pop-Location
    [Console]::SetOut($console)
  }
  Test-Answer $Row $said.ToString() $Folder
  foreach ($entry in @(Get-Member-Value $Row 'after')) {
    if ($null -ne $entry) { Test-After $entry $body $Folder }
  }
  $left = @(Get-ChildItem -LiteralPath $Folder -Recurse -Force | Where-Object { $_.Name -match '\.edgefleet-[0-9a-f]{24}$' })
  if ($left.Count -gt 0) { throw "it left $($left[0].FullName)" }
}

function Test-Answer($Row, [string]$Said, [string]$Folder) {
  $lines = @($Said.TrimEnd("`n") -split "`n")
  if ($lines.Count -lt 3 -or $lines[0] -cne "$nonce begin" -or $lines[-1] -cne "$nonce end") { throw "no answer: $Said" }
  $answer = ConvertFrom-Json $lines[1]
  $result = Get-Member-Value $Row 'result'
  $detail = Get-Member-Value $answer.values 'detail'
  $word = Get-Member-Value $answer.values 'error'
  if ("$word" -cne "$(Get-Member-Value $result 'error')") { throw "error is '$word' ($detail)" }
  $wanted = Get-Member-Value $result 'detail'
  if ($null -ne $wanted -and -not "$detail".Replace('\', '/').Contains((Expand-Here $wanted $Folder))) { throw "detail is $detail" }
  $values = Get-Member-Value $result 'values'
  if ($null -ne $values) {
    foreach ($property in $values.PSObject.Properties) {
      $found = Get-Member-Value $answer.values $property.Name
      # PowerShell 7 makes a date of a text that looks like one.
      if ($found -is [DateTime]) { $found = $found.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'") }
      $expected = $property.Value
      if ($expected -is [DateTime]) { $expected = $expected.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'") }
      Assert-Same $property.Name $found $expected $Folder
    }
  }
  $bytes = New-Object IO.MemoryStream
  for ($at = 2; $at -lt $lines.Count - 1; $at += 1) {
    $part = [Convert]::FromBase64String($lines[$at])
    $bytes.Write($part, 0, $part.Length)
  }
  $body = [Text.Encoding]::UTF8.GetString($bytes.ToArray())
  if ($null -ne (Get-Member-Value $result 'body')) { Assert-Same 'body' $body $result.body $Folder }
  $json = Get-Member-Value $result 'json'
  if ($null -ne $json) {
    $told = ConvertFrom-Json $body
    foreach ($property in $json.PSObject.Properties) {
      $found = Get-Member-Value $told $property.Name
      if ($found -is [bool]) { $found = "$found".ToLowerInvariant() }
      if ($property.Name -eq 'messages') { $found = @($found) -join "`n" }
      Assert-Same $property.Name $found $property.Value $Folder
    }
  }
}

function Test-After($Entry, [byte[]]$Body, [string]$Folder) {
  if ($Entry.path.StartsWith('~')) {
    $pattern = '\A(?:' + $Entry.path.Substring(1) + ')\z'
    $names = @(Get-ChildItem -LiteralPath $Folder -Recurse -Force | ForEach-Object { $_.FullName.Substring($Folder.Length + 1).Replace('\', '/') })
    if ([IO.Directory]::Exists("$Folder-state")) {
      $names += @(Get-ChildItem -LiteralPath "$Folder-state" -Recurse -Force | ForEach-Object { 'state' + $_.FullName.Substring("$Folder-state".Length).Replace('\', '/') })
    }
    if (@($names | Where-Object { $_ -match $pattern }).Count -eq 0) { throw "nothing is named $($Entry.path)" }
    return
  }
  $path = Get-PathOf $Entry.path $Folder
  $there = Test-Path -LiteralPath $path
  if (Get-Member-Value $Entry 'absent') {
    if ($there) { throw "$($Entry.path) is still there" }
    return
  }
  if (-not $there) { throw "$($Entry.path) is not there" }
  if (Get-Member-Value $Entry 'isBody') {
    if ([Convert]::ToBase64String([IO.File]::ReadAllBytes($path)) -cne [Convert]::ToBase64String($Body)) { throw "$($Entry.path) is not the body" }
  }
  $content = Get-Member-Value $Entry 'content'
  if ($null -ne $content) { Assert-Same $Entry.path ([IO.File]::ReadAllText($path)) $content $Folder }
  $has = Get-Member-Value $Entry 'has'
  if ($null -ne $has -and -not [IO.File]::ReadAllText($path).Contains((Expand-Here $has $Folder))) { throw "$($Entry.path) does not hold $has" }
}

$counts = @{ good = 0; failed = 0; skipped = 0 }
foreach ($table in Get-ChildItem -LiteralPath $Tables -Filter '*.json' | Sort-Object Name) {
  $operation = $table.BaseName
  if ($Only.Count -gt 0 -and $Only -notcontains $operation) { continue }
  foreach ($row in @(ConvertFrom-Json ([IO.File]::ReadAllText($table.FullName)))) {
    if ((Get-Obstacle $operation $row) -ne '') {
      $counts.skipped += 1
      continue
    }
    $folder = [IO.Path]::Combine([IO.Path]::GetTempPath(), 'edgefleet-case-' + [Guid]::NewGuid().ToString('n')).Replace('\', '/')
    try {
      Invoke-Row $operation $row $folder
      $counts.good += 1
    } catch {
      $counts.failed += 1
      "FAILED $operation/$($row.name): $($_.Exception.Message)"
    } finally {
      foreach ($left in $folder, "$folder-state") {
        if (Test-Path -LiteralPath $left) { Remove-Item -LiteralPath $left -Recurse -Force }
      }
    }
  }
}
"pwsh-cases: $($counts.good) good, $($counts.failed) failed, $($counts.skipped) not tried here, in PowerShell $($PSVersionTable.PSVersion)"
if ($counts.failed -gt 0) { exit 1 }
