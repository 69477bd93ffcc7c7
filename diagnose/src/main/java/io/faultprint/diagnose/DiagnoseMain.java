package io.faultprint.diagnose;

import io.faultprint.runtime.StageMain;

/** The diagnose stage as a process of its own. */
public final class DiagnoseMain {

    private DiagnoseMain() {}

    public static void main(String[] args) {
        System.exit(StageMain.run("diagnose", args, DiagnoseConfig.class, DiagnoseStage::new));
    }
}
