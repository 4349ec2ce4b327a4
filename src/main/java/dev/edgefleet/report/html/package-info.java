/** The report for people: one HTML file. */
@NullMarked
package dev.edgefleet.report.html;

import org.jspecify.annotations.NullMarked;
