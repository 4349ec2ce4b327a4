/** Text for people: styles, tables, times, messages, and what may not be shown of them. */
@NullMarked
package dev.edgefleet.terminal;

import org.jspecify.annotations.NullMarked;
