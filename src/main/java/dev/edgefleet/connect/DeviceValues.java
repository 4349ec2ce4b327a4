package dev.edgefleet.connect;

import dev.edgefleet.failure.BadInput;
import dev.edgefleet.secret.Secret;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A device's connection variables, evaluated. */
interface DeviceValues {
  /** One variable's value; empty when it is not set, or null. */
  Optional<Object> value(String name);

  /** The value that counts; an empty text is as if nothing were set, as in Ansible. */
  default Optional<Object> value(ConnectionVariable variable) {
    return variable.names().reversed().stream()
        .flatMap(name -> value(name).stream())
        .filter(value -> !value.equals(""))
        .findFirst();
  }

  default Optional<String> text(ConnectionVariable variable) {
    return value(variable).map(Object::toString);
  }

  default Optional<Secret> secret(ConnectionVariable variable) {
    return text(variable).map(Secret::of);
  }

  /**
   * @throws BadInput when it is no truth
   */
  default Optional<Boolean> truth(ConnectionVariable variable) {
    return text(variable)
        .map(
            word ->
                switch (word.toLowerCase(Locale.ROOT)) {
                  case "true", "yes", "on", "1", "y", "t", "1.0" -> true;
                  case "false", "no", "off", "0", "n", "f", "0.0" -> false;
                  default ->
                      throw new BadInput(
                          variable.name() + " is '" + word + "'", "write true or false");
                });
  }

  /**
   * @throws BadInput when it is no whole number above 0
   */
  default Optional<Integer> number(ConnectionVariable variable) {
    return text(variable)
        .map(
            text -> {
              try {
                int number = Integer.parseInt(text.strip());
                if (number > 0) {
                  return number;
                }
              } catch (NumberFormatException notANumber) {
                // Told of below.
              }
              throw new BadInput(
                  variable.name() + " is '" + text + "'", "write a whole number above 0");
            });
  }

  /** A list, or a text with commas. */
  default List<String> words(ConnectionVariable variable) {
    return value(variable)
        .map(
            value ->
                value instanceof List<?> list
                    ? list.stream().map(String::valueOf).toList()
                    : List.of(value.toString().strip().split("\\s*,\\s*")))
        .orElse(List.of());
  }
}
