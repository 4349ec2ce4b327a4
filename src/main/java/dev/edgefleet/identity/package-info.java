/** X.509 identities: reading and checking a certificate and its key before they go to a device. */
@NullMarked
package dev.edgefleet.identity;

import org.jspecify.annotations.NullMarked;
