<#
.SYNOPSIS
Calls a cmdlet with a table of parameters, and tells what it said.
.DESCRIPTION
"load" is a script on the device, its https address, "module NAME", or empty. Kinds of parameters:
switch, text, number, secret, secure (a SecureString), table (JSON). The body of the answer is JSON: the
line that was called, secrets left out, all messages, what came back, and the error. A restart that the
cmdlet asks for is only noted.
.EXAMPLE
pwsh -NoProfile -File invoke-cmdlet.ps1 < parameters.json

with this in parameters.json:

{"cmdlet": "Initialize-IoTEdge", "load": "C:\\edge\\IotEdgeSecurityDaemon.ps1",
"name1": "DpsX509", "kind1": "switch", "value1": "true",
"name2": "ScopeId", "kind2": "text", "value2": "0ne00000001"
}
#>
param($Nonce, $Lines)
. (Join-Path $PSScriptRoot 'prelude.ps1')

Invoke-Operation 'invoke-cmdlet' $Lines @($input) {
  $told = Invoke-GivenCmdlet
  Add-Value 'exit_code' $told.code
  Add-Value 'skipped' $false
  $Edgefleet.answer = $told.body
}
