package io.faultprint.local;

import io.faultprint.node.Nodes;
import io.faultprint.runtime.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Asked by the script after a build: a third off the CPU of every later start. Failing costs only that. */
@Command(name = "prepare", hidden = true, header = "Makes later starts of the servers quicker.")
final class PrepareCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        return Nodes.here().prepare() ? ExitCode.OK : ExitCode.FAILURE;
    }
}
