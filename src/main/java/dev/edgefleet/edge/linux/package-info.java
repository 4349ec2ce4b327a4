/** What the actions for IoT Edge do on Linux. */
@NullMarked
package dev.edgefleet.edge.linux;

import org.jspecify.annotations.NullMarked;
