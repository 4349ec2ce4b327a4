/** The wire to Windows: one PowerShell for each operation. */
@NullMarked
package dev.edgefleet.remote.powershell;

import org.jspecify.annotations.NullMarked;
