package io.faultprint.notify;

import io.faultprint.runtime.StageMain;

/** The notify stage as a process of its own. */
public final class NotifyMain {

    private NotifyMain() {}

    public static void main(String[] args) {
        System.exit(StageMain.run("notify", args, NotifyConfig.class, NotifyStage::new));
    }
}
