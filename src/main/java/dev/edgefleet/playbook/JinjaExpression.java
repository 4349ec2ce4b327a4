package dev.edgefleet.playbook;

/**
 * A parameter that is itself a Jinja expression, without braces: the action evaluates it, not the
 * binding.
 */
public record JinjaExpression(String text) {}
