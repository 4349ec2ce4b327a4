# Goes in front of every operation's work, where its line with this file's name stands. Reads the
# request, holds the device's lock, answers. For PowerShell 5.1 and 7; see docs/architecture.md,
# "Windows". The strict mode is left as it is: it would reach into scripts that invoke-cmdlet loads.
#
# Everything an operation knows is in this one table, which functions change and never replace: a
# variable's scope is another in a script block than in a file.
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$Edgefleet = @{
  nonce = "$Nonce"
  request = ''
  run = ''
  step = ''
  lock = ''
  parameters = @{}
  body = (New-Object byte[] 0)
  values = [ordered]@{}
  answer = (New-Object byte[] 0)
  errors = (New-Object byte[] 0)
  cleanup = $null
}
if ($Edgefleet.nonce -eq '') { $Edgefleet.nonce = 'edgefleet' }

# ---- The answer

# In ASCII: what is on the way would otherwise have to agree on an encoding.
function Format-JsonText([string]$Text) {
  $escape = { param($match) '\u{0:x4}' -f [int][char]$match.Value }
  '"' + [Regex]::Replace($Text, '["\\]|[^\x20-\x7e]', $escape) + '"'
}

function Add-Value([string]$Name, $Value) {
  if ($Value -is [bool]) { $Value = "$Value".ToLowerInvariant() }
  $Edgefleet.values[$Name] = "$Value"
}

# Ends the operation with the word for what is wrong; see ScriptFailure for the words.
function Stop-Operation([string]$Word, [string]$Detail) {
  Add-Value 'error' $Word
  Add-Value 'detail' $Detail
  throw 'edgefleet: stopped'
}

# The exception below those that PowerShell wraps around it.
function Get-Cause($ErrorRecord) {
  $cause = $ErrorRecord.Exception
  while ($null -ne $cause.InnerException -and
      ($cause -is [Management.Automation.RuntimeException] -or $cause -is [AggregateException])) {
    $cause = $cause.InnerException
  }
  $cause
}

# The word for what Windows said.
function Get-Word($Cause) {
  if ($Cause -is [UnauthorizedAccessException] -or $Cause -is [Security.SecurityException]) { return 'not-permitted' }
  if ($Cause -is [IO.DirectoryNotFoundException] -or $Cause -is [IO.FileNotFoundException]) { return 'no-folder' }
  if ($Cause -is [IO.PathTooLongException]) { return 'name-too-long' }
  if ($Cause -is [ArgumentException] -or $Cause -is [NotSupportedException]) { return 'bad-path' }
  if ($Cause -is [IO.IOException]) {
    switch ($Cause.HResult -band 0xffff) {
      5 { return 'not-permitted' }
      19 { return 'read-only' }
      32 { return 'busy' }
      33 { return 'busy' }
      39 { return 'disk-full' }
      112 { return 'disk-full' }
      123 { return 'bad-path' }
      145 { return 'not-empty' }
      206 { return 'name-too-long' }
      267 { return 'not-a-directory' }
    }
  }
  'failed'
}

function Write-Answer([int]$Status) {
  $nonce = $Edgefleet.nonce
  $pairs = @($Edgefleet.values.Keys | ForEach-Object {
      (Format-JsonText $_) + ':' + (Format-JsonText $Edgefleet.values[$_])
    })
  $line = '{"status":' + $Status + ',"values":{' + ($pairs -join ',') + '}'
  if ($Edgefleet.errors.Length -gt 0) {
    $line += ',"errors":"' + [Convert]::ToBase64String($Edgefleet.errors) + '"'
  }
  $out = [Console]::Out
  $out.Write("$nonce begin`n" + $line + "}`n")
  $size = $Edgefleet.answer.Length
  for ($at = 0; $at -lt $size; $at += 49152) {
    $count = [Math]::Min(49152, $size - $at)
    $out.Write([Convert]::ToBase64String($Edgefleet.answer, $at, $count) + "`n")
  }
  $out.Write("$nonce end`n")
  $out.Flush()
}

# ---- The request

