package dev.edgefleet.transport.ssh;

import dev.edgefleet.failure.Failure;
import dev.edgefleet.failure.Said;
import dev.edgefleet.transport.ssh.hostkey.HostKey;
import dev.edgefleet.transport.ssh.hostkey.TrustedKeys;
import dev.edgefleet.transport.ssh.login.LoginKeys;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one session, from the first packet to the last: what happened to it is told to
 * many callbacks in pieces, and put together here for the sentence the operator reads.
 */
public final class HandshakeTrace implements SessionListener {
  private static final AttributeKey<HandshakeTrace> KEY = new AttributeKey<>();

  private final Endpoint server;
  private final TrustedKeys trusted;
  private final LoginKeys login;
  private final CompletableFuture<Void> keysExchanged = new CompletableFuture<>();
  private final List<String> offered = new CopyOnWriteArrayList<>();
  private final List<String> agentRefusals = new CopyOnWriteArrayList<>();
  private volatile List<String> allowed = List.of();
  private volatile boolean identified;
  private volatile @Nullable Failure refusal;
  private volatile @Nullable HostKey accepted;
  private volatile @Nullable String farewell;
  private volatile @Nullable Throwable trouble;
  private volatile boolean silent;
  private volatile boolean loginCut;

  HandshakeTrace(Endpoint server, TrustedKeys trusted, LoginKeys login) {
    this.server = server;
    this.trusted = trusted;
    this.login = login;
  }

  public static HandshakeTrace of(Session session) {
    AttributeRepository context = ((ClientSession) session).getConnectionContext();
    return Objects.requireNonNull(context == null ? null : context.getAttribute(KEY));
  }

  public AttributeRepository asContext() {
    return AttributeRepository.ofKeyValuePair(KEY, this);
  }

  public Endpoint server() {
    return server;
  }

  public TrustedKeys trusted() {
    return trusted;
  }

  public LoginKeys login() {
    return login;
  }

  /** Completes when the server's key was checked and the channel is encrypted. */
  public CompletableFuture<Void> keysExchanged() {
    return keysExchanged;
  }

  public void offered(String key) {
    offered.add(key);
  }

  /** Names of the keys that were offered, in order. */
  List<String> offered() {
    return offered;
  }

  public void agentRefused(String comment) {
    agentRefusals.add(comment);
  }

  /** Comments of the keys that the agent would not sign with. */
  List<String> agentRefusals() {
    return agentRefusals;
  }

  public void allowed(List<String> methods) {
    allowed = methods;
  }

  /** Ways to log in that the server named last; empty before it named any. */
  List<String> allowed() {
    return allowed;
  }

  /** Whether the other side introduced itself as an SSH server. */
  boolean identified() {
    return identified;
  }

  public void refuse(Failure why) {
    if (refusal == null) {
      refusal = why;
    }
  }

  /** Why this side broke off: host key, nothing in common. */
  @Nullable Failure refusal() {
    return refusal;
  }

  public void accepted(HostKey key) {
    accepted = key;
  }

  /** A new host key that is still to be written down. */
  public @Nullable HostKey accepted() {
    return accepted;
  }

  public void fellSilent() {
    silent = true;
  }

  boolean silent() {
    return silent;
  }

  /** What the server said when it hung up. */
  @Nullable String farewell() {
    return farewell;
  }

  /**
   * The login failed; the library tells of a server that hung up here before it tells elsewhere.
   */
  public void loginEnded(@Nullable Throwable why) {
    loginCut = !(why instanceof SshException told && told.getDisconnectCode() > 0);
    if (why instanceof SshException said
        && said.getDisconnectCode() > 0
        && said.getDisconnectCode() != SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE
        && farewell == null) {
      farewell = Said.of(said.getMessage());
    }
  }

  /** Whether the login ended without a word from the server that it failed. */
  boolean loginCut() {
    return loginCut && farewell == null && agentRefusals.isEmpty();
  }

  @Nullable Throwable trouble() {
    return trouble;
  }

  @Override
  public void sessionPeerIdentificationReceived(
      Session session, String version, List<String> extraLines) {
    identified = true;
  }

  @Override
  public void sessionNegotiationEnd(
      Session session,
      Map<KexProposalOption, String> client,
      Map<KexProposalOption, String> server,
      Map<KexProposalOption, String> agreed,
      @Nullable Throwable reason) {
    if (reason != null) {
      refuse(SshErrors.nothingInCommon(this.server, client, server));
    }
  }

  @Override
  public void sessionEvent(Session session, Event event) {
    if (event == Event.KeyEstablished) {
      keysExchanged.complete(null);
    }
  }

  @Override
  public void sessionException(Session session, Throwable t) {
    broke(t);
  }

  /** The first of what went wrong is the cause of the rest. */
  void broke(Throwable why) {
    if (trouble == null) {
      trouble = why;
    }
  }

  @Override
  public void sessionDisconnect(
      Session session, int reason, String message, String language, boolean initiator) {
    if (!initiator && farewell == null) {
      farewell = Said.of(message);
    }
  }

  @Override
  public void sessionClosed(Session session) {
    keysExchanged.completeExceptionally(new IllegalStateException("closed"));
  }
}
