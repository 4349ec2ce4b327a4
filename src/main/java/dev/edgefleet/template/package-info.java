/** What expressions may ask of the controller that edgefleet runs on. */
@NullMarked
package dev.edgefleet.template;

import org.jspecify.annotations.NullMarked;