# Over WinRM the first of the lines is the JSON. By hand it may stand on several, the last of them a
# brace alone, and may be nothing but the parameters.
function Read-Request([string]$Operation, $Lines) {
  $json = ''
  $next = 0
  while ($next -lt $Lines.Count) {
    $line = "$($Lines[$next])"
    $next += 1
    $json += $line + "`n"
    $text = $line.Trim()
    if ($text -eq '}' -or ($json.Trim() -eq $text -and $text.EndsWith('}'))) { break }
  }
  if ($json.Trim() -eq '') { Stop-Operation 'truncated' 'no request' }
  try { $request = ConvertFrom-Json $json } catch { Stop-Operation 'protocol' 'the request is no JSON' }
  $parameters = $request
  if ($null -ne $request.PSObject.Properties['edgefleet']) {
    if ("$($request.edgefleet)" -ne '1') { Stop-Operation 'protocol' "version $($request.edgefleet)" }
    if ("$($request.operation)" -ne $Operation) {
      Stop-Operation 'protocol' "operation $($request.operation), not $Operation"
    }
    foreach ($name in 'run', 'step', 'lock') {
      $property = $request.PSObject.Properties[$name]
      if ($null -ne $property -and "$($property.Value)" -ne '-') { $Edgefleet[$name] = "$($property.Value)" }
    }
    $parameters = $request.parameters
    $Edgefleet.request = $json.Trim()
  } else {
    $Edgefleet.request = '{"edgefleet":1,"operation":"' + $Operation + '","parameters":' + $json.Trim() + '}'
  }
  if ($null -ne $parameters) {
    foreach ($property in $parameters.PSObject.Properties) {
      $value = $property.Value
      # PowerShell 7 makes a date of a text that looks like one.
      if ($value -is [DateTime]) { $value = Format-Time $value }
      if ($value -is [bool]) { $value = "$value".ToLowerInvariant() }
      $Edgefleet.parameters[$property.Name] = "$value"
    }
  }
  if ($next -lt $Lines.Count) {
    $bytes = New-Object IO.MemoryStream
    for (; $next -lt $Lines.Count; $next += 1) {
      try { $part = [Convert]::FromBase64String("$($Lines[$next])".Trim()) }
      catch { Stop-Operation 'truncated' 'the body is no base64' }
      $bytes.Write($part, 0, $part.Length)
    }
    $Edgefleet.body = $bytes.ToArray()
  }
}

# Runs the work of an operation, and answers whatever becomes of it. $Typed is what came on standard
# input when the script was started by hand.
function Invoke-Operation([string]$Operation, $Lines, $Typed, [ScriptBlock]$Work) {
  if ($null -eq $Lines) { $Lines = $Typed }
  $status = 1
  try {
    Read-Request $Operation @($Lines)
    if ($Edgefleet.lock -ne '') { Enter-Lock }
    $null = & $Work
    $status = 0
  } catch {
    if (-not $Edgefleet.values.Contains('error')) {
      $cause = Get-Cause $_
      Add-Value 'error' (Get-Word $cause)
      Add-Value 'detail' $cause.Message
    }
  }
  if ($null -ne $Edgefleet.cleanup) { try { $null = & $Edgefleet.cleanup } catch { $null = $_ } }
  Write-Answer $status
}

function Test-Given([string]$Name) { $Edgefleet.parameters.ContainsKey($Name) }

function Get-Given([string]$Name) {
  if (-not (Test-Given $Name)) { Stop-Operation 'protocol' "no parameter $Name" }
  $Edgefleet.parameters[$Name]
}

function Get-Number([string]$Name) {
  $value = Get-Given $Name
  if ($value -notmatch '^[0-9]{1,18}$') { Stop-Operation 'protocol' "$Name $value" }
  [long]$value
}

# The values of NAME1, NAME2 and so on.
function Get-List([string]$Name) {
  $list = @()
  for ($number = 1; Test-Given "$Name$number"; $number += 1) { $list += $Edgefleet.parameters["$Name$number"] }
  , $list
}

# ---- Words, times, hashes

