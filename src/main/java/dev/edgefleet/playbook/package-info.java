/** Playbooks as records, every word with its place, and the binding of task parameters. */
@NullMarked
package dev.edgefleet.playbook;

import org.jspecify.annotations.NullMarked;
