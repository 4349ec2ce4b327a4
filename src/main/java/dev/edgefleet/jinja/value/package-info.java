/** The values that expressions work on. */
@NullMarked
package dev.edgefleet.jinja.value;

import org.jspecify.annotations.NullMarked;
