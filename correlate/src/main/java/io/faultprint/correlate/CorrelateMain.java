package io.faultprint.correlate;

import io.faultprint.runtime.StageMain;

/** The correlate stage as a process of its own. */
public final class CorrelateMain {

    private CorrelateMain() {}

    public static void main(String[] args) {
        System.exit(StageMain.run("correlate", args, CorrelateConfig.class, CorrelateStage::new));
    }
}
