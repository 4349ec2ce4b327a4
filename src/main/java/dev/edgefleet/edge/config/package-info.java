/**
 * The daemon's config.yaml of IoT Edge 1.0 and 1.1: read as the daemon would, edited byte for byte.
 */
@NullMarked
package dev.edgefleet.edge.config;

import org.jspecify.annotations.NullMarked;
