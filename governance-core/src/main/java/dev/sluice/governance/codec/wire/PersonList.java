package dev.sluice.governance.codec.wire;

import java.util.List;

/// Local accounts, in the order of their names.
public record PersonList(List<PersonInfo> people) {
  public PersonList {
    people = List.copyOf(people);
  }
}
