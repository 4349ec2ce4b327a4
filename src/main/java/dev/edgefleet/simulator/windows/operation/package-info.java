/** The operations of {@code remote/windows}, done in Java. */
@NullMarked
package dev.edgefleet.simulator.windows.operation;

import org.jspecify.annotations.NullMarked;
