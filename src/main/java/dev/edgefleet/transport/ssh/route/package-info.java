/** The way to a server: names, addresses, bastions and proxy commands. */
@NullMarked
package dev.edgefleet.transport.ssh.route;

import org.jspecify.annotations.NullMarked;