function Format-Time([DateTime]$Time) {
  $Time.ToUniversalTime().ToString('yyyy-MM-dd\THH\:mm\:ss\Z', [Globalization.CultureInfo]::InvariantCulture)
}

function Get-Now { Format-Time ([DateTime]::UtcNow) }

# One word for a line of a note, as sh writes it: every unusual byte as \0ooo.
function Format-Word([string]$Text) {
  $word = New-Object Text.StringBuilder
  foreach ($byte in [Text.Encoding]::UTF8.GetBytes($Text)) {
    $character = [string][char]$byte
    if ($character -match '^[A-Za-z0-9_./:@%+=,-]$') {
      $null = $word.Append($character)
    } else {
      $null = $word.Append('\0').Append([Convert]::ToString([int]$byte, 8).PadLeft(3, '0'))
    }
  }
  $word.ToString()
}

function Read-Word([string]$Word) {
  $bytes = New-Object IO.MemoryStream
  foreach ($match in [Regex]::Matches($Word, '\\0([0-3][0-7]{2})|.')) {
    if ($match.Groups[1].Success) {
      $bytes.WriteByte([byte][Convert]::ToInt32($match.Groups[1].Value, 8))
    } else {
      $bytes.WriteByte([byte][char]$match.Value)
    }
  }
  [Text.Encoding]::UTF8.GetString($bytes.ToArray())
}

function Get-HexHash([byte[]]$Bytes) {
  $sha = [Security.Cryptography.SHA256]::Create()
  try { $hash = $sha.ComputeHash($Bytes) } finally { $sha.Dispose() }
  ([BitConverter]::ToString($hash) -replace '-', '').ToLowerInvariant()
}

# md5, sha1, sha256, sha384 or sha512 of a file; others may write to it meanwhile.
function Get-FileHexHash([string]$Path, [string]$Algorithm) {
  $sha = [Security.Cryptography.HashAlgorithm]::Create($Algorithm.ToUpperInvariant())
  $file = [IO.File]::Open($Path, 'Open', 'Read', 'ReadWrite, Delete')
  try { $hash = $sha.ComputeHash($file) } finally { $file.Dispose(); $sha.Dispose() }
  ([BitConverter]::ToString($hash) -replace '-', '').ToLowerInvariant()
}

# ---- Files

function Test-Windows { [Environment]::OSVersion.Platform -eq 'Win32NT' }

# The same file, absolute.
function Resolve-Full([string]$Path) {
  if ($Path -eq '') { Stop-Operation 'bad-path' 'it is empty' }
  try {
    $here = (Get-Location -PSProvider FileSystem).ProviderPath
    [IO.Path]::GetFullPath([IO.Path]::Combine($here, $Path))
  } catch {
    $cause = Get-Cause $_
    if ($cause -is [IO.PathTooLongException]) { Stop-Operation 'name-too-long' $Path }
    Stop-Operation 'bad-path' $Path
  }
}

function Get-Folder([string]$Path) { [IO.Path]::GetDirectoryName($Path) }

# What is at a path: kind, path, size, target; links are followed when asked.
function Get-Entry([string]$Path, [switch]$Follow) {
  $entry = @{ kind = 'absent'; path = $Path; size = [long]0; target = '' }
  $left = 40
  while ($true) {
    try {
      $attributes = [IO.File]::GetAttributes($entry.path)
    } catch {
      $cause = Get-Cause $_
      if ($cause -is [IO.FileNotFoundException] -or $cause -is [IO.DirectoryNotFoundException]) { return $entry }
      # 267: a file where a folder should be.
      if ($cause -is [IO.IOException] -and ($cause.HResult -band 0xffff) -eq 267) { return $entry }
      throw
    }
    $item = Get-Item -LiteralPath $entry.path -Force
    $link = $item.PSObject.Properties['LinkType']
    if ($null -eq $link -or ($link.Value -ne 'SymbolicLink' -and $link.Value -ne 'Junction')) { break }
    $entry.target = "$(@($item.Target)[0])"
    if (-not $Follow) {
      $entry.kind = 'symlink'
      return $entry
    }
    $left -= 1
    if ($left -eq 0) { Stop-Operation 'symlink-loop' $Path }
    $entry.path = [IO.Path]::GetFullPath([IO.Path]::Combine((Get-Folder $entry.path), $entry.target))
  }
  if (($attributes -band [IO.FileAttributes]::Directory) -ne 0) {
    $entry.kind = 'directory'
  } else {
    $entry.kind = 'file'
    $entry.size = [long]$item.Length
  }
  $entry
}

