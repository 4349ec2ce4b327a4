/** The device as a whole: its facts, services, reboot, and whether it can be reached. */
@NullMarked
package dev.edgefleet.action.system;

import org.jspecify.annotations.NullMarked;
