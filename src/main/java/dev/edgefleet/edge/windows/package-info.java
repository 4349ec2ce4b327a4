/**
 * IoT Edge on Windows, and IoT Edge for Linux on Windows (EFLOW), through Microsoft's own cmdlets.
 * What they do, print and get wrong is in docs/windows.md.
 */
@NullMarked
package dev.edgefleet.edge.windows;

import org.jspecify.annotations.NullMarked;
