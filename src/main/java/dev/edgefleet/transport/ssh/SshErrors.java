package dev.edgefleet.transport.ssh;

import dev.edgefleet.failure.Failure;
import dev.edgefleet.failure.Refused;
import dev.edgefleet.failure.Said;
import dev.edgefleet.failure.Unreachable;
import dev.edgefleet.text.ShellQuoting;
import dev.edgefleet.transport.ssh.hostkey.HostKey;
import dev.edgefleet.transport.ssh.hostkey.HostKeyVerdict;
import dev.edgefleet.transport.ssh.route.StreamSession;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.session.helpers.MissingAttachedSessionException;
import org.jspecify.annotations.Nullable;

/** What went wrong with a connection, in the operator's words. */
public final class SshErrors {
  private SshErrors() {}

  public static Unreachable noSuchName(Endpoint target, @Nullable Throwable cause) {
    return new Unreachable(
        "The name " + target.host() + " cannot be resolved",
        target.bastion()
            ? "Check the name after ProxyJump or -J, and this machine's DNS."
            : "Check the host's name in the inventory and this machine's DNS.",
        cause);
  }

  public static Unreachable nameTooSlow(Endpoint target) {
    return new Unreachable(
        "The name " + target.host() + " was not resolved within " + seconds(target.connectLimit()),
        "Check this machine's DNS servers.");
  }

  public static Unreachable noAnswer(Endpoint target) {
    return new Unreachable(
        target.place() + " did not answer within " + seconds(target.connectLimit()),
        "Check that the device is switched on, its address, and the firewalls on the way.");
  }

  /** TCP could not be opened. */
  public static Unreachable notConnected(Endpoint target, Throwable cause) {
    String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    if (text.contains("refused")) {
      return new Unreachable(
          target.place() + " refused the connection: nothing listens on port " + target.port(),
          "Check the port in the inventory, and that sshd runs on the device.",
          cause);
    }
    // The session of a connection that was reset while the client still made that session.
    if (text.contains("reset") || cause instanceof MissingAttachedSessionException) {
      return hungUp(target, cause);
    }
    if (text.contains("timed out")) {
      return new Unreachable(
          target.place() + " did not answer",
          "Check that the device is switched on, its address, and the firewalls on the way.",
          cause);
    }
    if (cause instanceof NoRouteToHostException
        || text.contains("unreachable")
        || text.contains("no route")) {
      return new Unreachable(
          "There is no route to " + target.place(),
          "Check the address and this machine's network or VPN.",
          cause);
    }
    return new Unreachable(
        "No connection to " + target.place() + ": " + reason(cause),
        "Check the address and the port in the inventory.",
        cause);
  }

  /** A bastion did not connect to a server. */
  public static Failure notForwarded(Endpoint bastion, Endpoint to, @Nullable Throwable cause) {
    String what = to.place();
    if (cause instanceof SshChannelOpenException refused
        && refused.getReasonCode() == SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED) {
      return new Refused(
          bastion.place() + " does not forward connections to " + what,
          "Allow it in the bastion's sshd_config: AllowTcpForwarding, PermitOpen, DisableForwarding.",
          cause);
    }
    return new Unreachable(
        bastion.place() + " could not connect to " + what + ": " + reason(cause),
        "Check the address as the bastion sees it, that the device is switched on, and the"
            + " firewalls between them.",
        cause);
  }

  public static Unreachable forwardedTooSlowly(Endpoint bastion, Endpoint to) {
    return new Unreachable(
        bastion.place()
            + " did not connect to "
            + to.place()
            + " within "
            + seconds(to.connectLimit()),
        "Check that the device is switched on, and the firewalls between the bastion and it.");
  }

  public static Unreachable handshakeTooSlow(HandshakeTrace link) {
    Endpoint target = link.server();
    return link.identified()
        ? new Unreachable(
            target.place()
                + " did not finish the SSH handshake within "
                + seconds(target.connectLimit()),
            "Check the load of the device and the link to it.")
        : new Unreachable(
            target.place()
                + " accepted the connection but did not answer as an SSH server within "
                + seconds(target.connectLimit()),
            "Check that the port is the one sshd listens on, and the load of the device.");
  }

  public static Unreachable loginTooSlow(HandshakeTrace link) {
    return new Unreachable(
        link.server().place()
            + " did not finish the login within "
            + seconds(link.server().connectLimit()),
        "Check the load of the device, and whether ssh-agent waits for a confirmation.");
  }