function Get-Access([string]$Path) {
  $item = Get-Item -LiteralPath $Path -Force
  if ($PSVersionTable.PSVersion.Major -ge 6) { return [IO.FileSystemAclExtensions]::GetAccessControl($item) }
  $item.GetAccessControl()
}

function Set-Access([string]$Path, $Access) {
  $item = Get-Item -LiteralPath $Path -Force
  if ($PSVersionTable.PSVersion.Major -ge 6) {
    [IO.FileSystemAclExtensions]::SetAccessControl($item, $Access)
  } else {
    $item.SetAccessControl($Access)
  }
}

# A mode that gives nothing to group and others; see "Modes" in the design.
function Test-PrivateMode([string]$Mode) { $Mode -match '00$' }

function Get-Mode([string]$Kind, [bool]$Private) {
  if ($Kind -eq 'directory') { if ($Private) { '0700' } else { '0755' } }
  elseif ($Private) { '0600' }
  else { '0644' }
}

# The name of a SID, or the SID where it has none.
function Get-AccountName($Sid) {
  if ($null -eq $Sid) { return '' }
  try { $Sid.Translate([Security.Principal.NTAccount]).Value } catch { $Sid.Value }
}

# owner, group, mode and private of what is there.
function Get-Attributes($Entry) {
  if (-not (Test-Windows)) {
    $bits = [int](Get-Item -LiteralPath $Entry.path -Force).UnixFileMode
    $private = ($bits -band 63) -eq 0
    return @{ owner = [Environment]::UserName; group = ''; private = $private; mode = (Get-Mode $Entry.kind $private) }
  }
  $access = Get-Access $Entry.path
  $owner = $access.GetOwner([Security.Principal.SecurityIdentifier])
  $allowed = @('S-1-5-18', 'S-1-5-32-544')
  if ($null -ne $owner) { $allowed += $owner.Value }
  $private = $access.AreAccessRulesProtected
  foreach ($rule in $access.GetAccessRules($true, $true, [Security.Principal.SecurityIdentifier])) {
    if ("$($rule.AccessControlType)" -eq 'Allow' -and $allowed -notcontains $rule.IdentityReference.Value) {
      $private = $false
    }
  }
  $mode = Get-Mode $Entry.kind $private
  if ($Entry.kind -eq 'file') {
    # What was asked, where it is still so: Set-Mode notes it in a stream of the file.
    $asked = @(Get-Content -LiteralPath $Entry.path -Stream 'edgefleet.mode' -ErrorAction SilentlyContinue)
    if ($asked.Count -eq 1 -and "$($asked[0])" -match '^[0-7]{4}$' -and (Test-PrivateMode "$($asked[0])") -eq $private) {
      $mode = "$($asked[0])"
    }
  }
  @{
    owner = (Get-AccountName $owner)
    group = (Get-AccountName ($access.GetGroup([Security.Principal.SecurityIdentifier])))
    private = $private
    mode = $mode
  }
}

# Only SYSTEM, the administrators and the owner; or whatever the folder hands down.
function Set-Private([string]$Path, [bool]$Private) {
  if (-not (Test-Windows)) {
    $item = Get-Item -LiteralPath $Path -Force
    $folder = $item -is [IO.DirectoryInfo]
    $bits = if ($Private -and $folder) { 448 } elseif ($Private) { 384 } elseif ($folder) { 493 } else { 420 }
    [IO.File]::SetUnixFileMode($Path, [IO.UnixFileMode]$bits)
    return
  }
  $access = Get-Access $Path
  $access.SetAccessRuleProtection($Private, $false)
  foreach ($rule in @($access.GetAccessRules($true, $false, [Security.Principal.SecurityIdentifier]))) {
    $null = $access.RemoveAccessRuleSpecific($rule)
  }
  if ($Private) {
    $inherit = 'None'
    if ((Get-Item -LiteralPath $Path -Force) -is [IO.DirectoryInfo]) { $inherit = 'ContainerInherit, ObjectInherit' }
    $owner = $access.GetOwner([Security.Principal.SecurityIdentifier])
    foreach ($sid in @('S-1-5-18', 'S-1-5-32-544', $owner.Value) | Select-Object -Unique) {
      $who = New-Object Security.Principal.SecurityIdentifier $sid
      $access.AddAccessRule((New-Object Security.AccessControl.FileSystemAccessRule $who, 'FullControl', $inherit, 'None', 'Allow'))
    }
  }
  Set-Access $Path $access
}

