/** The user's keys, and what is encrypted and signed with them. */
@NullMarked
package dev.edgefleet.journal.key;

import org.jspecify.annotations.NullMarked;
