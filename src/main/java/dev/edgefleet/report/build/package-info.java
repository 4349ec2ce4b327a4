/** From a journal's records to a report. */
@NullMarked
package dev.edgefleet.report.build;

import org.jspecify.annotations.NullMarked;
