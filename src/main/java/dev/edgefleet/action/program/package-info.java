/** Programs on a device: command, shell and script, at once or as a job. */
@NullMarked
package dev.edgefleet.action.program;

import org.jspecify.annotations.NullMarked;
