/** Commands on the controller itself. */
@NullMarked
package dev.edgefleet.transport.local;

import org.jspecify.annotations.NullMarked;
