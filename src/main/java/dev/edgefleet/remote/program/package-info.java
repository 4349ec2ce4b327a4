/** Operations that run a program, a shell text, a script or a cmdlet. */
@NullMarked
package dev.edgefleet.remote.program;

import org.jspecify.annotations.NullMarked;
