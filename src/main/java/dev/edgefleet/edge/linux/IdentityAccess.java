package dev.edgefleet.edge.linux;

import dev.edgefleet.action.ActionContext;
import dev.edgefleet.failure.StepFailed;
import dev.edgefleet.remote.file.CheckReadable;
import dev.edgefleet.remote.file.FileState;
import dev.edgefleet.remote.file.MakeDirectory;
import dev.edgefleet.remote.file.ReadableResult;
import dev.edgefleet.remote.file.StatFile;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Whether the daemon's user gets at certificate and key, where they are or where they will be. */
final class IdentityAccess {
  // Stands for any file of a directory: what is asked is the way to it.
  private static final String ANY_FILE = "/.edgefleet-access";

  private final LinuxProvisioning.Settings settings;
  private final ActionContext context;

  IdentityAccess(LinuxProvisioning.Settings settings, ActionContext context) {
    this.settings = settings;
    this.context = context;
  }

  /**
   * @param toBeCopied whether this run puts both there, with the right owner and mode; otherwise
   *     they have to be there
   * @throws StepFailed when the daemon could not read them
   */
  void require(boolean toBeCopied) {
    if (toBeCopied) {
      for (String directory : new TreeSet<>(directories())) {
        ReadableResult way =
            context.perform(new CheckReadable(directory + ANY_FILE, settings.serviceUser()));
        if (!way.readable() && !way.missing()) {
          throw kept("directory " + (directory.isEmpty() ? "/" : directory), directory, way);
        }
      }
      return;
    }
    readable(settings.identityCert(), "identity certificate");
    readable(settings.identityPk(), "private key");
  }

  private List<String> directories() {
    return List.of(directory(settings.identityCert()), directory(settings.identityPk()));
  }

  private static String directory(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  /** Makes the directory that is edgefleet's own, where it is missing. */
  Optional<String> makeDirectory() {
    Optional<String> missing =
        settings
            .ownDirectory()
            .filter(path -> context.perform(new StatFile(path)).kind() == FileState.Kind.ABSENT);
    if (!context.check()) {
      missing.ifPresent(
          path ->
              context.perform(
                  new MakeDirectory(
                      path,
                      Optional.of(settings.serviceUser()),
                      Optional.empty(),
                      Optional.of("0700"))));
    }
    return missing.map(path -> "made the directory " + path);
  }

  private void readable(String path, String what) {
    ReadableResult readable = context.perform(new CheckReadable(path, settings.serviceUser()));
    if (readable.missing()) {
      if (context.check()) {
        // A task before this one may be what copies it there.
        return;
      }
      throw new StepFailed(
          "the " + what + " " + path + " is not on the device",
          "copy it there first, or give identity_cert_src and identity_pk_src");
    }
    if (!readable.readable()) {
      throw kept(what + " " + path, path, readable);
    }
  }

  private StepFailed kept(String what, String path, ReadableResult readable) {
    return new StepFailed(
        "the daemon's user " + settings.serviceUser() + " cannot read the " + what,
        readable.blockedBy().orElse(path)
            + " belongs to "
            + readable.owner().orElse("?")
            + ":"
            + readable.group().orElse("?")
            + " with mode "
            + readable.mode().orElse("?")
            + "; give "
            + settings.serviceUser()
            + " access to it");
  }
}
