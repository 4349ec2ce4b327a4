/** SSH to devices, with the key files, agent and known_hosts that OpenSSH's own client uses. */
@NullMarked
package dev.edgefleet.transport.ssh;

import org.jspecify.annotations.NullMarked;
