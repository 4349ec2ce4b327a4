# Goes in front of every operation's work, where its line with this file's name stands. Reads the
# request, holds the device's lock, answers. For PowerShell 5.1 and 7; see docs/wire.md,
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
  told = [ordered]@{}
  answer = (New-Object byte[] 0)
  errors = (New-Object byte[] 0)
  cleanup = $null
  held = (New-Object Collections.ArrayList)
  own = ''
  boot = ''
  state = ''
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
  $Edgefleet.told[$Name] = "$Value"
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
      3 { return 'no-folder' }
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
  $pairs = @($Edgefleet.told.PSBase.Keys | ForEach-Object {
      (Format-JsonText $_) + ':' + (Format-JsonText $Edgefleet.told[$_])
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
    if (-not $Edgefleet.told.Contains('error')) {
      $cause = Get-Cause $_
      Add-Value 'error' (Get-Word $cause)
      Add-Value 'detail' $cause.Message
    }
  }
  if ($null -ne $Edgefleet.cleanup) { try { $null = & $Edgefleet.cleanup } catch { $null = $_ } }
  Unlock-All
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
  $file = [IO.File]::Open($Path, 'Open', 'Read', 'ReadWrite, Delete')
  try { Get-StreamHexHash $file $Algorithm } finally { $file.Dispose() }
}

# The same of what is open already.
function Get-StreamHexHash([IO.Stream]$Stream, [string]$Algorithm) {
  $sha = [Security.Cryptography.HashAlgorithm]::Create($Algorithm.ToUpperInvariant())
  $Stream.Position = 0
  try { $hash = $sha.ComputeHash($Stream) } finally { $sha.Dispose() }
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

# Whether something is a link: whatever has a reparse point that may lead elsewhere. What kind it is
# cannot be asked where its access list keeps it back, as that of the old folders in a profile does.
function Test-Link([string]$Path) {
  try { $attributes = [IO.File]::GetAttributes($Path) } catch { return $false }
  if (($attributes -band [IO.FileAttributes]::ReparsePoint) -eq 0) { return $false }
  if (($attributes -band [IO.FileAttributes]::Directory) -ne 0) { return $true }
  $link = (Get-Item -LiteralPath $Path -Force).PSObject.Properties['LinkType']
  if ($null -ne $link -and "$($link.Value)" -eq 'SymbolicLink') { return $true }
  # A file that was deduplicated has one, too. Of a stranger it is not believed.
  try { -not (Test-Trusted (Get-Owner $Path)) } catch { $true }
}

# Where a link leads; empty for one that only Windows can follow, such as a volume's mount point.
function Get-LinkTarget([string]$Link) {
  $target = (Get-RawTarget $Link) -replace '^\\[\\?]\?\\', '' -replace '^UNC\\', '\\'
  if ($target -eq '' -or $target -match 'Volume\{') { return '' }
  [IO.Path]::GetFullPath([IO.Path]::Combine((Get-Folder $Link), $target))
}

function Get-RawTarget([string]$Link) {
  try { "$(@((Get-Item -LiteralPath $Link -Force).Target)[0])" } catch { '' }
}

# What is at a path: kind, path, size, target, names (whether it has others, too). With -Follow where
# its links lead, whoever made them; see Get-Real.
function Get-Entry([string]$Path, [switch]$Follow) {
  $entry = @{ kind = 'absent'; path = $Path; size = [long]0; target = ''; names = $false }
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
    if (-not (Test-Link $entry.path)) { break }
    $entry.target = Get-RawTarget $entry.path
    if (-not $Follow) {
      $entry.kind = 'symlink'
      return $entry
    }
    $left -= 1
    if ($left -eq 0) { Stop-Operation 'symlink-loop' $Path }
    $target = Get-LinkTarget $entry.path
    if ($target -eq '') { break }
    $entry.path = $target
  }
  if (($attributes -band [IO.FileAttributes]::Directory) -ne 0) {
    $entry.kind = 'directory'
  } else {
    $item = Get-Item -LiteralPath $entry.path -Force
    $entry.kind = 'file'
    $entry.size = [long]$item.Length
    $link = $item.PSObject.Properties['LinkType']
    $entry.names = $null -ne $link -and "$($link.Value)" -eq 'HardLink'
  }
  $entry
}

# ---- Whom to trust: nobody on the device but those who own it
#
# Other users may make links, and swap what is at a path while an operation works. A link is followed
# where only the trusted can have made it. What is written to stays what it was looked at as: while a
# file is open Windows lets nobody rename or replace it, nor rename a folder above it, nor make a
# junction of one.

# SYSTEM, the administrators, TrustedInstaller, and whom this runs as.
function Test-Trusted($Account) {
  if (-not (Test-Windows)) { return @('root', [Environment]::UserName) -contains "$Account" }
  $me = [Security.Principal.WindowsIdentity]::GetCurrent().User.Value
  @('S-1-5-18', 'S-1-5-32-544', 'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464', $me) -contains "$Account"
}

# Of a link its own.
function Get-Owner([string]$Path) {
  if (-not (Test-Windows)) { return (Get-Item -LiteralPath $Path -Force).User }
  (Get-Access $Path).GetOwner([Security.Principal.SecurityIdentifier])
}

