/** Azure IoT Edge: config.yaml, iotedge list, and the actions that use them. */
@NullMarked
package dev.edgefleet.edge;

import org.jspecify.annotations.NullMarked;
