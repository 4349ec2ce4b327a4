/** Looks at IoT Edge on Windows and at EFLOW, which take more than one command. */
@NullMarked
package dev.edgefleet.remote.edge;

import org.jspecify.annotations.NullMarked;
