/** What both wires share: bounds and counts of what a device answers. */
@NullMarked
package dev.edgefleet.remote.wire;

import org.jspecify.annotations.NullMarked;
