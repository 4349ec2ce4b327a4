/** What a playbook says to itself: assert, debug, fail, pause, set_fact. */
@NullMarked
package dev.edgefleet.action.control;

import org.jspecify.annotations.NullMarked;
