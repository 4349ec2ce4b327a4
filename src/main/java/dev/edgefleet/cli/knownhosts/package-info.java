/** {@code edgefleet known-hosts}: the keys by which devices are known. */
@NullMarked
package dev.edgefleet.cli.knownhosts;

import org.jspecify.annotations.NullMarked;
