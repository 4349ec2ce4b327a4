<#
.SYNOPSIS
Starts a program or a cmdlet apart from the connection, once.
.DESCRIPTION
When the job's folder tells that it was started before, nothing is: its state is the answer. "cmdlet"
stands for what invoke-cmdlet takes, else the parameters are those of run-command. "run_as" is system
(the default) or user. The scheduled task gets this very script, with the nonce "job".
.EXAMPLE
pwsh -NoProfile -File start-job.ps1 < parameters.json

with this in parameters.json:

{"edgefleet": 1, "operation": "start-job", "run": "R1", "step": "edge1/1.1",
"parameters": {"arg1": "ping", "arg2": "-n", "arg3": "60", "arg4": "localhost", "keep": "1209600"}
}
#>
param($Nonce, $Lines)
. (Join-Path $PSScriptRoot 'prelude.ps1')

# What the task's PowerShell runs. What it is to do lies beside the job's state, protected, until it has
# read it; the hash keeps anything else from being run in its place.
function Get-TaskCommand([string]$Path, [string]$Hash) {
  $quoted = "'" + $Path.Replace("'", "''") + "'"
  # No preference of errors is set here: modules would see it.
  $command = 'try{Add-Type -AssemblyName System.Security;$p=' + $quoted + ';' +
    '$b=[IO.File]::ReadAllBytes($p);[IO.File]::Delete($p);$s=[Security.Cryptography.SHA256]::Create();' +
    'if(([BitConverter]::ToString($s.ComputeHash($b)) -replace "-","") -ne "' + $Hash + '"){exit 1};' +
    '$u=[Security.Cryptography.ProtectedData]::Unprotect($b,$null,"LocalMachine");' +
    '$l=@([Text.Encoding]::ASCII.GetString($u) -split "`n");' +
    '$t=[Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($l[0]))}catch{exit 1};' +
    '& ([ScriptBlock]::Create($t)) "job" @($l|Select-Object -Skip 1)'
  [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($command))
}

# As the request was, but for the job's folder and the task's name.
function Format-JobRequest([string]$Job, [string]$Task) {
  $pairs = @($Edgefleet.parameters.PSBase.Keys | ForEach-Object {
      (Format-JsonText $_) + ':' + (Format-JsonText $Edgefleet.parameters[$_])
    })
  $pairs += '"job":' + (Format-JsonText $Job)
  $pairs += '"task":' + (Format-JsonText $Task)
  '{"edgefleet":1,"operation":"run-job","run":' + (Format-JsonText $Edgefleet.run) + ',"step":' +
    (Format-JsonText $Edgefleet.step) + ',"parameters":{' + ($pairs -join ',') + '}}'
}

function Protect-Bytes([byte[]]$Bytes) {
  try { Add-Type -AssemblyName System.Security } catch { $null = $_ }
  , [Security.Cryptography.ProtectedData]::Protect($Bytes, $null, 'LocalMachine')
}

