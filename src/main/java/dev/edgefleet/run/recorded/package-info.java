/** Runs of the past and of other processes, as their directories and journals tell. */
@NullMarked
package dev.edgefleet.run.recorded;

import org.jspecify.annotations.NullMarked;