# Who else may put something in the place of what is in a folder, or, with -New, add to it or change
# it; empty for nobody.
function Get-Writer([string]$Path, [switch]$New) {
  if (-not (Test-Windows)) {
    $item = Get-Item -LiteralPath $Path -Force
    if (-not (Test-Trusted $item.User)) { return $item.User }
    $bits = [int]$item.UnixFileMode
    # Others may write; without -New not where everybody can only take away what is his.
    if ("$($item.LinkType)" -ne 'SymbolicLink' -and ($bits -band 18) -ne 0 -and ($New -or ($bits -band 512) -eq 0)) { return 'others' }
    return ''
  }
  $access = Get-Access $Path
  $owner = $access.GetOwner([Security.Principal.SecurityIdentifier])
  if (-not (Test-Trusted $owner)) { return Get-AccountName $owner }
  # Delete, DeleteSubdirectoriesAndFiles, ChangePermissions, TakeOwnership, and everything.
  $rights = 0x100d0040
  # WriteData, AppendData, WriteExtendedAttributes, WriteAttributes, and all of writing.
  if ($New) { $rights = $rights -bor 0x40000116 }
  foreach ($rule in $access.GetAccessRules($true, $true, [Security.Principal.SecurityIdentifier])) {
    if ("$($rule.AccessControlType)" -ne 'Allow' -or ([int]$rule.FileSystemRights -band $rights) -eq 0) { continue }
    # 2: only for what it hands down. The other two stand for the owner.
    if (([int]$rule.PropagationFlags -band 2) -ne 0) { continue }
    if (@('S-1-3-0', 'S-1-3-4') -contains $rule.IdentityReference.Value) { continue }
    if (-not (Test-Trusted $rule.IdentityReference.Value)) { return Get-AccountName $rule.IdentityReference }
  }
  ''
}

# A link that somebody else made or could lead elsewhere ends the operation.
function Assert-OwnLink([string]$Link) {
  $owner = Get-Owner $Link
  if (-not (Test-Trusted $owner)) { Stop-Operation 'foreign-link' "$Link belongs to $(Get-AccountName $owner)" }
  $writer = Get-Writer $Link -New
  if ($writer -ne '') { Stop-Operation 'foreign-link' "$Link may be changed by $writer" }
  $new = $true
  for ($folder = Get-Folder $Link; "$folder" -ne ''; $folder = Get-Folder $folder) {
    $writer = Get-Writer $folder -New:$new
    if ($writer -ne '') { Stop-Operation 'foreign-link' "$Link is in $folder, where $writer may write" }
    $new = $false
  }
}

# The same path without a link in it: -Last also at its end, -Any also those of others.
function Get-Real([string]$Path, [switch]$Last, [switch]$Any) {
  $separators = [char[]]'\/'
  $at = [IO.Path]::GetPathRoot($Path)
  $names = @($Path.Substring($at.Length).Split($separators, [StringSplitOptions]'RemoveEmptyEntries'))
  $links = 40
  while ($names.Count -gt 0) {
    $next = [IO.Path]::Combine($at, $names[0])
    $names = @($names | Select-Object -Skip 1)
    $at = $next
    if (($names.Count -eq 0 -and -not $Last) -or -not (Test-Link $next)) { continue }
    $links -= 1
    if ($links -eq 0) { Stop-Operation 'symlink-loop' $Path }
    if (-not $Any) { Assert-OwnLink $next }
    $target = Get-LinkTarget $next
    if ($target -eq '') { continue }
    $at = [IO.Path]::GetPathRoot($target)
    $names = @($target.Substring($at.Length).Split($separators, [StringSplitOptions]'RemoveEmptyEntries')) + $names
  }
  $at
}

# Whether the links of others are to be followed, too.
function Test-Follow { (Test-Given 'follow') -and (Get-Given 'follow') -eq 'true' }

