package io.faultprint.dashboards;

/** How an installation went. */
public sealed interface Installation {

    /**
     * All of it is there.
     *
     * @param objects how many objects were imported
     * @param version of OpenSearch Dashboards, as it says
     */
    record Installed(int objects, String version) implements Installation {}

    /**
     * Not all of it is there.
     *
     * @param reason the thing, what was answered, and the mend; one line for each object that was refused
     */
    record NotInstalled(String reason) implements Installation {}
}
