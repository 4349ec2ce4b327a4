/** Operations on the device as a whole: facts, boots, its lock. */
@NullMarked
package dev.edgefleet.remote.system;

import org.jspecify.annotations.NullMarked;