  /** The session ended before the login began. */
  public static Failure handshakeFailed(HandshakeTrace link) {
    Failure refusal = link.refusal();
    if (refusal != null) {
      return refusal;
    }
    Endpoint target = link.server();
    if (link.trouble() instanceof SshException problem
        && String.valueOf(problem.getMessage()).contains("key ID=")) {
      return new Refused(
          target.place()
              + " showed a host certificate that is not valid: "
              + Said.of(problem.getMessage()),
          "Have the certificate authority sign the host's key anew, for the name "
              + target.principal()
              + ".");
    }
    if (link.trouble() instanceof ProtocolAbuse unruly) {
      return misbehaves(target, unruly);
    }
    if (!link.identified() && link.trouble() instanceof StreamSession.Ended proxy) {
      return new Unreachable(
          "There is no way to " + target.place() + ": " + Said.of(proxy.getMessage()),
          "Check the ssh configuration of this host, and try `ssh " + target.host() + "`.",
          proxy);
    }
    if (!link.identified()) {
      return hungUp(target, link.trouble());
    }
    return new Unreachable(
        target.place() + " broke off the SSH handshake" + because(link),
        "Check the link to the device, and look at the log of sshd there.",
        link.trouble());
  }

  private static Unreachable hungUp(Endpoint target, @Nullable Throwable cause) {
    return new Unreachable(
        target.place() + " closed the connection before it answered as an SSH server",
        "Check that the port is the one sshd listens on; sshd also hangs up when too many"
            + " logins are under way (MaxStartups).",
        cause);
  }

  private static Unreachable misbehaves(Endpoint target, ProtocolAbuse how) {
    return new Unreachable(
        target.place() + " does not behave as an SSH server should: " + how.getMessage(),
        "Look on the device what listens on that port.",
        how);
  }

  public static Failure loginFailed(HandshakeTrace link) {
    Endpoint target = link.server();
    if (link.trouble() instanceof ProtocolAbuse unruly) {
      return misbehaves(target, unruly);
    }
    String farewell = link.farewell();
    if (farewell != null && farewell.toLowerCase(Locale.ROOT).contains("too many")) {
      return new Refused(
          loginSentence(link) + "; the device allows no more attempts",
          "Name the right key with its identity file: named keys are offered first.");
    }
    if (link.loginCut()
        || link.allowed().isEmpty()
        || (farewell != null && link.offered().isEmpty())) {
      return new Unreachable(
          target.place() + " broke off the login" + because(link),
          "Check the link to the device, and look at the log of sshd there.",
          link.trouble());
    }
    return new Refused(loginSentence(link), loginRemedy(link));
  }

  // What was tried, and what the server would take, say which of the many causes it can be.
  private static String loginRemedy(HandshakeTrace link) {
    Endpoint target = link.server();
    boolean keys = !link.offered().isEmpty();
    boolean password = target.password().isPresent();
    boolean takesKeys = link.allowed().contains("publickey");
    boolean takesPassword =
        link.allowed().contains("password") || link.allowed().contains("keyboard-interactive");
    List<Path> locked = link.login().locked();
    if (!keys && !locked.isEmpty()) {
      return "Load the key into ssh-agent (ssh-add "
          + locked.getFirst()
          + "), or set the environment variable EDGEFLEET_KEY_PASSPHRASE.";
    }
    if (target.bastion() && !keys) {
      return "The bastion needs a key of its own, for those that the inventory or --private-key"
          + " name are for devices alone: load it into ssh-agent, or name it as IdentityFile for "
          + target.host()
          + " in the ssh configuration.";
    }
    if (password && !takesPassword) {
      return "The device takes no password: give a key, with ansible_private_key_file,"
          + " --private-key or ssh-agent.";
    }
    if (keys && !takesKeys) {
      return "The device takes no key: give a password, with -k or ansible_password.";
    }
    if (!keys && !password) {
      return takesPassword && !takesKeys
          ? "Give a password, with -k or ansible_password."
          : "Give a key, with ansible_private_key_file, --private-key or ssh-agent"
              + (takesPassword ? "; or a password, with -k or ansible_password." : ".");
    }
    String authorized = "that the key stands in the user's authorized_keys on the device";
    if (keys && password) {
      return "Check the user's name, the password, and " + authorized + ".";
    }
    return keys
        ? "Check the user's name, and " + authorized + "."
        : "Check the user's name and the password.";
  }

  private static String loginSentence(HandshakeTrace link) {
    Endpoint target = link.server();
    List<String> tried = new ArrayList<>();
    if (!link.offered().isEmpty()) {
      tried.add("keys " + String.join(", ", link.offered()));
    }
    if (target.password().isPresent()) {
      tried.add("the password");
    }
    List<String> parts = new ArrayList<>();
    parts.add(
        tried.isEmpty()
            ? "there was no key and no password to try"
            : "tried " + String.join(" and ", tried));
    if (!link.allowed().isEmpty()) {
      parts.add("the device allows " + Said.of(String.join(", ", link.allowed())));
    }
    if (!link.agentRefusals().isEmpty()) {
      parts.add("ssh-agent did not sign with " + String.join(", ", link.agentRefusals()));
    }
    parts.addAll(link.login().notes());
    return target.place()
        + " did not let user "
        + target.user()
        + " in: "
        + String.join("; ", parts);
  }

  public static Unreachable lost(HandshakeTrace link) {
    Endpoint target = link.server();
    if (link.silent()) {
      return new Unreachable(
          "The connection to " + target.place() + " was lost: it stopped answering",
          "Check the device and the link to it, then run again.");
    }
    return new Unreachable(
        "The connection to " + target.place() + " was lost" + because(link),
        "Check the device and the link to it, then run again.",
        link.trouble());
  }