# The access that a mode stands for, and the mode itself for who looks next. A folder has no stream
# that PowerShell 5.1 could write to.
function Set-Mode([string]$Path, [string]$Mode) {
  Set-Private $Path (Test-PrivateMode $Mode)
  if ((Test-Windows) -and [IO.File]::Exists($Path)) {
    try { Set-Content -LiteralPath $Path -Stream 'edgefleet.mode' -Value $Mode } catch { $null = $_ }
  }
}

# The mode, owner and group that were asked for, checked; what was not is $null.
function Get-Wanted {
  $wanted = @{ mode = $null; owner = $null; group = $null }
  if (Test-Given 'mode') {
    $mode = Get-Given 'mode'
    if ($mode -notmatch '^[0-7]{1,4}$') { Stop-Operation 'bad-mode' $mode }
    $wanted.mode = $mode.PadLeft(4, '0')
  }
  foreach ($what in 'owner', 'group') {
    if (-not (Test-Given $what)) { continue }
    $word = if ($what -eq 'owner') { 'no-such-user' } else { 'no-such-group' }
    $wanted[$what] = Get-Sid (Get-Given $what) $word
  }
  $wanted
}

function Get-Sid([string]$Name, [string]$Word) {
  if ($Name -eq '' -or $Name -match '^[0-9]+$') { Stop-Operation $Word $Name }
  try {
    if ($Name -match '^S-1-[0-9-]+$') { return New-Object Security.Principal.SecurityIdentifier $Name }
    (New-Object Security.Principal.NTAccount $Name).Translate([Security.Principal.SecurityIdentifier])
  } catch {
    Stop-Operation $Word $Name
  }
}

# Gives a file or folder what Get-Wanted found; tells whether anything differed. -Check only tells.
function Set-Wanted($Entry, $Wanted, [switch]$Check) {
  $changed = $false
  foreach ($what in 'owner', 'group') {
    if ($null -eq $Wanted[$what] -or -not (Test-Windows)) { continue }
    $access = Get-Access $Entry.path
    if ($what -eq 'owner') { $now = $access.GetOwner([Security.Principal.SecurityIdentifier]) }
    else { $now = $access.GetGroup([Security.Principal.SecurityIdentifier]) }
    if ($null -ne $now -and $now.Value -eq $Wanted[$what].Value) { continue }
    $changed = $true
    if ($Check) { continue }
    if ($what -eq 'owner') { $access.SetOwner($Wanted.owner) } else { $access.SetGroup($Wanted.group) }
    try { Set-Access $Entry.path $access } catch { Stop-Operation 'not-permitted' (Get-Cause $_).Message }
  }
  if ($null -ne $Wanted.mode) {
    $private = (Get-Attributes $Entry).private
    # A private list names the owner, so another owner needs another list.
    if ($private -ne (Test-PrivateMode $Wanted.mode) -or ($changed -and $private)) {
      $changed = $true
      if (-not $Check) { Set-Mode $Entry.path $Wanted.mode }
    }
  }
  $changed
}

function Add-State($Entry) {
  Add-Value 'kind' $Entry.kind
  if ($Entry.kind -eq 'absent') { return }
  $attributes = Get-Attributes $Entry
  Add-Value 'mode' $attributes.mode
  Add-Value 'owner' $attributes.owner
  Add-Value 'group' $attributes.group
  Add-Value 'size' $Entry.size
}

