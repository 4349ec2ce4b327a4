/** From text to statements and expressions. */
@NullMarked
package dev.edgefleet.jinja.syntax;

import org.jspecify.annotations.NullMarked;
