/** Jinja expressions over a device's variables. */
@NullMarked
package dev.edgefleet.template;

import org.jspecify.annotations.NullMarked;
