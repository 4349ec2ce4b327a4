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
    return Map.of(
        "env", Lookup.each(ControllerLookups::environment),
        "file", Lookup.each(ControllerLookups::file),
        "fileglob", FileLookups::glob,
        "first_found", FileLookups::firstFound,
        "pipe", Lookup.each(PipeLookup::output),
        "template", Lookup.each(FileLookups::template));
  }
}
