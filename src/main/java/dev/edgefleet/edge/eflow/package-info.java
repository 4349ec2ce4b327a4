/** IoT Edge for Linux on Windows (EFLOW): its virtual machine, through its own cmdlets. */
@NullMarked
package dev.edgefleet.edge.eflow;

import org.jspecify.annotations.NullMarked;
