package dev.edgefleet.remote.file;

import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Tells all that is known of a path.
 *
 * @param follow whether a symlink at its end is followed
 * @param checksum which checksum of a file, such as {@code sha256}: the device has a program {@code
 *     <name>sum}
 */
public record DescribeFile(String path, boolean follow, Optional<String> checksum)
    implements Operation<FileDescription> {
  private static final List<String> NUMBERS =
      List.of("size", "uid", "gid", "inode", "dev", "nlink", "atime", "mtime", "ctime");

  @Override
  public String script() {
    return "describe-file";
  }

  @Override
  public String purpose() {
    return "look at " + path;
  }

  @Override
  public Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("path", path);
    parameters.put("follow", Boolean.toString(follow));
    checksum.ifPresent(name -> parameters.put("checksum", name));
    return parameters;
  }

  @Override
  public boolean changes() {
    return false;
  }

  @Override
  public FileDescription result(Reply reply) {
    String kind = reply.value("kind");
    if (kind.equals("absent")) {
      return new FileDescription(
          Optional.empty(),
          "",
          Map.of(),
          "",
          "",
          false,
          false,
          false,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }
    Map<String, Long> numbers = new LinkedHashMap<>();
    NUMBERS.forEach(name -> numbers.put(name, reply.number(name)));
    return new FileDescription(
        Optional.of(FileDescription.Kind.valueOf(kind.toUpperCase(Locale.ROOT).replace('-', '_'))),
        reply
            .mode("mode")
            .orElseThrow(() -> new IllegalStateException("the script printed no value mode")),
        numbers,
        reply.value("owner"),
        reply.value("group"),
        reply.flag("readable"),
        reply.flag("writable"),
        reply.flag("executable"),
        reply.optional("digest"),
        reply.optional("link_target"),
        reply.optional("link_source"));
  }
}
