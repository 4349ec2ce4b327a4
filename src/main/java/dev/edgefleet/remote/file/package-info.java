/** Operations on files and directories. */
@NullMarked
package dev.edgefleet.remote.file;

import org.jspecify.annotations.NullMarked;
