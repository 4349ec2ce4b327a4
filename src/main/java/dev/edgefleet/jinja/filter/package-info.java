/** Filters and tests, each a small function over values. */
@NullMarked
package dev.edgefleet.jinja.filter;

import org.jspecify.annotations.NullMarked;
