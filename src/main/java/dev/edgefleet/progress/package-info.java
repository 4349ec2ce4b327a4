/** How a run stands, on a terminal, as lines and as JSON: made from its journal's records alone. */
@NullMarked
package dev.edgefleet.progress;

import org.jspecify.annotations.NullMarked;
