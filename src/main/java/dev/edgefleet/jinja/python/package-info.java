/** Python's own notations and rules, where Jinja shows them: numbers, texts, formats, methods. */
@NullMarked
package dev.edgefleet.jinja.python;

import org.jspecify.annotations.NullMarked;
