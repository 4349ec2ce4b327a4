/**
 * The one class that makes OverThere's WinRM client fit for commands that are silent for minutes,
 * take standard input and speak Unicode. It stands in OverThere's package because the client is
 * package-private there; the library itself is used as it is published.
 */
@NullMarked
package com.xebialabs.overthere.winrm;

import org.jspecify.annotations.NullMarked;
