package dev.edgefleet.playbook.parameter;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one parameter of an action: a component of its parameter record, whose name in the
 * playbook is the component's in snake case. A component without default that is not {@code
 * Optional} is required.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Param {
  /** One sentence for people. */
  String value();

  /** Default as it would be written in a playbook. */
  String byDefault() default "";

  /** The words it may be; empty for any. */
  String[] choices() default {};

  /** True when the action's bare text is this parameter, as in {@code command: uptime}. */
  boolean freeForm() default false;

  /** Other names for it that Ansible knows. */
  String[] aliases() default {};

  /**
   * True for a {@code Map<String, Object>} that takes every name that is no other parameter's, as
   * {@code set_fact} does.
   */
  boolean anyName() default false;
}
