package dev.edgefleet.engine.check;

import dev.edgefleet.playbook.Condition;
import java.util.List;

/**
 * What a condition can be besides an expression: that at least one of these does not hold. They are
 * looked at in order, up to the first that does not.
 */
public record NegatedConditions(List<Condition> conditions) {}
