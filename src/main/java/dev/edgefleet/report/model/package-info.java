/** A report as a tree of records; report.json is its image. */
@NullMarked
package dev.edgefleet.report.model;

import org.jspecify.annotations.NullMarked;
