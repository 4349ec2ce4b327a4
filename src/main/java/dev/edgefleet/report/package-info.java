/** What a run's journal says, as a tree of records, as JSON and as one HTML page. */
@NullMarked
package dev.edgefleet.report;

import org.jspecify.annotations.NullMarked;
