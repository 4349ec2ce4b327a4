/** Windows devices by WinRM, with OverThere's client, and their files by SMB. */
@NullMarked
package dev.edgefleet.transport.winrm;

import org.jspecify.annotations.NullMarked;