  public static Refused unknownHost(
      Endpoint target, HostKey shown, Path knownHosts, HostKeyVerdict.Unknown unknown) {
    String port = target.port() == 22 ? "" : "-p " + target.port() + " ";
    String howToAdd =
        target.direct()
            ? "add the key with `ssh-keyscan " + port + target.host() + " >> " + knownHosts + "`"
            : "add the line `" + target.keyName() + " " + shown.columns() + "` to " + knownHosts;
    return new Refused(
        "The host key of "
            + target.place()
            + " is not known: it is "
            + shown.type()
            + " "
            + shown.fingerprint()
            + unknown
                .authority()
                .map(a -> " (the certificate authority at " + a + " did not sign it)")
                .orElse(""),
        "Compare the fingerprint with the device's, then "
            + howToAdd
            + ", or trust new hosts with --accept-new-host-keys.");
  }

  public static Refused changedHost(
      Endpoint target, HostKey shown, HostKeyVerdict.Changed changed) {
    // What was found is told while the run goes on and at its end; the rest only there.
    return new Refused(
        "THE HOST KEY OF " + target.place() + " HAS CHANGED: " + changed.place() + " has another",
        "It shows "
            + shown.type()
            + " "
            + shown.fingerprint()
            + ", on record is "
            + changed.recorded().type()
            + " "
            + changed.recorded().fingerprint()
            + ": somebody may be listening in, or the device was installed anew. Find out why before"
            + " anything else. If the new key is right, forget the old one: "
            + forget(target, changed)
            + "; then add the new key.");
  }

  // The place is FILE:LINE, or FILE for what was accepted in this run.
  private static String forget(Endpoint target, HostKeyVerdict.Changed changed) {
    String file = changed.file().toString();
    return "edgefleet known-hosts forget --known-hosts "
        + ShellQuoting.typed(file)
        + " "
        + ShellQuoting.typed(target.keyName())
        + ", or ssh-keygen -R "
        + ShellQuoting.typed(target.keyName())
        + " -f "
        + ShellQuoting.typed(file);
  }

  public static Refused revokedHost(
      Endpoint target, HostKey shown, HostKeyVerdict.Revoked revoked) {
    return new Refused(
        "THE HOST KEY OF "
            + target.place()
            + " IS REVOKED by "
            + revoked.place()
            + ": "
            + shown.type()
            + " "
            + shown.fingerprint(),
        "Do not use this device until it has a new host key.");
  }

  static Refused nothingInCommon(
      Endpoint target,
      Map<KexProposalOption, String> client,
      Map<KexProposalOption, String> server) {
    for (KexProposalOption option :
        List.of(
            KexProposalOption.ALGORITHMS,
            KexProposalOption.SERVERKEYS,
            KexProposalOption.S2CENC,
            KexProposalOption.S2CMAC)) {
      List<String> offers = split(server.get(option));
      if (split(client.get(option)).stream().noneMatch(offers::contains)) {
        return new Refused(
            target.place()
                + " and edgefleet have no "
                + kind(option)
                + " in common; the device offers only "
                + Said.of(String.join(", ", offers)),
            "Update sshd on the device, or allow a current algorithm in its sshd_config; what the ssh"
                + " configuration here says of algorithms adds none to edgefleet's (docs/ssh.md).");
      }
    }
    return new Refused(
        target.place() + " and edgefleet could not agree on how to encrypt",
        "Update sshd on the device.");
  }

  private static String kind(KexProposalOption option) {
    return switch (option) {
      case ALGORITHMS -> "key exchange";
      case SERVERKEYS -> "host key type";
      case S2CENC, C2SENC -> "cipher";
      case S2CMAC, C2SMAC -> "MAC";
      case S2CCOMP, C2SCOMP -> "compression";
      case S2CLANG, C2SLANG -> "language";
    };
  }

  private static List<String> split(@Nullable String list) {
    return list == null ? List.of() : Arrays.asList(list.split(",", -1));
  }

  private static String because(HandshakeTrace link) {
    String farewell = link.farewell();
    if (farewell != null && !farewell.isBlank()) {
      return ": the device said \"" + farewell + "\"";
    }
    Throwable trouble = link.trouble();
    // What the library itself says is about its insides.
    return trouble instanceof IOException && !(trouble instanceof SshException)
        ? ": " + reason(trouble)
        : "";
  }

  /** A cause without the name of its class. */
  public static String reason(@Nullable Throwable cause) {
    String text = cause == null ? null : cause.getMessage();
    if (cause instanceof EOFException) {
      return "the other side closed it";
    }
    if (cause instanceof ConnectException && text == null) {
      return "connection refused";
    }
    String said = Said.of(text);
    return said.isEmpty() ? "no reason given" : said;
  }

  private static String seconds(Duration limit) {
    return limit.toMillis() % 1000 == 0
        ? limit.toSeconds() + " s"
        : String.format(Locale.ROOT, "%.1f s", limit.toMillis() / 1000.0);
  }
}
