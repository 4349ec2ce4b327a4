/** The parameters of actions: described by each action's record, checked and bound here. */
@NullMarked
package dev.edgefleet.playbook.parameter;

import org.jspecify.annotations.NullMarked;
