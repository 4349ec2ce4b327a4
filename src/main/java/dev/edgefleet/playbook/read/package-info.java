/** From YAML to the records of a playbook; all mistakes at once, each with its place. */
@NullMarked
package dev.edgefleet.playbook.read;

import org.jspecify.annotations.NullMarked;
