/**
 * Windows devices that are only a directory and a few values: they answer the operations of {@code
 * remote/windows} in Java, and know the cmdlets of IoT Edge for Windows and of EFLOW by their
 * messages. No PowerShell runs anywhere.
 */
@NullMarked
package dev.edgefleet.simulator.windows;

import org.jspecify.annotations.NullMarked;
