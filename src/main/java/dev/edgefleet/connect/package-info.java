/** From a device's {@code ansible_} variables to an open connection. */
@NullMarked
package dev.edgefleet.connect;

import org.jspecify.annotations.NullMarked;
