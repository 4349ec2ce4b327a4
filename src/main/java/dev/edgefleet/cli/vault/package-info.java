/** {@code edgefleet vault}: files that {@code ansible-vault} opens. */
@NullMarked
package dev.edgefleet.cli.vault;

import org.jspecify.annotations.NullMarked;