function Register-JobTask([string]$Name, [string]$Command, [bool]$AsUser) {
  $scheduler = New-Object -ComObject Schedule.Service
  $scheduler.Connect()
  $definition = $scheduler.NewTask(0)
  $definition.RegistrationInfo.Description = 'A job of edgefleet; it removes itself.'
  $settings = $definition.Settings
  $settings.ExecutionTimeLimit = 'PT0S'
  $settings.DisallowStartIfOnBatteries = $false
  $settings.StopIfGoingOnBatteries = $false
  $settings.MultipleInstances = 2
  $settings.Priority = 5
  $user = 'S-1-5-18'
  $logon = 5
  if ($AsUser) {
    # S4U: as this user, and without a password.
    $user = [Security.Principal.WindowsIdentity]::GetCurrent().Name
    $logon = 2
  }
  $definition.Principal.UserId = $user
  $definition.Principal.LogonType = $logon
  $definition.Principal.RunLevel = 1
  $action = $definition.Actions.Create(0)
  $system = [Environment]::GetFolderPath('System')
  $action.Path = [IO.Path]::Combine($system, 'WindowsPowerShell\v1.0\powershell.exe')
  $action.Arguments = '-NoLogo -NoProfile -NonInteractive -WindowStyle Hidden -EncodedCommand ' + $Command
  $task = $scheduler.GetFolder('\').RegisterTaskDefinition($Name, $definition, 6, $user, $null, $logon)
  $null = $task.Run($null)
}

# In the task: notes the start, runs it, notes the end.
function Invoke-Job {
  $job = Get-Given 'job'
  $task = Get-Given 'task'
  # For what a program brings along, which no other job may share.
  $Edgefleet.nonce = 'job-' + $task
  $new = [IO.Path]::Combine($job, 'started+' + $PID)
  $step = $Edgefleet.step -replace '\s', ' '
  $text = (Format-Process $PID) + "time $(Get-Now)`nstep $step`ntask $task`n"
  Write-New $new ([Text.Encoding]::UTF8.GetBytes($text))
  # A move over what is there fails: of two tasks for one job only one goes on.
  try { [IO.File]::Move($new, [IO.Path]::Combine($job, 'started')) } catch {
    [IO.File]::Delete($new)
    return
  }
  $code = 1
  $share = 'ReadWrite, Delete'
  $output = New-Object IO.FileStream ([IO.Path]::Combine($job, 'output')), 'Create', 'Write', $share
  $errors = New-Object IO.FileStream ([IO.Path]::Combine($job, 'errors')), 'Create', 'Write', $share
  try {
    if (Test-Given 'cmdlet') {
      $told = Invoke-GivenCmdlet
      $output.Write($told.body, 0, $told.body.Length)
      $code = $told.code
    } else {
      $null = Test-Guards
      $code = Invoke-Program (Get-Program) $output $errors {
        param($process)
        Write-Note ([IO.Path]::Combine($job, 'program')) (Format-Process $process.Id)
      }
    }
  } catch {
    $why = (Get-Cause $_).Message
    if ($Edgefleet.told.Contains('detail')) { $why = $Edgefleet.told['detail'] }
    $said = [Text.Encoding]::UTF8.GetBytes("$why`n")
    $errors.Write($said, 0, $said.Length)
  }
  foreach ($file in $output, $errors) {
    $file.Flush($true)
    $file.Dispose()
  }
  # A full disk may have room again: without this nobody would know how it ended.
  for ($tries = 0; $tries -lt 60; $tries += 1) {
    try {
      if (-not [IO.File]::Exists([IO.Path]::Combine($job, 'exit'))) {
        Write-Note ([IO.Path]::Combine($job, 'exit')) "code $code`ntime $(Get-Now)`n"
      }
      break
    } catch { Start-Sleep -Seconds 1 }
  }
  Remove-Task $task
}

# Claims the job and has the scheduler start it. What others claimed meanwhile is theirs.
function Stop-JobTask([string]$Name) {
  try { $null = (Get-Scheduler).GetTask($Name).Stop(0) } catch { $null = $_ }
}

function Start-Claimed([string]$Job, [int]$Claims) {
  $claim = [IO.Path]::Combine($Job, "claim.$($Claims + 1)")
  $new = "$claim.$($Edgefleet.nonce)"
  Write-New $new ([Text.Encoding]::UTF8.GetBytes((Format-Process $PID)))
  try { [IO.File]::Move($new, $claim) } catch {
    [IO.File]::Delete($new)
    return
  }
  $task = 'edgefleet-' + [IO.Path]::GetFileName($Job).Substring(0, 16) + '-' + $Edgefleet.nonce
  $request = [IO.Path]::Combine($Job, $Edgefleet.nonce + '.request')
  $lines = @([Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($ownText)), (Format-JobRequest $Job $task))
  if ($Edgefleet.body.Length -gt 0) { $lines += [Convert]::ToBase64String($Edgefleet.body) }
  $protected = Protect-Bytes ([Text.Encoding]::ASCII.GetBytes($lines -join "`n"))
  Write-New $request $protected
  $started = [IO.Path]::Combine($Job, 'started')
  try {
    $asUser = (Test-Given 'run_as') -and (Get-Given 'run_as') -eq 'user'
    Register-JobTask $task (Get-TaskCommand $request (Get-HexHash $protected)) $asUser
    $clock = [Diagnostics.Stopwatch]::StartNew()
    while (-not [IO.File]::Exists($started) -and $clock.Elapsed.TotalSeconds -lt 60) {
      Start-Sleep -Milliseconds 200
    }
  } finally {
    if (-not [IO.File]::Exists($started)) {
      # It must not begin after it was said that it did not.
      Stop-JobTask $task
      Remove-Task $task
      try { [IO.File]::Delete($request) } catch { $null = $_ }
    }
  }
  if (-not [IO.File]::Exists($started)) { Stop-Operation 'failed' 'the scheduled task did not start' }
}

if ("$Nonce" -eq 'job') {
  Invoke-Operation 'run-job' $Lines @() { Invoke-Job }
  return
}

# This very text, for the task: as a script block it is whole, as a file it names the prelude.
$ownText = $MyInvocation.MyCommand.ScriptBlock.ToString()
if ("$PSScriptRoot" -ne '') {
  $named = '. (Join-Path $PSScriptRoot ' + "'prelude" + ".ps1')"
  $ownText = $ownText.Replace($named, [IO.File]::ReadAllText([IO.Path]::Combine($PSScriptRoot, 'prelude.ps1')))
}

Invoke-Operation 'start-job' $Lines @($input) {
  $job = Get-JobFolder
  $state = Get-JobState $job
  if ($state.state -eq 'absent') {
    if (-not (Test-Guards)) {
      Add-Value 'skipped' $true
      return
    }
    # Said here and not by a job that ends at once.
    if (Test-Given 'cmdlet') { $null = Get-CmdletTable }
    elseif (-not (Test-Given 'file') -and -not (Test-Given 'arg1')) { Stop-Operation 'protocol' 'no program' }
    New-StateFolder (Get-StateFolder)
    $jobs = Get-JobsFolder
    if (-not [IO.Directory]::Exists($jobs)) {
      $null = [IO.Directory]::CreateDirectory($jobs)
      Set-Private $jobs $true
    }
    if (-not [IO.Directory]::Exists((Get-Folder $job))) { $null = Remove-OldJobs (Get-Number 'keep') }
    $null = [IO.Directory]::CreateDirectory($job)
    Start-Claimed $job $state.claims
    $state = Get-JobState $job
  }
  Add-Value 'skipped' $false
  Add-JobValues $state
}
