package dev.edgefleet.action;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What is known of a task on one device before the run begins: for a look at the controller's files
 * that it will send. What shows only on the way, such as facts and registered results, is not known
 * and nothing is said of it.
 */
public interface TaskPreview {
  /** Inventory name of the device. */
  String device();

  /**
   * A parameter's text or its default; empty when there is neither, or when it is not known yet.
   */
  Optional<String> text(String parameter);

  /** Whether the task gives this parameter, known or not; one that is omitted is not given. */
  boolean gives(String parameter);

  /**
   * A file or directory of the controller that can be read; when there is none, that is told at the
   * parameter.
   *
   * @param names where it may be, in the order of preference
   */
  Optional<Path> file(String parameter, String... names);

  /** As {@link ActionContext#content}. */
  byte[] content(Path controllerFile);

  /** Looks at something; what it throws as {@code BadInput} is told at the parameter. */
  void look(String parameter, Runnable look);

  /** As {@link #look}, once for all devices that come to this file. */
  void lookOnce(String parameter, Path file, Runnable look);

  /** Something that will work but should be looked at. */
  void warn(String parameter, Path file, String sentence);

  /** Looks for what is wrong with a template whatever the variables are. */
  void parse(Path file, String template);
}
