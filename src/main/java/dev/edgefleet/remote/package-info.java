/**
 * Remote operations: one record in, one record out, each a script file run on the device in one
 * round trip.
 */
@NullMarked
package dev.edgefleet.remote;

import org.jspecify.annotations.NullMarked;
