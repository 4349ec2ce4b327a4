/** How a user is let in: key files, certificates, agents, passwords. */
@NullMarked
package dev.edgefleet.transport.ssh.login;

import org.jspecify.annotations.NullMarked;
