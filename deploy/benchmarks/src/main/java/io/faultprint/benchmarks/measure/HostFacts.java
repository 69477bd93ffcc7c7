package io.faultprint.benchmarks.measure;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * The machine that figures are of.
 *
 * @param cores that this process may use
 * @param memoryBytes of the machine, or of the container
 * @param heapBytes that this process may take
 * @param os name, version and architecture
 * @param java version and virtual machine
 * @param loadAtStart processes that ran or wanted to, of the last minute, before the first benchmark; negative when unknown
 * @param loadAtEnd the same after the last
 */
public record HostFacts(
        int cores, long memoryBytes, long heapBytes, String os, String java, double loadAtStart, double loadAtEnd) {

    /** As it is now. */
    public static HostFacts now() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new HostFacts(
                system.getAvailableProcessors(),
                system.getTotalMemorySize(),
                Runtime.getRuntime().maxMemory(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                System.getProperty("java.runtime.version") + " " + System.getProperty("java.vm.name"),
                system.getSystemLoadAverage(),
                system.getSystemLoadAverage());
    }

    /** The same, with the load of now as the one at the end. */
    public HostFacts ended() {
        return new HostFacts(cores, memoryBytes, heapBytes, os, java, loadAtStart, now().loadAtEnd);
    }

    /** For people. */
    public String words() {
        return String.format(
                Locale.ROOT,
                "%d cores, %.0f GiB (heap %.1f), %s, Java %s, load %.1f at the start and %.1f at the end",
                cores,
                memoryBytes / 1073741824.0,
                heapBytes / 1073741824.0,
                os,
                java,
                loadAtStart,
                loadAtEnd);
    }
}
