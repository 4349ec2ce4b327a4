package dev.edgefleet.remote.file;

import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.Reply;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The end of a {@link WriteFile} whose content was sent ahead.
 *
 * @param part path of the part, which becomes the file
 */
record WriteFromPart(Operation<WriteResult> file, String part) implements Operation<WriteResult> {
  @Override
  public String script() {
    return file.script();
  }

  @Override
  public String purpose() {
    return file.purpose();
  }

  @Override
  public Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>(file.parameters());
    parameters.put("part", part);
    return parameters;
  }

  @Override
  public boolean looksFirst() {
    return true;
  }

  @Override
  public WriteResult result(Reply reply) {
    return file.result(reply);
  }
}