# A new file, on the disk when this returns.
function Write-New([string]$Path, [byte[]]$Bytes) {
  $file = New-Object IO.FileStream $Path, 'CreateNew', 'Write', 'None'
  try {
    $file.Write($Bytes, 0, $Bytes.Length)
    $file.Flush($true)
  } finally { $file.Dispose() }
}

function Add-Line([string]$Path, [string]$Text) {
  $bytes = [Text.Encoding]::UTF8.GetBytes($Text)
  $file = New-Object IO.FileStream $Path, 'Append', 'Write', 'Read'
  try {
    $file.Write($bytes, 0, $bytes.Length)
    $file.Flush($true)
  } finally { $file.Dispose() }
}

# All of a file that others may be writing to or taking away; $null when it is not there.
function Read-Shared([string]$Path) {
  try { $file = [IO.File]::Open($Path, 'Open', 'Read', 'ReadWrite, Delete') }
  catch {
    $cause = Get-Cause $_
    if ($cause -is [IO.FileNotFoundException] -or $cause -is [IO.DirectoryNotFoundException]) { return $null }
    throw
  }
  try {
    $bytes = New-Object IO.MemoryStream
    $file.CopyTo($bytes)
    [Text.Encoding]::UTF8.GetString($bytes.ToArray())
  } finally { $file.Dispose() }
}

# In one step, over what is there. [NullString]: PowerShell makes an empty text of $null.
function Move-Over([string]$New, [string]$Path) {
  if ([IO.File]::Exists($Path)) { [IO.File]::Replace($New, $Path, [NullString]::Value) }
  else { [IO.File]::Move($New, $Path) }
}

# A note, whole or not at all.
function Write-Note([string]$Path, [string]$Text) {
  $new = $Path + '+' + $Edgefleet.nonce
  Write-New $new ([Text.Encoding]::UTF8.GetBytes($Text))
  Move-Over $new $Path
}

# ---- The state folder and the device's lock

function Get-StateFolder {
  if ("$env:EDGEFLEET_STATE" -ne '') { return $env:EDGEFLEET_STATE }
  if (Test-Given 'state_folder') {
    $folder = Get-Given 'state_folder'
    # One of Linux stands for the one of Windows.
    if ($folder -ne '' -and -not $folder.StartsWith('/')) { return Resolve-Full $folder }
  }
  [IO.Path]::Combine([Environment]::GetFolderPath('CommonApplicationData'), 'edgefleet')
}

# Anybody may make folders in ProgramData: one that is not ours would hand what is in it to its owner.
function New-StateFolder([string]$Folder) {
  if ([IO.Directory]::Exists($Folder)) {
    if (Test-Windows) {
      $owner = (Get-Access $Folder).GetOwner([Security.Principal.SecurityIdentifier])
      $me = [Security.Principal.WindowsIdentity]::GetCurrent().User.Value
      if (@('S-1-5-18', 'S-1-5-32-544', $me) -notcontains $owner.Value) {
        Stop-Operation 'not-permitted' "$Folder belongs to $(Get-AccountName $owner)"
      }
    }
    return
  }
  $null = [IO.Directory]::CreateDirectory($Folder)
  Set-Private $Folder $true
  if (Test-Windows) {
    # Who looks at the lock need not be an administrator.
    $access = Get-Access $Folder
    $users = New-Object Security.Principal.SecurityIdentifier 'S-1-5-32-545'
    $access.AddAccessRule((New-Object Security.AccessControl.FileSystemAccessRule $users, 'ReadAndExecute', 'None', 'None', 'Allow'))
    Set-Access $Folder $access
  }
}

# The lock that is there, or $null. One that makes no sense is somebody's all the same: its run is
# empty then.
function Get-Lock([string]$Path) {
  $text = Read-Shared $Path
  if ($null -eq $text) { return $null }
  $words = @($text.Trim() -split ' ')
  $held = @{ run = ''; process = [long]0; operator = ''; since = ''; from = '' }
  if ($words.Count -ge 4 -and $words[1] -match '^[0-9]{1,9}$') {
    $held.run = $words[0]
    $held.process = [long]$words[1]
    $held.operator = $words[2]
    $held.since = $words[3]
    if ($words.Count -ge 5) { $held.from = $words[4] }
  }
  $held
}

