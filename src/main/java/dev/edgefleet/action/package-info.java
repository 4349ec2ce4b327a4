/** What a task can do: the Action interface and the generic actions. */
@NullMarked
package dev.edgefleet.action;

import org.jspecify.annotations.NullMarked;
