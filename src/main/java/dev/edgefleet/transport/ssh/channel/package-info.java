/** One command on a session: its channel, its signals, and the signs of life between. */
@NullMarked
package dev.edgefleet.transport.ssh.channel;

import org.jspecify.annotations.NullMarked;
