package dev.edgefleet.simulator.windows.operation;

import dev.edgefleet.simulator.windows.DeviceFiles;
import dev.edgefleet.simulator.windows.DeviceFiles.Entry;
import dev.edgefleet.simulator.windows.DeviceFiles.Kind;
import dev.edgefleet.simulator.windows.OperationFailed;
import dev.edgefleet.simulator.windows.ScriptNotation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** prune-backups. */
final class BackupOperations {
  private static final Pattern NAME =
      Pattern.compile("(.+)\\.edgefleet-([0-9]{8}T[0-9]{6}Z)", Pattern.DOTALL);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT);

  private final DeviceFiles files;
  private final LinkPolicy links;

  BackupOperations(DeviceFiles files) {
    this.files = files;
    links = new LinkPolicy(files);
  }

  void prune(WireRequest request, WireAnswer answer) throws IOException {
    long keep = request.number("keep");
    boolean check = request.flag("check");
    String before =
        ZonedDateTime.now(Clock.systemUTC()).minusDays(request.number("older_than")).format(STAMP);
    Path list = files.file(files.stateDirectory(request) + "\\backups");
    long removed = 0;
    long wiped = 0;
    long bytes = 0;
    List<String> rest = new ArrayList<>();
    List<String> lines =
        Files.exists(list)
            ? Files.readAllLines(list).stream()
                .filter(line -> !line.isBlank())
                .distinct()
                .sorted(Comparator.reverseOrder())
                .toList()
            : List.of();
    String previous = "";
    int newer = 0;
    for (String line : lines) {
      String path = ScriptNotation.text(line.strip().replaceFirst(" .*", ""));
      Matcher name = NAME.matcher(path);
      if (!name.matches()) {
        continue;
      }
      Entry entry = files.look(path);
      if (entry.kind() == Kind.ABSENT) {
        continue;
      }
      newer = name.group(1).equals(previous) ? newer + 1 : 1;
      previous = name.group(1);
      if (newer > keep && name.group(2).compareTo(before) < 0 && goes(entry, check)) {
        String content = new String(Files.readAllBytes(entry.file()), StandardCharsets.ISO_8859_1);
        removed++;
        wiped += content.contains("PRIVATE KEY-----") ? 1 : 0;
        bytes += entry.size();
        if (!check) {
          Files.delete(entry.file());
        }
      } else {
        rest.add(line.strip() + "\n");
      }
    }
    if (!check && Files.exists(list)) {
      Files.writeString(list, String.join("", rest));
    }
    answer.add("removed", removed).add("wiped", wiped).add("kept", rest.size()).add("bytes", bytes);
  }

  /** What lies behind a link or has other names stays. */
  private boolean goes(Entry entry, boolean check) throws IOException {
    if (entry.kind() != Kind.FILE) {
      return false;
    }
    try {
      if (!check) {
        links.refuseManyNames(entry);
      }
      return links.real(entry.path(), false, false).equals(entry.path());
    } catch (OperationFailed e) {
      return false;
    }
  }
}
