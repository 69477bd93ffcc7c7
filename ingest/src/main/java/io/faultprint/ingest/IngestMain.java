package io.faultprint.ingest;

import io.faultprint.runtime.StageMain;

/** Ingest as a process of its own. */
public final class IngestMain {

    private IngestMain() {}

    public static void main(String[] args) {
        System.exit(StageMain.run("ingest", args, IngestConfig.class, IngestStage::new));
    }
}
