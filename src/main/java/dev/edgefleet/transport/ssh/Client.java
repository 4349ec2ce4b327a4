package dev.edgefleet.transport.ssh;

import dev.edgefleet.transport.ssh.hostkey.HostKeyCheck;
import dev.edgefleet.transport.ssh.login.LoginService;
import dev.edgefleet.transport.ssh.login.PublicKeyLogin;
import java.time.Duration;
import java.util.List;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.client.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientConnectionServiceFactory;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.core.CoreModuleProperties;

/** The library, set up. */
final class Client {
  private static final int PASSWORD_ATTEMPTS = 1;

  private Client() {}

  /** A client that is running. */
  static SshClient start() {
    SshClient client = ClientBuilder.builder().build();
    Algorithms.applyTo(client);
    client.setSessionFactory(new NamedSession.Factory(client));
    client.setServerKeyVerifier(new HostKeyCheck());
    client.addSessionListener(new HandshakeListener());
    client.setUserAuthFactories(
        List.of(
            new PublicKeyLogin.Factory(),
            UserAuthPasswordFactory.INSTANCE,
            UserAuthKeyboardInteractiveFactory.INSTANCE));
    client.setServiceFactories(
        List.of(new LoginService.Factory(), ClientConnectionServiceFactory.INSTANCE));
    client.setGlobalRequestHandlers(List.of());
    client.setChannelFactories(List.of());
    // Keys, passwords and host names come from the route alone, not from files the library finds.
    client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    client.setFilePasswordProvider(FilePasswordProvider.EMPTY);

    CoreModuleProperties.NIO_WORKERS.set(
        client, Math.max(3, Runtime.getRuntime().availableProcessors() + 1));
    CoreModuleProperties.TCP_NODELAY.set(client, true);
    CoreModuleProperties.SOCKET_KEEPALIVE.set(client, true);
    CoreModuleProperties.PASSWORD_PROMPTS.set(client, PASSWORD_ATTEMPTS);
    // Every wait has a deadline of its own here; a command may well read nothing for an hour.
    CoreModuleProperties.AUTH_TIMEOUT.set(client, Duration.ZERO);
    CoreModuleProperties.IDLE_TIMEOUT.set(client, Duration.ZERO);
    CoreModuleProperties.WAIT_FOR_SPACE_TIMEOUT.set(client, Duration.ofDays(365));
    client.start();
    return client;
  }
}
