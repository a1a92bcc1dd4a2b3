package dev.sluice.governance.masking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// An IP address literal, read without ever looking anything up.
///
/// @param groups four bytes of a version 4 address, or eight 16-bit groups of a version 6 address
record IpAddress(List<Integer> groups) {

  private static final int V4_GROUPS = 4;
  private static final int V6_GROUPS = 8;

  /// A version 4 address in dotted decimals, or a version 6 address with or without `::` and an
  /// embedded version 4 address. A version 4 address mapped into version 6 is the version 4
  /// address.
  static Optional<IpAddress> parse(String text) {
    if (text.length() > 45 || !text.chars().allMatch(IpAddress::isAllowed)) {
      return Optional.empty();
    }
    return text.indexOf(':') < 0 ? v4(text) : v6(text).map(IpAddress::unmapped);
  }

  boolean isV4() {
    return groups.size() == V4_GROUPS;
  }

  /// The address with all bits after the first so many cleared, as text.
  String network(int bits) {
    int width = isV4() ? 8 : 16;
    return IntStream.range(0, groups.size())
        .map(
            i -> {
              int kept = Math.clamp((long) bits - (long) i * width, 0, width);
              int mask = (1 << width) - (1 << (width - kept));
              return groups.get(i) & mask;
            })
        .mapToObj(group -> isV4() ? Integer.toString(group) : Integer.toHexString(group))
        .collect(Collectors.joining(isV4() ? "." : ":"));
  }

  private static Optional<IpAddress> v4(String text) {
    List<Integer> bytes = new ArrayList<>();
    for (String part : text.split("\\.", -1)) {
      if (part.isEmpty() || part.length() > 3 || !part.chars().allMatch(TextMask::isAsciiDigit)) {
        return Optional.empty();
      }
      bytes.add(Integer.parseInt(part));
    }
    return bytes.size() == V4_GROUPS && bytes.stream().allMatch(part -> part <= 255)
        ? Optional.of(new IpAddress(List.copyOf(bytes)))
        : Optional.empty();
  }

  private static Optional<IpAddress> v6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text).filter(all -> all.size() == V6_GROUPS).map(IpAddress::new);
    }
    if (text.indexOf("::", gap + 1) >= 0) {
      return Optional.empty();
    }
    Optional<List<Integer>> head = groups(text.substring(0, gap));
    Optional<List<Integer>> tail = groups(text.substring(gap + 2));
    if (head.isEmpty() || tail.isEmpty() || head.get().size() + tail.get().size() >= V6_GROUPS) {
      return Optional.empty();
    }
    Integer[] all = new Integer[V6_GROUPS];
    Arrays.fill(all, 0);
    for (int i = 0; i < head.get().size(); i++) {
      all[i] = head.get().get(i);
    }
    int start = V6_GROUPS - tail.get().size();
    for (int i = 0; i < tail.get().size(); i++) {
      all[start + i] = tail.get().get(i);
    }
    return Optional.of(new IpAddress(List.of(all)));
  }

  private static Optional<List<Integer>> groups(String text) {
    if (text.isEmpty()) {
      return Optional.of(List.of());
    }
    List<Integer> groups = new ArrayList<>();
    String[] parts = text.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      if (i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
        Optional<IpAddress> embedded = v4(parts[i]);
        if (embedded.isEmpty()) {
          return Optional.empty();
        }
        List<Integer> bytes = embedded.get().groups();
        groups.add(bytes.get(0) << 8 | bytes.get(1));
        groups.add(bytes.get(2) << 8 | bytes.get(3));
      } else if (parts[i].isEmpty() || parts[i].length() > 4 || parts[i].indexOf('.') >= 0) {
        return Optional.empty();
      } else {
        groups.add(Integer.parseInt(parts[i], 16));
      }
    }
    return Optional.of(groups);
  }

  private static IpAddress unmapped(IpAddress address) {
    List<Integer> all = address.groups();
    boolean mapped =
        all.subList(0, 5).stream().allMatch(group -> group == 0) && all.get(5) == 0xFFFF;
    return mapped
        ? new IpAddress(
            List.of(all.get(6) >> 8, all.get(6) & 0xFF, all.get(7) >> 8, all.get(7) & 0xFF))
        : address;
  }

  private static boolean isAllowed(int character) {
    return TextMask.isAsciiDigit(character)
        || (character >= 'a' && character <= 'f')
        || (character >= 'A' && character <= 'F')
        || character == ':'
        || character == '.';
  }
}
