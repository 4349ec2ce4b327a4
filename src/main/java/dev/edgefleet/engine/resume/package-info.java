/** What processes before this one did in the same run, as its journal and its store tell. */
@NullMarked
package dev.edgefleet.engine.resume;

import org.jspecify.annotations.NullMarked;
