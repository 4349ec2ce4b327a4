package dev.edgefleet.engine.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.jinja.Templates;
import dev.edgefleet.jinja.Variables;
import dev.edgefleet.playbook.Handler;
import dev.edgefleet.playbook.Play;
import dev.edgefleet.playbook.read.PlaybookFile;
import dev.edgefleet.run.AllActions;
import dev.edgefleet.secret.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which handlers a word means, and when they are due. */
class HandlersTest {
  private static final Variables NONE = Variables.of(Map.of());

  @TempDir Path directory;

  private Handlers handlers;

  @BeforeEach
  void read() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("p.yml"),
            """
            - hosts: all
              tasks: []
              handlers:
                - {name: restart, debug: }
                - {name: reload, listen: web, debug: }
                - {name: tell, listen: [web, all], debug: }
                - {name: restart, debug: }
                - {name: "stop {{ what }}", debug: }
            """);
    Play play =
        PlaybookFile.read(file, AllActions.make().schemas(), Vault.locked()).plays().getFirst();
    handlers = new Handlers(play, new Templates());
  }

  @Test
  void ofOneNameTheLastIsMeant() {
    assertThat(handlers.named("restart", NONE)).containsExactly("1.handler.4");
  }

  @Test
  void aTopicMeansAllThatListen() {
    assertThat(handlers.named("web", NONE)).containsExactlyInAnyOrder("1.handler.2", "1.handler.3");
  }

  @Test
  void aNameMayBeAnExpression() {
    assertThat(handlers.named("stop it", Variables.of(Map.of("what", "it"))))
        .containsExactly("1.handler.5");
  }

  @Test
  void anUnknownWordNamesTheNearest() {
    assertThatThrownBy(() -> handlers.named("restat", NONE))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("it notifies 'restat'")
        .satisfies(
            e -> assertThat(((BadInput) e).problems().getFirst().remedy()).contains("restart"));
  }

  @Test
  void notifiedTwiceRunsOnceAndMayBeNotifiedAgain() {
    Handler reload = handlers.inOrder().get(1);
    handlers.notified("1.handler.2");
    handlers.notified("1.handler.2");
    assertThat(handlers.takes(reload)).isTrue();
    assertThat(handlers.takes(reload)).isFalse();
    handlers.notified("1.handler.2");
    assertThat(handlers.takes(reload)).isTrue();
  }

  @Test
  void eachRunIsAStepOfItsOwn() {
    Handler reload = handlers.inOrder().get(1);
    assertThat(List.of(handlers.nextPath(reload), handlers.nextPath(reload)))
        .containsExactly("1.handler.2", "1.handler.2.2");
  }
}
