package dev.edgefleet.remote.powershell;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.remote.AnswerBudget;
import dev.edgefleet.remote.Become;
import dev.edgefleet.remote.Operation;
import dev.edgefleet.remote.OperationHeader;
import dev.edgefleet.remote.Reply;
import dev.edgefleet.remote.file.PartSender;
import dev.edgefleet.remote.wire.Nonce;
import dev.edgefleet.remote.wire.Wire;
import dev.edgefleet.transport.Connection;
import dev.edgefleet.transport.Deadline;
import java.util.Optional;

/** Operations in PowerShell: a process for each of them. */
public final class PowerShellWire implements Wire {
  private final Connection connection;
  private final Optional<Become> become;
  private final AnswerBudget budget;

  /**
   * @param become nobody, or root, which an administrator's session is already
   */
  public PowerShellWire(Connection connection, Optional<Become> become, AnswerBudget budget) {
    this.connection = connection;
    this.become = become;
    this.budget = budget;
  }

  @Override
  public Reply perform(
      Operation<?> operation, OperationHeader header, Deadline deadline, AnswerBudget.Share share) {
    become.ifPresent(PowerShellWire::refuseOtherUsers);
    PartSender sender = new PartSender(connection, header, deadline, budget);
    Operation<?> asked = operation.sendAhead(sender);
    return new PowerShellExchange(connection, Nonce.make()).perform(asked, header, deadline, share);
  }

  // A session of an administrator is elevated already, so a play for both kinds of devices may say
  // become: true; that is root's, and Windows has none.
  private static void refuseOtherUsers(Become become) {
    if (!become.user().equals("root")) {
      throw new BadInput(
          "become_user is " + become.user() + ", and on Windows nobody can be become",
          "log in as that account with ansible_user, or leave become away");
    }
  }

  @Override
  public boolean holdsSession() {
    return false;
  }

  @Override
  public void finish() {}

  @Override
  public void close() {}
}
