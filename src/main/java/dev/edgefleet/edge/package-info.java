/** Azure IoT Edge on the device: its config.yaml, what its command line prints. No I/O in here. */
@NullMarked
package dev.edgefleet.edge;

import org.jspecify.annotations.NullMarked;
