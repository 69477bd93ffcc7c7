package io.faultprint.benchmarks.measure;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Counts elapsed seconds and the CPU-seconds of this process, from when it is made. */
public final class Stopwatch {

    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final long began = System.nanoTime();
    private final long cpuBegan = system.getProcessCpuTime();

    /** Elapsed until now. */
    public double seconds() {
        return (System.nanoTime() - began) / 1e9;
    }

    /** What was done until now. */
    public Stretch stretch(long events) {
        double cpu = (system.getProcessCpuTime() - cpuBegan) / 1e9;
        return new Stretch(events, seconds(), cpu);
    }
}