# This device is for one run at a time: takes the lock, or finds that the run has it already.
function Enter-Lock {
  $token = $Edgefleet.lock
  $breaks = $token.StartsWith('!')
  if ($breaks) { $token = $token.Substring(1) }
  if ($token -notmatch '^([0-9]{1,9})/(.+)$') { Stop-Operation 'protocol' "lock $($Edgefleet.lock)" }
  $process = [long]$Matches[1]
  $operator = Format-Word $Matches[2]
  $run = Format-Word $Edgefleet.run
  $state = Get-StateFolder
  $lock = [IO.Path]::Combine($state, 'lock')
  for ($tries = 0; $tries -lt 9; $tries += 1) {
    $held = Get-Lock $lock
    $from = ''
    if ($null -ne $held) {
      if ($held.run -eq $run) {
        if ($held.process -gt $process) { Stop-Operation 'fenced' $held.process }
        if ($held.process -eq $process) { return }
        $from = $held.from
      } else {
        # A process that the device was taken from does not take it back.
        if (-not $breaks -or $held.from -eq "$run/$process") {
          if ($held.run -ne '') {
            Add-Value 'holder_run' (Read-Word $held.run)
            Add-Value 'holder_operator' (Read-Word $held.operator)
            Add-Value 'holder_since' $held.since
            Add-Value 'device_time' (Get-Now)
          }
          Stop-Operation 'locked' $lock
        }
        $holder = if ($held.run -eq '') { '-' } else { $held.run }
        $from = $holder + '/' + $held.process
      }
    }
    New-StateFolder $state
    $line = "$run $process $operator $(Get-Now)"
    if ($from -ne '') { $line += " $from" }
    $new = $lock + '~' + $Edgefleet.nonce
    if ([IO.File]::Exists($new)) { [IO.File]::Delete($new) }
    Write-New $new ([Text.Encoding]::UTF8.GetBytes($line + "`n"))
    try {
      # A move over what is there fails: of several that find no lock one comes through.
      if ($null -eq $held) { [IO.File]::Move($new, $lock) } else { Move-Over $new $lock }
    } catch {
      $problem = Get-Cause $_
      try { [IO.File]::Delete($new) } catch { $null = $_ }
      if ((Get-Word $problem) -eq 'not-permitted') { throw }
    }
    # What came of it is seen in the next turn.
  }
  Stop-Operation 'failed' "the lock $lock cannot be taken"
}

# ---- What a step notes before it acts, so that it finds it when it comes again

# Where it notes it; empty for an operation of no step.
function Get-NotePath([string]$What) {
  if ($Edgefleet.step -eq '') { return '' }
  $name = Get-HexHash ([Text.Encoding]::UTF8.GetBytes($Edgefleet.step + '/' + $What))
  [IO.Path]::Combine((Get-StateFolder), 'steps', (Get-RunName), $name)
}

function Get-RunName {
  if ($Edgefleet.run -notmatch '^[A-Za-z0-9_-][A-Za-z0-9_.-]*$') { Stop-Operation 'protocol' "run $($Edgefleet.run)" }
  $Edgefleet.run
}

# start and size as noted; $null when there is no note, or not a whole one.
function Get-StepNote([string]$Note) {
  if ($Note -eq '') { return $null }
  $text = Read-Shared $Note
  if ($null -eq $text) { return $null }
  $words = @($text.Trim() -split ' ')
  if ($words.Count -ne 3 -or $words[2] -ne 'whole') { return $null }
  @{ start = $words[0]; size = [long]$words[1] }
}

function Set-StepNote([string]$Note, [string]$Start, [long]$Size) {
  if ($Note -eq '') { return }
  New-StateFolder (Get-StateFolder)
  $null = [IO.Directory]::CreateDirectory((Get-Folder $Note))
  Write-Note $Note "$Start $Size whole`n"
  $old = [DateTime]::UtcNow.AddDays(-14)
  foreach ($folder in [IO.Directory]::GetDirectories((Get-Folder (Get-Folder $Note)))) {
    if ([IO.Directory]::GetLastWriteTimeUtc($folder) -lt $old) {
      try { [IO.Directory]::Delete($folder, $true) } catch { $null = $_ }
    }
  }
}

