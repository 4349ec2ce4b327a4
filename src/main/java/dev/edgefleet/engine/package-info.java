/** Drives devices through the tasks of a playbook. */
@NullMarked
package dev.edgefleet.engine;

import org.jspecify.annotations.NullMarked;
