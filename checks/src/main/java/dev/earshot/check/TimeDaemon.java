package dev.earshot.check;

import dev.earshot.evidence.HostName;
import java.util.List;

/// What keeps a host's clock right.
public final class TimeDaemon {

  private TimeDaemon() {}

  /// How a host without one gets it.
  public static Remedy remedy(HostName host) {
    return new Remedy(
        "Run a time daemon, and let it reach its servers (UDP port 123). A container takes its host's clock: correct it there.",
        """
        - name: Keep the clock right
          hosts: %s
          become: true
          gather_facts: false
          tasks:
            - name: Install systemd-timesyncd
              ansible.builtin.apt:
                name: systemd-timesyncd
            - name: Run it
              ansible.builtin.systemd_service:
                name: systemd-timesyncd
                state: started
                enabled: true
              when: not ansible_check_mode
        """
            .formatted(Quoted.yaml(host.value())),
        List.of("timedatectl timesync-status   # on " + Quoted.comment(host.value())));
  }
}
