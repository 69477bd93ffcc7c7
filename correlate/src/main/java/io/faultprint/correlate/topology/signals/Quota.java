package io.faultprint.correlate.topology.signals;

/**
 * How much of something a service may have when all of them share it: up to its own cap, but the last quarter of the
 * whole is for those that have little. So a few that want everything cannot keep the others from what is ordinary.
 */
record Quota(int all, int each) {

    private static final int LITTLE = 100;

    /** Whether a service that has so many may have one more, all together having so many. */
    boolean allows(int altogether, int own) {
        return own < each && (scarce(altogether) ? altogether < all && own < LITTLE : true);
    }

    /** Whether only what is left for the small is left. */
    boolean scarce(int altogether) {
        return altogether >= all - all / 4;
    }
}
