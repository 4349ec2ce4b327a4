/** Devices, groups and host patterns. */
@NullMarked
package dev.edgefleet.inventory;

import org.jspecify.annotations.NullMarked;
