/**
 * How a command line reaches a device: connect, start, stream. One interface, one package per
 * protocol.
 */
@NullMarked
package dev.edgefleet.transport;

import org.jspecify.annotations.NullMarked;
