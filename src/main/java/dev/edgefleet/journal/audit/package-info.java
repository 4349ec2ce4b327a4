/** Whether a journal is what was written: hashes, seals and what can be proven. */
@NullMarked
package dev.edgefleet.journal.audit;

import org.jspecify.annotations.NullMarked;
