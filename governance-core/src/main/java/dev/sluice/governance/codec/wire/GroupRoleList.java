package dev.sluice.governance.codec.wire;

import java.util.List;

/// Which groups bring which roles.
public record GroupRoleList(List<GroupRole> roles) {
  public GroupRoleList {
    roles = List.copyOf(roles);
  }
}
