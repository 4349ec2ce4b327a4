/** A WinRM service for demonstrations and tests, as strict as that of Windows where it matters. */
@NullMarked
package dev.edgefleet.simulator.winrm;

import org.jspecify.annotations.NullMarked;
