package dev.edgefleet.edge.module;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UptimeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Up now                       | PT0S",
        "Up Less than a second        | PT0S",
        "Up 1 second                  | PT1S",
        "Up a second                  | PT1S",
        "Up 3 seconds                 | PT3S",
        "Up 59 seconds                | PT59S",
        "Up a minute                  | PT45S",
        "Up About a minute            | PT45S",
        "Up 2 minutes                 | PT90S",
        "Up 3 minutes                 | PT3M",
        "Up 45 minutes                | PT45M",
        "Up an hour                   | PT45M",
        "Up About an hour             | PT45M",
        "Up 2 hours                   | PT90M",
        "Up 5 hours                   | PT4H30M",
        "Up a day                     | PT22H",
        "Up 2 days                    | PT36H",
        "Up 4 days                    | PT95H30M",
        "Up a week                    | P6D",
        "Up 2 weeks                   | P10D",
        "Up 3 weeks                   | PT503H30M",
        "Up a month                   | P29D",
        "Up 2 months                  | P45D",
        "Up 3 months                  | PT2159H30M",
        "Up a year                    | P345D",
        "Up 2 years                   | P547D",
        "Up 2 days (healthy)          | PT36H",
        "up 10 minutes, healthy       | PT10M",
      })
  void theShortestTimeThatTheWordsMayMean(String words, String expected) {
    assertThat(Uptime.atLeast(words)).contains(Duration.parse(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Up",
        "Up since yesterday",
        "Stopped 3 minutes ago",
        "Up minutes",
        "Up 3 fortnights",
        "Up 99999999999 seconds",
        "Unknown",
      })
  void otherWordsDoNotSay(String words) {
    assertThat(Uptime.atLeast(words)).isEmpty();
  }
}
