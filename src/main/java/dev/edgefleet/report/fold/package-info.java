/** From a journal's records to a report. */
@NullMarked
package dev.edgefleet.report.fold;

import org.jspecify.annotations.NullMarked;
