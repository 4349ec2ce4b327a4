/** The wire to POSIX devices: one worker for each user, which serves operation after operation. */
@NullMarked
package dev.edgefleet.remote.sh;

import org.jspecify.annotations.NullMarked;
