package dev.edgefleet.action.file;

import dev.edgefleet.action.Action;
import dev.edgefleet.action.ActionContext;
import dev.edgefleet.action.Documentation;
import dev.edgefleet.action.Outcome;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.playbook.parameter.Param;
import dev.edgefleet.remote.file.DescribeFile;
import dev.edgefleet.remote.file.FileDescription;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code stat}: looks at a path. */
public final class StatAction implements Action<StatAction.Parameters> {
  /** Parameters of {@code stat}. */
  public record Parameters(
      @Param(
              value = "Path on the device.",
              aliases = {"dest", "name"})
          String path,
      @Param(value = "Look at what symlinks lead to, whosever they are.", byDefault = "false")
          boolean follow,
      @Param(value = "Compute the checksum of a file.", byDefault = "true") boolean getChecksum,
      @Param(
              value = "Which checksum.",
              byDefault = "sha1",
              choices = {"md5", "sha1", "sha224", "sha256", "sha384", "sha512"},
              aliases = {"checksum", "checksum_algo"})
          String checksumAlgorithm,
      @Param(
              value = "Only false: mime types are not told.",
              byDefault = "false",
              aliases = {"mime", "mime_type", "mime-type"})
          boolean getMime,
      @Param(
              value = "Only false: extended attributes are not told.",
              byDefault = "false",
              aliases = {"attr", "attributes"})
          boolean getAttributes) {
    public Parameters {
      if (getMime || getAttributes) {
        throw new BadInput(
            "stat tells no mime type and no extended attributes",
            "leave get_mime and get_attributes out, or ask with command: file, lsattr");
      }
    }
  }

  @Override
  public String name() {
    return "stat";
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public Documentation documentation() {
    return Documentation.of("Looks at a path.")
        .note(
            "A path that is not there is no failure: stat.exists is false, and nothing else is in stat.")
        .note("The checksum is SHA-1 unless checksum_algorithm says otherwise; sha256 is better.")
        .note("Times are whole seconds. There are no mimetype, charset, attributes and version.")
        .example(
            "Do something only where a file is missing",
            """
            - stat:
                path: /etc/iotedge/config.yaml
              register: config
            - debug:
                msg: not installed
              when: not config.stat.exists
            """)
        .returning(
            "stat",
            "mapping",
            "exists, path, isreg, isdir, islnk, isblk, ischr, isfifo, issock, mode, size, uid, gid,"
                + " pw_name, gr_name, inode, dev, nlink, atime, mtime, ctime, checksum, readable,"
                + " writeable, executable, rusr … xoth, isuid, isgid, lnk_target, lnk_source");
  }

  @Override
  public Outcome apply(Parameters wanted, ActionContext context) {
    FileDescription found =
        context.perform(
            new DescribeFile(
                wanted.path(),
                wanted.follow(),
                wanted.getChecksum() ? Optional.of(wanted.checksumAlgorithm()) : Optional.empty()));
    return Outcome.ok(wanted.path() + (found.kind().isPresent() ? " is there" : " is not there"))
        .withValues(Map.of("stat", values(wanted.path(), found)));
  }

  private static Map<String, @Nullable Object> values(String path, FileDescription found) {
    Map<String, @Nullable Object> stat = new LinkedHashMap<>();
    stat.put("exists", found.kind().isPresent());
    if (found.kind().isEmpty()) {
      return stat;
    }
    stat.put("path", path);
    FileDescription.Kind kind = found.kind().get();
    stat.put("isreg", kind == FileDescription.Kind.FILE);
    stat.put("isdir", kind == FileDescription.Kind.DIRECTORY);
    stat.put("islnk", kind == FileDescription.Kind.SYMLINK);
    stat.put("isblk", kind == FileDescription.Kind.BLOCK_DEVICE);
    stat.put("ischr", kind == FileDescription.Kind.CHARACTER_DEVICE);
    stat.put("isfifo", kind == FileDescription.Kind.PIPE);
    stat.put("issock", kind == FileDescription.Kind.SOCKET);
    stat.put("mode", found.mode());
    int bits = Integer.parseInt(found.mode(), 8);
    String[] names = {"xoth", "woth", "roth", "xgrp", "wgrp", "rgrp", "xusr", "wusr", "rusr"};
    for (int i = 0; i < names.length; i++) {
      stat.put(names[i], (bits >> i & 1) == 1);
    }
    stat.put("isuid", (bits & 04000) != 0);
    stat.put("isgid", (bits & 02000) != 0);
    stat.putAll(found.numbers());
    stat.put("pw_name", found.owner());
    stat.put("gr_name", found.group());
    stat.put("readable", found.readable());
    stat.put("writeable", found.writable());
    stat.put("executable", found.executable());
    found.checksum().ifPresent(value -> stat.put("checksum", value));
    found.linkTarget().ifPresent(value -> stat.put("lnk_target", value));
    found.linkSource().ifPresent(value -> stat.put("lnk_source", value));
    return stat;
  }
}
