namespace Tillkeeper.Cli.Commands.Move;

internal sealed class DropCommand()
    : StepCommand(
        "drop",
        "Withdraws a proposed settlement.",
        "relocations",
        "withdrawal",
        "Settlement {0} is withdrawn."
    );
