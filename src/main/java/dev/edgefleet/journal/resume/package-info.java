/** What a resumed run needs and the journal may not hold, encrypted beside it. */
@NullMarked
package dev.edgefleet.journal.resume;

import org.jspecify.annotations.NullMarked;
