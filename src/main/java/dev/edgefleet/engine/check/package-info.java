/** What can be found wrong with a playbook before a device is touched. */
@NullMarked
package dev.edgefleet.engine.check;

import org.jspecify.annotations.NullMarked;
