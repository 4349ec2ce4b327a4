package dev.edgefleet.remote.file;

import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.Reply;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Copies a file of the controller to a Windows device without holding it in memory. A file that is
 * there with this content is left alone by whoever asks: look with {@link StatFile} first.
 *
 * @param path on the device; its directory must be there
 */
public record SendFile(String path, PartSender.Content content) implements Operation<WriteResult> {
  @Override
  public String script() {
    return "write-file";
  }

  @Override
  public String purpose() {
    return "write " + path;
  }

  @Override
  public Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("path", path);
    parameters.put("sha256", content.sha256());
    parameters.put("backup", "false");
    return parameters;
  }

  @Override
  public Operation<WriteResult> sendAhead(PartSender sender) {
    return new WriteFromPart(this, sender.send(path, content));
  }

  @Override
  public boolean looksFirst() {
    return true;
  }

  @Override
  public WriteResult result(Reply reply) {
    return new WriteResult(reply.value("sha256"), reply.optional("backup"), reply.optional("real"));
  }
}
