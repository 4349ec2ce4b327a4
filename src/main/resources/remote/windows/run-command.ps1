<#
.SYNOPSIS
Runs a program, a shell text or a file that comes as the body.
.DESCRIPTION
Its output is the body of the answer, its exit code a value. "text" is run by the shell that arg1 names:
powershell, pwsh or cmd; it stands on no command line and in no file. WinRM ends the program with the
connection.
.EXAMPLE
pwsh -NoProfile -File run-command.ps1 < parameters.json

with this in parameters.json:

{"arg1": "ipconfig", "arg2": "/all", "chdir": "C:\\", "env1": "LANG=en"}
#>
param($Nonce, $Lines)
. (Join-Path $PSScriptRoot 'prelude.ps1')

Invoke-Operation 'run-command' $Lines @($input) {
  if (-not (Test-Guards)) {
    Add-Value 'skipped' $true
    Add-Value 'exit_code' 0
    return
  }
  $program = Get-Program
  $output = New-Object IO.MemoryStream
  $errors = New-Object IO.MemoryStream
  $code = Invoke-Program $program $output $errors $null
  Add-Value 'skipped' $false
  Add-Value 'exit_code' $code
  $Edgefleet.answer = $output.ToArray()
  $all = $errors.ToArray()
  $most = 1048576
  if ($all.Length -gt $most) {
    $end = New-Object byte[] $most
    [Array]::Copy($all, $all.Length - $most, $end, 0, $most)
    $all = $end
  }
  $Edgefleet.errors = $all
}
