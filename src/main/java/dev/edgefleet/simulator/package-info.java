/** Embedded devices: real SSH and a real shell, with an IoT Edge that is only scripts. */
@NullMarked
package dev.edgefleet.simulator;

import org.jspecify.annotations.NullMarked;
