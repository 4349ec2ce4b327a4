package dev.edgefleet.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edgefleet.failure.BadInput;
import dev.edgefleet.journal.ExitCode;
import dev.edgefleet.journal.audit.AuditTrail;
import dev.edgefleet.journal.audit.KnownRecord;
import dev.edgefleet.journal.audit.Verdict;
import dev.edgefleet.journal.key.Keyring;
import dev.edgefleet.journal.key.SigningKey;
import dev.edgefleet.progress.EventLines;
import dev.edgefleet.run.RunDirectory;
import dev.edgefleet.terminal.TerminalText;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code edgefleet verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Tells whether a run's journal is what was written. Changes nothing.",
    footer = {
      "",
      "Examples:",
      "  edgefleet verify last",
      "  edgefleet verify 20261122-2033 --head 5b1c… --key control.pub",
      "",
      "Exit codes: 0 whole; 3 something was altered, or the head does not fit; 6 open: the run is"
          + " not closed."
    })
final class VerifyCommand implements Callable<Integer> {

  @Mixin private RunOptions run = new RunOptions();

  @Option(
      names = "--head",
      paramLabel = "HASH",
      description = "The head as it was noted elsewhere: tells when records were cut off since.")
  private @Nullable String head;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "The public key (signing.pub) that every seal has to be made with.")
  private @Nullable Path key;

  @Option(names = "--json", description = "Print one JSON object, for machines.")
  private boolean json;

  @Override
  public Integer call() {
    RunDirectory directory = run.directory();
    Optional<String> wanted =
        Optional.ofNullable(head).map(text -> text.strip().toLowerCase(Locale.ROOT));
    if (wanted.filter(text -> !text.matches("[0-9a-f]{64}")).isPresent()) {
      throw new BadInput(
          "--head is not a hash: '" + wanted.get() + "'", "give the 64 characters after 'Head:'");
    }
    Verdict verdict =
        AuditTrail.check(
            directory.path(),
            new KnownRecord(
                Optional.of(directory.id()),
                wanted,
                Optional.ofNullable(key).map(SigningKey::fingerprintOf)));
    if (json) {
      System.out.println(document(directory.id(), verdict));
    } else {
      print(directory.id(), verdict, System.out);
    }
    return switch (verdict) {
      case Verdict.Whole ignored -> 0;
      case Verdict.Open ignored -> ExitCode.RECORD_OPEN.number();
      case Verdict.Broken ignored -> ExitCode.RECORD_BROKEN.number();
    };
  }

  private void print(String id, Verdict verdict, PrintStream out) {
    switch (verdict) {
      case Verdict.Whole whole -> {
        out.println("whole: run " + id + ", " + EventLines.plural((int) whole.records(), "record"));
        whole.signers().forEach(signer -> out.println("Signed by: " + signer + whose(signer)));
        head(whole.head(), whole.behindHead(), out);
      }
      case Verdict.Open open -> {
        out.println(
            "open: run "
                + id
                + ", "
                + EventLines.plural((int) open.records(), "record")
                + " without a mistake, but no process has closed it: it may go on, or have been cut"
                + " off");
        head(open.head(), open.behindHead(), out);
      }
      case Verdict.Broken broken -> {
        out.println("broken: run " + id + " is not what was written");
        broken.findings().forEach(finding -> out.println("  " + TerminalText.line(finding.what())));
      }
    }
  }

  private String whose(String signer) {
    if (key != null) {
      return " (the key given)";
    }
    return isOfUser(signer)
        ? " (this user's key)"
        : " (not this user's key: name the one it should be with --key)";
  }

  private static boolean isOfUser(String signer) {
    try {
      return SigningKey.fingerprintIn(Keyring.userDirectory()).filter(signer::equals).isPresent();
    } catch (BadInput unreadable) {
      // A user without a readable key has not signed it with that one.
      return false;
    }
  }

  private static void head(String head, OptionalLong behind, PrintStream out) {
    behind.stream()
        .filter(count -> count > 0)
        .forEach(
            count ->
                out.println(
                    EventLines.plural((int) count, "record")
                        + " behind the head that was given: the run went on after it"));
    out.println("Head: " + head);
  }

  private static String document(String id, Verdict verdict) {
    ObjectNode document = new ObjectMapper().createObjectNode().put("run", id);
    switch (verdict) {
      case Verdict.Whole whole -> {
        document.put("verdict", "whole").put("records", whole.records()).put("head", whole.head());
        whole
            .signers()
            .forEach(
                signer ->
                    document
                        .withArray("signers")
                        .addObject()
                        .put("key", signer)
                        .put("this_user", isOfUser(signer)));
        whole.behindHead().ifPresent(count -> document.put("behind_head", count));
      }
      case Verdict.Open open -> {
        document.put("verdict", "open").put("records", open.records()).put("head", open.head());
        open.behindHead().ifPresent(count -> document.put("behind_head", count));
      }
      case Verdict.Broken broken -> {
        document.put("verdict", "broken");
        broken
            .findings()
            .forEach(
                finding ->
                    document
                        .withArray("findings")
                        .addObject()
                        .put("record", finding.sequence())
                        .put("what", TerminalText.line(finding.what())));
      }
    }
    return document.toString();
  }
}
