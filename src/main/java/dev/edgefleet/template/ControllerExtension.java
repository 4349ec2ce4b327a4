package dev.edgefleet.template;

import dev.edgefleet.jinja.Extension;
import dev.edgefleet.jinja.Lookup;
import dev.edgefleet.jinja.filter.Test;
import java.util.Map;

/** Tests and lookups of the controller's files and environment. */
public final class ControllerExtension implements Extension {
  @Override
  public Map<String, Test> tests() {
    return FileTests.all();
  }

  @Override
  public Map<String, Lookup> lookups() {
    return Map.of("env", ControllerLookups::environment, "file", ControllerLookups::file);
  }
}
