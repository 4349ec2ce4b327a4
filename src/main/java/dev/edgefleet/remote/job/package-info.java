/** Operations on jobs: programs that outlive the connection, and their receipts. */
@NullMarked
package dev.edgefleet.remote.job;

import org.jspecify.annotations.NullMarked;
