/** IoT Edge for Windows and EFLOW, by the words and deeds of their cmdlets. */
@NullMarked
package dev.edgefleet.simulator.windows.edge;

import org.jspecify.annotations.NullMarked;
