/** One task on one device: its variables, its condition, its attempts and its result. */
@NullMarked
package dev.edgefleet.engine.step;

import org.jspecify.annotations.NullMarked;
