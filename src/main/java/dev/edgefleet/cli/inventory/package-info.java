/** {@code edgefleet inventory}: what an inventory says, and where each value is from. */
@NullMarked
package dev.edgefleet.cli.inventory;

import org.jspecify.annotations.NullMarked;
