/** What OpenSSH's client is told about a host: ssh_config files and command-line arguments. */
@NullMarked
package dev.edgefleet.transport.ssh.config;

import org.jspecify.annotations.NullMarked;
