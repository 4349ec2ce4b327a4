/** Operations on services, and the restarts that are pending for them. */
@NullMarked
package dev.edgefleet.remote.service;

import org.jspecify.annotations.NullMarked;
