# Tries what the prelude makes of access lists, with lists and owners that are made up: folder of the
# scripts. Started by lab/pwsh-cases.
param([string]$Scripts)
$ErrorActionPreference = 'Stop'
. ([ScriptBlock]::Create([IO.File]::ReadAllText((Join-Path $Scripts 'prelude.ps1'))))

$me = 'S-1-5-21-1-2-3-1001'
$mallory = 'S-1-5-21-1-2-3-1002'
$installer = 'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464'
$users = 'S-1-5-32-545'

# The prelude's own, with what only Windows has played. By path: whose it is, and who may do what.
$lists = @{}
$trusted = ${function:Test-Trusted}.ToString().Replace('[Security.Principal.WindowsIdentity]::GetCurrent().User.Value', "'$me'")
${function:Test-Trusted} = [ScriptBlock]::Create($trusted)
${function:Get-Folder} = {
  param($Path)
  if ($Path.Length -le 3) { return $null }
  $at = $Path.LastIndexOf('\')
  if ($at -lt 3) { $at = 3 }
  $Path.Substring(0, $at)
}
function Test-Windows { $true }
function Get-AccountName($Sid) { "$Sid" }
function Get-Access([string]$Path) {
  $list = $lists[$Path]
  if ($null -eq $list) { throw "no list for $Path" }
  $access = [pscustomobject]@{ owner = $list.owner; rules = $list.rules }
  $access | Add-Member ScriptMethod GetOwner { param($type) $null = $type; $this.owner }
  $access | Add-Member ScriptMethod GetAccessRules { param($own, $inherited, $type) $null = $own, $inherited, $type; $this.rules }
  $access
}

# One rule: who, which rights, 2 for one that is only handed down, and whether it allows.
function New-Rule([string]$Who, [string]$Rights, [int]$Propagation = 0, [string]$Type = 'Allow') {
  $mask = $Rights -as [int]
  if ($null -eq $mask) { $mask = [int][Security.AccessControl.FileSystemRights]$Rights }
  [pscustomobject]@{
    AccessControlType = $Type; FileSystemRights = $mask; PropagationFlags = $Propagation
    IdentityReference = ([pscustomobject]@{ Value = $Who } | Add-Member ScriptMethod ToString { $this.Value } -Force -PassThru)
  }
}

function Set-List([string]$Path, [string]$Owner, $Rules) { $lists[$Path] = @{ owner = $Owner; rules = @($Rules) } }

$full = @((New-Rule 'S-1-5-18' 'FullControl'), (New-Rule 'S-1-5-32-544' 'FullControl'), (New-Rule $me 'FullControl'))
$readers = $full + @((New-Rule $users 'ReadAndExecute'))

# As Windows delivers them.
function Reset-List {
  $lists.Clear()
  Set-List 'C:\' $installer ($readers + @((New-Rule 'S-1-5-11' 'AppendData'), (New-Rule 'S-1-5-11' 'Modify' 2)))
  Set-List 'C:\Program Files' $installer ($readers + @((New-Rule 'S-1-3-0' '268435456' 2)))
  Set-List 'C:\ProgramData' 'S-1-5-18' ($readers + @((New-Rule 'S-1-3-0' '268435456' 2), (New-Rule $users 'WriteData, AppendData, WriteExtendedAttributes, WriteAttributes')))
  Set-List 'C:\Program Files\edge' 'S-1-5-32-544' $readers
  Set-List 'C:\Program Files\edge\link' $me $readers
  Set-List 'C:\ProgramData\edge' 'S-1-5-32-544' $full
  Set-List 'C:\ProgramData\edge\link' 'S-1-5-32-544' $full
}

$counts = @{ good = 0; failed = 0 }
function Test-Case([string]$Name, [string]$Expected, [ScriptBlock]$Work) {
  $Edgefleet.told.Clear()
  $found = ''
  try { $found = "$(& $Work)" } catch {
    $found = "$($Edgefleet.told['error']) $($Edgefleet.told['detail'])"
    if ($found -eq ' ') { $found = "$_" }
  }
  if ($found -ceq $Expected) { $counts.good += 1 } else {
    $counts.failed += 1
    "FAILED access/$Name`: '$found', not '$Expected'"
  }
}
$follow = { Assert-OwnLink $link }

$link = 'C:\Program Files\edge\link'
Reset-List
Test-Case 'what is the trusted''s own is followed' '' $follow
Set-List $link $mallory $readers
Test-Case 'a user''s link' "foreign-link $link belongs to $mallory" $follow
Set-List $link $me ($readers + @((New-Rule $users 'Modify')))
Test-Case 'a link that a user may change' "foreign-link $link may be changed by $users" $follow
foreach ($right in 'WriteData', 'AppendData', 'WriteAttributes', 'Delete', 'DeleteSubdirectoriesAndFiles', 'ChangePermissions', 'TakeOwnership', '268435456', '1073741824') {
  Reset-List
  Set-List 'C:\Program Files\edge' 'S-1-5-32-544' ($readers + @((New-Rule $users $right)))
  Test-Case "in a folder where users have $right" "foreign-link $link is in C:\Program Files\edge, where $users may write" $follow
}
foreach ($rule in (New-Rule $users 'Modify' 2), (New-Rule 'S-1-3-0' 'FullControl'), (New-Rule 'S-1-3-4' 'FullControl'), (New-Rule $users 'FullControl' 0 'Deny'), (New-Rule $users 'ReadAndExecute, Synchronize')) {
  Reset-List
  Set-List 'C:\Program Files\edge' 'S-1-5-32-544' ($readers + @($rule))
  Test-Case "a rule that lets nobody write: $($rule.IdentityReference) $($rule.FileSystemRights)" '' $follow
}
Reset-List
Set-List 'C:\Program Files\edge' $mallory $readers
Test-Case 'in a user''s folder' "foreign-link $link is in C:\Program Files\edge, where $mallory may write" $follow
Reset-List
Set-List 'C:\Program Files' $installer ($readers + @((New-Rule $users 'DeleteSubdirectoriesAndFiles')))
Test-Case 'below a folder where users may take others away' "foreign-link $link is in C:\Program Files, where $users may write" $follow

$link = 'C:\ProgramData\edge\link'
Reset-List
Test-Case 'below ProgramData, where users may only make their own' '' $follow
Set-List 'C:\link' 'S-1-5-32-544' $full
$link = 'C:\link'
Test-Case 'at the top of the drive, where users may make folders' 'foreign-link C:\link is in C:\, where S-1-5-11 may write' $follow

$open = { Test-Open $folder }
foreach ($pair in @('C:\Program Files\edge', 'False'), @('C:\ProgramData\edge', 'False'), @('C:\ProgramData', 'True'), @('C:\', 'True')) {
  Reset-List
  $folder = $pair[0]
  Test-Case "open: $folder" $pair[1] $open
}

function Test-Link { $false }
$folder = 'C:\ProgramData\edgefleet'
$state = { Assert-StateFolder $folder }
Reset-List
Set-List $folder 'S-1-5-32-544' $full
Test-Case 'the state folder' '' $state
Set-List $folder $mallory $full
Test-Case 'a user''s state folder' "foreign-folder $folder belongs to $mallory" $state
Set-List $folder 'S-1-5-32-544' ($full + @((New-Rule $users 'WriteData')))
Test-Case 'a state folder that is open' "foreign-folder $folder is open to $users" $state

"pwsh-cases: $($counts.good) good, $($counts.failed) failed, of access lists"
if ($counts.failed -gt 0) { exit 1 }
