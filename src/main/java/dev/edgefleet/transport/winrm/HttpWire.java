package dev.edgefleet.transport.winrm;

import dev.edgefleet.transport.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.auth.AuthSchemeProvider;
import org.apache.http.auth.AuthScope;
import org.apache.http.auth.Credentials;
import org.apache.http.client.CredentialsProvider;
import org.apache.http.client.config.AuthSchemes;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.config.ConnectionConfig;
import org.apache.http.config.MessageConstraints;
import org.apache.http.config.Registry;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.config.SocketConfig;
import org.apache.http.conn.HttpClientConnectionManager;
import org.apache.http.conn.socket.ConnectionSocketFactory;
import org.apache.http.conn.socket.PlainConnectionSocketFactory;
import org.apache.http.conn.ssl.DefaultHostnameVerifier;
import org.apache.http.conn.ssl.NoopHostnameVerifier;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.auth.BasicSchemeFactory;
import org.apache.http.impl.auth.KerberosSchemeFactory;
import org.apache.http.impl.auth.SPNegoSchemeFactory;
import org.apache.http.impl.client.BasicCredentialsProvider;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.conn.BasicHttpClientConnectionManager;
import org.apache.http.protocol.HttpContext;

/**
 * Sends messages by HTTP, each over a connection of its own, and bounds what comes back: see {@link
 * Allowance} for time and bytes. No redirect is followed, nothing is asked for again by itself, and
 * no compressed answer is taken.
 */
final class HttpWire implements AutoCloseable {
  private static final ContentType SOAP =
      ContentType.create("application/soap+xml", StandardCharsets.UTF_8);
  private static final String ALLOWANCE = "edgefleet.allowance";
  // Twice what the service is told.
  private static final int LARGEST_BODY = 1024 * 1024;
  // A ticket with a long list of groups takes 64 KiB at most, in base64.
  private static final int LONGEST_LINE = 96 * 1024;
  private static final int MOST_HEADERS = 100;

  private final WsmanSettings settings;
  private final Registry<ConnectionSocketFactory> sockets;
  private final Set<Allowance> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  HttpWire(WsmanSettings settings) {
    this.settings = settings;
    this.sockets =
        RegistryBuilder.<ConnectionSocketFactory>create()
            .register("http", new Plain())
            .register("https", new Tls(settings))
            .build();
  }

  /** Sends a message and waits for its answer, whatever its status. */
  HttpAnswer post(String message, Deadline deadline) throws IOException {
    try (Allowance allowance = Allowance.until(deadline)) {
      underWay.add(allowance);
      try {
        if (closed) {
          throw new IOException("the connection is closed");
        }
        return KerberosLogin.in(settings, () -> post(message, allowance));
      } catch (IOException | RuntimeException e) {
        Allowance.Exceeded exceeded = allowance.exceeded();
        if (exceeded != null) {
          throw exceeded;
        }
        throw e;
      } finally {
        underWay.remove(allowance);
      }
    }
  }

  private HttpAnswer post(String message, Allowance allowance) throws IOException {
    HttpPost request = new HttpPost(settings.uri());
    request.setEntity(new StringEntity(message, SOAP));
    HttpClientContext context = HttpClientContext.create();
    context.setAttribute(ALLOWANCE, allowance);
    try (CloseableHttpClient client = client();
        CloseableHttpResponse response = client.execute(request, context)) {
      try {
        List<String> schemes = new ArrayList<>();
        for (Header header : response.getHeaders("WWW-Authenticate")) {
          schemes.add(header.getValue().strip().split("\\s", 2)[0]);
        }
        return new HttpAnswer(
            response.getStatusLine().getStatusCode(), schemes, body(response.getEntity()));
      } finally {
        // Before the library closes it, which reads what the device still has to say.
        allowance.close();
      }
    }
  }

  // The stream stays open: closing it would read all that the device has to say.
  private static String body(HttpEntity entity) throws IOException {
    if (entity == null) {
      return "";
    }
    InputStream content = entity.getContent();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
      body.write(buffer, 0, count);
      if (body.size() > LARGEST_BODY) {
        throw new Allowance.Exceeded(
            "its answer is larger than " + LARGEST_BODY / 1024 / 1024 + " MiB");
      }
    }
    return body.toString(StandardCharsets.UTF_8);
  }

  private CloseableHttpClient client() {
    return HttpClientBuilder.create()
        .setConnectionManager(connections())
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectTimeout(Math.toIntExact(settings.connectLimit().toMillis()))
                .build())
        .setDefaultAuthSchemeRegistry(schemes())
        .setDefaultCredentialsProvider(credentials())
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableContentCompression()
        .disableCookieManagement()
        .build();
  }

  private HttpClientConnectionManager connections() {
    BasicHttpClientConnectionManager connections = new BasicHttpClientConnectionManager(sockets);
    connections.setSocketConfig(
        SocketConfig.custom()
            .setSoTimeout(Math.toIntExact(settings.silence().toMillis()))
            .setTcpNoDelay(true)
            .build());
    connections.setConnectionConfig(
        ConnectionConfig.custom()
            .setMessageConstraints(
                MessageConstraints.custom()
                    .setMaxLineLength(LONGEST_LINE)
                    .setMaxHeaderCount(MOST_HEADERS)
                    .build())
            .build());
    return connections;
  }

  private Registry<AuthSchemeProvider> schemes() {
    RegistryBuilder<AuthSchemeProvider> schemes = RegistryBuilder.create();
    if (KerberosLogin.isFor(settings.user())) {
      // Every Windows host has HTTP/NAME, by its HOST entry. An alias is not looked up for another.
      schemes.register(AuthSchemes.SPNEGO, new SPNegoSchemeFactory(true, false));
      schemes.register(AuthSchemes.KERBEROS, new KerberosSchemeFactory(true, false));
    } else {
      schemes.register(AuthSchemes.BASIC, new BasicSchemeFactory(StandardCharsets.UTF_8));
    }
    return schemes.build();
  }

  private CredentialsProvider credentials() {
    CredentialsProvider provider = new BasicCredentialsProvider();
    Credentials credentials = KerberosLogin.credentials(settings);
    provider.setCredentials(AuthScope.ANY, credentials);
    return provider;
  }

  private static Socket socket(HttpContext context) throws IOException {
    return ((Allowance) context.getAttribute(ALLOWANCE)).socket();
  }

  private static final class Plain extends PlainConnectionSocketFactory {
    @Override
    public Socket createSocket(HttpContext context) throws IOException {
      return socket(context);
    }
  }

  private static final class Tls extends SSLConnectionSocketFactory {
    Tls(WsmanSettings settings) {
      super(
          settings.tls(),
          settings.verifyHostName()
              ? new DefaultHostnameVerifier()
              : NoopHostnameVerifier.INSTANCE);
    }

    @Override
    public Socket createSocket(HttpContext context) throws IOException {
      return socket(context);
    }
  }

  /** Gives up what is under way, and takes nothing more. */
  @Override
  public void close() {
    closed = true;
    underWay.forEach(Allowance::close);
  }
}
