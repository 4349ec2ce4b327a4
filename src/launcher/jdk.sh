# Sourced by edgefleet and verify. POSIX sh.

# Prints the home of a JDK 25 or newer; fails when there is none.
find_jdk() {
  find_java_home javac
}

# The same for a Java that only runs programs.
find_java() {
  find_java_home java
}

find_java_home() {
  for home in "${EDGEFLEET_JAVA_HOME:-}" "${JAVA25_HOME:-}" "${JAVA_HOME:-}" \
    /usr/lib/jvm/* /opt/*jdk* /opt/*jre* /opt/java/* "${HOME:-}"/.sdkman/candidates/java/* \
    "${HOME:-}"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if is_java_25 "$1" "$home"; then
      printf '%s\n' "$home"
      return 0
    fi
  done
  java=$(command -v java) || return 1
  home=$(dirname "$(dirname "$(readlink -f "$java")")")
  is_java_25 "$1" "$home" && printf '%s\n' "$home"
}

# Read from the release file that every Java has: starting each one found would take seconds.
is_java_25() {
  [ -n "$2" ] && [ -x "$2/bin/java" ] && [ -x "$2/bin/$1" ] && [ -r "$2/release" ] || return 1
  major=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$2/release")
  [ "${major:-0}" -ge 25 ]
}

# Without a UTF-8 locale Java prints, and hands to other programs, question marks.
use_utf8() {
  case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
    *[Uu][Tt][Ff]*8*) ;;
    *) export LC_ALL=C.UTF-8 ;;
  esac
}

explain_missing_java() {
  echo "edgefleet needs Java 25 or newer and found none." >&2
  echo "  -> install one (Temurin 25, or the package openjdk-25-jre-headless where there is one)," >&2
  echo "     or point EDGEFLEET_JAVA_HOME at it." >&2
}

explain_missing_jdk() {
  echo "edgefleet needs a JDK 25 or newer and found none." >&2
  echo "  -> install one (Temurin 25, or the package openjdk-25-jdk where there is one)," >&2
  echo "     or point EDGEFLEET_JAVA_HOME at it." >&2
}
