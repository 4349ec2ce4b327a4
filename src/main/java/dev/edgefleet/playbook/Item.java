package dev.edgefleet.playbook;

import dev.edgefleet.failure.Place;

/** What stands in a list of tasks. */
public sealed interface Item permits Task, Block, Meta {
  Place place();

  /**
   * Where it stands in the playbook, stable over resume: {@code 1.3} is play 1, task 3; {@code
   * 1.pre.1}, {@code 1.post.1} and {@code 1.handler.1} the other lists; {@code 1.3.2}, {@code
   * 1.3.rescue.1} and {@code 1.3.always.1} are inside block 1.3.
   */
  String path();
}
