/** {@code edgefleet exec} and {@code edgefleet status}: one action without a playbook. */
@NullMarked
package dev.edgefleet.cli.adhoc;

import org.jspecify.annotations.NullMarked;
