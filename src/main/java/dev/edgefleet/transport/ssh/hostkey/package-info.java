/** Whether a server is who it says: known_hosts as OpenSSH reads it. */
@NullMarked
package dev.edgefleet.transport.ssh.hostkey;

import org.jspecify.annotations.NullMarked;