# ---- Starts of the system and of processes

# Another after each start of the system. Its first process keeps the time it began at, whatever
# becomes of the clock; what the system says of its start follows the clock.
function Get-BootId {
  if (-not (Test-Windows)) { return (Read-Shared '/proc/sys/kernel/random/boot_id').Trim() }
  $time = $null
  try { $time = (Get-CimInstance -ClassName Win32_Process -Filter 'ProcessId = 4').CreationDate } catch { $null = $_ }
  if ($null -eq $time) { $time = (Get-CimInstance -ClassName Win32_OperatingSystem).LastBootUpTime }
  'boot-' + ([DateTime]$time).ToUniversalTime().Ticks
}

# Ticks at which a process began; 0 when it is gone.
function Get-ProcessStart([int]$Number) {
  try { (Get-Process -Id $Number).StartTime.ToUniversalTime().Ticks } catch { [long]0 }
}

# ---- Services

function Get-ServiceName([string]$Service) {
  $name = $Service -replace '\.service$', ''
  if ($name -notmatch '^[A-Za-z0-9_][A-Za-z0-9_ .@$-]*$') { Stop-Operation 'bad-service' $Service }
  $name
}

# A service in the words that systemd has for a unit; start is another after each start of it.
function Get-ServiceEntry([string]$Name) {
  $entry = @{ exists = $false; active = 'inactive'; sub = 'dead'; enabled = 'unknown'; exit = 0; id = 0; start = 'none' }
  $found = @(Get-CimInstance -ClassName Win32_Service -Filter "Name = '$Name'")
  if ($found.Count -eq 0) { return $entry }
  $service = $found[0]
  $entry.exists = $true
  $entry.exit = [long]$service.ExitCode
  # 1066: the service has a code of its own. 1077: it was never started.
  if ($entry.exit -eq 1066) { $entry.exit = [long]$service.ServiceSpecificExitCode }
  if ($entry.exit -eq 1077) { $entry.exit = 0 }
  if ($entry.exit -gt 2147483647) { $entry.exit = $entry.exit - 4294967296 }
  $entry.id = [int]$service.ProcessId
  switch ("$($service.State)") {
    'Running' { $entry.active = 'active'; $entry.sub = 'running' }
    'Start Pending' { $entry.active = 'activating'; $entry.sub = 'start' }
    'Continue Pending' { $entry.active = 'activating'; $entry.sub = 'start' }
    'Stop Pending' { $entry.active = 'deactivating'; $entry.sub = 'stop' }
    'Stopped' {
      if ($entry.exit -ne 0) { $entry.active = 'failed'; $entry.sub = 'failed' }
    }
    default { $entry.sub = "$($service.State)".ToLowerInvariant() -replace ' ', '-' }
  }
  # systemd's disabled unit can be started by hand; Windows calls that Manual.
  switch ("$($service.StartMode)") {
    'Auto' { $entry.enabled = 'enabled' }
    'Manual' { $entry.enabled = 'disabled' }
    'Disabled' { $entry.enabled = 'masked' }
    default { $entry.enabled = "$($service.StartMode)".ToLowerInvariant() }
  }
  if ($entry.id -ne 0) { $entry.start = "pid-$($entry.id)-$(Get-ProcessStart $entry.id)" }
  $entry
}

function Add-ServiceValues($Entry) {
  Add-Value 'exists' $Entry.exists
  Add-Value 'active' $Entry.active
  Add-Value 'sub' $Entry.sub
  Add-Value 'enabled' $Entry.enabled
  Add-Value 'exit_status' $Entry.exit
}

# The file with the restarts that a service owes.
function Get-OwedPath([string]$Service) {
  [IO.Path]::Combine((Get-StateFolder), 'restart-owed', (Get-ServiceName $Service))
}
