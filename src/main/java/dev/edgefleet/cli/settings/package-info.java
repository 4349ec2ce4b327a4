/** Settings: from the environment and {@code edgefleet.yml}, and which of them are in force. */
@NullMarked
package dev.edgefleet.cli.settings;

import org.jspecify.annotations.NullMarked;