# The real path of a parameter, told where it is another one.
function Get-GivenReal([string]$Path, [switch]$Last) {
  $real = Get-Real $Path -Last:$Last -Any:(Test-Follow)
  if ($real -ne $Path.TrimEnd('\', '/') -and $real -ne $Path) { Add-Value 'real' $real }
  $real
}

# Whether somebody else may swap what is in a folder, or the folder itself.
function Test-Open([string]$Folder) {
  $new = $true
  for ($at = $Folder; "$at" -ne ''; $at = Get-Folder $at) {
    if ((Get-Writer $at -New:$new) -ne '') { return $true }
    $new = $false
  }
  $false
}

# A name that nobody can have taken before.
function Get-FreshName { [Guid]::NewGuid().ToString('n').Substring(0, 24) }

# Keeps a real folder, and those above it, what they are until the operation is over or Unlock-Last.
# Gives the path of the file that it does it with; empty where nobody else can swap them.
function Lock-Folder([string]$Folder) {
  if (-not (Test-Open $Folder)) { return '' }
  $path = [IO.Path]::Combine($Folder, '.edgefleet-' + (Get-FreshName))
  $null = $Edgefleet.held.Add((New-Object IO.FileStream $path, 'CreateNew', ([IO.FileAccess]'ReadWrite'), 'None', 1, ([IO.FileOptions]'DeleteOnClose')))
  # Only now is it known what it is.
  if ((Get-Real $Folder -Last) -ne $Folder) { Stop-Operation 'changed-meanwhile' $Folder }
  $path
}

# The same for a file in a folder that is kept.
function Lock-File([string]$Path) {
  if (-not (Test-Open (Get-Folder $Path))) { return $false }
  $file = [IO.File]::Open($Path, 'Open', 'Read', 'ReadWrite')
  $null = $Edgefleet.held.Add($file)
  $entry = Get-Entry $Path
  if ($entry.kind -ne 'file') { Stop-Operation 'changed-meanwhile' $Path }
  if ($entry.names) { Stop-Operation 'many-names' $Path }
  if (Test-Windows) {
    # Was it a link when it was opened? Then what is open is another one's than what is there now.
    if ($PSVersionTable.PSVersion.Major -ge 6) { $access = [IO.FileSystemAclExtensions]::GetAccessControl($file) }
    else { $access = $file.GetAccessControl() }
    $owner = $access.GetOwner([Security.Principal.SecurityIdentifier])
    if ("$owner" -ne "$(Get-Owner $Path)") { Stop-Operation 'changed-meanwhile' $Path }
  }
  $true
}

# What is at a real path, kept: a folder by a file in it.
function Lock-Entry([string]$Path) {
  $kind = (Get-Entry $Path).kind
  if ($kind -eq 'directory') {
    $null = Lock-Folder $Path
  } else {
    $null = Lock-Folder (Get-Folder $Path)
    $null = Lock-File $Path
  }
  $entry = Get-Entry $Path
  if ($entry.kind -ne $kind -or $kind -eq 'symlink') { Stop-Operation 'changed-meanwhile' $Path }
  $entry
}

function Unlock-Last {
  $last = $Edgefleet.held.Count - 1
  $held = $Edgefleet.held[$last]
  $Edgefleet.held.RemoveAt($last)
  $held.Dispose()
}

function Unlock-All {
  while ($Edgefleet.held.Count -gt 0) { try { Unlock-Last } catch { $null = $_ } }
}

# The access list of what is for SYSTEM, the administrators and this user alone.
function New-PrivateAccess([switch]$Folder) {
  $access = New-Object Security.AccessControl.FileSecurity
  $inherit = 'None'
  if ($Folder) {
    $access = New-Object Security.AccessControl.DirectorySecurity
    $inherit = 'ContainerInherit, ObjectInherit'
  }
  $access.SetAccessRuleProtection($true, $false)
  $me = [Security.Principal.WindowsIdentity]::GetCurrent().User.Value
  foreach ($sid in @('S-1-5-18', 'S-1-5-32-544', $me) | Select-Object -Unique) {
    $who = New-Object Security.Principal.SecurityIdentifier $sid
    $access.AddAccessRule((New-Object Security.AccessControl.FileSystemAccessRule $who, 'FullControl', $inherit, 'None', 'Allow'))
  }
  $access
}

# Private from its first moment on.
function New-PrivateFolder([string]$Path) {
  if (-not (Test-Windows)) {
    $null = [IO.Directory]::CreateDirectory($Path)
    Set-Private $Path $true
  } elseif ($PSVersionTable.PSVersion.Major -ge 6) {
    $null = [IO.FileSystemAclExtensions]::CreateDirectory((New-PrivateAccess -Folder), $Path)
  } else {
    $null = [IO.Directory]::CreateDirectory($Path, (New-PrivateAccess -Folder))
  }
}

# The same of a file that is not there yet; gives it open.
function New-PrivateFile([string]$Path) {
  if (-not (Test-Windows)) {
    $file = New-Object IO.FileStream $Path, 'CreateNew', 'ReadWrite', 'None'
    Set-Private $Path $true
    return $file
  }
  $rights = [Security.AccessControl.FileSystemRights]'Read, Write'
  if ($PSVersionTable.PSVersion.Major -ge 6) {
    $item = New-Object IO.FileInfo $Path
    return [IO.FileSystemAclExtensions]::Create($item, 'CreateNew', $rights, ([IO.FileShare]'None'), 4096, ([IO.FileOptions]'None'), (New-PrivateAccess))
  }
  New-Object IO.FileStream $Path, 'CreateNew', $rights, ([IO.FileShare]'None'), 4096, ([IO.FileOptions]'None'), (New-PrivateAccess)
}

# A folder that was made a moment ago: not by somebody else who was faster.
function Assert-OwnFolder([string]$Folder) {
  $owner = Get-Owner $Folder
  if (-not (Test-Trusted $owner)) { Stop-Operation 'foreign-folder' "$Folder belongs to $(Get-AccountName $owner)" }
  if (Test-Link $Folder) { Stop-Operation 'foreign-folder' "$Folder is a link" }
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
  try { $Sid.Translate([Security.Principal.NTAccount]).Value } catch { "$Sid" }
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
    $asked = @()
    try { $asked = @(Get-Content -LiteralPath $Entry.path -Stream 'edgefleet.mode') } catch { $null = $_ }
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
  if ($Edgefleet.state -eq '') {
    $folder = Find-StateFolder
    $above = Get-Folder $folder
    if ("$above" -eq '') { Stop-Operation 'bad-path' $folder }
    $Edgefleet.state = [IO.Path]::Combine((Get-Real $above -Last), [IO.Path]::GetFileName($folder))
    if ((Get-Entry $Edgefleet.state).kind -ne 'absent') { Assert-StateFolder $Edgefleet.state }
  }
  $Edgefleet.state
}

function Find-StateFolder {
  if ("$env:EDGEFLEET_STATE" -ne '') { return Resolve-Full $env:EDGEFLEET_STATE }
  if (Test-Given 'state_folder') {
    $folder = Get-Given 'state_folder'
    # One of Linux stands for the one of Windows.
    if ($folder -ne '' -and -not $folder.StartsWith('/')) { return (Resolve-Full $folder).TrimEnd('\', '/') }
  }
  [IO.Path]::Combine([Environment]::GetFolderPath('CommonApplicationData'), 'edgefleet')
}

# Anybody may make folders in ProgramData: one that is not ours would hand what is in it to its owner.
function Assert-StateFolder([string]$Folder) {
  Assert-OwnFolder $Folder
  $new = $true
  for ($at = $Folder; "$at" -ne ''; $at = Get-Folder $at) {
    $writer = Get-Writer $at -New:$new
    if ($writer -ne '') { Stop-Operation 'foreign-folder' "$at is open to $writer" }
    $new = $false
  }
}

function New-StateFolder([string]$Folder) {
  if ((Get-Entry $Folder).kind -eq 'directory') { return }
  New-PrivateFolder $Folder
  Assert-StateFolder $Folder
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
      if ($held.run -ceq $run) {
        if ($held.process -gt $process) { Stop-Operation 'fenced' $held.process }
        if ($held.process -eq $process) { return }
        $from = $held.from
      } else {
        # A process that the device was taken from does not take it back.
        if (-not $breaks -or $held.from -ceq "$run/$process") {
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
  if ($Edgefleet.boot -ne '') { return $Edgefleet.boot }
  $time = $null
  try { $time = (Get-CimInstance -ClassName Win32_Process -Filter 'ProcessId = 4').CreationDate } catch { $null = $_ }
  if ($null -eq $time) { $time = (Get-CimInstance -ClassName Win32_OperatingSystem).LastBootUpTime }
  $Edgefleet.boot = 'boot-' + ([DateTime]$time).ToUniversalTime().Ticks
  $Edgefleet.boot
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

# ---- Programs

# One argument as CommandLineToArgvW takes it apart again.
function Format-Argument([string]$Argument) {
  if ($Argument -ne '' -and $Argument -notmatch '[\s"]') { return $Argument }
  $quoted = [Regex]::Replace($Argument, '(\\*)"', '$1$1\"')
  $quoted = [Regex]::Replace($quoted, '(\\+)\z', '$1$1')
  '"' + $quoted + '"'
}

# Whether anything is at a path or, with * ? [ in it, matches.
function Test-Any([string]$Pattern) {
  if ($Pattern -match '[*?\[]') {
    $here = (Get-Location -PSProvider FileSystem).ProviderPath
    if (-not [IO.Path]::IsPathRooted($Pattern)) { $Pattern = "$here/$Pattern" }
    return @(Get-Item -Path $Pattern -Force -ErrorAction SilentlyContinue).Count -gt 0
  }
  (Get-Entry (Resolve-Full $Pattern)).kind -ne 'absent'
}

# chdir, creates, removes: goes to the folder; false when there is nothing to do.
function Test-Guards {
  if (Test-Given 'chdir') {
    $folder = Resolve-Full (Get-Given 'chdir')
    switch ((Get-Entry $folder -Follow).kind) {
      'absent' { Stop-Operation 'no-folder' $folder }
      'file' { Stop-Operation 'not-a-directory' $folder }
    }
    Set-Location -LiteralPath $folder
  }
  if ((Test-Given 'creates') -and (Test-Any (Get-Given 'creates'))) { return $false }
  if ((Test-Given 'removes') -and -not (Test-Any (Get-Given 'removes'))) { return $false }
  $true
}

# The file that a program's name stands for, by that search path; the name itself when there is none.
function Find-Program([string]$Name, [string]$SearchPath) {
  $extensions = @('')
  if ((Test-Windows) -and [IO.Path]::GetExtension($Name) -eq '') {
    $extensions = @("$env:PATHEXT" -split ';' | Where-Object { $_ -ne '' }) + @('')
  }
  $folders = @((Get-Location -PSProvider FileSystem).ProviderPath)
  if ($Name -notmatch '[\\/]') {
    # Not the folder it runs in: a file there could take the place of a program.
    $folders = @($SearchPath -split [IO.Path]::PathSeparator | Where-Object { $_ -ne '' })
  }
  foreach ($folder in $folders) {
    foreach ($extension in $extensions) {
      try { $file = [IO.Path]::Combine($folder.Trim('"'), $Name + $extension) } catch { continue }
      if ([IO.File]::Exists($file)) { return $file }
    }
  }
  $Name
}

# A folder for nobody else, for what a program brings along; gone when the operation is over.
function New-OwnFolder {
  # The nonce is on the command line, which everybody may see.
  $own = [IO.Path]::Combine((Get-Real ([IO.Path]::GetTempPath()) -Last), 'edgefleet-' + (Get-FreshName))
  New-PrivateFolder $own
  Assert-OwnFolder $own
  $Edgefleet.own = $own
  $Edgefleet.cleanup = { [IO.Directory]::Delete($Edgefleet.own, $true) }
  $own
}

# What a PowerShell that is handed a text runs. The text is the first line of its input and not on its
# command line, which every user may see, nor in a file. "powershell -Command -" would read it as if it
# were typed, line by line, and would leave no input to what it runs.
function Get-ShellCommand {
  $command = '$ProgressPreference="SilentlyContinue";' +
    'try{[Console]::OutputEncoding=New-Object Text.UTF8Encoding $false}catch{};' +
    '$l=@($input);$b=[ScriptBlock]::Create([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($l[0])));' +
    '$l=@($l|Select-Object -Skip 1);$l|& $b;$o=$?;if($LASTEXITCODE){exit $LASTEXITCODE};if(-not $o){exit 1}'
  [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($command))
}

# Not with +, which makes an object of every byte.
function Join-Bytes([byte[]]$First, [byte[]]$Second) {
  $all = New-Object byte[] ($First.Length + $Second.Length)
  [Array]::Copy($First, $all, $First.Length)
  [Array]::Copy($Second, 0, $all, $First.Length, $Second.Length)
  , $all
}

# The program that the parameters and the body describe: path, arguments, variables, feed.
function Get-Program {
  $words = Get-List 'arg'
  $program = @{ path = ''; arguments = @(); variables = [ordered]@{}; feed = $Edgefleet.body }
  foreach ($variable in (Get-List 'env')) {
    $at = $variable.IndexOf('=')
    if ($at -lt 1) { Stop-Operation 'bad-environment' $variable }
    $program.variables[$variable.Substring(0, $at)] = $variable.Substring($at + 1)
  }
  if (Test-Given 'file') {
    $name = Get-Given 'file'
    if ($name -eq '' -or $name -eq '.' -or $name -eq '..' -or $name -match '[\\/:]') { Stop-Operation 'bad-path' $name }
    $file = [IO.Path]::Combine((New-OwnFolder), $name)
    Write-New $file $Edgefleet.body
    $program.feed = New-Object byte[] 0
    $interpreter = Get-List 'interpreter'
    if ($interpreter.Count -eq 0) {
      switch ([IO.Path]::GetExtension($name).ToLowerInvariant()) {
        '.ps1' {
          $interpreter = @('powershell', '-NoLogo', '-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-File')
        }
        { $_ -eq '.cmd' -or $_ -eq '.bat' } { $interpreter = @('cmd', '/d', '/c') }
      }
    }
    $words = @($interpreter) + @($file) + @($words)
  }
  if ($words.Count -eq 0) { Stop-Operation 'protocol' 'no program' }
  $program.path = $words[0]
  $program.arguments = @($words | Select-Object -Skip 1)
  if (Test-Given 'text') {
    $text = [Text.Encoding]::UTF8.GetBytes((Get-Given 'text'))
    switch ([IO.Path]::GetFileNameWithoutExtension($program.path).ToLowerInvariant()) {
      { $_ -eq 'powershell' -or $_ -eq 'pwsh' } {
        $program.arguments = @('-NoLogo', '-NoProfile', '-NonInteractive', '-InputFormat', 'Text',
          '-OutputFormat', 'Text', '-EncodedCommand', (Get-ShellCommand))
        $first = [Text.Encoding]::ASCII.GetBytes([Convert]::ToBase64String($text) + "`n")
        $program.feed = Join-Bytes $first $Edgefleet.body
      }
      'cmd' {
        # It takes its input for what was typed, so what it runs has none.
        if ($Edgefleet.body.Length -gt 0) { Stop-Operation 'protocol' 'a text for cmd has no standard input' }
        $program.arguments = @('/d', '/q', '/k', 'rem')
        $program.feed = Join-Bytes $text ([Text.Encoding]::ASCII.GetBytes("`r`nexit %ERRORLEVEL%`r`n"))
      }
      default { Stop-Operation 'no-program' ($program.path + ' that could run a text') }
    }
  }
  $program
}

# Runs it without a shell between, and gives its exit code. Its streams are copied as they are, while
# it runs. $Started is called with its process.
function Invoke-Program($Program, $Output, $Errors, $Started) {
  # What was installed since this session began is on the machine's path, and not yet on its own.
  $search = "$env:PATH" + [IO.Path]::PathSeparator + [Environment]::GetEnvironmentVariable('PATH', 'Machine')
  foreach ($name in @($Program.variables.PSBase.Keys)) { if ($name -eq 'PATH') { $search = $Program.variables[$name] } }
  $info = New-Object Diagnostics.ProcessStartInfo
  $info.FileName = Find-Program $Program.path $search
  $info.Arguments = @($Program.arguments | ForEach-Object { Format-Argument $_ }) -join ' '
  $info.WorkingDirectory = (Get-Location -PSProvider FileSystem).ProviderPath
  $info.UseShellExecute = $false
  $info.CreateNoWindow = $true
  $info.RedirectStandardInput = $true
  $info.RedirectStandardOutput = $true
  $info.RedirectStandardError = $true
  foreach ($name in @($Program.variables.PSBase.Keys)) { $info.EnvironmentVariables[$name] = $Program.variables[$name] }
  # 5.1 would begin the program's input with the byte order mark of the console's encoding.
  try { [Console]::InputEncoding = New-Object Text.UTF8Encoding $false } catch { $null = $_ }
  $process = New-Object Diagnostics.Process
  $process.StartInfo = $info
  try {
    $null = $process.Start()
  } catch {
    $cause = Get-Cause $_
    $said = [Text.Encoding]::UTF8.GetBytes("$($Program.path): $($cause.Message)`n")
    $Errors.Write($said, 0, $said.Length)
    # 2, 3: it is not there. Else it is, and cannot be run.
    if ($cause -is [ComponentModel.Win32Exception] -and $cause.NativeErrorCode -ne 2 -and $cause.NativeErrorCode -ne 3) {
      return 126
    }
    return 127
  }
  try {
    $copies = [Threading.Tasks.Task[]]@(
      $process.StandardOutput.BaseStream.CopyToAsync($Output), $process.StandardError.BaseStream.CopyToAsync($Errors))
    if ($null -ne $Started) { $null = & $Started $process }
    try {
      $stream = $process.StandardInput.BaseStream
      $stream.Write($Program.feed, 0, $Program.feed.Length)
      $stream.Flush()
      $process.StandardInput.Close()
    } catch {
      # It ended, or closed its input, before it read everything.
      $null = $_
    }
    $process.WaitForExit()
    # What it left running may hold its output open for ever.
    try { $null = [Threading.Tasks.Task]::WaitAll($copies, 2000) } catch { $null = $_ }
    $process.ExitCode
  } finally {
    if (-not $process.HasExited) { Stop-Tree $process.Id }
  }
}

# A process and all that it started.
function Stop-Tree([int]$Number) {
  if (Test-Windows) {
    $null = & { $ErrorActionPreference = 'Continue'; & taskkill.exe /T /F /PID $Number 2>&1 }
  } else {
    Stop-Process -Id $Number -Force -ErrorAction SilentlyContinue
  }
}

# ---- Cmdlets

# A word of a line that somebody could type.
function Format-LineWord([string]$Word) {
  if ($Word -match '^[A-Za-z0-9_:/\\.][A-Za-z0-9_:/\\.+=-]*$') { return $Word }
  "'" + $Word.Replace("'", "''") + "'"
}

# What cmdlet, name1, kind1, value1 and so on describe: the table to splat, and the line it stands for.
# Both are made from the same entries, so that what is told is what is done.
function Get-CmdletTable {
  $name = Get-Given 'cmdlet'
  if ($name -notmatch '^[A-Za-z][A-Za-z0-9]*-[A-Za-z][A-Za-z0-9]*$') { Stop-Operation 'protocol' "cmdlet $name" }
  $table = @{}
  $words = @($name)
  for ($number = 1; Test-Given "name$number"; $number += 1) {
    $parameter = Get-Given "name$number"
    $kind = Get-Given "kind$number"
    $value = ''
    if (Test-Given "value$number") { $value = Get-Given "value$number" }
    if ($parameter -notmatch '^[A-Za-z][A-Za-z0-9]*$') { Stop-Operation 'protocol' "parameter $parameter" }
    switch ($kind) {
      'switch' {
        $on = $value -ne 'false'
        $table[$parameter] = $on
        if ($on) { $words += "-$parameter" } else { $words += "-${parameter}:`$false" }
      }
      'text' {
        $table[$parameter] = $value
        $words += "-$parameter"
        $words += Format-LineWord $value
      }
      'number' {
        if ($value -notmatch '^-?[0-9]{1,18}$') { Stop-Operation 'protocol' "number $value" }
        $table[$parameter] = [long]$value
        $words += "-$parameter"
        $words += $value
      }
      'secret' {
        $table[$parameter] = $value
        $words += "-$parameter"
        $words += '***'
      }
      'secure' {
        $secure = New-Object Security.SecureString
        foreach ($character in $value.ToCharArray()) { $secure.AppendChar($character) }
        $table[$parameter] = $secure
        $words += "-$parameter"
        $words += '***'
      }
      'table' {
        $entries = @{}
        $shown = @()
        try { $object = ConvertFrom-Json $value } catch { Stop-Operation 'protocol' "table of $parameter" }
        foreach ($property in $object.PSObject.Properties) {
          $entries[$property.Name] = $property.Value
          $shown += $property.Name + ' = ' + (Format-LineWord "$($property.Value)")
        }
        $table[$parameter] = $entries
        $words += "-$parameter"
        $words += '@{' + ($shown -join '; ') + '}'
      }
      default { Stop-Operation 'protocol' "kind $kind" }
    }
  }
  @{ name = $name; table = $table; line = ($words -join ' ') }
}

# The text of a script that lies on the device or on the web.
function Read-Script([string]$From) {
  if ($From -match '^https://') {
    [Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12
    $answer = Invoke-WebRequest -Uri $From -UseBasicParsing
    if ($answer.Content -is [byte[]]) { return [Text.Encoding]::UTF8.GetString($answer.Content) }
    return "$($answer.Content)"
  }
  [IO.File]::ReadAllText((Resolve-Full $From))
}

# Calls it, and tells: code, and body as the design has it. Nothing that it does ends this operation.
function Invoke-GivenCmdlet {
  $call = Get-CmdletTable
  $load = ''
  if (Test-Given 'load') { $load = Get-Given 'load' }
  $module = ''
  $script = $null
  if ($load -match '^module (.+)$') {
    $module = $Matches[1]
  } elseif ($load -match '^http:') {
    Stop-Operation 'protocol' 'a script is loaded by https, or from the device'
  } elseif ($load -ne '' -and $load -notmatch '^https://') {
    $path = Resolve-Full $load
    if ((Get-Entry $path -Follow).kind -ne 'file') { Stop-Operation 'missing' $path }
  }
  $seen = @{ messages = @(); red = @(); output = @(); error = '' }
  # A function goes before the cmdlet of its name, in modules too: it only notes that it was called.
  $global:EdgefleetRestart = $false
  function global:Restart-Computer { $global:EdgefleetRestart = $true }
  $note = {
    if ($_ -is [Management.Automation.InformationRecord]) {
      $text = "$($_.MessageData)"
      $color = $_.MessageData.PSObject.Properties['ForegroundColor']
      if ($null -ne $color -and "$($color.Value)" -eq 'Red') { $seen.red += $text } else { $seen.red = @() }
      $seen.messages += $text
    } elseif ($_ -is [Management.Automation.WarningRecord]) {
      $seen.messages += "WARNING: $($_.Message)"
    } elseif ($_ -is [Management.Automation.ErrorRecord]) {
      # One that did not end the cmdlet.
      $seen.messages += "ERROR: $($_.Exception.Message)"
    } elseif ($null -ne $_) {
      $seen.output += $_
    }
  }
  try {
    # As at a prompt; a script that wants it otherwise says so itself.
    $ErrorActionPreference = 'Continue'
    if ($module -ne '') { Import-Module -Name $module -ErrorAction Stop 3>$null 6>$null }
    # From its text and not as a file: a policy such as AllSigned minds files.
    if ($load -ne '' -and $module -eq '') {
      $script = [ScriptBlock]::Create((Read-Script $load))
      . $script 3>&1 6>&1 | ForEach-Object $note
      $seen.output = @()
    }
    $table = $call.table
    & $call.name @table 2>&1 3>&1 6>&1 | ForEach-Object $note
  } catch {
    $seen.error = "$($_.Exception.Message)"
    # A bare throw says nothing; what was said in red before does.
    if ($seen.error -eq 'ScriptHalted' -or $seen.error -eq '') {
      if ($seen.red.Count -gt 0) { $seen.error = $seen.red -join "`n" }
      elseif ($seen.messages.Count -gt 0) { $seen.error = $seen.messages[-1] }
      else { $seen.error = 'it ended without saying why' }
    }
  } finally {
    $ErrorActionPreference = 'Stop'
    Remove-Item -LiteralPath 'function:Restart-Computer' -ErrorAction SilentlyContinue
  }
  $restart = $global:EdgefleetRestart
  $text = ''
  if ($seen.output.Count -gt 0) {
    $shown = @(($seen.output | Out-String -Width 4096) -split "`r?`n" | ForEach-Object { $_.TrimEnd() })
    # Tables begin with empty lines; a blank in front of a text is the cmdlet's own.
    $text = ($shown -join "`n").TrimEnd() -replace '\A\n+', ''
  }
  $messages = @($seen.messages | ForEach-Object { Format-JsonText $_ })
  $body = '{"line":' + (Format-JsonText $call.line) + ',"messages":[' + ($messages -join ',') + '],"output":' +
    (Format-JsonText $text) + ',"error":' + (Format-JsonText $seen.error) + ',"restart_wanted":' +
    "$restart".ToLowerInvariant() + '}'
  $code = 0
  if ($seen.error -ne '') { $code = 1 }
  @{ code = $code; body = [Text.Encoding]::ASCII.GetBytes($body) }
}

# ---- Jobs
#
# A job's folder, <state folder>\jobs\<run>\<hash of the step>, holds
#   claim.<n>  who is about to start it: boot, process number, that process's start
#   started    the same of who looks after it, when, and its task; written before the program runs
#   program    the same of the program
#   output, errors
#   exit       exit code and when; written when both are on the disk

function Get-JobsFolder { [IO.Path]::Combine((Get-StateFolder), 'jobs') }

function Get-JobFolder {
  $step = Get-HexHash ([Text.Encoding]::UTF8.GetBytes($Edgefleet.step))
  [IO.Path]::Combine((Get-JobsFolder), (Get-RunName), $step)
}

function Format-Process([int]$Number) {
  "boot $(Get-BootId)`npid $Number`nstart $(Get-ProcessStart $Number)`n"
}

# The lines of a receipt by their first words; $null when there is none.
function Get-Receipt([string]$Path) {
  $text = Read-Shared $Path
  if ($null -eq $text) { return $null }
  $receipt = @{ boot = ''; pid = '0'; start = ''; time = ''; code = ''; task = ''; step = '' }
  foreach ($line in $text -split "`n") {
    $at = $line.IndexOf(' ')
    if ($at -gt 0 -and $receipt.ContainsKey($line.Substring(0, $at))) {
      $receipt[$line.Substring(0, $at)] = $line.Substring($at + 1).Trim()
    }
  }
  $receipt
}

function Test-Process($Receipt) {
  if ($null -eq $Receipt -or $Receipt.boot -ne (Get-BootId) -or $Receipt.pid -notmatch '^[0-9]+$') { return $false }
  $start = Get-ProcessStart ([int]$Receipt.pid)
  $start -ne 0 -and "$start" -eq $Receipt.start
}

# state: absent (nothing has begun), claimed (somebody is about to start it), running, ended, lost (it
# began, and nobody is left who could tell its end).
function Get-JobState([string]$Job) {
  $state = @{ state = 'absent'; folder = $Job; claims = 0; started = $null; exit = $null }
  while ([IO.File]::Exists([IO.Path]::Combine($Job, "claim.$($state.claims + 1)"))) { $state.claims += 1 }
  if ($state.claims -gt 0 -and (Test-Process (Get-Receipt ([IO.Path]::Combine($Job, "claim.$($state.claims)"))))) {
    $state.state = 'claimed'
  }
  # In this order: what a process leaves behind is looked for after it was seen to be gone.
  $state.started = Get-Receipt ([IO.Path]::Combine($Job, 'started'))
  if ($null -ne $state.started) {
    $state.state = 'lost'
    if (Test-Process $state.started) { $state.state = 'running' }
  }
  $state.exit = Get-Receipt ([IO.Path]::Combine($Job, 'exit'))
  if ($null -ne $state.exit) { $state.state = 'ended' }
  $state
}

# Whether the program of a job that was lost still runs.
function Test-ProgramLeft($State) {
  Test-Process (Get-Receipt ([IO.Path]::Combine($State.folder, 'program')))
}

function Add-JobValues($State) {
  Add-Value 'state' $State.state
  Add-Value 'folder' $State.folder
  if ($null -ne $State.started) { Add-Value 'started' $State.started.time }
  if ($null -ne $State.exit) { Add-Value 'ended' $State.exit.time }
  switch ($State.state) {
    'ended' { Add-Value 'exit_code' $State.exit.code }
    'lost' {
      Add-Value 'other_boot' ($State.started.boot -ne (Get-BootId))
      Add-Value 'left' (Test-ProgramLeft $State)
    }
  }
}

# The last bytes of a file; all of it when it is no larger.
function Read-End([string]$Path, [long]$Most) {
  if (-not [IO.File]::Exists($Path)) { return , (New-Object byte[] 0) }
  $file = [IO.File]::Open($Path, 'Open', 'Read', 'ReadWrite, Delete')
  try {
    if ($file.Length -gt $Most) { $file.Position = $file.Length - $Most }
    $bytes = New-Object IO.MemoryStream
    $file.CopyTo($bytes)
    , $bytes.ToArray()
  } finally { $file.Dispose() }
}

# What a job printed that is over, whole up to a limit, else as much of its end; of its errors the end.
function Add-JobOutput($State, [long]$Limit, [long]$Tail) {
  if ($State.state -ne 'ended' -and $State.state -ne 'lost') { return }
  $output = [IO.Path]::Combine($State.folder, 'output')
  $size = [long]0
  if ([IO.File]::Exists($output)) { $size = (New-Object IO.FileInfo $output).Length }
  Add-Value 'size' $size
  Add-Value 'cut' ($size -gt $Limit)
  $most = $Limit
  if ($size -gt $Limit) { $most = $Tail }
  $Edgefleet.answer = Read-End $output $most
  $Edgefleet.errors = Read-End ([IO.Path]::Combine($State.folder, 'errors')) $Tail
}

# Removes what other runs left here and nobody touched for so many seconds; tells how many.
function Remove-OldJobs([long]$Age) {
  $count = 0
  $jobs = Get-JobsFolder
  if (-not [IO.Directory]::Exists($jobs)) { return 0 }
  $before = [DateTime]::UtcNow.AddSeconds(-$Age)
  foreach ($run in [IO.Directory]::GetDirectories($jobs)) {
    if ((Test-Link $run) -or [IO.Path]::GetFileName($run) -ceq $Edgefleet.run) { continue }
    foreach ($job in [IO.Directory]::GetDirectories($run)) {
      if (Test-Link $job) { continue }
      if ([IO.Directory]::GetLastWriteTimeUtc($job) -gt $before) { continue }
      $state = (Get-JobState $job).state
      if ($state -eq 'running' -or $state -eq 'claimed') { continue }
      try { [IO.Directory]::Delete($job, $true) } catch { continue }
      $count += 1
    }
    if (@([IO.Directory]::GetFileSystemEntries($run)).Count -eq 0) { try { [IO.Directory]::Delete($run) } catch { $null = $_ } }
  }
  $count
}

# The scheduler, in this process: nothing of a task stands on a command line but how it is started.
function Get-Scheduler {
  $scheduler = New-Object -ComObject Schedule.Service
  $scheduler.Connect()
  $scheduler.GetFolder('\')
}

function Remove-Task([string]$Name) {
  if ($Name -eq '') { return }
  try { (Get-Scheduler).DeleteTask($Name, 0) } catch { $null = $_ }
}
