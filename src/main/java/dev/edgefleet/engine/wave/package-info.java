/** Many devices at once: plays, waves, gates and what their devices have in common. */
@NullMarked
package dev.edgefleet.engine.wave;

import org.jspecify.annotations.NullMarked;
