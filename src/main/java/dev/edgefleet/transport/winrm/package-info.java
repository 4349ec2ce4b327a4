/** Windows devices by WinRM, and their files by SMB with OverThere. */
@NullMarked
package dev.edgefleet.transport.winrm;

import org.jspecify.annotations.NullMarked;
