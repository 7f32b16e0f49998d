namespace Tillkeeper.Cli.Commands.Move;

internal sealed class AcceptCommand()
    : StepCommand(
        "accept",
        "Approves the settlement of a move without a word; takes two people.",
        "relocations",
        "approval",
        "Move {0} is settled; the lock ends when the terminal confirms."
    );
