package io.faultprint.local;

import picocli.CommandLine.Command;

@Command(
        name = "dashboards",
        header = "The dashboards for OpenSearch Dashboards: installs them, or writes them to a file.",
        description =
                "%nOn call now, Incident, System state, Pipeline. deploy/dashboards/README.md says what each answers.%n")
final class DashboardsCommand {}
