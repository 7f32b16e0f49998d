namespace Tillkeeper.Cli.Commands.Repair;

internal sealed class AcceptCommand()
    : StepCommand(
        "accept",
        "Accepts the return of a terminal; takes two people.",
        "repairs",
        "acceptance",
        "Return of {0} accepted; its lock ends when the terminal confirms."
    );
