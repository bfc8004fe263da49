package dev.orchard.infrastructure.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void areAllDifferentAndFree() throws Exception {
        assertThat(Ports.free(50)).doesNotHaveDuplicates().allMatch(Ports::isFree);
    }

    @Test
    void areNotFreeWhileSomeoneListens() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(Ports.isFree(socket.getLocalPort())).isFalse();
        }
    }
}
